import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { lookUp, together } from '../../db/client.ts'
import { failIf } from '../../db/guard.ts'
import { deliveries } from '../../db/ledgers/tables.ts'
import { openFile } from '../../db/store/file.ts'
import { refuse } from '../../src/refusal.ts'
import { aStore } from '../harness/database.ts'

// T11: a second process is refused the file
// T09: synchronous is FULL
test('the file is held durably by one process; a second is refused', async () => {
  const store = await aStore()
  expect((await store.client.execute('PRAGMA synchronous')).rows[0]?.[0]).toBe(2)
  await expect(openFile(`file:${store.path}`, new Date(0))).rejects.toThrow(/in use by another process/)
})

test('writes together share a commit, and a broken key fails alone', async () => {
  const { db } = await aStore()
  const write = (eventId: string) => together(db, [db.insert(deliveries).values({ eventId, at: new Date(0) })])
  const outcomes = await Promise.allSettled(['a', 'b', 'a', 'c'].map(write))
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  const [rows] = await lookUp(db, [db.select().from(deliveries)])
  expect(rows.map(({ eventId }) => eventId).sort()).toEqual(['a', 'b', 'c'])
})

// T10: a thousand writes at once give way more than sixty times
test('a crowd of writes gives way between its commits', async () => {
  const { db, client } = await aStore()
  await client.execute('create table crowd (nth primary key)')
  const write = (nth: number) =>
    together(
      db,
      Array.from({ length: 8 }, (_, one) => db.run(sql`insert into crowd values (${nth * 8 + one})`)),
    )
  let turns = 0
  let isOver = false
  const count = () => {
    turns++
    if (!isOver) setImmediate(count)
  }
  count()
  await Promise.all(Array.from({ length: 1_000 }, (_, nth) => write(nth)))
  isOver = true
  expect(turns).toBeGreaterThan(60)
  expect((await client.execute('select count(*) from crowd')).rows[0]?.[0]).toBe(8_000)
})

test('a closed store throws an ordinary error, whatever is asked of it', async () => {
  const { client, db, close } = await openFile('file::memory:', new Date(0))
  const write = (eventId: string) => together(db, [db.insert(deliveries).values({ eventId, at: new Date(0) })])
  await write('before')
  const waiting = [write('a'), write('b')]
  close()
  close()
  const asked = [
    ...waiting,
    write('c'),
    lookUp(db, [db.select().from(deliveries)]),
    client.execute('select 1'),
    client.batch(['select 1'], 'read'),
    client.migrate(['create table t (id)']),
    client.executeMultiple('select 1'),
    db.gate.wipe?.('whole'),
  ]
  const errors = (await Promise.allSettled(asked)).map((one) => one.status === 'rejected' && one.reason.code)
  expect(errors).toEqual(asked.map(() => 'CLIENT_CLOSED'))
})

test('the first guard that holds fails the batch; a fifth is refused', async () => {
  const { db } = await aStore()
  const guard = (condition: string, words: string) => failIf(db, sql.raw(condition), () => refuse(words, words))
  const row = () => db.insert(deliveries).values({ eventId: 'guarded', at: new Date(0) })
  await expect(together(db, [row(), guard('0', 'one'), guard('1', 'two'), guard('1', 'three')])).rejects.toThrow('two')
  await expect(together(db, [guard('0', 'one'), guard('0', 'two'), guard('0', 'three'), guard('1', 'four'), row()])).rejects.toThrow('four')
  await expect(
    together(
      db,
      [1, 2, 3, 4, 5].map(() => guard('0', 'none')),
    ),
  ).rejects.toThrow('at most 4 guards')
  const [rows] = await lookUp(db, [db.select().from(deliveries)])
  expect(rows).toEqual([])
})

// T42: an entry is neither changed nor deleted through the database
test('the audit trail can neither be changed nor deleted', async () => {
  const { client } = await aStore()
  await client.execute("insert into audit (at, unit, actor, deed, subject) values (0, 'u', 'm', 'd', 's')")
  await expect(client.execute("update audit set actor = 'x'")).rejects.toThrow(/append-only/)
  await expect(client.execute('delete from audit')).rejects.toThrow(/append-only/)
})

// T14: a lease of a killed process holds nobody up
test('a killed process’s lease holds nobody up after a start', async () => {
  const first = await aStore()
  await first.client.execute("insert into leases values ('outbox', 'killed', 9999999999999)")
  await first.client.execute(`VACUUM INTO '${first.path}.left'`)
  const next = await aStore(`${first.path}.left`)
  expect((await next.client.execute('select * from leases')).rows).toHaveLength(0)
})
