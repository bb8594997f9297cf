import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Period } from '../../src/calendar.ts'
import { sourceKinds } from '../../src/rules/duties/facts.ts'
import type { PartId } from '../../src/rules/standards/standards.ts'
import { branches } from '../branches/tables.ts'

/**
 * Every deed, with the person who did it. Triggers in the migration keep it append-only. No personal free text goes in, so erasure stays
 * possible.
 */
export const audit = sqliteTable(
  'audit',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    unit: text().notNull(),
    /** A member's id; the clock and the platform are named as such. */
    actor: text().notNull(),
    deed: text().notNull(),
    subject: text().notNull(),
  },
  (it) => [index('audit_by_subject').on(it.subject)],
)

/**
 * The tally: the part of the standards that each quorate gathering, finished evaluation or confirmed talk credits to a branch. It is
 * derived from the facts in the batch that changes them. It can be thrown away and made again at any time.
 */
export const credits = sqliteTable(
  'credits',
  {
    branch: text()
      .notNull()
      .references(() => branches.id),
    part: text().$type<PartId>().notNull(),
    /** The group whose meeting it was, or the activist who was talked to; empty for the branch. */
    subject: text().notNull(),
    /** The id of the gathering, evaluation or talk that credits it. The version before writes it too, and knows the column by this name. */
    source: text('gathering').notNull(),
    sourceKind: text({ enum: sourceKinds }).notNull().default('gathering'),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    /** The period of an evaluation or a talk, whenever it was done. A gathering counts for the time at which it was held. */
    period: text().$type<Period>(),
    /** It came after a time of its own, as an opinion after its working days. */
    isLate: integer({ mode: 'boolean' }).notNull().default(false),
  },
  (it) => [
    primaryKey({ columns: [it.branch, it.part, it.subject, it.source] }),
    index('credits_by_branch').on(it.branch, it.at, it.part, it.subject, it.source, it.sourceKind, it.period, it.isLate),
    index('credits_by_source').on(it.source),
  ],
)

/**
 * The deliveries that were acted upon. Only ids stand here, never content or an answer: a repeat is answered from the present state.
 * Feishu asks to dedupe messages by `message_id`, everything else by `event_id`.
 */
export const deliveries = sqliteTable(
  'deliveries',
  {
    eventId: text().primaryKey(),
    messageId: text().unique(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [index('deliveries_by_time').on(it.at)],
)

/** The runs of each job by the moment of its schedule. A missed job is caught up once, and shown as late. */
export const jobRuns = sqliteTable(
  'job_runs',
  {
    job: text().notNull(),
    slot: integer({ mode: 'timestamp_ms' }).notNull(),
    ranAt: integer({ mode: 'timestamp_ms' }).notNull(),
    isLate: integer({ mode: 'boolean' }).notNull(),
    /** Where a run that was cut off goes on: the last branch or committee that it did. Null when the run is finished. */
    cursor: text(),
  },
  (it) => [primaryKey({ columns: [it.job, it.slot] })],
)

/** The holder of work that only one may do at a time. A holder that stops without a word is replaced when the time is over. */
export const leases = sqliteTable('leases', {
  name: text().primaryKey(),
  holder: text().notNull(),
  until: integer({ mode: 'timestamp_ms' }).notNull(),
})

declare const named: unique symbol

/** The name of a view as a message bears it; `message` alone makes one. */
export type ViewName = string & { readonly [named]: true }

/**
 * Everything that is to be said, as rows: nothing sends directly. A row names a view and ids; no content waits here. Its words are rendered
 * at the moment of sending, so they are never older than the database.
 */
export const outbox = sqliteTable(
  'outbox',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    /** The reason of the message. It is unique, so work that runs twice says it once. Its hash is the platform's `uuid`. */
    occasion: text().notNull().unique(),
    lane: integer().notNull(),
    dueAt: integer({ mode: 'timestamp_ms' }).notNull(),
    /** `reply` answers a message, `card` replaces a posted one; `toId` is a chat, a person or a message accordingly. */
    toKind: text({ enum: ['chat', 'person', 'reply', 'card'] }).notNull(),
    toId: text().notNull(),
    /** The key of the platform's limit of 5 a second, and of giving up: `chat:oc_…`, `person:ou_…`. */
    recipient: text().notNull(),
    view: text().$type<ViewName>().notNull(),
    args: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    /** The person did not ask for it. It waits for working days and hours, and is not carried into another day. */
    unasked: integer({ mode: 'boolean' }).notNull().default(false),
    state: text({ enum: ['waiting', 'sent', 'moot', 'dead'] })
      .notNull()
      .default('waiting'),
    /** Counts the wishes to refresh, so that one that comes while a card is under way is not lost. */
    version: integer().notNull().default(0),
    attempts: integer().notNull().default(0),
    /** The last attempt, for our side of the rate limits. */
    triedAt: integer({ mode: 'timestamp_ms' }),
    /** The first attempt whose outcome is unknown: 55 minutes later the `uuid` no longer protects from a double. */
    unsureSince: integer({ mode: 'timestamp_ms' }),
    /** The outcome: a code, never content. */
    outcome: text(),
    messageId: text(),
    sentAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [
    index('outbox_waiting').on(it.lane, it.dueAt).where(sql`state = 'waiting'`),
    index('outbox_due').on(it.dueAt).where(sql`state = 'waiting'`),
    index('outbox_over').on(it.dueAt).where(sql`state <> 'waiting'`),
    index('outbox_tried').on(it.triedAt),
    index('outbox_forms').on(it.dueAt).where(sql`view = 'suggest'`),
  ],
)

/** Cards that stand in chats and can be brought up to date for 14 days. */
export const posts = sqliteTable(
  'posts',
  {
    messageId: text().primaryKey(),
    recipient: text().notNull(),
    view: text().$type<ViewName>().notNull(),
    subject: text().notNull(),
    args: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    postedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [index('posts_by_subject').on(it.subject), index('posts_by_recipient').on(it.recipient), index('posts_by_time').on(it.postedAt)],
)

/** The direct chats with the bot, learned from messages sent to their persons: the platform counts both as one recipient. */
export const directChats = sqliteTable('direct_chats', {
  chatId: text().primaryKey(),
  openId: text().notNull(),
})

/** Chats and persons that cannot be reached, until they show up again. */
export const unreachable = sqliteTable(
  'unreachable',
  { recipient: text().notNull(), since: integer({ mode: 'timestamp_ms' }).notNull(), code: text().notNull() },
  (it) => [primaryKey({ columns: [it.recipient] })],
)

/** No row is ever kept here: inserting one fails its batch, and the broken check names the guard. See `db/guard.ts`. */
export const guards = sqliteTable('guards', { nth: integer().notNull() }, () => [
  check('guard_0', sql`nth <> 0`),
  check('guard_1', sql`nth <> 1`),
  check('guard_2', sql`nth <> 2`),
  check('guard_3', sql`nth <> 3`),
])

/**
 * The fingerprints of the DATA_KEYs that the bot was started with; no key can be reckoned from one. A key that came without a known one
 * beside it is foreign: `isOurs` is false, and it opens no secret ballot.
 */
export const dataKeys = sqliteTable('data_keys', {
  fingerprint: text().primaryKey(),
  isOurs: integer({ mode: 'boolean' }).notNull(),
  at: integer({ mode: 'timestamp_ms' }).notNull(),
})
