import { together } from '../../db/client.ts'
import * as messages from '../../db/duties/messages.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { spread } from '../../src/rules/time/courtesy.ts'
import { anOutbox, wordsOf } from '../harness/outbox.ts'

export interface FanOut {
  people: number
  /** By hash over twenty minutes, as digests are; else all at once. */
  isSpread?: boolean
  /** One of that many calls goes wrong. */
  faultEach?: number
  /** The API is down for so long from the first minute on. */
  downMs?: number
}

const LOT = 500
const limits = [
  { most: 50, ms: 1_000 },
  { most: 1_000, ms: 60_000 },
]

/** A digest to each of so many people, against the stand-in with its limits, on a clock that only waiting moves. */
export async function fanOut({ people, isSpread = false, faultEach = 0, downMs = 0 }: FanOut) {
  const it = await anOutbox({ people })
  const began = it.clock().getTime()
  const dueAt = (person: string) => (isSpread ? spread(it.clock(), person) : it.clock())
  const due = it.people.map((person) => dueAt(person).getTime())
  for (let first = 0; first < people; first += LOT)
    await together(
      it.db,
      it.people.slice(first, first + LOT).map((person) =>
        enqueue(it.db, {
          occasion: `digest ${person}`,
          to: { person },
          ...messages.digest({ person }),
          dueAt: dueAt(person),
          lane: 'bulk',
          unasked: true,
        }),
      ),
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
  const sent = it.feishu.messages.map(({ createdAt }) => createdAt.getTime())
  const refused = it.feishu.log.filter(
    ({ to, code, status }) => to === 'feishu' && (status === 429 || code === 230020 || code === 99991400),
  ).length
  const rows = await it.rows()
  const told = it.feishu.messages.map(({ content }) => wordsOf(content))
  return {
    sent: sent.length,
    doubled: told.length - new Set(told).size,
    lost: rows.filter(({ state }) => state !== 'sent').length,
    refused,
    faults,
    seconds: (Math.max(...sent) - began) / 1000,
    leastSeconds: (leastUntil(due.map((at) => Math.max(at, began + downMs))) - began) / 1000,
    isInOrder: inOrder(rows.map(({ dueAt, sentAt }) => [dueAt.getTime(), sentAt?.getTime() ?? 0])),
  }
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
