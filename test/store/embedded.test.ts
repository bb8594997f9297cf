import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from '@libsql/client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openEmbedded } from '../../db/store/embedded.ts'

let path: string
let client: Client
const insert = (id: number, words = 'x') => ({ sql: 'insert into t values (?, ?)', args: [id, words] })
const ids = async () => (await client.execute('select id from t order by id')).rows.map((row) => row.id)

beforeEach(async () => {
  path = join(tmpdir(), `zhibu-${randomUUID()}.db`)
  client = openEmbedded(path)
  await client.executeMultiple('PRAGMA journal_mode=WAL; create table t (id integer primary key, words text)')
})
afterEach(() => {
  client.close()
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
})

test('a failed batch leaves nothing, names its key, and works later', async () => {
  await client.batch([insert(1)], 'write')
  await expect(client.batch([insert(2), insert(1)], 'write')).rejects.toMatchObject({
    name: 'LibsqlError',
    code: 'SQLITE_CONSTRAINT',
    message: 'SQLITE_CONSTRAINT: UNIQUE constraint failed: t.id',
  })
  expect(await ids()).toEqual([1])
  await client.batch([insert(3), insert(4)], 'write')
  expect(await ids()).toEqual([1, 3, 4])
})

test('what a failed RETURNING began is undone too', async () => {
  await client.batch([insert(1)], 'write')
  const returning = { sql: 'insert into t values (?, ?), (?, ?) returning id', args: [5, 'a', 1, 'b'] }
  await expect(client.batch([returning], 'write')).rejects.toThrow('t.id')
  expect(await ids()).toEqual([1])
})

test('a row is read by name and position, with doubled names too', async () => {
  await client.batch([insert(7, '会')], 'write')
  const { rows, columns } = await client.execute('select id, words, words as id from t')
  expect(columns).toEqual(['id', 'words', 'id'])
  expect([rows[0]?.id, rows[0]?.words, rows[0]?.[2], rows[0]?.length]).toEqual([7, '会', '会', 3])
})

test('says how many rows a statement changed', async () => {
  const [made] = await client.batch([insert(1)], 'write')
  const [none] = await client.batch([{ sql: 'insert into t values (?, ?) on conflict do nothing', args: [1, 'y'] }], 'write')
  expect([made?.rowsAffected, none?.rowsAffected]).toEqual([1, 0])
})

test('kept statements see later columns and do not pile up', async () => {
  expect((await client.execute('select * from t')).columns).toHaveLength(2)
  await client.migrate(['alter table t add column more text'])
  expect((await client.execute('select * from t')).columns).toHaveLength(3)
  for (let i = 0; i < 1_000; i++) await client.execute(`select ${i} as n`)
  expect((await client.execute('select 1 as n')).rows[0]?.n).toBe(1)
})

test('an argument that is undefined is refused before anything happens', async () => {
  const wrong = { sql: 'insert into t values (?, ?)', args: [9, undefined as unknown as string] }
  await expect(client.batch([insert(8), wrong], 'write')).rejects.toThrow('undefined')
  expect(await ids()).toEqual([])
})
