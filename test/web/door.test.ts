import { serve } from '@hono/node-server'
import { expect, onTestFinished, test } from 'vitest'
import { vacate } from '../../db/branches/seats.ts'
import { together } from '../../db/client.ts'
import { type LinkTo, linkTo, revokeLink } from '../../db/pages/links.ts'
import { linkKinds } from '../../db/pages/tables.ts'
import { newId } from '../../src/app.ts'
import { addMinutes, moment } from '../../src/calendar.ts'
import { mayOrRefuse } from '../../src/context.ts'
import { noPages } from '../../src/view.ts'
import { addressBook } from '../../src/web/address.ts'
import { openPage } from '../../src/web/door.tsx'
import { webPages } from '../../src/web/index.ts'
import type { WebPage } from '../../src/web/visit.ts'
import { address } from '../harness/app.ts'
import { aBranch, DATA_KEY, seeded } from '../harness/branch.ts'
import { aBrowser, overhang } from '../harness/browser/browse.ts'
import { barriersOfPage, seen } from '../harness/browser/looked.ts'
import { samplePage } from '../harness/browser/sample-page.tsx'
import { freePort } from '../harness/host.ts'

const start = moment('2026-10-08', '09:00')
const browse = aBrowser()

/** A branch and a page of the test's own, behind the door. */
async function aDoor(page: WebPage = samplePage()) {
  const branch = await aBranch([{ name: '李华', role: 'secretary' }, { name: '王芳' }])
  const chance = seeded(3)
  const logs: Record<string, unknown>[] = []
  let now = start
  const world = {
    db: branch.db,
    address,
    pages: noPages,
    box: branch.box,
    clock: () => now,
    random: seeded(4),
    newId: () => newId(chance),
    log: (event: object) => void logs.push({ ...event }),
  }
  const open = (path: string, request: RequestInit = {}) => openPage(world, new Request(`http://bot${path}`, request), [page])
  const asked: LinkTo = { unit: 'unit', kind: 'roomCode', subject: 'g', madeBy: 'm_李华', madeAt: start, expiresAt: addMinutes(start, 60) }
  const link = (more: Partial<LinkTo> = {}) => linkTo(branch.db, { ...asked, madeAt: now, ...more }, () => newId(chance))
  return {
    branch,
    logs,
    open,
    link,
    path: async (more: Partial<LinkTo> = {}) => address.path(await link(more)),
    later(minutes: number) {
      now = addMinutes(start, minutes)
    },
    restart(...dataKeys: string[]) {
      world.address = addressBook(dataKeys)
    },
    /** As a browser sends it. */
    send(path: string, filled: Record<string, string>, headers: Record<string, string> = {}) {
      const body = new URLSearchParams(filled).toString()
      const type = 'application/x-www-form-urlencoded'
      return open(path, { method: 'POST', body, headers: { 'content-type': type, 'content-length': String(body.length), ...headers } })
    },
    /** On a real port, for a browser. */
    async served(path: string): Promise<string> {
      const port = await freePort()
      const server = serve({ fetch: (request) => openPage(world, request, [page]), port, hostname: '127.0.0.1' })
      onTestFinished(() => void server.close())
      return `http://127.0.0.1:${port}${path}`
    },
  }
}

const textOf = async (response: Response) => (await response.text()).replaceAll(/nonce="[^"]*"/g, '')

test('each kind of link has its page, and only one', () => {
  expect(webPages.map(({ kind }) => kind).sort()).toEqual([...linkKinds].sort())
})

test('unknown, forged and foreign links are answered alike', async () => {
  const { open, link, path } = await aDoor()
  const [one, other] = [await path(), await path({ subject: 'h' })]
  expect((await open(one)).status).toBe(200)
  const id = await link()
  const ofTheDatabaseAlone = addressBook(Buffer.alloc(32, 7).toString('base64')).path(id)
  const strays = [
    '/p/',
    '/p/x',
    `/p/${id}`,
    `/p/${id}.`,
    ofTheDatabaseAlone,
    address.path(newId(seeded(9))),
    `${one.split('.')[0]}.${other.split('.')[1]}`,
    `${one}/nothing`,
    `${one}/`,
    `${one}/now/now`,
  ]
  const answers = await Promise.all(strays.map(async (stray) => ({ stray, response: await open(stray) })))
  const [first] = await Promise.all([textOf((await open('/p/never')) as Response)])
  for (const { stray, response } of answers) {
    expect({ stray, status: response.status }).toEqual({ stray, status: 404 })
    expect(await textOf(response)).toBe(first)
  }
  expect(first).toContain('这个链接打不开')
})

test('an address is not kept or framed, and one script runs', async () => {
  const { open, path } = await aDoor()
  for (const response of [await open(await path()), await open('/p/x')]) {
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect(response.headers.get('x-robots-tag')).toContain('noindex')
    const policy = response.headers.get('content-security-policy') ?? ''
    expect(policy).toMatch(/^default-src 'none'; script-src 'nonce-[^']{20,}'; style-src 'nonce-/)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(await response.text()).not.toMatch(/https?:\/\/|<[a-z]+ [^>]*\bstyle=/)
  }
  const nonces = [await open('/p/x'), await open('/p/x')].map((response) => response.headers.get('content-security-policy'))
  expect(new Set(nonces).size).toBe(2)
})

