import { expect, test } from 'vitest'
import { together } from '../../db/client.ts'
import { reachable } from '../../db/ledgers/outbox.ts'
import { render } from '../../src/bot.ts'
import type { FeishuClient } from '../../src/feishu/api/client.ts'
import type { Fault } from '../../src/playground/feishu/feishu.ts'
import { aStore } from '../harness/database.ts'
import { anOutbox, card, wordsOf } from '../harness/outbox.ts'
import { proved, sized } from '../proofs/sizes.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const isMessage = (path: string) => path.includes('/im/v1/messages')
type Outbox = Awaited<ReturnType<typeof anOutbox>>

const calls = ({ feishu }: Outbox) => feishu.log.filter(({ path }) => isMessage(path))
const notices = async (it: Outbox) => (await it.rows()).filter(({ view }) => view === 'undelivered').map(({ occasion }) => occasion)

test('answers go before calls, calls before bulk, each in order', async () => {
  const it = await anOutbox()
  const later = it.clock()
  await it.say({ occasion: 'bulk', lane: 'bulk' })
  await it.say({ occasion: 'call 2', dueAt: later })
  await it.say({ occasion: 'call 1', dueAt: new Date(later.getTime() - SECOND) })
  await it.say({ occasion: 'answer', lane: 'answer', to: { person: 'ou_1' } })
  await it.say({ occasion: 'tomorrow', dueAt: new Date(later.getTime() + 24 * 60 * MINUTE) })
  expect(await it.run()).toMatchObject({ sent: 4, isBusy: false })
  expect(it.shown().map((words) => JSON.parse(words.slice(4)).words)).toEqual(['answer', 'call 1', 'call 2', 'bulk'])
})

test('a sent message leaves its time and id, not its words', async () => {
  const it = await anOutbox()
  await it.say({ occasion: 'a' })
  await it.run()
  const [message] = it.feishu.messages
  expect(await it.row('a')).toMatchObject({ state: 'sent', messageId: message?.id, sentAt: it.clock(), args: {}, unsureSince: null })
})

test.each<Fault['kind']>(['429', '500', 'timeout', 'lostReply', 'deadToken', 'down'])(
  'what meets %s arrives once, and what follows it stays behind it',
  async (kind) => {
    const it = await anOutbox()
    await it.say({ occasion: 'first' })
    await it.say({ occasion: 'second' })
    it.feishu.faults.push({ kind, match: isMessage, times: 2 })
    expect(await it.run()).toMatchObject({ sent: 2 })
    expect(it.shown()).toEqual(['say {"words":"first"}', 'say {"words":"second"}'])
  },
)

// T23: one call in twenty fails, none lost or doubled
test('with one call in twenty failing nothing is lost or doubled', async () => {
  const it = await anOutbox({ people: 10 })
  for (let i = 0; i < 300; i++) await it.say({ occasion: `${i}`, to: { person: `ou_${i % 10}` } })
  const kinds = ['429', '500', 'lostReply', 'deadToken', 'down'] as const
  let count = 0
  for (const [n, kind] of kinds.entries())
    it.feishu.faults.push({ kind, times: 1_000, match: (path) => isMessage(path) && ++count % 331 === n * 17 })
  await it.drain(10)
  const numbers = it.feishu.messages.map(({ content }) => Number(JSON.parse(wordsOf(content).slice(4)).words))
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 300 }, (_, i) => i))
  for (let person = 0; person < 10; person++) {
    const theirs = numbers.filter((number) => number % 10 === person)
    expect(theirs).toEqual(theirs.toSorted((a, b) => a - b))
  }
})

test.each([
  {
    it: 'a chat the bot was taken out of',
    to: { chat: 'oc_branch' },
    code: '230002',
    does: ({ feishu }: Outbox) => feishu.removeBot('oc_branch'),
  },
  { it: 'a dissolved chat', to: { chat: 'oc_branch' }, code: '232009', does: ({ feishu }: Outbox) => feishu.dissolve('oc_branch') },
  { it: 'somebody who resigned', to: { person: 'ou_1' }, code: '230029', does: ({ feishu }: Outbox) => feishu.resign('ou_1') },
])('$it gets no more calls, and the administrators hear of it once', async ({ to, code, does }) => {
  const it = await anOutbox()
  does(it)
  for (const occasion of ['1', '2', '3']) await it.say({ occasion, to })
  await it.say({ occasion: 'another', to: { person: 'ou_2' } })
  expect(await it.run()).toMatchObject({ sent: 2, dead: 1 })
  await it.say({ occasion: '4', to })
  await it.run()

  const recipient = 'chat' in to ? `chat:${to.chat}` : `person:${to.person}`
  for (const occasion of ['1', '2', '3', '4']) expect(await it.row(occasion)).toMatchObject({ state: 'dead', outcome: code, args: {} })
  expect(await notices(it)).toEqual([`undelivered ${recipient} ${code} ou_0`])
  expect(calls(it).filter((call) => call.code === Number(code))).toHaveLength(1)
})

