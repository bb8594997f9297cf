import { inflateRawSync } from 'node:zlib'
import { serve } from '@hono/node-server'
import { expect, onTestFinished, test } from 'vitest'
import { minutesLink } from '../../db/pages/links.ts'
import { newId } from '../../src/app.ts'
import { noPages } from '../../src/view.ts'
import { pagesAt } from '../../src/web/address.ts'
import { openPage } from '../../src/web/door.tsx'
import { minutesDocument, nameOfDocument } from '../../src/words/work/minutes-document.ts'
import { address } from '../harness/app.ts'
import { seeded } from '../harness/branch.ts'
import { aBrowser, overhang } from '../harness/browser/browse.ts'
import { barriers, seen } from '../harness/browser/looked.ts'
import { freePort } from '../harness/host.ts'
import { aClosedMeeting } from './meeting.ts'

type Meeting = Awaited<ReturnType<typeof aClosedMeeting>>

const worldOf = (it: Meeting) => ({
  db: it.db,
  address,
  pages: noPages,
  box: it.box,
  clock: it.now,
  random: seeded(4),
  newId: () => newId(seeded(9)),
  log: () => {},
})

async function pageFor(it: Meeting, name: string, base = 'https://zhibu.example') {
  const pages = pagesAt(base, address, it.db, () => newId(seeded(name.codePointAt(0))))
  const seen = await it.seen()
  const url = (await pages.url(minutesLink(seen.it, 'branch', `m_${name}`, it.now()))) ?? ''
  const read = async (more = '') => (await openPage(worldOf(it), new Request(url + more))).text()
  return {
    url,
    read,
    async post(fields: Record<string, string>) {
      const token = /name="token" value="([^"]+)"/.exec(await read())?.[1] ?? ''
      const body = new URLSearchParams({ token, ...fields }).toString()
      const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(Buffer.byteLength(body)) }
      return openPage(worldOf(it), new Request(url, { method: 'POST', headers, body }))
    },
  }
}

/** A file of a zip whose headers have the sizes. */
function fileIn(zip: Buffer, name: string): string {
  const at = zip.indexOf(name) - 30
  const [method, size, nameLength, extra] = [
    zip.readUInt16LE(at + 8),
    zip.readUInt32LE(at + 18),
    zip.readUInt16LE(at + 26),
    zip.readUInt16LE(at + 28),
  ]
  const packed = zip.subarray(at + 30 + nameLength + extra, at + 30 + nameLength + extra + size)
  return (method === 0 ? packed : inflateRawSync(packed)).toString()
}

test('the recorder types on the page, and the host confirms there', async () => {
  const it = await aClosedMeeting()
  await it.does('李华', 'open')
  const [recorder, host, member] = [await pageFor(it, '王芳'), await pageFor(it, '李华'), await pageFor(it, '赵敏')]
  expect(await member.read()).toContain('还没有确认')
  expect((await recorder.post({ deed: 'save', 'item-1': '领学半小时。\r\n两人发言。', 'item-2': '' })).status).toBe(303)
  expect(await recorder.read()).toContain('领学半小时。')
  expect(await host.read()).not.toContain('name="item-1"')
  expect((await host.post({ deed: 'save', 'item-1': '改写' })).status).not.toBe(303)
  expect((await recorder.post({ deed: 'save', 'item-1': '字'.repeat(1_001) })).status).toBe(409)
  expect((await recorder.post({ deed: 'submit' })).status).toBe(303)
  expect((await recorder.post({ deed: 'confirm' })).status).not.toBe(303)
  expect((await host.post({ deed: 'confirm' })).status).toBe(303)
  expect(await it.state()).toBe('locked')
  const locked = await member.read('?lang=en')
  for (const said of ['Minutes · General meeting', '两人发言。', '主持人签名', (await it.seen()).locked?.digest ?? '?'])
    expect(locked).toContain(said)
})

test('the document holds every line, the signatures and the fingerprint', async () => {
  const it = await (await aClosedMeeting()).locked()
  const { draft, locked, own, ...meeting } = await it.seen()
  const bytes = await minutesDocument(draft, { locked })
  const xml = fileIn(Buffer.from(bytes), 'word/document.xml')
  for (const { head, says } of draft.lines) for (const said of [head, ...says]) expect(xml).toContain(said)
  for (const said of ['主持人签名', '记录人签名', locked?.digest ?? '?']) expect(xml).toContain(said)
  expect(nameOfDocument({ ...meeting, own })).toBe('会议记录 第一支部 支部党员大会 2026-10-09.docx')
})

const browse = aBrowser()

seen('the page bars nobody and prints on one sheet', async () => {
  const it = await aClosedMeeting()
  await it.does('李华', 'open')
  const port = await freePort()
  const server = serve({ fetch: (request) => openPage(worldOf(it), request), port, hostname: '127.0.0.1' })
  onTestFinished(() => void server.close())
  for (const isLocked of [false, true]) {
    if (isLocked) {
      await it.does('王芳', 'submit')
      await it.does('李华', 'confirm')
    }
    const { url } = await pageFor(it, '王芳', `http://127.0.0.1:${port}`)
    for (const how of [{}, { width: 1280, height: 800, dark: true }]) {
      const { page, errors } = await browse(`${url}?lang=${isLocked ? 'en' : 'zh'}`, how)
      expect(await barriers(page)).toEqual([])
      expect(await overhang(page)).toBeLessThanOrEqual(0)
      expect(errors).toEqual([])
      if (process.env.SHOTS)
        await page.screenshot({ path: `${process.env.SHOTS}/minutes-${isLocked}-${'dark' in how}.png`, fullPage: true })
    }
    const { page } = await browse(url)
    const pdf = await page.pdf({
      preferCSSPageSize: true,
      format: 'A4',
      ...(process.env.SHOTS ? { path: `${process.env.SHOTS}/minutes-page.pdf` } : {}),
    })
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1)
  }
})
