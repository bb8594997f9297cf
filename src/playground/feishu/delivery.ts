import { type Envelope, type Posted, type Secrets, sealed } from './wire.ts'
import type { World } from './world.ts'
import { readHeader, type Written } from './written.ts'

const ANSWER_LIMIT_MS = 3000

/** A failed event comes again, four times at most; a failed callback never does. */
const RETRY_DELAYS = [15_000, 5 * 60_000, 3_600_000, 6 * 3_600_000]
const URL = 'http://127.0.0.1/lark/webhook'

export type Webhook = (request: Request) => Promise<Response>

/** The bot's answer. `error` is the code that the client shows after a press, or that the event log keeps. */
export interface Answered {
  /** False when nothing was sent to the bot; the status is then 0. */
  delivered: boolean
  status: number
  body: unknown
  ms: number
  error?: number
  eventId?: string
  messageId?: string
}

export const NOT_DELIVERED: Answered = { delivered: false, status: 0, body: undefined, ms: 0 }

interface Delivery {
  envelope: Envelope
  posted: Posted
  failures: number
  /** The time of the next attempt in milliseconds; null when there is none. */
  dueAt: number | null
}

/** Delivery is at least once and in no order. Both are rare on the platform, and here they can be switched on. */
export interface Disorder {
  twice: boolean
  reorder: boolean
}

/** The longest an event is held back for another to overtake it. */
const HELD_MS = 3000

export function createDelivery(world: World, secrets: Secrets, webhook: Webhook, sleep: (ms: number) => Promise<void>, disorder: Disorder) {
  const events = new Map<string, Delivery>()
  /** Lets the event go on that is held back. */
  let letGo: (() => void) | null = null

  async function exchange({ body, headers }: Posted, path: string, payload: object): Promise<Answered> {
    const at = world.clock()
    const began = performance.now()
    const gone = new AbortController()
    const late = sleep(ANSWER_LIMIT_MS).then(() => ({ status: 0, error: 200341, body: undefined }))
    const { written, ...answer }: Reply = await Promise.race([
      late,
      callWebhook(webhook, new Request(URL, { method: 'POST', body, headers, signal: gone.signal })),
    ])
    if (answer.error === 200341) gone.abort()
    const ms = performance.now() - began
    world.log.push({
      at,
      to: 'bot',
      method: 'POST',
      path,
      status: answer.status,
      ...(answer.error ? { code: answer.error } : {}),
      body: answer.body,
      ms,
      payload,
      bytes: body.byteLength,
      written,
    })
    return { delivered: true, ...answer, ms }
  }

  /** Each attempt is sealed and signed anew, unless `sameBytes` asks for the last bytes. */
  async function attempt(delivery: Delivery, { sameBytes = false } = {}): Promise<Answered> {
    if (!sameBytes) delivery.posted = sealed(world, secrets, delivery.envelope)
    const { event_id: eventId, event_type: type } = delivery.envelope.header
    return { ...(await exchange(delivery.posted, type, delivery.envelope)), eventId }
  }

  async function tryEvent(delivery: Delivery): Promise<Answered> {
    delivery.dueAt = null
    const answered = await attempt(delivery)
    if (!answered.error) return answered
    const wait = RETRY_DELAYS[delivery.failures]
    delivery.failures += 1
    delivery.dueAt = wait === undefined ? null : world.clock().getTime() + wait
    return answered
  }

  /** Every second event is delivered before the one that came before it. */
  async function inDisorder(delivery: Delivery): Promise<Answered> {
    const overtaken = letGo
    letGo = null
    if (!overtaken && disorder.reorder) {
      const held = new Promise<void>((resolve) => {
        letGo = resolve
      })
      const mine = letGo
      await Promise.race([held, sleep(HELD_MS)])
      if (letGo === mine) letGo = null
    }
    const copy = disorder.twice ? attempt(delivery) : undefined
    const answered = await tryEvent(delivery)
    await copy
    overtaken?.()
    return answered
  }

  function begin(envelope: Envelope): Delivery {
    const delivery: Delivery = { envelope, posted: sealed(world, secrets, envelope), failures: 0, dueAt: null }
    events.set(envelope.header.event_id, delivery)
    return delivery
  }

  return {
    event: (envelope: Envelope): Promise<Answered> => inDisorder(begin(envelope)),
    callback: (envelope: Envelope): Promise<Answered> => attempt(begin(envelope)),

    verifyUrl: (envelope: object): Promise<Answered> =>
      exchange(sealed(world, secrets, envelope, { signed: false }), 'url_verification', envelope),

    /** Sends every failed event whose next attempt is due. */
    async redeliverDue(): Promise<Answered[]> {
      const now = world.clock().getTime()
      const due = [...events.values()].filter(({ dueAt }) => dueAt !== null && dueAt <= now)
      const answers: Answered[] = []
      for (const delivery of due) if (delivery.dueAt !== null) answers.push(await tryEvent(delivery))
      return answers
    },

    /** Delivery is at least once: a copy may come even after a 200. */
    deliverAgain(eventId: string, how: { sameBytes?: boolean } = {}): Promise<Answered> {
      const delivery = events.get(eventId)
      if (!delivery) throw new Error(`no event ${eventId} was delivered`)
      return attempt(delivery, how)
    },
  }
}

interface Reply {
  status: number
  body: unknown
  error?: number
  written?: Written | undefined
}

async function callWebhook(webhook: Webhook, request: Request): Promise<Reply> {
  try {
    const response = await webhook(request)
    const text = await response.text()
    const wrong = response.status === 200 ? {} : { error: 200671 }
    return { status: response.status, body: parsed(text), written: readHeader(response.headers), ...wrong }
  } catch {
    return { status: 0, body: undefined, error: 200342 }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
