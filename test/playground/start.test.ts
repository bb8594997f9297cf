import { afterAll, expect, test } from 'vitest'
import { addDays, day, moment } from '../../src/calendar.ts'
import { components, objectsIn } from '../../src/playground/cards/walk.ts'
import { faultKinds } from '../../src/playground/faults.ts'
import type { WireLine } from '../../src/playground/inspect.ts'
import { jumpsFrom, weeksAround } from '../../src/playground/life/jumps.ts'
import type { ShownMessage } from '../../src/playground/state.ts'
import { dayKind } from '../../src/rules/time/workdays.ts'
import { aPlayground } from '../harness/playground.ts'

const playground = await aPlayground()
const { stateOf, post, cardIn } = playground
afterAll(() => playground.stop())

/** A person's direct chat with the bot. */
async function directChat(index = 0) {
  const { people, chats } = await stateOf()
  const as = people[index]?.openId ?? ''
  return { as, chat: chats.find(({ mode, members }) => mode === 'p2p' && members[0] === as)?.chatId ?? '' }
}

test('the tour leads a stranger through a meeting to its score', async () => {
  const { tour, chats, people } = await stateOf()
  const dmOf = (as: string) => chats.find(({ mode, members }) => mode === 'p2p' && members[0] === as)?.chatId ?? ''
  const forms: Record<string, object> = {
    'resolve.submit': { words: '选派王芳参加培训', matter: 'ordinary', way: 'secret', views: 'none' },
  }
  for (const { as, chat, says, until, press } of tour) {
    const where = chat || dmOf(as)
    if (until) await post('clock', { to: until })
    if (says) await post('say', { as, chat: where, text: says.zh })
    if (!press) continue
    const wanted = `"press":"${press}"`
    await expect.poll(() => cardIn(where, wanted)).toBeTruthy()
    const card = await cardIn(where, wanted)
    const answer = await post<{ delivered: boolean; body: unknown }>('press', {
      as,
      message: card?.id,
      path: pathTo(card?.content, wanted),
      form: forms[press] ?? (press === 'ballot.vote' ? firstChoices(card?.content) : undefined),
    })
    expect([press, answer]).toMatchObject([press, { delivered: true, status: 200 }])
  }
  const group = tour[0]?.chat ?? ''
  const after = await stateOf(group, dmOf(tour[0]?.as ?? ''))
  expect(after.tour.map(({ isDone }) => isDone)).toEqual(Array(15).fill(true))
  const said = JSON.stringify(after.messages[group])
  for (const words of ['已计入标准（12）支委会', '选派王芳参加培训', '通过', '考核', '全部明细']) expect(said).toContain(words)
  expect(after.proof).toMatchObject({ failed: 0, doubled: 0 })
  expect(after.proof.arrived).toBe(after.proof.meant)
  expect(people.find(({ name }) => name === '沈阳')?.role?.zh).toBe('副书记')
  expect(people.find(({ name }) => name === '曹颖')?.role?.zh).toBe('党小组长')
})

test('a branch is founded in the steps of the README', async () => {
  const { people, chats } = await stateOf()
  const idOf = (name: string) => people.find((one) => one.name === name)?.openId ?? ''
  const { chatId: chat = '', members = [] } = chats.find(({ name }) => name === '新支部筹备群') ?? {}
  const [admin, ...others] = members
  const [secretary] = others.map((openId) => people.find((one) => one.openId === openId)?.name ?? '')
  const said = async (words: string) => {
    await expect.poll(() => cardIn(chat, words)).toBeTruthy()
    return cardIn(chat, words)
  }
  await post('invite', { as: admin, chat })
  const welcome = await said('把本群绑定到支部')
  const form = { name: '研究生支部' }
  await post('press', { as: admin, message: welcome?.id, path: pathOf(welcome?.content, '把本群绑定到支部'), form })
  await said('本群已绑定到「研究生支部」')
  await post('say', { as: admin, chat, text: `@支部 /成员 添加 @${secretary} 正式 书记` })
  await said(`已加入名单：${secretary}（正式党员，书记）`)
  // The label of a person follows their seat.
  const label = async () => (await stateOf()).people.find(({ name }) => name === secretary)?.role?.zh
  await expect.poll(label).toBe('书记')
  await post('say', { as: idOf(secretary ?? ''), chat, text: '@支部 /会议 支委会 明天 15:00 三楼' })
  await said('支委会')
})

