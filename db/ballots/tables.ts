import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { electorateKinds } from '../../src/rules/ballots/electorate.ts'
import type { Question } from '../../src/rules/ballots/marks.ts'
import { ballotOutcomes } from '../../src/rules/ballots/outcome.ts'
import type { Circle } from '../../src/rules/ballots/pieces.ts'
import type { CircleTally, Fault } from '../../src/rules/ballots/tally.ts'
import { ballotUses } from '../../src/rules/ballots/uses.ts'
import { branches, committees, members, units } from '../branches/tables.ts'
import { gatherings } from '../gatherings/tables.ts'

/** A vote of a branch, or of a committee over several branches. It is open until its time, a closure or a cancellation. */
export const ballots = sqliteTable(
  'ballots',
  {
    id: text().primaryKey(),
    unit: text()
      .notNull()
      .references(() => units.id),
    branch: text().references(() => branches.id),
    committee: text().references(() => committees.id),
    /** The meeting in which it is voted; null where it is no act of a meeting. */
    gathering: text().references(() => gatherings.id),
    use: text({ enum: ballotUses }).notNull(),
    isSecret: integer({ mode: 'boolean' }).notNull(),
    /** How the voters were found. A ballot from before this was noted counts as chosen unless its list leaves nobody out. */
    electorate: text({ enum: electorateKinds }).notNull().default('chosen'),
    title: text().notNull(),
    /** A trigger freezes the question once somebody has voted. */
    question: text({ mode: 'json' }).$type<Question>().notNull(),
    openedBy: text()
      .notNull()
      .references(() => members.id),
    openedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    closesAt: integer({ mode: 'timestamp_ms' }).notNull(),
    publicKey: text().notNull(),
    /** This key opens the box, with DATA_KEY. It is destroyed with the votes when they are counted. */
    wrappedKey: text(),
    /**
     * The time at which the former votes were wiped from the store, free pages and journal included. Between the end of the key and this
     * time the wiping is owed.
     */
    wipedAt: integer({ mode: 'timestamp_ms' }),
    /** For the vote of a meeting: the voters who were due, and those who were there, at the opening. */
    expectedVoters: integer(),
    presentVoters: integer(),
  },
  (it) => [
    index('ballots_by_branch').on(it.branch, it.openedAt),
    index('ballots_by_committee').on(it.committee, it.openedAt),
    index('ballots_by_gathering').on(it.gathering),
    index('ballots_uncounted').on(it.closesAt).where(sql`wrapped_key is not null`),
    index('ballots_unwiped').on(it.closesAt).where(sql`wrapped_key is null and wiped_at is null`),
    check('ballots_one_owner', sql`(branch is not null) + (committee is not null) = 1`),
    check('ballots_secret_uses', sql`is_secret or "use" not in ('evaluation', 'election', 'pulse')`),
  ],
)

/** The voters, frozen at the opening, and those added since. Nobody is taken out: a voter who loses the right stays expected. */
export const electorates = sqliteTable(
  'electorates',
  {
    ballot: text()
      .notNull()
      .references(() => ballots.id),
    member: text()
      .notNull()
      .references(() => members.id),
    /** The voter's branch when the list was made: people do not mark their own branch. */
    branch: text().references(() => branches.id),
    addedAt: integer({ mode: 'timestamp_ms' }),
    addedBy: text().references(() => members.id),
  },
  (it) => [
    primaryKey({ columns: [it.ballot, it.member] }),
    index('electorates_by_member').on(it.member),
    index('electorates_added').on(it.ballot, it.addedAt).where(sql`added_at is not null`),
  ],
)

/** The first store: who took part. It has no row number and no moment, and is kept in the order of its key. */
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
 * The second store: the votes in sealed pieces, each under a random key and kept in key order. No person, no moment, no sequence, no
 * message; all pieces have one length. Nothing but the ballot joins it to the first store.
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

/** Pieces that a shuffle takes out and puts back under new keys, within one batch. Between batches it is empty. */
export const movingMarks = sqliteTable(
  'moving_marks',
  {
    ballot: text().notNull(),
    was: text().notNull(),
    key: text().notNull(),
    sealed: text().notNull(),
  },
  (it) => [primaryKey({ columns: [it.ballot, it.was] })],
)

/** The number of votes in a box when it was last shuffled and the journal emptied behind it. */
export const shuffledBoxes = sqliteTable('shuffled_boxes', {
  ballot: text()
    .primaryKey()
    .references(() => ballots.id),
  votes: integer().notNull(),
})

/** A named vote stands with its voter. It is sealed until the close as well: nobody reads choices while the ballot is open. */
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
    /** The choices in the clear, once they are counted. */
    said: text({ mode: 'json' }).$type<{ marks: [string, string][]; writeIns: string[] }>(),
  },
  (it) => [primaryKey({ columns: [it.ballot, it.member] })],
)

/**
 * Codes for voters who are not members, good for one vote each. They are handed out on paper, so no record says who got which. Only a hash
 * is kept.
 */
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

/** Who made codes and how many: the maker could cast them, hence the result names the maker. */
export const codeSheets = sqliteTable(
  'code_sheets',
  {
    ballot: text()
      .notNull()
      .references(() => ballots.id),
    /** The number of codes that were given out before. */
    before: integer().notNull(),
    codes: integer().notNull(),
    by: text()
      .notNull()
      .references(() => members.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [primaryKey({ columns: [it.ballot, it.before] })],
)

/** Each time the close was put off. */
export const ballotExtensions = sqliteTable(
  'ballot_extensions',
  {
    ballot: text()
      .notNull()
      .references(() => ballots.id),
    from: integer('from_at', { mode: 'timestamp_ms' }).notNull(),
    to: integer('to_at', { mode: 'timestamp_ms' }).notNull(),
    by: text()
      .notNull()
      .references(() => members.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [primaryKey({ columns: [it.ballot, it.from] })],
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
  /** The number of codes given out and used, for the circle of the public. */
  codes: integer().notNull(),
  codesUsed: integer().notNull(),
  /** The tally of each circle that is large enough. */
  tally: text({ mode: 'json' }).$type<Partial<Record<Circle, CircleTally>>>().notNull(),
  /** Sorted, so that their order tells nothing. */
  receipts: text({ mode: 'json' }).$type<string[]>().notNull(),
  /** The sums that failed, of an unsound count. */
  faults: text({ mode: 'json' }).$type<Fault[]>().notNull().default([]),
  /** Pieces that did not open, or were no mark of the question: the sums agreed without them. */
  leftOut: integer().notNull().default(0),
  /** The edition of the export in which this result was published. Its fingerprint must stay what it was. */
  edition: integer().notNull().default(1),
})

/** The end of the inquiry into an unsound count: an administrator has the locked pieces destroyed. */
export const ballotInquiries = sqliteTable('ballot_inquiries', {
  ballot: text()
    .primaryKey()
    .references(() => ballots.id),
  endedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  endedBy: text()
    .notNull()
    .references(() => members.id),
})
