import type { Wire } from '../harness/door.ts'
import type { Chance } from './chance.ts'

/** The state of one press that somebody has to make. */
export type Pressing<E> = E & {
  eventId: string
  tries: number
  /** The person saw the press acknowledged as recorded. */
  acknowledged: boolean
  /** How often a press was answered as new: more than once is a double. */
  successes: number
  /** The answer to the press that was recorded anew. */
  answer?: string
}

/** A kind of press, and the meaning of its answers. */
export interface Kind<E> {
  press(one: E, eventId: string, atMs: number): Wire
  nameOf(one: E): string
  isNew(answer: string): boolean
  isKnown(answer: string): boolean
  /** Whether its time has come; always, if it is not said. */
  isReady?(one: E, all: readonly Pressing<E>[]): boolean
}

interface Tally {
  sent: number
  /** Sent again because no answer came, as a new press or as the same one. */
  resent: number
  /** Answered with anything but "recorded" or "already recorded". */
  odd: string[]
}

export type Crowd<E> = ReturnType<typeof createCrowd<E>>

const SAME_EVENT = 0.25
const DOUBLE_CLICK = 0.1
const PATIENCE_MS = 5_000

/** People who press until each has seen the press acknowledged. */
export function createCrowd<E>(expected: readonly E[], kind: Kind<E>, chance: Chance) {
  const all: Pressing<E>[] = expected.map((one) => ({ ...one, eventId: '', tries: 0, acknowledged: false, successes: 0 }))
  const waiting = chance.shuffled(all)
  const tally: Tally = { sent: 0, resent: 0, odd: [] }
  let acknowledged = 0

  /** One press and its outcome; without an answer it waits to be made again. */
  async function pressNext(url: string): Promise<void> {
    const one = waiting.pop()
    if (!one) return
    if (kind.isReady && !kind.isReady(one, all)) return void waiting.splice(chance.below(waiting.length + 1), 0, one)
    if (one.tries > 0) tally.resent++
    if (one.tries++ === 0 || !chance.happens(SAME_EVENT)) one.eventId = `${kind.nameOf(one)} ${one.tries}`
    const events = chance.happens(DOUBLE_CLICK) ? [one.eventId, `${one.eventId} again`] : [one.eventId]
    const answers = await Promise.all(events.map((eventId) => send(url, one, eventId)))
    if (!answers.includes('recorded')) return void waiting.splice(chance.below(waiting.length + 1), 0, one)
    one.acknowledged = true
    acknowledged++
  }

  async function send(url: string, one: Pressing<E>, eventId: string): Promise<'recorded' | 'unknown'> {
    tally.sent++
    const { body, headers } = kind.press(one, eventId, Date.now())
    const answer = await ask(`${url}/lark/webhook`, body, [...headers])
    if (!answer) return 'unknown'
    if (kind.isNew(answer)) {
      one.successes++
      one.answer = answer
    } else if (!kind.isKnown(answer)) {
      tally.odd.push(answer.slice(0, 200))
      return 'unknown'
    }
    return 'recorded'
  }

  return {
    all,
    tally,
    pressNext,
    isDone: () => acknowledged === all.length,
    acknowledged: () => acknowledged,
    /** Presses again what is recorded already: nothing comes of it but a look at the outbox. */
    async nudge(url: string): Promise<void> {
      const one = all[chance.below(all.length)]
      if (one) await send(url, one, `nudge ${tally.sent}`)
    },
  }
}

async function ask(url: string, body: Uint8Array<ArrayBuffer>, headers: [string, string][]): Promise<string | null> {
  try {
    const answer = await fetch(url, { method: 'POST', body, headers, signal: AbortSignal.timeout(PATIENCE_MS) })
    return answer.status === 200 ? await answer.text() : null
  } catch {
    return null
  }
}
