import { type Fields, isObject } from './cards/walk.ts'
import type { Feishu, Logged } from './feishu/feishu.ts'

export interface WireLine {
  at: Date
  to: Logged['to']
  path: string
  status: number
  code?: number
  ms: number
  bytes?: number
  eventId?: string
  written?: Logged['written']
  wire: unknown
  answer?: unknown
  /** The question to a language model that was asked to understand this. */
  assist?: unknown
  /** The clock's work that wanted this sent. */
  cause?: Cause
  /** The bot's calls after this event and before the next one. */
  caused: { path: string; status: number; code?: number; ms: number }[]
}

/** A piece of the clock's work, by its name in the timetable, and when it ran. */
interface Cause {
  job: string
  at: Date
}

/** The causes of what was sent without being asked, by the uuid that each sending bears. */
export type Causes = ReadonlyMap<string, Cause>

/** Facts that the wire does not show. */
interface Beyond {
  causes?: Causes
  assisted?: readonly unknown[]
}

/** A later call has another cause. */
const AFTERMATH_MS = 60_000

/** Returns the wire log of one message, in both directions, with secrets and choices masked. */
export function inspect(feishu: Feishu, messageId: string, beyond: Beyond = {}): WireLine[] {
  const message = feishu.message(messageId)
  const contents = new Set(message.versions.map(({ content }) => JSON.stringify(content)))
  const log = [...feishu.log].sort((a, b) => a.at.getTime() - b.at.getTime())
  const concerns = ({ path, payload, body }: Logged) =>
    payload ? messageOf(payload) === messageId : path.includes(messageId) || (isObject(body) && contents.has(String(body.content)))
  return log.flatMap((line, index) => (concerns(line) ? [wireLine(line, log.slice(index + 1), beyond)] : []))
}

function wireLine(
  { at, to, path, status, code, ms, bytes, payload, body, written }: Logged,
  after: Logged[],
  { causes, assisted }: Beyond,
): WireLine {
  const shared = { at, to, path, status, ms, ...(code ? { code } : {}) }
  if (!payload) {
    const cause = isObject(body) && causes?.get(String(body.uuid))
    return { ...shared, ...(cause ? { cause } : {}), wire: masked(unfolded(body)), caused: [] }
  }
  const end = after.findIndex((line) => line.to === 'bot' || line.at.getTime() - at.getTime() > AFTERMATH_MS)
  const caused = after.slice(0, end < 0 ? undefined : end).filter(({ method, path }) => method !== 'GET' && !path.includes('/auth/'))
  const calls = caused.slice(0, 20).map(({ path, status, code, ms }) => ({ path, status, ms, ...(code ? { code } : {}) }))
  const assist = written?.assist === undefined ? {} : { assist: assisted?.[written.assist] }
  return { ...shared, ...assist, bytes, written, eventId: eventIdOf(payload), wire: masked(payload), answer: masked(body), caused: calls }
}

const eventIdOf = (payload: object): string | undefined =>
  'header' in payload && isObject(payload.header) && typeof payload.header.event_id === 'string' ? payload.header.event_id : undefined

function messageOf(payload: object): unknown {
  const event = 'event' in payload && isObject(payload.event) ? payload.event : {}
  const inner = isObject(event.message) ? event.message.message_id : undefined
  return inner ?? (isObject(event.context) ? event.context.open_message_id : undefined)
}

/** A call's `content` is JSON inside JSON; it reads better unfolded. */
function unfolded(body: unknown): unknown {
  if (!isObject(body) || typeof body.content !== 'string') return body
  try {
    return { ...body, content: JSON.parse(body.content) }
  } catch {
    return body
  }
}

const HIDDEN = '•••'
const hidden = new Set(['token', 'app_secret', 'encrypt', 'choice', 'option', 'options', 'input_value', 'data'])

function masked(value: unknown, inForm = false): unknown {
  if (Array.isArray(value)) return inForm ? HIDDEN : value.map((one) => masked(one))
  if (!isObject(value)) return inForm ? HIDDEN : value
  const entries = Object.entries(value as Fields).map(([key, held]) => [
    key,
    key === 'action' && isObject(held) ? pressed(held) : isSecret(key, held) ? HIDDEN : masked(held, inForm || key === 'form_value'),
  ])
  return Object.fromEntries(entries)
}

const id = /^([a-z2-7]{20}|o[cmu]_\w+)$/

/** The button's name and its subject's id are no secret. Every other field may be a choice, such as a vote. */
function pressed(action: Fields): unknown {
  const { value, ...rest } = action
  const isShown = (key: string, held: unknown) => held === null || key === 'press' || (typeof held === 'string' && id.test(held))
  const sent = isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, held]) => [key, isShown(key, held) ? held : HIDDEN]))
    : HIDDEN
  return { value: sent, ...(masked(rest) as Fields) }
}

/** A card's own options and data are no secret; a person's choice among them is. */
const isSecret = (key: string, held: unknown): boolean =>
  hidden.has(key) &&
  (typeof held === 'string' || (key === 'options' && Array.isArray(held) && held.every((one) => typeof one === 'string')))
