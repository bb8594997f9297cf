import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openFile } from '../../db/store/file.ts'
import { moment } from '../../src/calendar.ts'
import { integrityOf } from '../crash/judge.ts'
import { fillFile } from '../crash/rosters.ts'
import { anApp } from '../harness/app.ts'
import { proved } from './sizes.ts'

const start = moment('2026-10-08', '14:50')

/** A file system of 4 MB of its own, or null where this process may not mount one. */
function aSmallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'zhibu-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    rmSync(folder, { recursive: true })
    return null
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder])
    rmSync(folder, { recursive: true })
  })
  return folder
}

// T12: a real file system of 4 MB, where one can be mounted; else the engine’s own limit
test('a full disk refuses presses in words until there is space', async ({ task }) => {
  const disk = aSmallDisk()
  const folder = disk ?? mkdtempSync(join(tmpdir(), 'zhibu-disk-'))
  const [draft, path] = [join(mkdtempSync(join(tmpdir(), 'zhibu-fill-')), 'zhibu.db'), join(folder, 'zhibu.db')]
  const { expected } = await fillFile(draft, { branches: 6, people: 50, gatheringsEach: 1, cards: 'posted' }, start)
  execFileSync('cp', [draft, path])
  const { db, client, close } = await openFile(`file:${path}`, start)
  onTestFinished(close)
  const app = anApp({ db, client })
  app.to(start)
  const press = ({ openId, gathering, chatId }: (typeof expected)[number]) =>
    app.presses(openId, { press: 'gathering.checkIn', gathering }, { chat: chatId, messageId: `om_${gathering}` })
  const healthy = async () => (await app.app.fetch(new Request('http://bot/healthz'))).status

  let at = 0
  for (; at < 20; at++) expect((await press(expected[at] as (typeof expected)[number])).toast?.type).toBe('success')
  expect(await healthy()).toBe(200)

  const ballast = join(folder, 'ballast')
  // The journal has some room of its own left; presses use that up.
  if (disk) {
    for (let size = 4 * 1024 * 1024; size >= 512; size /= 2)
      try {
        writeFileSync(ballast, Buffer.alloc(size), { flag: 'a' })
      } catch {}
  } else {
    const [row] = (await client.execute('pragma page_count')).rows
    await client.execute(`pragma max_page_count = ${Number(row?.page_count)}`)
  }
  let refused: Awaited<ReturnType<typeof press>> | undefined
  let before = await app.counts()
  for (; !refused && at < 250; at++) {
    before = await app.counts()
    const answer = await press(expected[at] as (typeof expected)[number])
    if (answer.toast?.type === 'error') refused = answer
    else expect(answer.toast?.type).toBe('success')
  }
  expect(refused).toMatchObject({ status: 200, toast: { type: 'error', content: expect.stringContaining('没有记录下来') } })
  expect(await app.counts()).toEqual(before)
  for (let again = 0; again < 20; again++) {
    const one = expected[at - 1] as (typeof expected)[number]
    expect((await press(one)).toast?.type).toBe('error')
  }
  expect(await app.counts()).toEqual(before)
  app.to(new Date(start.getTime() + 60_000))
  const whileFull = await healthy()

  if (disk) rmSync(ballast)
  else await client.execute('pragma max_page_count = 1000000')
  app.to(new Date(start.getTime() + 120_000))
  expect(await healthy()).toBe(200)
  // The schema has two fifths of this disk, and the journal is emptied at 4 MB only: there is room for some more.
  const until = at + 10
  for (let left = at - 1; left < until; left++)
    expect((await press(expected[left] as (typeof expected)[number])).toast?.type).toBe('success')
  expect((await app.counts()).arrivals).toBe(until)
  expect(await integrityOf(client)).toBe('ok')
  const where = disk ? 'a tmpfs of 4 MB' : 'no tmpfs may be mounted here: the engine’s limit of pages'
  proved(task, 'T12', `${where}: ${at - 1} presses in, 21 refused in words, /healthz ${whileFull}, then ${until - at + 1} more in`)
})
