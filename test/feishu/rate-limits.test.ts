import { expect, test } from 'vitest'
import { together } from '../../db/client.ts'
import { outbox } from '../../db/ledgers/tables.ts'
import { named } from '../harness/named.ts'
import { anOutbox } from '../harness/outbox.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const isMessage = (path: string) => path.includes('/im/v1/messages')
const calls = ({ feishu }: Awaited<ReturnType<typeof anOutbox>>) => feishu.log.filter(({ path }) => isMessage(path))
const notices = async (it: Awaited<ReturnType<typeof anOutbox>>) => (await it.rows()).filter(({ view }) => view === 'undelivered')

// T23: 2,000 messages within the limits
test('two thousand messages keep within the limits at nearly full pace', async () => {
  const it = await anOutbox({ people: 500 })
  const from = it.clock().getTime()
  await together(
    it.db,
    Array.from({ length: 2_000 }, (_, i) =>
      it.db.insert(outbox).values({
        occasion: `${i}`,
        lane: 2,
        dueAt: it.clock(),
        toKind: 'person',
        toId: `ou_${i % 500}`,
        recipient: `person:ou_${i % 500}`,
        view: named('say'),
        args: {},
      }),
    ),
  )
  await it.drain(10)
  expect(it.feishu.messages).toHaveLength(2_000)
  expect(calls(it).filter(({ status }) => status !== 200)).toEqual([])
  expect(it.clock().getTime() - from).toBeLessThan(84 * SECOND)
})

test('one chat gets five a second and holds up no other', async () => {
  const it = await anOutbox()
  for (let i = 0; i < 300; i++) await it.say({ occasion: `${i}` })
  await it.say({ occasion: 'other', to: { person: 'ou_1' } })
  const from = it.clock().getTime()
  await it.drain(10)
  expect(calls(it).filter(({ status }) => status !== 200)).toEqual([])
  expect((await it.row('other')).sentAt?.getTime()).toBeLessThan(from + 2 * SECOND)
  expect(it.clock().getTime() - from).toBeLessThan(80 * SECOND)
})

test('the limits are counted on where another runner stopped', async () => {
  const it = await anOutbox({ people: 60 })
  for (let i = 0; i < 60; i++) await it.say({ occasion: `${i}`, to: { person: `ou_${i}` } })
  await it.run({ budgetMs: 1 })
  for (let i = 0; i < 60; i++) await it.run({ budgetMs: 2 })
  expect(calls(it).filter(({ status }) => status !== 200)).toEqual([])
})

test('a person and their direct chat share one pace', async () => {
  const it = await anOutbox()
  const { messageId: asked = '' } = await it.feishu.say('ou_1', 'bot', '帮助')
  const dm = it.feishu.dm('ou_1')
  await it.say({ occasion: 'card', to: { person: 'ou_1' } })
  await it.run()
  it.advance(2 * SECOND)
  for (let i = 0; i < 7; i++) {
    await it.say({ occasion: `to ${i}`, to: { person: 'ou_1' } })
    await it.say({ occasion: `reply ${i}`, to: { reply: asked, in: dm, with: 'ou_1' } })
    await it.say({ occasion: `pressed ${i}`, to: { chat: dm } })
  }
  const from = it.clock().getTime()
  await it.drain(10)
  expect(calls(it).filter(({ status }) => status !== 200)).toEqual([])
  expect(calls(it)).toHaveLength(22)
  expect(it.clock().getTime() - from).toBeLessThan(7 * SECOND)
})

const unconnected = () => Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } }))

test.each([
  { silence: 'every call fails with 502', lost: 1, fetch: async () => new Response('<html>', { status: 502 }) },
  { silence: 'nobody takes the call', lost: 0, fetch: unconnected },
])('after two hours in which $silence the outbox drains in order ($lost)', async ({ lost, fetch }) => {
  const it = await anOutbox({ people: 5 })
  let isDown = true
  const ahead = it.feishuClientOver(((...call: Parameters<typeof it.feishu.fetch>) =>
    isDown ? fetch() : it.feishu.fetch(...call)) as typeof globalThis.fetch)
  isDown = false
  await ahead.bot()
  isDown = true
  for (let i = 0; i < 100; i++) await it.say({ occasion: `${i}`, to: { person: `ou_${4 - (i % 5)}` } })
  for (let minute = 0; minute < 120; minute++) {
    await it.run({ feishuClient: ahead, budgetMs: 3 * SECOND })
    it.advance(MINUTE)
  }
  isDown = false
  await it.drain(10)

  const numbers = it.shown().flatMap((words) => (words.startsWith('say') ? Number(JSON.parse(words.slice(4)).words) : []))
  expect(numbers).toHaveLength(100 - lost)
  for (let person = 0; person < 5; person++) {
    const theirs = numbers.filter((number) => number % 5 === person)
    expect(theirs).toEqual(theirs.toSorted((a, b) => a - b))
  }
  expect(await notices(it)).toHaveLength(lost)
  expect(calls(it).filter(({ status }) => status !== 200)).toEqual([])
})

test.each([
  { due: '2026-11-20T09:00', now: '2026-11-20T09:00', state: 'sent', why: 'a working day' },
  { due: '2026-11-20T07:00', now: '2026-11-20T07:30', state: 'waiting', why: 'before eight' },
  { due: '2026-11-20T20:00', now: '2026-11-20T20:59', state: 'sent', why: 'before nine in the evening' },
  { due: '2026-11-20T20:00', now: '2026-11-20T21:00', state: 'moot', why: 'nine in the evening' },
  { due: '2026-11-19T09:00', now: '2026-11-20T09:00', state: 'moot', why: 'yesterday’s' },
  { due: '2026-11-21T09:00', now: '2026-11-21T09:00', state: 'moot', why: 'a Saturday' },
  { due: '2026-10-10T09:00', now: '2026-10-10T09:00', state: 'sent', why: 'a Saturday that is worked' },
  { due: '2026-10-01T09:00', now: '2026-10-01T09:00', state: 'moot', why: 'the national holiday' },
])('unasked words at $now ($why) are $state', async ({ due, now, state }) => {
  const it = await anOutbox({ start: Date.parse(`${now}:00+08:00`) })
  await it.say({ occasion: 'digest', unasked: true, to: { person: 'ou_1' }, dueAt: new Date(`${due}:00+08:00`) })
  await it.run()
  expect(await it.row('digest')).toMatchObject({ state })
  if (state === 'waiting') expect((await it.row('digest')).dueAt).toEqual(new Date('2026-11-20T08:00:00+08:00'))
})
