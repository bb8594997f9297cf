import { type SQL, sql } from 'drizzle-orm'
import { type Db, prepared } from '../client.ts'
import { lanes, UPDATABLE_MS } from './outbox.ts'
import { outbox } from './tables.ts'

/** A press is answered within 3 s or not at all, so nothing can overtake a refresh that waits longer. */
const SETTLED_AFTER_PRESS_MS = 3_100

const SETTLED_MS = 1_500

/** A row for each card that still can be brought up to date. */
const asRefresh = (which: SQL, lane: keyof typeof lanes = 'call') =>
  sql`select null, 'refresh ' || message_id, ${lanes[lane]}, cast(${sql.placeholder('dueAt')} as integer), 'card', message_id, recipient, view, args, 0, 'waiting', 1, 0, null, null, null, null, null
    from posts where ${which} and posted_at > ${sql.placeholder('oldest')}`

const wantedAnew = {
  dueAt: sql`max(due_at, excluded.due_at)`,
  version: sql`version + 1`,
  state: 'waiting' as const,
  attempts: 0,
  unsureSince: null,
  args: sql`excluded.args`,
}

const refreshing = prepared<unknown, { subject: string; dueAt: number; oldest: number }>((db) =>
  db
    .insert(outbox)
    .select(asRefresh(sql`subject = ${sql.placeholder('subject')}`))
    .onConflictDoUpdate({ target: outbox.occasion, set: wantedAnew }),
)

/** "Bring the cards of this subject up to date": a row too, coalesced, not while people are pressing. */
export const refresh = (db: Db, card: { subject: string; at: Date; afterPress: boolean }) =>
  refreshing(db, {
    subject: card.subject,
    dueAt: card.at.getTime() + (card.afterPress ? SETTLED_AFTER_PRESS_MS : SETTLED_MS),
    oldest: card.at.getTime() - UPDATABLE_MS,
  })

const GENTLY_MS = 20_000

/** The same for what changes with every vote: once in a while, however many come, and never put off by the next. */
export const refreshGently = (db: Db, card: { subject: string; at: Date }) =>
  refreshingGently(db, { subject: card.subject, dueAt: card.at.getTime() + GENTLY_MS, oldest: card.at.getTime() - UPDATABLE_MS })

const refreshingGently = prepared<unknown, { subject: string; dueAt: number; oldest: number }>((db) =>
  db
    .insert(outbox)
    .select(asRefresh(sql`subject = ${sql.placeholder('subject')}`))
    .onConflictDoUpdate({
      target: outbox.occasion,
      set: { ...wantedAnew, dueAt: sql`case state when 'waiting' then due_at else excluded.due_at end` },
    }),
)

/** All cards about a subject but the one that was just answered with its new state. */
export const refreshOthers = (db: Db, card: { subject: string; but: string; at: Date }) =>
  refreshingOthers(db, {
    subject: card.subject,
    but: card.but,
    dueAt: card.at.getTime() + SETTLED_AFTER_PRESS_MS,
    oldest: card.at.getTime() - UPDATABLE_MS,
  })

const refreshingOthers = prepared<unknown, { subject: string; but: string; dueAt: number; oldest: number }>((db) =>
  db
    .insert(outbox)
    .select(asRefresh(sql`subject = ${sql.placeholder('subject')} and message_id <> ${sql.placeholder('but')}`))
    .onConflictDoUpdate({ target: outbox.occasion, set: wantedAnew }),
)

/** The one card on which a press was answered too late to show what came of it. */
export const refreshCard = (db: Db, card: { messageId: string; at: Date }) =>
  refreshingCard(db, {
    messageId: card.messageId,
    dueAt: card.at.getTime() + SETTLED_MS,
    oldest: card.at.getTime() - UPDATABLE_MS,
  })

const refreshingCard = prepared<unknown, { messageId: string; dueAt: number; oldest: number }>((db) =>
  db
    .insert(outbox)
    .select(asRefresh(sql`message_id = ${sql.placeholder('messageId')}`))
    .onConflictDoUpdate({ target: outbox.occasion, set: wantedAnew }),
)

/** The cards about all subjects that begin so: there may be thousands, and whatever people wait for goes before them. */
export const refreshAll = (db: Db, card: { beginning: string; at: Date }) =>
  refreshingAll(db, {
    from: card.beginning,
    until: `${card.beginning}~`,
    dueAt: card.at.getTime() + SETTLED_AFTER_PRESS_MS,
    oldest: card.at.getTime() - UPDATABLE_MS,
  })

const refreshingAll = prepared<unknown, { from: string; until: string; dueAt: number; oldest: number }>((db) =>
  db
    .insert(outbox)
    .select(asRefresh(sql`subject >= ${sql.placeholder('from')} and subject < ${sql.placeholder('until')}`, 'bulk'))
    .onConflictDoUpdate({ target: outbox.occasion, set: wantedAnew }),
)
