import * as z from 'zod'
import type { HttpAnswer } from './http.ts'

/** The outcome of a call, in the words of the outbox. */
export type Outcome =
  | { what: 'sent'; messageId?: string; chatId?: string }
  /** Feishu did not take it now, and may later. */
  | { what: 'wait'; whose: 'app' | 'recipient' | 'row'; ms: number; code: string }
  /** Nobody knows whether it arrived. */
  | { what: 'unsure'; code: string }
  | { what: 'unreachable'; code: string }
  /** A bug of ours or a setting: the same call would be refused again. */
  | { what: 'refused'; code: string }
  /** The message that is answered or refreshed is gone. */
  | { what: 'moot'; code: string }

export type Verdict = Exclude<Outcome, { what: 'sent' }>

/** The platform’s code alone decides: neither the HTTP status nor `msg` can be relied on. */
export function outcomeOf(answer: HttpAnswer): Outcome {
  if (answer.code === 0 && !answer.isUnsent) return { what: 'sent', ...idsIn(answer.body) }
  return verdictOn(answer, codeOf(answer))
}

const sent = z.looseObject({ data: z.looseObject({ message_id: z.string().optional(), chat_id: z.string().optional() }).optional() })

function idsIn(body: unknown) {
  const { data } = sent.safeParse(body)
  return { messageId: data?.data?.message_id, chatId: data?.data?.chat_id }
}

/** Writes an answer’s code. A refused card hides the card’s own code in the text: `230099/200621`. */
export function codeOf({ code, msg, status, failure }: HttpAnswer): string {
  if (failure) return failure
  if (code === undefined) return `http ${status}`
  const [, inner] = /ErrCode: ?(\d+)/.exec(msg) ?? []
  return inner ? `${code}/${inner}` : String(code)
}

function verdictOn(answer: HttpAnswer, code: string): Verdict {
  const number = answer.code ?? -1
  if (matters.admin.has(number)) return { what: 'wait', whose: 'app', ms: TEN_MINUTES, code }
  if (number === 99991400 || answer.status === 429) return { what: 'wait', whose: 'app', ms: answer.resetMs ?? 1_000, code }
  if (answer.isUnsent || matters.token.has(number)) return { what: 'wait', whose: 'app', ms: 1_000, code }
  if (number === 230020) return { what: 'wait', whose: 'recipient', ms: 1_000, code }
  if (number === 230049 || code === '230099/11310') return { what: 'wait', whose: 'row', ms: 1_500, code }
  if (matters.unreachable.has(number)) return { what: 'unreachable', code }
  if (matters.moot.has(number)) return { what: 'moot', code }
  if (isUnknown(answer)) return { what: 'unsure', code }
  return { what: 'refused', code }
}

const isUnknown = ({ status, code, failure }: HttpAnswer) =>
  failure !== undefined || status >= 500 || (status < 300 && code === undefined) || (code !== undefined && matters.internal.has(code))

const TEN_MINUTES = 600_000

const matters = {
  /**
   * The address, token, scope or secret is not good, or the quota is used up. Otherwise the app is stopped or not installed, or the bot
   * switched off. Nothing can be sent, and nothing is given up: delivery goes on when an administrator has mended it.
   */
  admin: new Set([
    99991401, 99991403, 99991661, 99991662, 99991664, 99991668, 99991671, 99991672, 99991673, 99991676, 99991677, 99991679, 99991543, 10003,
    10012, 10014, 10015, 230006, 232025, 232034,
  ]),
  /** The token was refused twice in a row: the client has asked for a new one already. */
  token: new Set([99991663, 99991665]),
  /**
   * The recipient is not in the group, gone, resigned, blocked, out of the app’s reach or of another tenant. The last case is a group
   * that lets nobody speak.
   */
  unreachable: new Set([
    230002, 230013, 230018, 230027, 230029, 230035, 230038, 230053, 230054, 230075, 232009, 232010, 232011, 99992351, 99992356, 99992360,
    99992363,
  ]),
  /** The message answered or brought up to date was recalled, deleted, hidden, or is older than 14 days. */
  moot: new Set([230011, 230031, 230050, 230110, 230111, 99992354]),
  internal: new Set([1000004, 1000005, 2200]),
}
