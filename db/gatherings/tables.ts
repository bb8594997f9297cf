import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { AgendaTag } from '../../src/rules/gatherings/agenda.ts'
import { type GatheringKind, gatheringKindNames } from '../../src/rules/gatherings/gatherings.ts'
import { leaveReasons } from '../../src/rules/gatherings/leaves.ts'
import { excuses, makeUpWays } from '../../src/rules/gatherings/make-ups.ts'
import { branches, groups, members } from '../branches/tables.ts'

export const punctualities = ['on time', 'late'] as const

export const arrivals = sqliteTable(
  'arrivals',
  {
    gathering: text()
      .notNull()
      .references(() => gatherings.id),
    member: text()
      .notNull()
      .references(() => members.id),
    punctuality: text({ enum: punctualities }).notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    way: text({ enum: ['press', 'word', 'code', 'mark'] }).notNull(),
    /** The person who entered it: the member, or the host who marked somebody without a phone. */
    by: text().notNull(),
    /** The person who was asked to confirm the host's mark. With it the mark is presence for a vote; alone it is attendance. */
    scrutineer: text().references(() => members.id),
    confirmedAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [primaryKey({ columns: [it.gathering, it.member] })],
)

/** The roster as it was at the close; before that it is computed (see `expectedPeople`). */
export const expectations = sqliteTable(
  'expectations',
  {
    gathering: text()
      .notNull()
      .references(() => gatherings.id),
    member: text()
      .notNull()
      .references(() => members.id),
    votes: integer({ mode: 'boolean' }).notNull(),
    /** Away at the call: expected as a voter, and not counted in place unless they come. */
    isAway: integer({ mode: 'boolean' }).notNull().default(false),
    /** The person's branch at that time; null in rows frozen before branches met jointly. */
    branch: text().references(() => branches.id),
  },
  (it) => [primaryKey({ columns: [it.gathering, it.member] }), index('expectations_by_member').on(it.member)],
)

export const leaves = sqliteTable(
  'leaves',
  {
    gathering: text()
      .notNull()
      .references(() => gatherings.id),
    member: text()
      .notNull()
      .references(() => members.id),
    reason: text({ enum: leaveReasons }).notNull(),
    askedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    confirmedBy: text().references(() => members.id),
    confirmedAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [primaryKey({ columns: [it.gathering, it.member] })],
)

export const gatherings = sqliteTable(
  'gatherings',
  {
    id: text().primaryKey(),
    /** The branch that called it; `gatheringBranches` lists all that meet. */
    branch: text()
      .notNull()
      .references(() => branches.id),
    group: text('group_id').references(() => groups.id),
    kind: text({ enum: gatheringKindNames }).$type<GatheringKind>().notNull(),
    place: text().notNull(),
    startsAt: integer({ mode: 'timestamp_ms' }).notNull(),
    endsAt: integer({ mode: 'timestamp_ms' }).notNull(),
    calledBy: text()
      .notNull()
      .references(() => members.id),
    calledAt: integer({ mode: 'timestamp_ms' }).notNull(),
    /** The room code is derived from this secret and the hour; null where people need not be in the room. */
    roomSecret: text(),
    /** It is closed or cancelled. Triggers on both tables keep the mark, so that the clock need not read what is over. */
    isSettled: integer({ mode: 'boolean' }).notNull().default(false),
  },
  (it) => [index('gatherings_by_branch').on(it.branch, it.startsAt), index('gatherings_open').on(it.endsAt).where(sql`is_settled = 0`)],
)

export const gatheringBranches = sqliteTable(
  'gathering_branches',
  {
    gathering: text()
      .notNull()
      .references(() => gatherings.id),
    branch: text()
      .notNull()
      .references(() => branches.id),
    /** The branch's own headcount, judged at the close; null before, and for gatherings closed before branches met jointly. */
    expected: integer(),
    away: integer().notNull().default(0),
    present: integer(),
    expectedVoters: integer(),
    presentVoters: integer(),
    isQuorate: integer({ mode: 'boolean' }),
  },
  (it) => [primaryKey({ columns: [it.gathering, it.branch] }), index('gathering_branches_by_branch').on(it.branch)],
)

/**
 * The items of the agenda. Their tags say which further standards they can credit. An item that is neither held nor struck out is
 * undecided.
 */
export const agendaItems = sqliteTable(
  'agenda_items',
  {
    gathering: text()
      .notNull()
      .references(() => gatherings.id),
    position: integer().notNull(),
    words: text().notNull(),
    tags: text({ mode: 'json' }).$type<AgendaTag[]>().notNull(),
    /** The time at which a host said, by closing or afterwards, that it was held. */
    heldAt: integer({ mode: 'timestamp_ms' }),
    /** The time at which a host said that it was not held. */
    struckAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [primaryKey({ columns: [it.gathering, it.position] })],
)

/**
 * The close: by whom (`clock` for the clock), and the headcount that was judged. It is a row, not a flag; a re-opening has a row of its
 * own.
 */
export const closures = sqliteTable('closures', {
  gathering: text()
    .primaryKey()
    .references(() => gatherings.id),
  at: integer({ mode: 'timestamp_ms' }).notNull(),
  by: text().notNull(),
  expected: integer().notNull(),
  /** The expected people who were away and did not come. */
  away: integer().notNull().default(0),
  present: integer().notNull(),
  expectedVoters: integer().notNull(),
  presentVoters: integer().notNull(),
  isQuorate: integer({ mode: 'boolean' }).notNull(),
})

export const cancellations = sqliteTable('cancellations', {
  gathering: text()
    .primaryKey()
    .references(() => gatherings.id),
  at: integer({ mode: 'timestamp_ms' }).notNull(),
  by: text().notNull(),
  reason: text().notNull(),
})

export const reopenings = sqliteTable(
  'reopenings',
  {
    gathering: text()
      .notNull()
      .references(() => gatherings.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    by: text().notNull(),
    reason: text().notNull(),
  },
  (it) => [primaryKey({ columns: [it.gathering, it.at] })],
)

/** Another branch that was asked to a gathering. It meets with us once its own people say so. */
export const gatheringInvitations = sqliteTable(
  'gathering_invitations',
  {
    gathering: text()
      .notNull()
      .references(() => gatherings.id),
    branch: text()
      .notNull()
      .references(() => branches.id),
    askedBy: text()
      .notNull()
      .references(() => members.id),
    askedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    /** The latest answer. A branch that declined or withdrew may still join, until the close. */
    answer: text({ enum: ['joined', 'declined', 'withdrawn'] }),
    answeredBy: text().references(() => members.id),
    answeredAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [primaryKey({ columns: [it.gathering, it.branch] }), index('gathering_invitations_by_branch').on(it.branch)],
)

/**
 * The outcome of a make-up. The debt itself stands nowhere: it is an absence from a rigid gathering, and goes when the absence is
 * corrected. A row without confirmation is the member's word; a row with an excuse waives the make-up.
 */
export const makeUps = sqliteTable(
  'make_ups',
  {
    gathering: text()
      .notNull()
      .references(() => gatherings.id),
    member: text()
      .notNull()
      .references(() => members.id),
    way: text({ enum: makeUpWays }),
    excuse: text({ enum: excuses }),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    confirmedBy: text().references(() => members.id),
    confirmedAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [primaryKey({ columns: [it.gathering, it.member] }), index('make_ups_by_member').on(it.member)],
)