test('a link ends in time or when revoked; asking gives another', async () => {
  const { branch, open, link, later } = await aDoor()
  const first = await link()
  later(59)
  expect(await link()).toBe(first)
  expect((await open(address.path(first))).status).toBe(200)
  later(60)
  const answer = await open(address.path(first))
  expect([answer.status, await answer.text()]).toEqual([410, expect.stringContaining('这个页面已经结束')])
  const second = await link({ expiresAt: addMinutes(start, 120) })
  expect(second).not.toBe(first)
  expect((await open(address.path(first))).status).toBe(410)
  expect((await open(address.path(second))).status).toBe(200)

  await together(branch.db, revokeLink(branch.db, { id: second, unit: 'unit' }, 'm_李华', addMinutes(start, 61)))
  expect((await open(address.path(second))).status).toBe(410)
  expect(await link({ expiresAt: addMinutes(start, 120) })).not.toBe(second)
  const { rows } = await branch.store.client.execute("select deed, subject from audit where deed like 'link.%' order by id")
  expect(rows.map(({ deed }) => deed)).toEqual(['link.make', 'link.make', 'link.revoke', 'link.make'])
})

test('a subject and person have one link, however many ask', async () => {
  const { branch, link } = await aDoor()
  const all = await Promise.all(Array.from({ length: 8 }, () => link()))
  expect(new Set(all).size).toBe(1)
  const own = await Promise.all([link({ person: 'm_李华' }), link({ person: 'm_李华' }), link({ person: 'm_王芳' })])
  expect(new Set([...own, ...all]).size).toBe(3)
  expect(await branch.count('links')).toBe(3)
})

test('a personal link acts as that person, with present rights', async () => {
  const page = samplePage()
  const show: WebPage['show'] = async (visit) => {
    mayOrRefuse(visit.actor, 'callGathering', { unit: 'unit', branch: 'branch', lineage: ['committee'] })
    return page.show(visit)
  }
  const { branch, open, path } = await aDoor({ ...page, show })
  const own = await path({ person: 'm_李华' })
  expect(await textOf(await open(own))).toContain('李华')
  expect((await open(await path({ person: 'm_王芳' }))).status).toBe(403)
  expect((await open(await path())).status).toBe(403)

  await together(branch.db, [vacate(branch.db, { member: 'm_李华', role: 'secretary', branch: 'branch', at: start })])
  const refused = await open(own)
  expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('这件事不归你办')])
  await branch.store.client.execute("update members set left_on = '2026-10-08' where id = 'm_李华'")
  expect(await (await open(own)).text()).toContain('你已不在名单上')
})

test('a form acts once, with the page’s own token', async () => {
  const acted: string[] = []
  const { open, path, send } = await aDoor(samplePage((words, by) => acted.push(`${by}: ${words}`)))
  const own = await path({ person: 'm_王芳' })
  const [, token = ''] = /name="token" value="([^"]+)"/.exec(await (await open(own)).text()) ?? []
  const sent = await send(`${own}?lang=en`, { token, deed: 'say', words: '同意' }, { 'sec-fetch-site': 'same-origin' })
  expect([sent.status, sent.headers.get('location')]).toEqual([303, `${own}?lang=en`])
  expect(acted).toEqual(['王芳: 同意'])

  const refusals = [
    await send(own, { deed: 'say', words: 'x' }),
    await send(own, { token: 'x'.repeat(22), words: 'x' }),
    await send(own, { token, words: 'x' }, { 'sec-fetch-site': 'cross-site' }),
    await send(own, { token, words: 'x' }, { 'content-type': 'text/plain' }),
    await send(own, { token, words: 'x'.repeat(70_000) }),
  ]
  expect(refusals.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400])
  expect((await open(own, { method: 'PUT' })).status).toBe(405)
  expect(acted).toHaveLength(1)
  const empty = await send(own, { token, words: '' })
  expect([empty.status, await empty.text()]).toEqual([409, expect.stringMatching(/role="alert">请写上理由。/)])
})

test('while keys change, a form signed with the old key is taken', async () => {
  const acted: string[] = []
  const { open, link, send, restart } = await aDoor(samplePage((words) => acted.push(words)))
  const id = await link({ person: 'm_王芳' })
  const [fresh, before] = [Buffer.alloc(32, 7).toString('base64'), address.path(id)]
  const tokenOn = async (path: string) => /name="token" value="([^"]+)"/.exec(await (await open(path)).text())?.[1] ?? ''
  const old = await tokenOn(before)

  restart(fresh, DATA_KEY)
  const after = addressBook(fresh).path(id)
  expect((await send(before, { token: old, deed: 'say', words: '旧' })).headers.get('location')).toBe(`${after}?`)
  const own = await tokenOn(before)
  expect(own).not.toBe(old)
  expect((await send(after, { token: own, deed: 'say', words: '新' })).status).toBe(303)
  expect((await send(after, { token: addressBook(DATA_KEY).formToken('another'), words: 'x' })).status).toBe(400)

  restart(fresh)
  expect((await send(after, { token: old, words: 'x' })).status).toBe(400)
  expect((await send(before, { token: old, words: 'x' })).status).toBe(404)
  expect(acted).toEqual(['旧', '新'])
})

