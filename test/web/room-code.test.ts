import { serve } from '@hono/node-server'
import { expect, onTestFinished, test } from 'vitest'
import { together } from '../../db/client.ts'
import { revokeLink } from '../../db/pages/links.ts'
import { newId } from '../../src/app.ts'
import { render } from '../../src/bot.ts'
import { moment } from '../../src/calendar.ts'
import { roomCode } from '../../src/rules/gatherings/room-code.ts'
import { noPages } from '../../src/view.ts'
import { pagesAt } from '../../src/web/address.ts'
import { address, anApp } from '../harness/app.ts'
import { aBranch, openId, seeded } from '../harness/branch.ts'
import { aBrowser, overhang } from '../harness/browser/browse.ts'
import { barriersOfPage, seen } from '../harness/browser/looked.ts'
import { aClock, freePort } from '../harness/host.ts'

const committee = [
  { name: '李华', role: 'secretary' as const },
  { name: '王芳', role: 'organisation' as const },
  { name: '张伟', role: 'publicity' as const },
  { name: '钱进' },
]

/** A committee meeting with a room code, 15:00 to 16:30 on 9 October. The product is on a real port, its clock goes on by itself. */
async function aRoom({ publicUrl = true, code = true, goesOn = true } = {}) {
  const branch = await aBranch(committee)
  await branch.at('2026-10-08', '09:00').say('李华', `/会议 支委会 周五 15:00 三楼会议室${code ? ' 现场码' : ''}`)
  const gathering = await branch.latestGathering()
  const { rows } = await branch.store.client.execute('select room_secret from gatherings')
  const { clock, at, forward } = goesOn ? aClock(moment('2026-10-09', '14:40')) : aStillClock()
  const port = await freePort()
  const base = `http://localhost:${port}`
  const chance = seeded(11)
  const pages = publicUrl ? pagesAt(`${base}/`, address, branch.db, () => newId(chance)) : noPages
  const door = anApp(branch.store, { clock, pages })
  const server = serve({ fetch: door.app.fetch, port, hostname: '127.0.0.1' })
  onTestFinished(() => void server.close())
  door.at('2026-10-09', '14:40')
  const hostCard = () => render(branch.db, 'host', { subject: gathering }, clock(), pages)
  return {
    branch,
    gathering,
    at(time: string) {
      at('2026-10-09', time)
      door.at('2026-10-09', time)
    },
    forward,
    clock,
    codeAt: (time: string) => roomCode(String(rows[0]?.[0]), moment('2026-10-09', time)),
    door,
    hostCard,
    screen: async () => linkOn(await hostCard()),
    enter: (name: string, digits: string) => door.presses(openId(name), { press: 'roomCode.enter', gathering }, { form: { digits } }),
  }
}

/** A clock that goes on only when it is moved. */
function aStillClock() {
  let now = 0
  return {
    clock: () => new Date(now),
    at: (on: string, time: string) => {
      now = moment(on, time).getTime()
    },
    forward: (ms: number) => {
      now += ms
    },
  }
}

/** Where the card's button leads. */
function linkOn(card: object | null): string | null {
  return /"default_url":"([^"]+)"/.exec(JSON.stringify(card))?.[1] ?? null
}

const browse = aBrowser()

test('the host’s card leads to the screen where codes and pages are', async () => {
  const room = await aRoom()
  expect(await room.screen()).toMatch(/^http:\/\/localhost:\d+\/p\/[a-z2-7]{20}\.[\w-]{22}$/)
  expect(JSON.stringify(await room.hostCard())).toContain('投屏显示现场码')
  expect(await room.screen()).toBe(await room.screen())
  const { rows } = await room.branch.store.client.execute("select actor from audit where deed = 'link.make'")
  expect(rows.map(({ actor }) => actor)).toEqual(['m_李华'])

  expect(linkOn(await (await aRoom({ publicUrl: false })).hostCard())).toBeNull()
  expect(linkOn(await (await aRoom({ code: false })).hostCard())).toBeNull()
})

test('a press on the host’s card keeps the way to the screen', async () => {
  const room = await aRoom()
  const marked = await room.door.presses(
    openId('李华'),
    { press: 'host.mark', gathering: room.gathering },
    { form: { people: ['m_王芳'] } },
  )
  expect(linkOn(marked.card?.data ?? null)).toBe(await room.screen())
})