test.each([
  { who: 'ou_1', as: 'a member', told: ['ou_2'] },
  { who: 'ou_2', as: 'the secretary', told: ['ou_3'] },
  { who: 'ou_4', as: 'nobody on the roster', told: [] },
])('when $as cannot be reached the branch hears once', async ({ who, told }) => {
  const it = await anOutbox({ people: 5 })
  await it.client.executeMultiple(`
    insert into units (id, tenant_key, name) values ('unit', 'tenant', '单位');
    insert into committees (id, unit, name) values ('committee', 'unit', '党委');
    insert into branches (id, unit, committee, name, since) values ('branch', 'unit', 'committee', '支部', '2026-01-01');
    insert into members (id, unit, branch, open_id, name, joined_on, added_at) select 'm' || value, 'unit', 'branch', 'ou_' || value, '人' || value, '2026-01-01', 0
      from json_each('[1,2,3]');
    insert into seats (id, member, role, branch, from_at) values ('s', 'm2', 'secretary', 'branch', 0), ('d', 'm3', 'deputy', 'branch', 0);`)
  it.feishu.resign(who)
  for (const occasion of ['1', '2']) await it.say({ occasion, to: { person: who } })
  await it.run()
  await it.say({ occasion: '3', to: { person: who } })
  await it.run()
  expect((await notices(it)).map((occasion) => occasion.split(' ').at(-1))).toEqual(['ou_0', ...told])
})

test('a returned chat is spoken to again; answers are always tried', async () => {
  const it = await anOutbox()
  it.feishu.removeBot(it.chatId)
  await it.say({ occasion: 'lost' })
  await it.run()
  it.feishu.chat(it.chatId).hasBot = true
  await it.say({ occasion: 'still lost' })
  await it.run()
  await together(it.db, [reachable(it.db, `chat:${it.chatId}`)])
  await it.say({ occasion: 'heard' })
  await it.run()
  expect(it.feishu.messages.filter(({ chatId }) => chatId === it.chatId).map(({ content }) => wordsOf(content))).toEqual([
    'say {"words":"heard"}',
  ])
})

test('an administrator who cannot be reached is not told so', async () => {
  const it = await anOutbox()
  it.feishu.resign('ou_0')
  await it.say({ occasion: 'to the administrator', to: { person: 'ou_0' } })
  await it.say({ occasion: 'to somebody gone', to: { person: 'ou_gone' } })
  await it.drain(5)
  expect(await notices(it)).toEqual(['undelivered person:ou_gone 99992351 ou_0'])
  expect((await it.rows()).map(({ state }) => state)).toEqual(['dead', 'dead', 'dead'])
})

test('a refused card is reported once a view and blocks nobody', async () => {
  const it = await anOutbox()
  it.views.set('broken', () => ({ ...card('x'), nonsense: true }))
  for (const occasion of ['1', '2']) await it.say({ occasion, view: 'broken' })
  await it.say({ occasion: 'good' })
  expect(await it.run()).toMatchObject({ sent: 2, dead: 2 })
  expect(await notices(it)).toEqual(['refused broken 230099/200621 ou_0'])
})

test('when nothing is left to say, nothing is said', async () => {
  const it = await anOutbox()
  it.views.set('over', () => null)
  await it.say({ occasion: 'a', view: 'over' })
  expect(await it.run()).toMatchObject({ sent: 0, moot: 1 })
  expect(await it.row('a')).toMatchObject({ state: 'moot' })
  expect(calls(it)).toEqual([])
})

test('a card that cannot be made is retried, then given up', async () => {
  const it = await anOutbox()
  it.views.set('faulty', () => Promise.reject(new Error('a fault')))
  await it.say({ occasion: 'faulty', view: 'faulty' })
  await it.say({ occasion: 'good' })
  await it.drain(10)
  expect(await it.row('faulty')).toMatchObject({ state: 'dead', outcome: 'render' })
  expect((await it.row('good')).sentAt?.getTime()).toBeLessThan((await it.row('faulty')).triedAt?.getTime() ?? 0)
  expect(await notices(it)).toEqual(['refused faulty render ou_0'])
})

