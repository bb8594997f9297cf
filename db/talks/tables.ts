import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Half, Quarter } from '../../src/calendar.ts'
import { talkKinds, verdicts } from '../../src/rules/talks/kinds.ts'
import { branches, members, units } from '../branches/tables.ts'

/**
 * A talk of two people (谈心谈话). One claims it and the other confirms it; only then it counts. A claim without an answer for 30 days has
 * lapsed, which is reckoned and never stored.
 */
export const talks = sqliteTable(
  'talks',
  {
    id: text().primaryKey(),
    unit: text()
      .notNull()
      .references(() => units.id),
    /** It counts for the branch of the one under development, else of the one who was talked to. */
    branch: text()
      .notNull()
      .references(() => branches.id),
    /** The pair in the order of their ids, so that either one's claim finds the other's. */
    a: text()
      .notNull()
      .references(() => members.id),
    b: text()
      .notNull()
      .references(() => members.id),
    kind: text({ enum: talkKinds }).notNull(),
    onDay: text().notNull(),
    claimedBy: text()
      .notNull()
      .references(() => members.id),
    claimedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    confirmedAt: integer({ mode: 'timestamp_ms' }),
    deniedAt: integer({ mode: 'timestamp_ms' }),
    withdrawnAt: integer({ mode: 'timestamp_ms' }),
    /** One of the two wants a fixed talk taken back; the other's press does it. */
    undoAskedBy: text().references(() => members.id),
    /** A committee member who is not of the pair saw the signed paper of somebody without Feishu. */
    attestedBy: text().references(() => members.id),
    attestedReference: text(),
    /** The activist for whose quarter it counts; null where the other is no contact and sits on no committee. */
    activist: text().references(() => members.id),
    /** The last day on which its opinion is in time. It was promised on a card, so later news of holidays leaves it. */
    opinionDueOn: text(),
    /** The first filing of an opinion in its quarter. The opinion is deleted one day, and the fact stays. */
    opinionAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [
    index('talks_by_branch').on(it.branch, it.onDay),
    index('talks_by_activist').on(it.activist, it.onDay),
    index('talks_by_a').on(it.a, it.onDay),
    index('talks_by_b').on(it.b, it.onDay),
    index('talks_open').on(it.claimedAt).where(sql`confirmed_at is null and denied_at is null and withdrawn_at is null`),
    index('talks_withdrawn').on(it.withdrawnAt).where(sql`withdrawn_at is not null`),
    uniqueIndex('talks_once').on(it.a, it.b, it.onDay).where(sql`withdrawn_at is null and denied_at is null`),
    check('talks_two', sql`a < b`),
    check('talks_own_claim', sql`claimed_by in (a, b)`),
    check('talks_one_answer', sql`confirmed_at is null or denied_at is null`),
    check('talks_attested_apart', sql`attested_by is null or attested_by not in (a, b)`),
  ],
)

/** A note of one of the two, private or shared between them. Nobody else reads it, and its words are sealed. */
export const talkNotes = sqliteTable(
  'talk_notes',
  {
    talk: text()
      .notNull()
      .references(() => talks.id),
    writer: text()
      .notNull()
      .references(() => members.id),
    sealed: text().notNull(),
    kid: text().notNull(),
    /** The moment of the writing, so that older words do not open in the place of newer ones. */
    version: integer().notNull(),
    isShared: integer({ mode: 'boolean' }).notNull(),
    writtenAt: integer({ mode: 'timestamp_ms' }).notNull(),
    /** The day in whose night it is deleted. */
    goesOn: text().notNull(),
  },
  (it) => [
    primaryKey({ columns: [it.talk, it.writer] }),
    index('talk_notes_by_writer').on(it.writer),
    index('talk_notes_by_end').on(it.goesOn),
    index('talk_notes_by_key').on(it.kid),
  ],
)

/** The contact's opinion of an activist (考察意见). The last one of a half-year is the branch's half-yearly review. */
export const opinions = sqliteTable(
  'opinions',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    activist: text()
      .notNull()
      .references(() => members.id),
    writer: text()
      .notNull()
      .references(() => members.id),
    half: text().$type<Half>().notNull(),
    quarter: text().$type<Quarter>().notNull(),
    verdict: text({ enum: verdicts }).notNull(),
    sealed: text().notNull(),
    kid: text().notNull(),
    version: integer().notNull(),
    filedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    talk: text().references(() => talks.id),
    /** The id of the opinion that stands in its place. */
    replacedBy: text(),
    /** The day in whose night it is deleted; null while the person is under development. */
    goesOn: text(),
  },
  (it) => [
    index('opinions_by_activist').on(it.activist, it.quarter),
    index('opinions_by_branch').on(it.branch, it.filedAt),
    index('opinions_by_end').on(it.goesOn),
    index('opinions_by_key').on(it.kid),
  ],
)

/** The contacts (培养联系人) of applicants and activists. Rows end and are never deleted. */
export const contacts = sqliteTable(
  'contacts',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    member: text()
      .notNull()
      .references(() => members.id),
    contact: text()
      .notNull()
      .references(() => members.id),
    fromOn: text().notNull(),
    untilOn: text(),
    setBy: text()
      .notNull()
      .references(() => members.id),
    setAt: integer({ mode: 'timestamp_ms' }).notNull(),
    endedBy: text().references(() => members.id),
    endedAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [
    index('contacts_by_branch').on(it.branch),
    index('contacts_by_member').on(it.member),
    index('contacts_by_contact').on(it.contact),
    uniqueIndex('contacts_once').on(it.member, it.contact).where(sql`ended_at is null`),
    check('contacts_two', sql`member <> contact`),
  ],
)

/** Words that one of the two would raise; they wait for the other's press and are gone with it. */
export const worryDrafts = sqliteTable(
  'worry_drafts',
  {
    talk: text()
      .primaryKey()
      .references(() => talks.id),
    askedBy: text()
      .notNull()
      .references(() => members.id),
    sealed: text().notNull(),
    kid: text().notNull(),
    /** The moment of the asking. */
    version: integer().notNull(),
  },
  (it) => [index('worry_drafts_by_time').on(it.version)],
)

/**
 * Nothing is kept here any more: what was raised is a voice. The version before writes into it while both run, and a trigger hands its rows to the
 * voices.
 */
export const worries = sqliteTable(
  'worries',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    sealed: text().notNull(),
    kid: text().notNull(),
    version: integer().notNull(),
    signer: text().references(() => members.id),
    isDone: integer({ mode: 'boolean' }).notNull().default(false),
  },
  (it) => [index('worries_by_branch').on(it.branch)],
)
