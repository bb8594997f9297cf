import { lookAfter } from '../../../db/branches/seats.ts'
import { type Db, lookUp, type Statement, statementOf } from '../../../db/client.ts'
import {
  delivered,
  ended,
  forgetPost,
  foundUnreachable,
  giveUpOn,
  heldBack,
  lookAgain,
  notMade,
  post,
  putOff,
  refreshed,
  unsure,
} from '../../../db/ledgers/attempts.ts'
import * as messages from '../../../db/ledgers/messages.ts'
import { directChat, enqueue, type OutboxRow, reachable } from '../../../db/ledgers/outbox.ts'
import { courteousFrom } from '../../rules/time/courtesy.ts'
import type { Outcome } from '../api/outcome.ts'

/**
 * The fate of a row that is not sent now. `tell` says what is reported, once: a view to the administrators, a recipient to their secretary
 * too.
 */
export type Ending =
  | { row: OutboxRow; state: 'moot'; code: string }
  | { row: OutboxRow; state: 'dead'; code: string; tell?: 'recipient' | 'view' }
  | { row: OutboxRow; state: 'waiting'; until: Date }
  | { row: OutboxRow; state: 'not made' }

/** A card that cannot be rendered, or that the platform keeps putting off, is given up after this many tries. */
const MOST_TRIES = 8

/** A row and the platform’s answer to it. */
export interface Attempted {
  row: OutboxRow
  outcome: Outcome
}

interface RecordDeps {
  db: Db
  now: Date
  noticeTo: NoticeRecipients
}

/** The open_ids of those who are told that something was not delivered. */
export interface NoticeRecipients {
  admins: readonly string[]
  /** For each person who cannot be reached, those who look after their branch. */
  secretaries: ReadonlyMap<string, readonly string[]>
}

/** Reads the database only where there is something to tell. */
export async function noticeRecipientsOf(
  db: Db,
  adminsIn: (db: Db) => Promise<string[]>,
  endings: readonly Ending[],
): Promise<NoticeRecipients> {
  const notable = endings.filter((ending) => ending.state === 'dead' && ending.tell)
  if (notable.length === 0) return { admins: [], secretaries: new Map() }
  const [found] = await lookUp(db, [
    lookAfter(
      db,
      notable.map(({ row }) => personOf(row)),
    ),
  ])
  const secretaries = [...Map.groupBy(found, ({ of }) => of)].map(([of, all]) => [of, all.map(({ openId }) => openId)] as const)
  return { admins: await adminsIn(db), secretaries: new Map(secretaries) }
}

const personOf = ({ recipient }: OutboxRow) => (recipient.startsWith('person:') ? recipient.slice('person:'.length) : '')

/** The ending that an outcome makes of a row; null when the row just waits on. */
export function endingOf({ row, outcome }: Attempted): Ending | null {
  if (outcome.what === 'unreachable') return { row, state: 'dead', code: outcome.code, tell: 'recipient' }
  if (outcome.what === 'refused') return { row, state: 'dead', code: outcome.code, tell: 'view' }
  if (outcome.what === 'moot') return { row, state: 'moot', code: outcome.code }
  const isWornOut = outcome.what === 'wait' && outcome.whose === 'row' && row.attempts + 1 >= MOST_TRIES
  return isWornOut ? { row, state: 'dead', code: outcome.code, tell: 'view' } : null
}

export const endingOfUnrendered = (row: OutboxRow): Ending =>
  row.attempts + 1 >= MOST_TRIES ? { row, state: 'dead', code: 'render', tell: 'view' } : { row, state: 'not made' }

/** The statements that record one attempt. */
export function statementsOf(attempt: Attempted, on: RecordDeps): Statement[] {
  const { db, now } = on
  const { row, outcome } = attempt
  if (outcome.what === 'sent') return sent(db, row, outcome, now)

  const ending = endingOf(attempt)
  if (ending) return [...statementsOfEnding(ending, on), ...consequences(db, attempt, now)]
  if (outcome.what === 'unsure') return [statementOf(unsure(db, row, outcome.code))]
  return outcome.what === 'wait' ? [statementOf(heldBack(db, row, outcome.code, outcome.whose === 'row'))] : []
}

function sent(db: Db, row: OutboxRow, { messageId, chatId }: Extract<Outcome, { what: 'sent' }>, now: Date): Statement[] {
  const back = statementOf(reachable(db, row.recipient))
  if (row.toKind === 'card') return [statementOf(refreshed(db, row, now)), back]
  const subject = subjectOf(row)
  const posted =
    messageId && subject ? [statementOf(post(db, row, messageId, subject, now)), statementOf(lookAgain(db, row, messageId, now))] : []
  const openId = personOf(row)
  const direct = chatId && openId ? [directChat(db, { chatId, openId })] : []
  return [statementOf(delivered(db, row, messageId ?? null, now)), back, ...posted, ...direct]
}

/** The subject of a card that is kept up to date; null for any other. */
export const subjectOf = ({ args }: OutboxRow) => (typeof args.subject === 'string' ? args.subject : null)

function consequences(db: Db, { row, outcome }: Attempted, now: Date): Statement[] {
  const { recipient, toKind, toId } = row
  if (outcome.what === 'unreachable')
    return [statementOf(foundUnreachable(db, recipient, outcome.code, now)), statementOf(giveUpOn(db, recipient, outcome.code))]
  return outcome.what === 'moot' && toKind === 'card' ? [statementOf(forgetPost(db, toId))] : []
}

export function statementsOfEnding(ending: Ending, { db, now, noticeTo }: RecordDeps): Statement[] {
  const { row } = ending
  if (ending.state === 'waiting') return [statementOf(putOff(db, row, ending.until))]
  if (ending.state === 'not made') return [statementOf(notMade(db, row, now))]
  const end = statementOf(ended(db, row, ending.state, ending.code))
  return ending.state === 'dead' && ending.tell ? [end, ...notices(db, row, ending.code, ending.tell, noticeTo, now)] : [end]
}

/** No notice is about another notice, and nobody is told that they themselves cannot be reached. */
function notices(db: Db, row: OutboxRow, code: string, about: 'recipient' | 'view', { admins, secretaries }: NoticeRecipients, now: Date) {
  if (row.view === messages.undelivered.view) return []
  const { recipient, view } = row
  const tell = (why: string, person: string, args: Parameters<typeof messages.undelivered>[0], dueAt: Date) =>
    statementOf(enqueue(db, { occasion: `${why} ${person}`, to: { person }, ...messages.undelivered(args), dueAt }))
  if (about === 'view') return admins.map((person) => tell(`refused ${view} ${code}`, person, { view, code }, now))
  const why = `undelivered ${recipient} ${code}`
  const others = (secretaries.get(personOf(row)) ?? []).filter((person) => !admins.includes(person))
  return [
    ...admins.filter((person) => recipient !== `person:${person}`).map((person) => tell(why, person, { recipient, code }, now)),
    ...others.map((person) => tell(why, person, { recipient, code, isOwnMember: true }, courteousFrom(now))),
  ]
}