test('a message of an unknown name is logged, tried again, given up', async () => {
  const it = await anOutbox()
  const run = () => it.run({ render: (view, args, now) => render(it.db, view, args, now), budgetMs: 100 })
  await it.say({ occasion: 'stray', view: 'gatherings' })
  expect(await run()).toMatchObject({ sent: 0, moot: 0, dead: 0 })
  expect(it.logged).toEqual([{ event: 'outbox', view: 'gatherings', code: 'render', fault: 'UnknownView' }])
  expect(await it.row('stray')).toMatchObject({ state: 'waiting', sentAt: null, messageId: null })

  for (let tries = 1; tries <= 8; tries++) {
    it.advance(MINUTE)
    await run()
  }
  expect(await it.row('stray')).toMatchObject({ state: 'dead', outcome: 'render', sentAt: null })
  expect(it.logged).toHaveLength(8)
  expect(await notices(it)).toEqual(['refused gatherings render ou_0'])
})

test('two runners at once send once', async () => {
  const it = await anOutbox({ people: 40 })
  for (let i = 0; i < 40; i++) await it.say({ occasion: `${i}`, to: { person: `ou_${i}` } })
  const done = await Promise.all([it.run(), it.run(), it.run()])
  expect(done.filter(({ isBusy }) => isBusy)).toHaveLength(2)
  expect(it.feishu.messages).toHaveLength(40)
  expect(calls(it)).toHaveLength(40)
})

/** The process of a runner dies during one of its calls. That call may have gone out, but nothing comes back any more. */
function killed(it: Outbox, goesOut: boolean, callsBefore = 0): Promise<unknown> {
  let left = callsBefore
  return new Promise((over) => {
    const send: FeishuClient['send'] = async (...message) => {
      if (left-- > 0) return it.feishuClient.send(...message)
      if (goesOut) await it.feishuClient.send(...message)
      over('killed')
      return new Promise<never>(() => {})
    }
    void it.run({ feishuClient: { ...it.feishuClient, send } }).then(over)
  })
}

test.each([true, false])('a killed runner (arrived: %s) is replaced, and the message stands once', async (goesOut) => {
  const it = await anOutbox()
  await it.say({ occasion: 'a' })
  await killed(it, goesOut)
  expect(await it.row('a')).toMatchObject({ state: 'waiting', attempts: 1, unsureSince: it.clock() })
  expect(await it.run()).toMatchObject({ sent: 0, isBusy: true })

  it.advance(15 * SECOND)
  expect(await it.run()).toMatchObject({ sent: 1 })
  expect(it.shown()).toEqual(['say {"words":"a"}'])
})

// T13: 50 (500) kills within the calls
test('killed within its calls again and again, it sends every message once', async ({ task }) => {
  const kills = sized(50, 500)
  const messages = 2.4 * kills
  const it = await anOutbox({ people: 10 })
  for (let i = 0; i < messages; i++) await it.say({ occasion: `${i}`, to: { person: `ou_${i % 10}` } })
  for (let kill = 0; kill < kills; kill++) {
    const [chance = 0] = it.random(1)
    await killed(it, chance > 128, chance % 4)
    it.advance(15 * SECOND)
  }
  await it.drain(30)
  const numbers = it.feishu.messages.map(({ content }) => Number(JSON.parse(wordsOf(content).slice(4)).words))
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: messages }, (_, i) => i))
  proved(task, 'T13', `${kills} kills within the calls: ${messages} messages, each seen once`)
})

test.each([
  { minutes: 54, state: 'sent', shown: 1 },
  { minutes: 56, state: 'dead', shown: 0 },
])('an unknown attempt repeats for 55 minutes: at $minutes it is $state', async ({ minutes, state, shown }) => {
  const it = await anOutbox()
  await it.say({ occasion: 'a' })
  await killed(it, false)
  it.advance(minutes * MINUTE)
  await it.run()
  expect(await it.row('a')).toMatchObject({ state })
  expect(it.shown().filter((words) => words.startsWith('say'))).toHaveLength(shown)
  expect(await notices(it)).toHaveLength(1 - shown)
})