test('a fault of every kind loses and doubles nothing', async () => {
  const { as, chat } = await directChat()
  // The deaths of the process have their own tests below.
  const kinds = faultKinds.filter((kind) => kind !== 'committed' && kind !== 'sent')
  expect(kinds).toHaveLength(8)
  for (const kind of kinds) {
    await post('fault', { kind, on: true })
    const { failed } = (await stateOf()).proof
    await post('say', { as, chat, text: `帮助` })
    if (kind === 'twice' || kind === 'reorder') await post('fault', { kind, on: false })
    if (kind !== 'down') continue
    await expect.poll(async () => (await stateOf()).proof.failed).toBeGreaterThan(failed)
    await post('fault', { kind, on: false })
  }
  const proof = async () => {
    await post('clock', { to: new Date(Date.parse((await stateOf()).now) + 600_000).toISOString() })
    const { arrived, meant, doubled, calls } = (await stateOf()).proof
    return { lost: meant - arrived, doubled, hasTriedAgain: calls > meant }
  }
  // The bot's pauses after an outage pass in real time, not on the clock that is moved.
  await expect.poll(proof, { interval: 500 }).toEqual({ lost: 0, doubled: 0, hasTriedAgain: true })
  // Each of the eight requests is answered once.
  const said = (await stateOf(chat)).messages[chat] ?? []
  expect(said.filter(({ content }: ShownMessage) => JSON.stringify(content).includes('我能做什么'))).toHaveLength(kinds.length)
})

/** Says a word while the process is set to die; returns when the next process has sent the rest. */
async function dies(moment: 'committed' | 'sent') {
  const { as, chat } = await directChat()
  const { deaths, messages } = await stateOf(chat)
  const before = messages[chat]?.length ?? 0
  await post('fault', { kind: moment, on: true })
  const { messageId, error } = await post<{ messageId: string; error?: number }>('say', { as, chat, text: '帮助' })
  const answers = async () => ((await stateOf(chat)).messages[chat]?.length ?? 0) - before - 1
  await expect.poll(async () => (await stateOf()).deaths[deaths.length]?.restarted).toBeTruthy()
  await expect.poll(answers).toBe(1)
  await post('clock', { to: new Date(Date.parse((await stateOf()).now) + 30_000).toISOString() })
  const { deaths: all, proof } = await stateOf()
  return { error, messageId, death: all[deaths.length], answers: await answers(), proof }
}

test('after a death before the sending, the next process sends once', async () => {
  const { error, death, answers, proof, messageId } = await dies('committed')
  expect(error).toBe(200342)
  expect(death).toMatchObject({ moment: 'committed', restarted: { waiting: 1 }, sent: 1, repeated: 0 })
  expect(answers).toBe(1)
  expect(proof).toMatchObject({ doubled: 0 })
  // The platform saw no answer and brings the event again; its claim exists, and nothing more is written.
  const lines = (await playground.ask<WireLine[]>(`inspect?message=${messageId}`)).filter(({ to }) => to === 'bot')
  expect(lines.map(({ status }) => status)).toEqual([0, 200])
  expect(lines[1]?.written?.rows).toEqual({})
})

test('after a death between sending and record, the chat shows one message', async () => {
  const { death, answers, proof } = await dies('sent')
  expect(death).toMatchObject({ moment: 'sent', restarted: { waiting: 1 }, sent: 0, repeated: 1 })
  expect(answers).toBe(1)
  expect(proof).toMatchObject({ doubled: 0 })
})

