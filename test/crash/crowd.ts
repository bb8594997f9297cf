import type { Chance } from './chance.ts'
import { pressOf } from './press.ts'
import type { Expected } from './rosters.ts'

/** What is known of one press that somebody has to make. */
export interface Pressing extends Expected {
  eventId: string
  tries: number
  /** The person saw that it is recorded. */
  acknowledged: boolean
  /** How often a press was answered as new: more than once is a double. */
  successes: number
}

export interface Tally {
  sent: number
  /** Sent again because no answer came, as a new press or as the same one. */
  resent: number
  /** Answered with anything but "recorded" or "already recorded". */
  odd: string[]
}

export type Crowd = ReturnType<typeof createCrowd>

const SAME_EVENT = 0.25
const DOUBLE_CLICK = 0.1
const PATIENCE_MS = 5_000

/** People who press until each of them has seen that it is recorded. */
export function createCrowd(expected: readonly Expected[], chance: Chance) {
  const all: Pressing[] = expected.map((one) => ({ ...one, eventId: '', tries: 0, acknowledged: false, successes: 0 }))
  const waiting = chance.shuffled(all)
  const tally: Tally = { sent: 0, resent: 0, odd: [] }
  let acknowledged = 0

  /** One press and its outcome; without an answer it waits to be made again. */
  async function pressNext(url: string): Promise<void> {
    const one = waiting.pop()
    if (!one) return
    if (one.tries > 0) tally.resent++
    if (one.tries++ === 0 || !chance.happens(SAME_EVENT)) one.eventId = `${one.gathering} ${one.member} ${one.tries}`
    const events = chance.happens(DOUBLE_CLICK) ? [one.eventId, `${one.eventId} again`] : [one.eventId]
    const answers = await Promise.all(events.map((eventId) => send(url, one, eventId)))
    if (!answers.includes('recorded')) return void waiting.splice(chance.below(waiting.length + 1), 0, one)
    one.acknowledged = true
    acknowledged++
  }

  async function send(url: string, one: Pressing, eventId: string): Promise<'recorded' | 'unknown'> {
    tally.sent++
    const { body, headers } = pressOf(one, eventId, Date.now())
    const answer = await ask(`${url}/lark/webhook`, body, [...headers])
    if (!answer) return 'unknown'
    if (answer.includes('签到成功')) one.successes++
    else if (!/你已签到|已经记录|你已经签到/.test(answer)) {
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
