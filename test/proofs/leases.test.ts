import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { together } from '../../db/client.ts'
import { giveBack, isHeld, takeLease } from '../../db/ledgers/leases.ts'
import { aStore } from '../harness/database.ts'

const SECOND = 1_000

// T14: the fence: a statement of a holder that was replaced does nothing
test('a lease has one holder, and fences off the one before', async () => {
  const { db, client } = await aStore()
  const start = new Date('2026-11-20T15:00:00+08:00')
  const after = (ms: number) => new Date(start.getTime() + ms)
  const [old, young] = [
    { name: 'outbox', holder: 'old' },
    { name: 'outbox', holder: 'young' },
  ]
  const take = async (lease: typeof old, at: Date) => (await together(db, [takeLease(db, lease, at, 15 * SECOND)]))[0].length === 1
  await client.execute('create table deeds (by text)')
  const does = async ({ name, holder }: typeof old) => {
    await db.run(sql`insert into deeds select ${holder} where ${isHeld({ name, holder })}`)
    return Number((await client.execute({ sql: 'select count(*) from deeds where by = ?', args: [holder] })).rows[0]?.[0])
  }

  expect(await take(old, start)).toBe(true)
  expect([await does(old), await does(young)]).toEqual([1, 0])
  expect(await take(young, after(15 * SECOND - 1))).toBe(false)
  expect(await take(old, after(10 * SECOND))).toBe(true)
  expect(await take(young, after(20 * SECOND))).toBe(false)
  expect(await take(young, after(25 * SECOND))).toBe(true)
  expect([await does(old), await does(young)]).toEqual([1, 1])
  await together(db, [giveBack(db, old)])
  expect([await take(old, after(26 * SECOND)), await does(young)]).toEqual([false, 2])
})
