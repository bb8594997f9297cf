import { expect, test } from 'vitest'
import { mattersOf } from '../../db/assessment/matters.ts'
import type { Db, Gate } from '../../db/client.ts'
import { alarmsFor } from '../../db/duties/alerts.ts'
import { moment } from '../../src/calendar.ts'
import { aBranch, openId } from '../harness/branch.ts'

/** The lines of a plan that read all of a table which grows with the unit. Queries call it by a letter. */
function readingAll(plan: readonly string[]): string[] {
  const made = new Set(plan.flatMap((line) => /^(?:CO-ROUTINE|MATERIALIZE) (\w+)/.exec(line)?.[1] ?? []))
  return plan.filter((line) => {
    const [, name = ''] = /^SCAN (\w+)/.exec(line) ?? []
    return /^(?:s|m|b|t|e|g|seats|members|branches|attestations|committees)$/.test(name) && !made.has(name)
  })
}

test('no digest reads a table of the whole unit', async () => {
  const { store } = await aBranch([{ name: '李华', role: 'secretary' }])
  const found: string[] = []
  let looked = 0
  const read: Gate['read'] = async (statements) => {
    for (const { sql, args } of statements) {
      const { rows } = await store.client.execute({ sql: `explain query plan ${sql}`, args: [...args] })
      looked += rows.length
      found.push(...readingAll(rows.map(({ detail }) => String(detail))).map((line) => `${line}: ${sql.slice(0, 80)}`))
    }
    return store.db.gate.read(statements)
  }
  const db: Db = Object.create(store.db, { gate: { value: { ...store.db.gate, read } } })
  const now = moment('2027-01-05', '09:30')
  await mattersOf(db, openId('李华'), now)
  await alarmsFor(db, openId('李华'), now)
  expect(looked).toBeGreaterThan(50)
  expect(found).toEqual([])
})
