import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { grades } from '../../src/rules/ballots/uses.ts'
import { ballots } from '../ballots/tables.ts'
import { branches, groups, members } from '../branches/tables.ts'

/** A democratic evaluation of a branch's members, for a half-year or a year. */
export const evaluations = sqliteTable(
  'evaluations',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    /** `2026H1`, or `2026` for the year's end, where all members vote. */
    period: text().notNull(),
    openedBy: text()
      .notNull()
      .references(() => members.id),
    openedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    /** The year-end vote. */
    ballot: text().references(() => ballots.id),
    /** All steps done and everybody told. */
    closedBy: text().references(() => members.id),
    closedAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [uniqueIndex('evaluations_once_a_period').on(it.branch, it.period), index('evaluations_by_ballot').on(it.ballot)],
)

/** Who is evaluated, frozen at the opening, with the group they were then in. */
export const evaluated = sqliteTable(
  'evaluated',
  {
    evaluation: text()
      .notNull()
      .references(() => evaluations.id),
    member: text()
      .notNull()
      .references(() => members.id),
    group: text('group_id').references(() => groups.id),
  },
  (it) => [primaryKey({ columns: [it.evaluation, it.member] }), index('evaluated_by_member').on(it.member)],
)

/** What somebody says of themself. */
export const selfViews = sqliteTable(
  'self_views',
  {
    evaluation: text()
      .notNull()
      .references(() => evaluations.id),
    member: text()
      .notNull()
      .references(() => members.id),
    words: text().notNull(),
    grade: text({ enum: grades }).notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [primaryKey({ columns: [it.evaluation, it.member] })],
)

/** What the group says of somebody, entered by its leader. */
export const groupViews = sqliteTable(
  'group_views',
  {
    evaluation: text()
      .notNull()
      .references(() => evaluations.id),
    member: text()
      .notNull()
      .references(() => members.id),
    grade: text({ enum: grades }).notNull(),
    words: text().notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    by: text()
      .notNull()
      .references(() => members.id),
  },
  (it) => [primaryKey({ columns: [it.evaluation, it.member] })],
)

/** What the branch's committee sets; the vote is an input. A reason where it differs from what was proposed. */
export const memberGrades = sqliteTable(
  'member_grades',
  {
    evaluation: text()
      .notNull()
      .references(() => evaluations.id),
    member: text()
      .notNull()
      .references(() => members.id),
    grade: text({ enum: grades }).notNull(),
    reason: text().notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    by: text()
      .notNull()
      .references(() => members.id),
    /** When it was told to the person alone; the days to appeal begin then. */
    toldAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [primaryKey({ columns: [it.evaluation, it.member] })],
)

export const gradeAppeals = sqliteTable(
  'grade_appeals',
  {
    evaluation: text()
      .notNull()
      .references(() => evaluations.id),
    member: text()
      .notNull()
      .references(() => members.id),
    words: text().notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    /** The grade after it, which is the former one where the appeal was not upheld. */
    grade: text({ enum: grades }),
    answer: text(),
    answeredBy: text().references(() => members.id),
    answeredAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [primaryKey({ columns: [it.evaluation, it.member] })],
)
