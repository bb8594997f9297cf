import { chmodSync, copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openFile, type Store } from '../../db/store/file.ts'
import { moment } from '../../src/calendar.ts'
import { anApp } from '../harness/app.ts'
import { aBranch, openId, seeded } from '../harness/branch.ts'
import { aStore } from '../harness/database.ts'

const folders: string[] = []
const stores: Store[] = []
afterEach(() => {
  for (const store of stores.splice(0)) store.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const aPath = () => {
  const folder = mkdtempSync(join(tmpdir(), 'zhibu-standing-'))
  folders.push(folder)
  return join(folder, 'zhibu.db')
}

/** Mishaps of a file while it is open, each with its mending. */
const accidents: [string, (path: string) => void, (path: string) => void][] = [
  ['moved away', (path) => renameSync(path, `${path}.old`), (path) => renameSync(`${path}.old`, path)],
  [
    'replaced',
    (path) => {
      renameSync(path, `${path}.old`)
      copyFileSync(`${path}.old`, path)
    },
    (path) => renameSync(`${path}.old`, path),
  ],
  ['made read-only', (path) => chmodSync(path, 0o444), (path) => chmodSync(path, 0o644)],
  ['left without its journal', (path) => renameSync(`${path}-wal`, `${path}-away`), (path) => renameSync(`${path}-away`, `${path}-wal`)],
]

test.each(accidents)('a file %s is seen, and presses apologise', async (_what, happens, mend) => {
  const path = aPath()
  const { store } = await aBranch([{ name: '李华', role: 'secretary' }], { store: await aStore(path) })
  const { app, presses, says, counts, now, to } = anApp(store)
  await says(openId('李华'), '/会议 支委会 今天 15:00')
  const gathering = String((await store.client.execute('select id from gatherings')).rows[0]?.[0])
  const press = () => presses(openId('李华'), { press: 'gathering.checkIn', gathering })
  const health = async () => {
    to(new Date(now().getTime() + 1_000))
    return (await app.fetch(new Request('http://bot/healthz'))).status
  }
  to(moment('2026-10-08', '14:50'))
  expect(await health()).toBe(200)

  happens(path)
  const before = await counts()
  expect(await health()).toBe(503)
  expect((await press()).toast).toMatchObject({ type: 'error', content: expect.stringContaining('没有记录下来') })
  expect(await counts()).toEqual(before)

  mend(path)
  expect(await health()).toBe(200)
  expect((await press()).toast?.type).toBe('success')
})

let starts = 0
const opens = async (path: string, isAnew = false) => {
  const store = await openFile(`file:${path}`, new Date(0), 'power cut', { isAnew, random: seeded(++starts) })
  stores.push(store)
  return store
}
/** A copy of a known database, with its mark. The driver lets go of the first file only when its statements are collected. */
async function aKnown() {
  const [first, path] = [aPath(), aPath()]
  const { client } = await opens(first)
  await client.execute({ sql: 'vacuum into ?', args: [path] })
  copyFileSync(`${first}.known`, `${path}.known`)
  return path
}

test('a known database opens beside its mark', async () => {
  await opens(await aKnown())
})

test.each([
  ['missing', rmSync],
  ['empty', (path: string) => writeFileSync(path, '')],
])('a start refuses a %s file where a database was known', async (_what, happens) => {
  const path = await aKnown()
  happens(path)
  await expect(opens(path)).rejects.toThrow(/There is no database at zhibu\.db.*DATABASE_ANEW=yes/)
  const mark = readFileSync(`${path}.known`, 'utf8')
  await opens(path, true)
  expect(readFileSync(`${path}.known`, 'utf8')).not.toBe(mark)
})

test('a start refuses another database where one was known', async () => {
  const path = await aKnown()
  const { client } = await aStore()
  rmSync(path)
  await client.execute({ sql: 'vacuum into ?', args: [path] })
  await expect(opens(path)).rejects.toThrow(/Another database stands at zhibu\.db/)
})

test('a database from before the mark gets its number', async () => {
  const path = aPath()
  const { client } = await aStore()
  await client.execute({ sql: 'vacuum into ?', args: [path] })
  const store = await opens(path)
  const [row] = (await store.client.execute('PRAGMA user_version')).rows
  expect(readFileSync(`${path}.known`, 'utf8')).toBe(`${row?.[0]}\n`)
  expect(Number(row?.[0])).toBeGreaterThan(0)
})
