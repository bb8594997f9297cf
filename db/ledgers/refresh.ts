/** "Bring these cards up to date" is an outbox row for each card: refreshes survive a crash, and coalesce. */
import { type SQL, sql } from 'drizzle-orm'
import { type Db, inList, prepared } from '../client.ts'
import { lanes, UPDATABLE_MS } from './outbox.ts'
import { outbox } from './tables.ts'

/** A press is answered within 3 s or not at all, so nothing can overtake a refresh that waits longer. */
const SETTLED_AFTER_PRESS_MS = 3_100
const SETTLED_MS = 1_500
const GENTLY_MS = 20_000

/** A card that changes again waits again, until people stop pressing. */
const latest = sql`max(due_at, excluded.due_at)`
/** However often a card changes, its refresh keeps the time that it was first given. */
const firstGiven = sql`case state when 'waiting' then due_at else excluded.due_at end`

interface Manner {
  /** The beginning of its occasion. Rows of another occasion neither wait for these nor hold them up. */
  as?: string
  lane?: keyof typeof lanes
  dueAt?: SQL
}

/** Prepares the refresh of the posts for which `which` holds. A card that Feishu no longer lets us update is left out. */
function refreshing<V extends Record<string, string>>(which: SQL, { lane = 'call', dueAt = latest, as = 'refresh' }: Manner = {}) {
  const statement = prepared<unknown>((db) =>
    db
      .insert(outbox)
      .select(
        sql`select null, ${sql.raw(`'${as} '`)} || message_id, ${lanes[lane]}, cast(${sql.placeholder('dueAt')} as integer), 'card', message_id, recipient, view, args, 0, 'waiting', 1, 0, null, null, null, null, null
          from posts where ${which} and posted_at > ${sql.placeholder('oldest')}`,
      )
      .onConflictDoUpdate({
        target: outbox.occasion,
        set: { dueAt, version: sql`version + 1`, state: 'waiting', attempts: 0, unsureSince: null, args: sql`excluded.args` },
      }),
  )
  return (db: Db, values: V, at: Date, waitMs: number) =>
    statement(db, { ...values, dueAt: at.getTime() + waitMs, oldest: at.getTime() - UPDATABLE_MS })
}

const subject = sql`subject = ${sql.placeholder('subject')}`
const about = refreshing<{ subject: string }>(subject)
const gently = refreshing<{ subject: string }>(subject, { dueAt: firstGiven })
const among = refreshing<{ subjects: string }>(sql`subject in ${inList(sql.placeholder('subjects'))}`, { lane: 'bulk' })
const others = refreshing<{ subject: string; but: string }>(sql`${subject} and message_id <> ${sql.placeholder('but')}`)
const one = refreshing<{ messageId: string }>(sql`message_id = ${sql.placeholder('messageId')}`)
const beginning = refreshing<{ from: string; until: string }>(
  sql`subject >= ${sql.placeholder('from')} and subject < ${sql.placeholder('until')}`,
  { lane: 'bulk' },
)

const begins = refreshing<{ subject: string; view: string }>(sql`${subject} and view = ${sql.placeholder('view')}`, {
  as: 'begins',
  dueAt: sql`excluded.due_at`,
})

/** The cards of one view about a subject, at a moment to come. Changes before that moment do not wait for it. */
export const refreshAt = (db: Db, card: { subject: string; view: string; at: Date; now: Date }) =>
  begins(db, { subject: card.subject, view: card.view }, card.now, card.at.getTime() - card.now.getTime() + SETTLED_MS)

/** A statement for `together`: all cards about a subject. After a press they wait until its answer cannot overtake them. */
export const refresh = (db: Db, card: { subject: string; at: Date; afterPress: boolean }) =>
  about(db, { subject: card.subject }, card.at, card.afterPress ? SETTLED_AFTER_PRESS_MS : SETTLED_MS)

/** All cards about many subjects, by one statement. */
export const refreshAmong = (db: Db, card: { subjects: readonly string[]; at: Date }) =>
  among(db, { subjects: JSON.stringify(card.subjects) }, card.at, SETTLED_AFTER_PRESS_MS)

/** For what changes with every vote: once in 20 seconds at most. */
export const refreshGently = (db: Db, card: { subject: string; at: Date }) => gently(db, { subject: card.subject }, card.at, GENTLY_MS)

/** All cards about a subject except the one that was just answered with its new state. */
export const refreshOthers = (db: Db, card: { subject: string; but: string; at: Date }) =>
  others(db, { subject: card.subject, but: card.but }, card.at, SETTLED_AFTER_PRESS_MS)

/** The one card whose press was answered too late to show the outcome. */
export const refreshCard = (db: Db, card: { messageId: string; at: Date }) => one(db, { messageId: card.messageId }, card.at, SETTLED_MS)

/** The cards about all subjects with this beginning. There may be thousands, so they go in the bulk lane. */
export const refreshAll = (db: Db, card: { beginning: string; at: Date }) =>
  beginning(db, { from: card.beginning, until: `${card.beginning}~` }, card.at, SETTLED_AFTER_PRESS_MS)
