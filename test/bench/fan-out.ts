import { together } from '../../db/client.ts'
import * as messages from '../../db/duties/messages.ts'
import { enqueue, type Sending, type To } from '../../db/ledgers/outbox.ts'
import { spread } from '../../src/rules/time/courtesy.ts'
import { anOutbox, wordsOf } from '../harness/outbox.ts'

export interface FanOut {
  people: number
  /** By hash over twenty minutes, as digests are; else all at once. */
  isSpread?: boolean
  /** Bursts of ten: messages to a person, replies and answers in their direct chat, messages to groups. `people` counts messages. */
  isMixed?: boolean
  /** One of that many calls goes wrong. */
  faultEach?: number
  /** The API is down for so long from the first minute on. */
  downMs?: number
}

const LOT = 500
type Outbox = Awaited<ReturnType<typeof anOutbox>>
const limits = [
  { most: 50, ms: 1_000 },
  { most: 1_000, ms: 60_000 },
]

/** Sends a digest to each of so many people, on a clock that only waiting moves. The stand-in has Feishu's limits. */
export async function fanOut({ people: count, isSpread = false, isMixed = false, faultEach = 0, downMs = 0 }: FanOut) {
  const people = isMixed ? Math.ceil(count / BURST) : count
  const it = await anOutbox({ people })
  if (isMixed) await greet(it)
  const began = it.clock().getTime()
  const dueAt = (person: string) => (isSpread ? spread(it.clock(), person) : it.clock())
  const sayings = isMixed
    ? burstsOf(it, count)
    : it.people.map((person) => ({
        occasion: `digest ${person}`,
        to: { person },
        ...messages.digest({ person }),
        dueAt: dueAt(person),
        lane: 'bulk' as const,
        unasked: true,
      }))
  for (let first = 0; first < count; first += LOT)
    await together(
      it.db,
      sayings.slice(first, first + LOT).map((one) => enqueue(it.db, one)),
    )
  let [calls, faults] = [0, 0]
  const kinds = ['429', '500', 'lostReply', 'timeout'] as const
  if (faultEach > 0)
    for (const [nth, kind] of kinds.entries())
      it.feishu.faults.push({
        kind,
        times: Number.POSITIVE_INFINITY,
        // Each call is put to all of them, the first one counting it.
        match: (path) =>
          path.includes('/im/v1/messages') &&
          (nth > 0 || ++calls > 0) &&
          calls % (faultEach * kinds.length) === nth * faultEach &&
          ++faults > 0,
      })
  const isDown = () => it.clock().getTime() - began < downMs
  if (downMs > 0) it.feishu.faults.push({ kind: 'down', times: Number.POSITIVE_INFINITY, match: isDown })

  await it.drain(Math.ceil((downMs + 3_600_000) / 60_000))
  const ours = it.feishu.messages.filter(({ sender, createdAt }) => sender.kind === 'app' && createdAt.getTime() >= began)
  const sent = ours.map(({ createdAt }) => createdAt.getTime())
  const refused = it.feishu.log.filter(
    ({ to, code, status }) => to === 'feishu' && (status === 429 || code === 230020 || code === 99991400),
  ).length
  const rows = (await it.rows()).filter(({ occasion }) => !occasion.startsWith('greeting '))
  const told = ours.map(({ content }) => wordsOf(content))
  return {
    sent: sent.length,
    doubled: told.length - new Set(told).size,
    lost: rows.filter(({ state }) => state !== 'sent').length,
    refused,
    faults,
    seconds: (Math.max(...sent) - began) / 1000,
    leastSeconds: (leastUntil(sayings.map(({ dueAt: at }) => Math.max(at.getTime(), began + downMs))) - began) / 1000,
    isInOrder: inOrder(rows.map(({ dueAt, sentAt }) => [dueAt.getTime(), sentAt?.getTime() ?? 0])),
  }
}

const BURST = 10
const GROUPS = 20
const groupOf = (nth: number) => `oc_group_${nth % GROUPS}`

/** Each person has had a card, and said something: their direct chats are known, and can be replied in. */
async function greet(it: Outbox) {
  for (let nth = 0; nth < GROUPS; nth++)
    it.feishu.chat(it.feishu.addChat(`第${nth}支部`, ['ou_0'], { chatId: groupOf(nth) }).chatId).hasBot = true
  for (const person of it.people) {
    await it.say({ occasion: `greeting ${person}`, to: { person } })
    await it.feishu.say(person, 'bot', '帮助')
  }
  await it.drain(60)
  it.advance(120_000)
}

function burstsOf(it: Outbox, count: number): Sending[] {
  const asked = new Map(it.feishu.messages.flatMap(({ id, sender }) => (sender.kind === 'user' ? [[sender.id, id] as const] : [])))
  return Array.from({ length: count }, (_, nth) => {
    const person = `ou_${Math.floor(nth / BURST)}`
    const [reply, chat] = [asked.get(person) ?? '', it.feishu.dm(person)]
    const to = [{ person }, { reply, in: chat, with: person }, { chat }, { chat: groupOf(nth) }][nth % 4] as To
    return { occasion: `mixed ${nth}`, to, ...messages.digest({ person: `${nth}` }), dueAt: it.clock(), lane: nth % 2 ? 'answer' : 'call' }
  })
}

/** The earliest moment for the last message, if each goes when it is due and both windows have room. */
function leastUntil(due: readonly number[]): number {
  const went: number[] = []
  for (const at of due.toSorted((a, b) => a - b))
    went.push(Math.max(at, ...limits.map(({ most, ms }) => (went.at(-most) ?? Number.NEGATIVE_INFINITY) + ms)))
  return went.at(-1) ?? 0
}

/** A message due a minute earlier goes earlier; within a lot they go side by side. */
function inOrder(rows: readonly (readonly [number, number])[]): boolean {
  let latest = Number.NEGATIVE_INFINITY
  return rows
    .toSorted(([a], [b]) => a - b)
    .every(([, at]) => {
      const isLater = at >= latest - 60_000
      latest = Math.max(latest, at)
      return isLater
    })
}