// T14: a replaced runner sends nothing more
test('a replaced runner that waited for an answer sends nothing more', async () => {
  const it = await anOutbox()
  await it.say({ occasion: 'first' })
  await it.say({ occasion: 'second' })
  let replaced: unknown
  const slow: FeishuClient = {
    ...it.feishuClient,
    async send(...message) {
      it.advance(16 * SECOND)
      replaced = await it.run()
      return it.feishuClient.send(...message)
    },
  }
  expect(await it.run({ feishuClient: slow })).toMatchObject({ sent: 1 })
  expect(replaced).toMatchObject({ sent: 2 })
  expect(it.shown()).toEqual(['say {"words":"first"}', 'say {"words":"second"}'])
})

test('a row that comes as the runner stops is not left', async () => {
  const it = await anOutbox()
  let late: Promise<unknown> | undefined
  it.views.set('say', () => card('x'))
  await it.say({ occasion: 'a' })
  const sleep = async (ms: number) => {
    it.advance(ms)
    late ??= it.say({ occasion: 'late' }).then(() => it.run())
    await late
  }
  expect(await it.run({ sleep })).toMatchObject({ sent: 2 })
})

test('rows that come due soon are waited for when asked to', async () => {
  const it = await anOutbox()
  await it.say({ occasion: 'soon', dueAt: new Date(it.clock().getTime() + 3 * SECOND) })
  expect(await it.run()).toMatchObject({ sent: 0, nextAt: new Date(it.clock().getTime() + 3 * SECOND) })
  expect(await it.run({ lingerMs: 4 * SECOND })).toMatchObject({ sent: 1 })
})

test('a message the platform always stumbles over stands in nobody’s way', async () => {
  const it = await anOutbox()
  it.views.set('poison', () => card('poison'))
  it.feishu.faults.push({ kind: '500', match: (path, body) => isMessage(path) && JSON.stringify(body).includes('poison'), times: 1_000 })
  await it.say({ occasion: 'poison', view: 'poison' })
  for (let i = 0; i < 20; i++) await it.say({ occasion: `${i}`, to: { person: 'ou_1' } })
  await it.say({ occasion: 'same chat' })
  const from = it.clock().getTime()
  for (let minute = 0; minute < 60; minute++) {
    await it.run()
    it.advance(MINUTE)
  }
  expect((await it.row('19')).sentAt?.getTime()).toBeLessThan(from + MINUTE)
  expect((await it.row('same chat')).sentAt?.getTime()).toBeLessThan(from + 10 * MINUTE)
  expect(await it.row('poison')).toMatchObject({ state: 'dead', outcome: 'unsure' })
})

test('a wide batch goes in waves, and stops where told to wait', async () => {
  const it = await anOutbox({ people: 40 })
  await it.say({ occasion: 'first', lane: 'answer', to: { person: 'ou_0' } })
  for (let i = 1; i < 33; i++) await it.say({ occasion: `${i}`, to: { person: `ou_${i}` } })
  // The first message goes alone; the limit is met in the second of four waves.
  let [count, underWay, most] = [0, 0, 0]
  it.feishu.faults.push({ kind: '429', times: 1, match: (path) => isMessage(path) && ++count === 12 })
  const { feishuClient } = it
  const counted: FeishuClient = {
    ...feishuClient,
    async send(...said) {
      most = Math.max(most, ++underWay)
      return feishuClient.send(...said).finally(() => underWay--)
    },
  }
  const cutOff = it.run({ batch: 40, feishuClient: counted, budgetMs: 1 })
  expect(await cutOff).toMatchObject({ sent: 16 })
  expect([calls(it).length, most]).toEqual([17, 8])
  const untried = (await it.rows()).filter(({ state }) => state === 'waiting')
  expect(untried).toHaveLength(17)
  expect(untried.every(({ attempts, unsureSince }) => attempts === 0 && unsureSince === null)).toBe(true)
  expect(await it.run({ batch: 40 })).toMatchObject({ sent: 17 })
  expect(it.feishu.messages).toHaveLength(33)
})

test('a wide batch takes few round trips a message', async () => {
  const trips = async (batch: number) => {
    const store = await aStore()
    const it = await anOutbox({ people: 41, store })
    for (let i = 0; i < 41; i++) await it.say({ occasion: `${i}`, to: { person: `ou_${i}` } })
    const before = store.trips.reads + store.trips.writes
    expect(await it.run({ batch })).toMatchObject({ sent: 41 })
    return store.trips.reads + store.trips.writes - before
  }
  const [narrow, wide] = [await trips(8), await trips(40)]
  expect(wide).toBeLessThan(narrow / 2)
})
