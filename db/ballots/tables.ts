import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Question } from '../../src/rules/ballots/marks.ts'
import type { Circle } from '../../src/rules/ballots/pieces.ts'
import type { CircleTally } from '../../src/rules/ballots/tally.ts'
import { ballotUses } from '../../src/rules/ballots/uses.ts'
import { branches, committees, members, units } from '../branches/tables.ts'
import { gatherings } from '../gatherings/tables.ts'

/** What came out. `few` and `unsound` keep the turnout alone: what may not be told is not kept. */
const ballotOutcomes = ['counted', 'few', 'unsound'] as const
export type BallotOutcome = (typeof ballotOutcomes)[number]

/** A vote of any use: of a branch, or of a committee over several. It is open until its time, a closure or a cancellation. */
export const ballots = sqliteTable(
  'ballots',
  {
    id: text().primaryKey(),
    unit: text()
      .notNull()
      .references(() => units.id),
    branch: text().references(() => branches.id),
    committee: text().references(() => committees.id),
    /** The meeting in which it is voted, where it is an act of a meeting. */
    gathering: text().references(() => gatherings.id),
    use: text({ enum: ballotUses }).notNull(),
    isSecret: integer({ mode: 'boolean' }).notNull(),
    title: text().notNull(),
    /** Frozen by a trigger once somebody has voted. */
    question: text({ mode: 'json' }).$type<Question>().notNull(),
    openedBy: text()
      .notNull()
      .references(() => members.id),
    openedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    closesAt: integer({ mode: 'timestamp_ms' }).notNull(),
    publicKey: text().notNull(),
    /** Opens the box, with DATA_KEY; destroyed with what was in it when the votes are counted. */
    wrappedKey: text(),
    /** When what had been in the box was wiped from the store, free pages and journal included; from the key's end until then that is owed. */
    wipedAt: integer({ mode: 'timestamp_ms' }),
    /** Of a meeting's vote: the voters who were due, and those who were there, when it was opened. */
    expectedVoters: integer(),
    presentVoters: integer(),
  },
  (it) => [
    index('ballots_by_branch').on(it.branch, it.openedAt),
    index('ballots_by_committee').on(it.committee, it.openedAt),
    index('ballots_by_gathering').on(it.gathering),
    check('ballots_one_owner', sql`(branch is not null) + (committee is not null) = 1`),
    check('ballots_secret_uses', sql`is_secret or "use" not in ('evaluation', 'election', 'pulse')`),
  ],
)

/** Who may vote, frozen at the opening. Who is added later has a moment and a hand; nobody is taken out: who loses the right stays expected. */
export const electorates = sqliteTable(
  'electorates',
  {
    ballot: text()
      .notNull()
      .references(() => ballots.id),
    member: text()
      .notNull()
      .references(() => members.id),
    /** Whose they were when the list was made: what is their own branch's they do not mark. */
    branch: text().references(() => branches.id),
    addedAt: integer({ mode: 'timestamp_ms' }),
    addedBy: text().references(() => members.id),
  },
  (it) => [primaryKey({ columns: [it.ballot, it.member] }), index('electorates_by_member').on(it.member)],
)

/** The one store: who took part. Without a row number, without a moment; kept in the order of its key. */
export const turnout = sqliteTable(
  'turnout',
  {
    ballot: text()
      .notNull()
      .references(() => ballots.id),
    member: text()
      .notNull()
      .references(() => members.id),
  },
  (it) => [primaryKey({ columns: [it.ballot, it.member] })],
)

/**
 * The other store: what was said, in sealed pieces, each alone under a random key in whose order they are kept. No person, no moment, no
 * sequence, no message; all of one length. Nothing joins it to the first but the ballot they belong to.
 */
export const marks = sqliteTable(
  'marks',
  {
    ballot: text()
      .notNull()
      .references(() => ballots.id),
    key: text().notNull(),
    sealed: text().notNull(),
  },
  (it) => [primaryKey({ columns: [it.ballot, it.key] })],
)

/** A named vote stands with its voter, sealed until the close as well: while it is open nobody reads who chose what. */
export const namedVotes = sqliteTable(
  'named_votes',
  {
    ballot: text()
      .notNull()
      .references(() => ballots.id),
    member: text()
      .notNull()
      .references(() => members.id),
    /** The pieces of the latest vote. */
    sealed: text({ mode: 'json' }).$type<string[]>().notNull(),
    /** What they say, once they are counted. */
    said: text({ mode: 'json' }).$type<{ marks: [string, string][]; writeIns: string[] }>(),
  },
  (it) => [primaryKey({ columns: [it.ballot, it.member] })],
)

/** Codes by which others than members vote, once each: handed out on paper, so that no record says who got which. Only a hash is kept. */
export const ballotCodes = sqliteTable(
  'ballot_codes',
  {
    ballot: text()
      .notNull()
      .references(() => ballots.id),
    hash: text().notNull(),
    isUsed: integer({ mode: 'boolean' }).notNull().default(false),
  },
  (it) => [primaryKey({ columns: [it.ballot, it.hash] })],
)

export const ballotClosures = sqliteTable('ballot_closures', {
  ballot: text()
    .primaryKey()
    .references(() => ballots.id),
  at: integer({ mode: 'timestamp_ms' }).notNull(),
  by: text().notNull(),
})

export const ballotCancellations = sqliteTable('ballot_cancellations', {
  ballot: text()
    .primaryKey()
    .references(() => ballots.id),
  at: integer({ mode: 'timestamp_ms' }).notNull(),
  by: text().notNull(),
  reason: text().notNull(),
})

export const ballotResults = sqliteTable('ballot_results', {
  ballot: text()
    .primaryKey()
    .references(() => ballots.id),
  outcome: text({ enum: ballotOutcomes }).notNull(),
  countedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  expected: integer().notNull(),
  voted: integer().notNull(),
  /** Of the public's circle: codes given out, and used. */
  codes: integer().notNull(),
  codesUsed: integer().notNull(),
  /** Of each circle that is large enough. */
  tally: text({ mode: 'json' }).$type<Partial<Record<Circle, CircleTally>>>().notNull(),
  /** Sorted. */
  receipts: text({ mode: 'json' }).$type<string[]>().notNull(),
})