test('the inspector tells tables, counts and round trips, never a value', async () => {
  const { as, chat } = await directChat()
  const { messageId } = await post<{ messageId: string }>('say', { as, chat, text: '/会议 支委会 明天 15:00 一间保密的会议室' })
  const [line] = await playground.ask<WireLine[]>(`inspect?message=${messageId}`)
  expect(line?.written?.rows).toMatchObject({ 'insert deliveries': 1, 'insert gatherings': 1, 'insert audit': 1 })
  expect(line?.written?.trips).toBeGreaterThan(0)
  expect(line?.written?.deeds).toEqual(['gathering.call'])
  expect(JSON.stringify(line?.written)).not.toContain('保密')
  expect(Object.values(line?.written?.rows ?? {}).every((many) => Number.isInteger(many))).toBe(true)
})

test('the product answers the other paths on the same port', async () => {
  expect(await (await fetch(`${playground.url}healthz`)).json()).toEqual({ ok: true })
  const page = await fetch(`${playground.url}p/nothing`)
  expect(page.status).toBe(404)
  expect(await page.text()).toContain('<html')
})

test('a reset leaves nothing of the run before', async () => {
  const before = await stateOf()
  await post('reset', {})
  const born = () =>
    stateOf().then(
      ({ born }) => born,
      () => before.born,
    )
  await expect.poll(born).not.toBe(before.born)
  const after = await stateOf()
  expect(after.chats.every(({ count }) => count === 0)).toBe(true)
  expect(Date.parse(after.now)).toBeLessThan(Date.parse(before.now))
})

test('it ends at once, though the bot still has a message', async () => {
  const another = await aPlayground({})
  const { people, chats } = await another.stateOf()
  const as = people[0]?.openId ?? ''
  const chat = chats.find(({ mode, members }) => mode === 'p2p' && members[0] === as)?.chatId
  await another.post('say', { as, chat, text: '帮助' })
  await another.stop()
})

test('a process killed during time travel is followed by another', async () => {
  await post('replay', { from: '2026-10-12T08:00:00+08:00', steps: [], expects: [] })
  await post('fault', { kind: 'sent', on: true })
  await post('clock', { to: '2026-10-12T12:00:00+08:00' })
  const { now, deaths, proof } = await stateOf()
  expect(Date.parse(now)).toBeGreaterThanOrEqual(Date.parse('2026-10-12T12:00:00+08:00'))
  expect(deaths).toMatchObject([{ moment: 'sent', repeated: 1 }])
  expect(proof).toMatchObject({ doubled: 0, meant: proof.arrived })
})

/** Returns the path of a button with these words, as the page names it. */
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

/** Returns the path of the button that sends these words. */
const pathTo = (content: unknown, wanted: string): string =>
  components(content).find(({ element }) => JSON.stringify(element.behaviors ?? '').includes(wanted))?.path ?? ''

/** Chooses the first option everywhere, as somebody in favour does. */
const firstChoices = (content: unknown): Record<string, string> =>
  Object.fromEntries(
    components(content).flatMap(({ element, form }) => {
      const [first] = objectsIn(element.options)
      return form && first ? [[String(element.name), String(first.value)]] : []
    }),
  )

test.each([
  ['2026-10-08', '11:00', 'workday', '2026-10-09'],
  ['2026-09-30', '12:00', 'workday', '2026-10-08'],
  ['2026-10-08', '09:00', 'deadline', '2026-10-30'],
  ['2026-10-30', '10:00', 'deadline', '2026-11-30'],
  ['2026-10-08', '09:00', 'month', '2026-11-02'],
  ['2026-10-08', '09:00', 'quarter', '2027-01-04'],
  ['2026-12-31', '23:59', 'year', '2027-01-04'],
] as const)('from %s %s, the next %s is %s', (on, at, jump, then) => {
  expect(day(jumpsFrom(moment(on, at))[jump])).toBe(then)
})

test('a month is shown in whole weeks, each day with its kind', () => {
  const days = weeksAround(moment('2026-10-08'), dayKind)
  expect(days.length % 7).toBe(0)
  expect(days[0]).toEqual({ on: '2026-09-28', kind: 'workday' })
  expect(days.find(({ on }) => on === '2026-10-10')?.kind).toBe('makeup')
  expect(days.every(({ on }, index) => index === 0 || on === addDays(days[index - 1]?.on ?? '', 1))).toBe(true)
})