test('only the present code, its time and the headcount leave', async () => {
  const room = await aRoom()
  room.at('14:52')
  await room.enter('王芳', room.codeAt('14:52'))
  const [url, secret] = [
    await room.screen(),
    String((await room.branch.store.client.execute('select room_secret from gatherings')).rows[0]?.[0]),
  ]
  const now = (await (await fetch(`${url}/now`)).json()) as Record<string, unknown>
  expect(now).toEqual({
    code: room.codeAt('14:52'),
    left: expect.any(Number),
    count: '1 / 3',
    state: { zh: '正在签到，15:00 后记为迟到', en: 'Check-in is open; late after 15:00' },
  })
  expect(now.left).toBeGreaterThan(170_000)
  expect(now.left).toBeLessThanOrEqual(180_000)
  const page = await (await fetch(String(url))).text()
  for (const text of [page, JSON.stringify(now)]) {
    expect(text).not.toContain(secret)
    expect(text).not.toContain(room.codeAt('14:55'))
    for (const { name } of committee) expect(text).not.toContain(name)
  }
})

test.each<[string, (room: Awaited<ReturnType<typeof aRoom>>) => unknown]>([
  ['at its end', (room) => room.at('17:01')],
  [
    'when it is closed before',
    async (room) => {
      room.at('15:05')
      await room.door.presses(openId('李华'), { press: 'host.close', gathering: room.gathering })
    },
  ],
  [
    'when the link is taken back',
    async (room) => {
      const [link] = (await room.branch.store.client.execute('select id, unit from links')).rows
      await together(room.branch.db, revokeLink(room.branch.db, { id: String(link?.id), unit: String(link?.unit) }, 'm_李华', room.clock()))
    },
  ],
])('the page ends with the gathering: %s', async (_when, end) => {
  const room = await aRoom()
  const url = String(await room.screen())
  expect((await fetch(url)).status).toBe(200)
  await end(room)
  expect((await fetch(url)).status).toBe(410)
  expect((await fetch(`${url}/now`)).status).toBe(410)
  expect(await (await fetch(url)).text()).not.toMatch(/\b\d{4}\b(?!-)/)
})

seen('the digits change at the window’s edge, and the previous count', async () => {
  const room = await aRoom()
  room.at('14:54')
  const { page, errors } = await browse(String(await room.screen()), {
    width: 1280,
    height: 720,
    believes: new Date('1999-12-31T23:59:00Z'),
  })
  const before = room.codeAt('14:54')
  expect(await page.locator('#code').textContent()).toBe(before)
  expect(Number(await page.locator('.left').first().textContent())).toBeGreaterThan(20)
  await room.enter('王芳', before)
  await expect.poll(() => page.locator('#count').textContent()).toBe('1 / 3')

  room.at('14:54')
  room.forward(57_000)
  const after = room.codeAt('14:55')
  await expect.poll(() => page.locator('#code').textContent()).toBe(after)
  expect(room.clock().getTime()).toBeGreaterThanOrEqual(moment('2026-10-09', '14:55').getTime())
  expect((await room.enter('张伟', before)).toast?.content).toContain('签到成功')
  expect(errors).toEqual([])
})

seen('it reads from the back of the room, accessibly', async () => {
  const room = await aRoom()
  for (const how of [{ width: 1280, height: 720 }, { width: 1024, height: 768, dark: true, calm: true }, {}, { dark: true }]) {
    const { page, errors } = await browse(String(await room.screen()), how)
    expect(await barriersOfPage(page)).toEqual([])
    expect(await overhang(page)).toBeLessThanOrEqual(0)
    const { height = 0 } = (await page.locator('#code').boundingBox()) ?? {}
    expect(height / (how.height ?? 844)).toBeGreaterThan(how.height ? 0.35 : 0.1)
    expect(await page.evaluate('document.documentElement.scrollHeight - innerHeight')).toBe(0)
    expect(errors).toEqual([])
  }
})

// T51: the digits go when nothing is heard, and come back
seen('old digits go when nothing is heard; the end is said', async () => {
  const room = await aRoom()
  room.at('14:54')
  const { page } = await browse(String(await room.screen()), { width: 1280, height: 720, movable: true })
  await page.route('**/now', (route) => route.abort())
  await page.clock.fastForward(70_000)
  await expect.poll(() => page.locator('#code').textContent()).toBe('····')
  expect(await page.locator('#unheard').textContent()).toContain('连接中断')
  await page.unroute('**/now')
  room.at('14:55')
  await expect.poll(() => page.locator('#code').textContent()).toBe(room.codeAt('14:55'))
  room.at('17:01')
  await expect.poll(() => page.locator('h1').textContent()).toContain('这个页面已经结束')
})

seen('without a script the page loads itself again', async () => {
  const room = await aRoom({ goesOn: false })
  room.at('14:54')
  room.forward(58_000)
  const { page } = await browse(String(await room.screen()), { withoutScript: true })
  expect(await page.locator('#code').textContent()).toBe(room.codeAt('14:54'))
  room.at('14:55')
  await expect.poll(() => page.locator('#code').textContent()).toBe(room.codeAt('14:55'))
})
