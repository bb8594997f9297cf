import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, day, moment } from '../src/calendar.ts'
import type { Running } from '../src/node.ts'
import { jumpsFrom, weeksAround } from '../src/playground/jumps.ts'
import { startPlayground } from '../src/playground/start.ts'
import type { Shown, State } from '../src/playground/state.ts'
import { dayKind } from '../src/rules/workdays.ts'

let running: Running
let base = ''

beforeAll(async () => {
  const port = await freePort()
  running = await startPlayground({ PORT: String(port) }, () => {})
  base = `http://localhost:${port}/playground/`
})
afterAll(() => running.stop())

async function freePort(): Promise<number> {
  const server = createServer().listen(0)
  await new Promise((listening) => server.once('listening', listening))
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}

const stateOf = async (...views: string[]): Promise<State> =>
  (await fetch(`${base}state?views=${views.join(',')}`)).json() as Promise<State>
async function post(path: string, body: object): Promise<void> {
  const response = await fetch(base + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  expect(response.status).toBe(200)
}

test('a stranger is led to a first meeting that is checked in, closed and scored', { timeout: 30_000 }, async () => {
  const { tour } = await stateOf()
  const [calls, waits, checksIn, closes, ends] = tour
  const chat = calls?.chat ?? ''
  const { chats } = await stateOf()
  const dm = chats.find(({ mode, members }) => mode === 'p2p' && members[0] === calls?.as)?.chatId ?? ''
  const cardIn = async (where: string, words: string) => {
    const state = await stateOf(`x@${where}`)
    return state.messages[where]?.findLast(
      (message: Shown) => message.type === 'interactive' && JSON.stringify(message.content).includes(words),
    )
  }
  const press = async (as: string, where: string, words: string) => {
    const card = await expect
      .poll(() => cardIn(where, words))
      .toBeTruthy()
      .then(() => cardIn(where, words))
    const path = pathOf(card?.content, words)
    await post('press', { as, message: card?.id, path })
  }

  await post('say', { as: calls?.as, chat, text: calls?.says })
  await expect.poll(() => cardIn(chat, '签到')).toBeTruthy()
  await post('clock', { to: waits?.until })
  await press(checksIn?.as ?? '', chat, '签到')
  await press(closes?.as ?? '', dm, '结束会议')
  await post('clock', { to: ends?.until })
  const after = await stateOf(`x@${chat}`)
  expect(after.tour.map(({ isDone }) => isDone)).toEqual([true, true, true, true, true])
  expect(JSON.stringify(after.messages[chat])).toContain('考核')
  expect(after.proof).toMatchObject({ failed: 0, doubled: 0 })
  expect(after.proof.arrived).toBe(after.proof.meant)
})

test('a fault of every kind loses and doubles nothing', { timeout: 30_000 }, async () => {
  const { people, chats } = await stateOf()
  const as = people[0]?.openId ?? ''
  const chat = chats.find(({ mode, members }) => mode === 'p2p' && members[0] === as)?.chatId
  for (const kind of ['429', '500', 'lostReply']) {
    await post('fault', { kind, on: true })
    await post('say', { as, chat, text: `帮助` })
  }
  const proof = async () => {
    await post('clock', { to: new Date(Date.parse((await stateOf()).now) + 600_000).toISOString() })
    const { arrived, meant, doubled, calls } = (await stateOf()).proof
    return { lost: meant - arrived, doubled, hasTriedAgain: calls > meant }
  }
  await expect.poll(proof, { timeout: 20_000, interval: 500 }).toEqual({ lost: 0, doubled: 0, hasTriedAgain: true })
})

test('starting over leaves nothing of what was', { timeout: 20_000 }, async () => {
  const before = await stateOf()
  await post('reset', {})
  const born = () =>
    stateOf().then(
      ({ born }) => born,
      () => before.born,
    )
  await expect.poll(born, { timeout: 15_000 }).not.toBe(before.born)
  const after = await stateOf()
  expect(after.chats.every(({ count }) => count === 0)).toBe(true)
  expect(Date.parse(after.now)).toBeLessThan(Date.parse(before.now))
})

/** Where a button with these words stands in a card, as the page names it. */
function pathOf(part: unknown, words: string, path = 'body'): string {
  const holder = (path === 'body' ? (part as { body: object }).body : part) as Record<string, unknown>
  for (const key of ['elements', 'columns'])
    for (const [index, inner] of ((holder[key] ?? []) as Record<string, unknown>[]).entries()) {
      const here = `${path}.${key}[${index}]`
      if (inner.tag === 'button' && JSON.stringify(inner.text).includes(words)) return here
      const below = pathOf(inner, words, here)
      if (below) return below
    }
  return ''
}

test.each([
  ['2026-10-08', '11:00', 'workday', '2026-10-09'],
  ['2026-09-30', '12:00', 'workday', '2026-10-08'],
  ['2026-10-08', '09:00', 'deadline', '2026-10-30'],
  ['2026-10-30', '10:00', 'deadline', '2026-11-30'],
  ['2026-10-08', '09:00', 'quarter', '2027-01-04'],
  ['2026-12-31', '23:59', 'year', '2027-01-04'],
] as const)('from %s %s, the next %s is %s', (on, at, jump, then) => {
  expect(day(jumpsFrom(moment(on, at))[jump])).toBe(then)
})

test('a month is shown in whole weeks from Monday, each day with its kind', () => {
  const days = weeksAround(moment('2026-10-08'), dayKind)
  expect(days.length % 7).toBe(0)
  expect(days[0]).toEqual({ on: '2026-09-28', kind: 'workday' })
  expect(days.find(({ on }) => on === '2026-10-10')?.kind).toBe('makeup')
  expect(days.every(({ on }, index) => index === 0 || on === addDays(days[index - 1]?.on ?? '', 1))).toBe(true)
})
