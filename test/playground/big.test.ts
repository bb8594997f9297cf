import { afterAll, expect, test } from 'vitest'
import type { Talk } from '../../src/playground/talk.ts'
import { barriers, eyes, left, says, seen } from '../harness/browser/looked.ts'
import { aPlayground } from '../harness/playground.ts'

const playground = await aPlayground()
const { stateOf, post, cardIn } = playground
afterAll(() => playground.stop())
const { look } = eyes()

const aCardIn = async (chat: string, words: string) => {
  await expect.poll(() => cardIn(chat, words)).toBeTruthy()
  return JSON.stringify((await cardIn(chat, words))?.content)
}

/** Returns the first local address on a card. */
const linkOn = (card: string): string => /http:\/\/localhost:\d+\/[^"\\)]+/.exec(card)?.[0] ?? ''

test('a unit of any size is generated on demand, with its scoreboard', async () => {
  await post('replay', { from: '2026-11-24T13:00:00+08:00', branches: 24, steps: [], expects: [] })
  const { people, chats, tour } = await stateOf()
  const [committee, best, weakest] = chats
  const [asks] = tour
  expect(people.length).toBeLessThan(20)
  expect(people.map(({ role }) => role?.zh)).toEqual(expect.arrayContaining(['党委考核人', '书记', '正式党员', '积极分子']))

  await post('say', { as: asks?.as, chat: committee?.chatId, text: asks?.says?.zh })
  const board = await aCardIn(committee?.chatId ?? '', '各支部考核')
  expect(board.indexOf(best?.name ?? '?')).toBeGreaterThan(0)
  expect(board.indexOf(weakest?.name ?? '?')).toBeGreaterThan(board.indexOf(best?.name ?? '?'))
  const page = await (await fetch(linkOn(board))).text()
  for (const { name } of [best, weakest].flatMap((one) => one ?? [])) expect(page).toContain(name)
})

test('its tour can be finished, and its people get their digests', async () => {
  const { tour, chats, people } = await stateOf()
  const direct = (as = '') => chats.find(({ mode, members }) => mode === 'p2p' && members[0] === as)?.chatId ?? ''
  for (const { as, chat, says: said } of tour.filter((step) => step.says))
    await post('say', { as, chat: chat || direct(as), text: said?.zh })
  await post('clock', { to: tour.at(-1)?.until })
  const after = await stateOf(...people.map(({ openId }) => direct(openId)))
  expect(after.tour.every(({ isDone }) => isDone)).toBe(true)
  expect(JSON.stringify(after.messages)).toContain('支部工作提醒')
  expect(after.proof).toMatchObject({ failed: 0, doubled: 0 })
  expect(after.proof.arrived).toBe(after.proof.meant)
})

test('everybody in a chat has a name, also people beyond the cast', async () => {
  const { chats, people, names } = await stateOf()
  const members = chats.flatMap((chat) => chat.members)
  expect(members.length).toBeGreaterThan(people.length)
  const known = new Set([...people.map(({ openId }) => openId), ...Object.keys(names)])
  expect(members.filter((openId) => !known.has(openId))).toEqual([])
})

test('a talk is saved with the unit’s size and replayed at it', async () => {
  await post('reset', { branches: 2 })
  const { tour } = await stateOf()
  const [asks] = tour
  await post('say', { as: asks?.as, chat: asks?.chat, text: asks?.says?.zh })
  await aCardIn(asks?.chat ?? '', '各支部考核')
  const talk = await playground.ask<Talk>('talk')
  expect(talk.branches).toBe(2)
  await post('reset', {})
  expect(await post('replay', talk)).toEqual({ steps: talk.steps.length, differences: [] })
})

test('too long a jump is refused; the sample unit comes back', async () => {
  await post('reset', { branches: 2 })
  const { now } = await stateOf()
  const to = new Date(Date.parse(now) + 120 * 86_400_000).toISOString()
  const refused = await fetch(`${playground.url}playground/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to }),
  })
  expect([refused.status, await refused.json()]).toEqual([400, { error: expect.stringContaining('请分几次走') }])
  await post('reset', {})
  const { people, branches } = await stateOf()
  expect([branches, people[0]?.name]).toEqual([0, '李华'])
})

seen('a button makes the unit of 484 branches and shows the wait', async () => {
  await post('reset', {})
  const { page, errors } = await look(playground.url)
  await page.route('**/playground/reset', (route) => {
    expect(route.request().postDataJSON()).toEqual({ branches: 484 })
    return route.continue({ postData: JSON.stringify({ branches: 6 }) })
  })
  await page.locator('#talk > summary').focus()
  await page.keyboard.press('Enter')
  expect(await barriers(page)).toEqual([])
  await page.locator('#big-unit').focus()
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByText('一年的记录').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: '确定' }).press('Enter')
  const chat = left(page).locator('.pick', { hasText: '机关分党委工作群' })
  await chat.click()
  await says(page, '@支部 /排行')
  await left(page).locator('.card', { hasText: '各支部考核' }).waitFor()
  expect(await barriers(page)).toEqual([])
  expect(errors).toEqual([])
})