test.each([
  ['', 'zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
  ['', 'en-GB,en;q=0.9,zh;q=0.8', 'en'],
  ['', 'fr-FR,fr;q=0.9,en;q=0.8', 'en'],
  ['', '', 'zh-CN'],
  ['?lang=en', 'zh-CN', 'en'],
  ['?lang=zh', 'en', 'zh-CN'],
  ['?lang=xx', 'en', 'en'],
])('the page speaks the reader’s language: asked “%s”, browser “%s”', async (query, accepted, language) => {
  const { open, path } = await aDoor()
  const page = await (await open((await path()) + query, { headers: accepted ? { 'accept-language': accepted } : {} })).text()
  expect(page).toContain(`<html lang="${language}"`)
  expect(page).toContain(language === 'en' ? 'Skip to the content' : '跳到正文')
})

test('typed words show as typed, and never as markup', async () => {
  const { open, path } = await aDoor()
  const page = await (await open(`${await path()}?q=${encodeURIComponent('"><script>')}`)).text()
  expect(page).toContain('value="&quot;&gt;&lt;script&gt;"')
  expect(await (await open(await path())).text()).toContain('&lt;b&gt;第二&lt;/b&gt;支部')
})

const order = (page: string) =>
  [...(page.split('id="wide"')[0]?.matchAll(/第.支部|第四支部|第三支部|第二/g) ?? [])].map(([name]) => name.slice(0, 2))

test.each([
  ['', ['第一', '第二', '第三', '第四']],
  ['?sort=-score', ['第一', '第四', '第二', '第三']],
  ['?sort=score', ['第二', '第四', '第一', '第三']],
  ['?q=研究生', ['第四']],
  ['?sort=-score&q=第', ['第一', '第四', '第二', '第三']],
  ['?sort=note', ['第一', '第二', '第三', '第四']],
])('a table is sorted by link and filtered by form: “%s”', async (query, names) => {
  const { open, path } = await aDoor()
  const page = await (await open((await path()) + query)).text()
  expect(order(page)).toEqual(names)
})

test('a fault is an apology, and a name in the log', async () => {
  const { logs, open, path } = await aDoor({
    kind: 'roomCode',
    show: async () => {
      throw new TypeError('王芳')
    },
  })
  const own = await path()
  const response = await open(own)
  expect([response.status, await response.text()]).toEqual([500, expect.stringContaining('出了点问题')])
  expect(logs).toEqual([{ level: 'error', at: 'page', error: 'TypeError' }])
})

// T52: the pieces of every page
seen('every piece stands the rules of accessibility on every screen', async () => {
  const door = await aDoor()
  const url = await door.served(await door.path())
  for (const how of [{}, { dark: true }, { width: 1280 }, { width: 1280, dark: true, locale: 'en-GB' }, { width: 320 }]) {
    const { page, errors } = await browse(url, how)
    expect({ how, barriers: await barriersOfPage(page) }).toEqual({ how, barriers: [] })
    expect({ how, overhang: await overhang(page) }).toEqual({ how, overhang: 0 })
    expect(errors).toEqual([])
  }
})

seen('it goes by keyboard: content, table and scrolled parts', async () => {
  const door = await aDoor()
  const { page } = await browse(await door.served(await door.path()))
  await page.keyboard.press('Tab')
  expect(await page.evaluate('document.activeElement.className')).toBe('skip')
  await page.keyboard.press('Enter')
  expect(await page.evaluate('document.activeElement.id')).toBe('main')
  await page.getByRole('link', { name: '得分' }).first().press('Enter')
  await expect.poll(() => page.getByRole('columnheader', { name: '得分' }).first().getAttribute('aria-sort')).toBe('descending')
  await page.getByLabel('支部名称').fill('研究生')
  await page.keyboard.press('Enter')
  await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('研究生')
  expect(new URL(page.url()).searchParams.get('sort')).toBe('-score')
  expect(await page.getByRole('table').first().getByRole('row').count()).toBe(2)
  await page.getByRole('group', { name: '每项标准的得分' }).focus()
  expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('group')
})

seen('printed, it is black on white, whole and without buttons', async () => {
  const door = await aDoor()
  const { page } = await browse(await door.served(await door.path()), { width: 700, height: 990, dark: true })
  await page.emulateMedia({ media: 'print' })
  expect(await page.evaluate('getComputedStyle(document.documentElement).color')).toBe('rgb(0, 0, 0)')
  for (const gone of ['.filter', '.deed', '.languages', '#say']) expect(await page.locator(gone).isVisible()).toBe(false)
  expect(
    await page.evaluate('document.querySelector(".around.scroll table").scrollWidth - document.querySelector("main").clientWidth'),
  ).toBeLessThanOrEqual(0)
})
