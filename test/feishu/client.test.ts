import { expect, test } from 'vitest'
import { createFeishuClient } from '../../src/feishu/api/client.ts'
import type { Outcome } from '../../src/feishu/api/outcome.ts'
import type { Fault } from '../../src/playground/feishu/feishu.ts'
import { card, type Platform, platform } from '../harness/outbox.ts'

const MINUTE = 60_000
const tokenCalls = ({ feishu }: Platform) => feishu.log.filter(({ path }) => path.includes('tenant_access_token')).length

test('a card reaches a chat and a person, answers a message, and replaces a card', async () => {
  const { feishu, feishuClient, chatId, people } = platform()
  const [person] = people
  const sent = await feishuClient.send({ kind: 'chat', id: chatId }, card('one'), 'u1')
  expect(sent).toMatchObject({ what: 'sent', chatId })
  const messageId = sent.what === 'sent' ? (sent.messageId ?? '') : ''
  expect(await feishuClient.send({ kind: 'person', id: person }, card('two'), 'u2')).toMatchObject({
    what: 'sent',
    chatId: feishu.dm(person),
  })
  expect(await feishuClient.send({ kind: 'reply', id: messageId }, card('three'), 'u3')).toMatchObject({ what: 'sent', chatId })
  expect(await feishuClient.send({ kind: 'card', id: messageId }, card('four'), '')).toMatchObject({ what: 'sent' })
  expect(feishu.messages.map(({ msgType }) => msgType)).toEqual(['interactive', 'interactive', 'interactive'])
  expect(feishu.message(messageId).content).toEqual(card('four'))
})

test('the bot knows its own id and name', async () => {
  const { feishu, feishuClient } = platform()
  expect(await feishuClient.bot()).toEqual({ openId: feishu.bot.openId, name: feishu.bot.name })
})

test('twenty who speak at once ask for one token', async () => {
  const world = platform({ people: 20 })
  const said = world.people.map((person, i) => world.feishuClient.send({ kind: 'person', id: person }, card('hi'), `u${i}`))
  expect((await Promise.all(said)).map(({ what }) => what)).toEqual(Array(20).fill('sent'))
  expect(tokenCalls(world)).toBe(1)
})

test('a token found dead is dropped, renewed once by all who met it, and the message is sent', async () => {
  const world = platform({ people: 10 })
  await world.feishuClient.bot()
  world.feishu.faults.push({ kind: 'deadToken' })
  const said = world.people.map((person, i) => world.feishuClient.send({ kind: 'person', id: person }, card('hi'), `u${i}`))
  expect((await Promise.all(said)).map(({ what }) => what)).toEqual(Array(10).fill('sent'))
  expect(tokenCalls(world)).toBe(2)
  expect(world.feishu.messages).toHaveLength(10)
})

test.each([
  { minutes: 89, calls: 1 },
  { minutes: 91, calls: 2 },
])('the token of two hours is renewed when less than half an hour is left: $minutes min', async ({ minutes, calls }) => {
  const world = platform()
  await world.feishuClient.bot()
  world.advance(minutes * MINUTE)
  await world.feishuClient.bot()
  expect(tokenCalls(world)).toBe(calls)
})

test.each<{ kind: Fault['kind']; outcome: Outcome }>([
  { kind: '429', outcome: { what: 'wait', whose: 'app', ms: 1_000, code: '99991400' } },
  { kind: '500', outcome: { what: 'unsure', code: '2200' } },
  { kind: 'timeout', outcome: { what: 'unsure', code: 'timeout' } },
  { kind: 'lostReply', outcome: { what: 'unsure', code: 'connection' } },
  { kind: 'down', outcome: { what: 'unsure', code: 'http 502' } },
])('when the platform fails with $kind it is said what to do, and nothing is thrown', async ({ kind, outcome }) => {
  const { feishu, feishuClient, chatId } = platform()
  feishu.faults.push({ kind, match: (path) => path.includes('messages') })
  expect(await feishuClient.send({ kind: 'chat', id: chatId }, card('hi'), 'u')).toEqual(outcome)
})

test.each<{ kind: Fault['kind']; code: string }>([
  { kind: 'timeout', code: 'timeout' },
  { kind: 'down', code: 'http 502' },
])('without a token nothing was sent, so there is no doubt about it ($kind)', async ({ kind, code }) => {
  const { feishu, feishuClient, chatId } = platform()
  feishu.faults.push({ kind })
  expect(await feishuClient.send({ kind: 'chat', id: chatId }, card('hi'), 'u')).toEqual({ what: 'wait', whose: 'app', ms: 1_000, code })
})

test('an address that answers nobody has taken nothing', async () => {
  const refused = Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } })
  const { feishuClientOver, chatId } = platform()
  const feishuClient = feishuClientOver(() => Promise.reject(refused))
  expect(await feishuClient.send({ kind: 'chat', id: chatId }, card('hi'), 'u')).toMatchObject({
    what: 'wait',
    whose: 'app',
    code: 'connection',
  })
})

test('a wrong secret holds everything up and gives up nothing', async () => {
  const { feishu, clock, chatId } = platform()
  const feishuClient = createFeishuClient({
    appId: 'cli_0123456789abcdef',
    appSecret: 'wrong',
    domain: 'lark',
    fetch: feishu.fetch as typeof fetch,
    clock,
  })
  expect(await feishuClient.send({ kind: 'chat', id: chatId }, card('hi'), 'u')).toMatchObject({
    what: 'wait',
    whose: 'app',
    code: '10014',
  })
  await expect(feishuClient.bot()).rejects.toThrow('10014')
})

test.each<{
  it: string
  does: (world: Platform) => void
  to?: { kind: 'person' | 'card' | 'reply'; id: string }
  what: Outcome['what']
  code: string
}>([
  { it: 'a chat without the bot', does: ({ feishu, chatId }) => feishu.removeBot(chatId), what: 'unreachable', code: '230002' },
  { it: 'a dissolved chat', does: ({ feishu, chatId }) => feishu.dissolve(chatId), what: 'unreachable', code: '232009' },
  { it: 'a person nobody knows', does: () => {}, to: { kind: 'person', id: 'ou_nobody' }, what: 'unreachable', code: '99992351' },
  { it: 'a card that is gone', does: () => {}, to: { kind: 'card', id: 'om_gone' }, what: 'moot', code: '99992354' },
])('$it is $what', async ({ does, to, what, code }) => {
  const world = platform()
  does(world)
  expect(await world.feishuClient.send(to ?? { kind: 'chat', id: world.chatId }, card('hi'), 'u')).toEqual({ what, code })
})

test('a card the platform dislikes is our own fault, and the log says which without saying what was in it', async () => {
  const { feishuClient, chatId, logged } = platform()
  const bad = { ...card('a secret'), nonsense: 1 }
  expect(await feishuClient.send({ kind: 'chat', id: chatId }, bad, 'u')).toEqual({ what: 'refused', code: '230099/200621' })
  expect(logged).toMatchObject([{ event: 'feishu', call: 'chat', code: '230099/200621', logId: expect.stringMatching(/./) }])
  expect(JSON.stringify(logged)).not.toContain('secret')
})
