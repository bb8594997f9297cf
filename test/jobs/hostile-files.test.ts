import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { keepFile } from '../../db/roster/received-files.ts'
import { readFiles } from '../../src/jobs/read-files.ts'
import { Refusal } from '../../src/refusal.ts'
import { sheetsInThread } from '../../src/spreadsheet/in-thread.ts'
import { sheetsOf } from '../../src/spreadsheet/read.ts'
import { aBranch } from '../harness/branch.ts'
import { hostileFiles } from '../harness/hostile-files.ts'

const LIST = new TextEncoder().encode('姓名,党小组\n张三,一组')
const MINUTE = 60_000

/** A branch whose secretary sends files. */
async function aSender() {
  const branch = await aBranch([{ name: '李华', role: 'secretary' }])
  const { db } = branch
  const { client } = branch.store
  let at = Date.parse('2026-10-08T09:00:00+08:00')
  let made = 0
  let downloads = 0
  return {
    client,
    downloads: () => downloads,
    later: (ms: number) => {
      at += ms
    },
    sends: async (messageId: string) => {
      await keepFile(db, { messageId, fileKey: 'k', name: '名单', branch: 'branch', by: 'm_李华', chatId: 'oc_dm', at: new Date(at) })
    },
    reads: (bytes: Uint8Array, ways: Partial<Parameters<typeof readFiles>[0]> = {}) =>
      readFiles({
        db,
        clock: () => new Date(at),
        newId: () => `id${++made}`,
        download: async () => {
          downloads++
          return { what: 'got', bytes }
        },
        peopleIn: async () => null,
        ...ways,
      }),
    said: async (messageId: string) => {
      const { rows } = await client.execute({ sql: 'select view, args from outbox where occasion = ?', args: [`roster ${messageId}`] })
      return rows.map(({ view, args }) => `${view} ${args}`).join()
    },
  }
}

test('each hostile file is answered, and the next file is read', async () => {
  const sender = await aSender()
  for (const [what, make, said] of hostileFiles) {
    await sender.sends(what)
    await sender.reads(make(), { sheetsOf: sheetsInThread })
    expect(await sender.said(what), what).toMatch(said)
  }
  await sender.sends('good')
  await sender.reads(LIST, { sheetsOf: sheetsInThread })
  expect(await sender.said('good')).toMatch(/^rosterPreview/)
})

test('a file not read in its tries is given up, and answered', async () => {
  const sender = await aSender()
  await sender.sends('stuck')
  const dies = () => sender.reads(LIST, { download: () => Promise.reject(new Error('the process died')) }).catch(() => {})
  for (let nth = 0; nth < 5; nth++) {
    await dies()
    sender.later(3 * MINUTE)
  }
  expect(await sender.said('stuck')).toBe('')
  await sender.reads(LIST)
  expect(sender.downloads()).toBe(0)
  expect(await sender.said('stuck')).toContain('没能读出来')
  expect((await sender.client.execute('select * from sent_files')).rows).toEqual([])
})

test('a file that takes too long is given up, and said', async () => {
  const slow = async () => {
    for await (const _ of sheetsInThread(LIST, 100, 0)) return 'read'
    return 'read'
  }
  await expect(slow()).rejects.toThrow(Refusal)
})

test.each(['excel-gb18030.csv', 'libreoffice.xlsx', 'wps.xlsx'])('a thread reads %s as it is read in place', async (name) => {
  const bytes = new Uint8Array(readFileSync(join(import.meta.dirname, '../fixtures/roster', name)))
  const rowsBy = async (way: typeof sheetsOf) => {
    const all = []
    for await (const { rows } of way(bytes, 1_000)) all.push(rows)
    return all
  }
  expect(await rowsBy(sheetsInThread)).toEqual(await rowsBy(sheetsOf))
})

test('the build puts the thread beside the product', async () => {
  execFileSync('npm', ['run', '--silent', 'build'])
  expect(readFileSync('dist/product.mjs', 'utf8')).toContain('./file-thread.mjs')
  const thread = new Worker('./dist/file-thread.mjs', { workerData: { bytes: LIST, mostRows: 10 }, execArgv: [] })
  const told: unknown[] = []
  for (let nth = 0; nth < 3; nth++) {
    thread.postMessage('more')
    told.push((await once(thread, 'message'))[0])
  }
  await thread.terminate()
  expect(told).toEqual([
    { what: 'sheet', is1904: undefined },
    {
      what: 'rows',
      rows: [
        { at: 1, cells: ['姓名', '党小组'] },
        { at: 2, cells: ['张三', '一组'] },
      ],
    },
    { what: 'end' },
  ])
})
