import { sql } from 'drizzle-orm'
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
    ballot: text().references(() => ballots.id),
    /** All steps are done and everybody is told. */
    closedBy: text().references(() => members.id),
    closedAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [
    uniqueIndex('evaluations_once_a_period').on(it.branch, it.period),
    index('evaluations_by_ballot').on(it.ballot),
    index('evaluations_open').on(it.openedAt).where(sql`closed_at is null`),
  ],
)

/** The people who are evaluated, frozen at the opening with the group of that day. */
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

/** A member's own word. */
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

/** The group's word on a member, entered by its leader. */
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

/** The grade that the branch's committee sets; the vote is an input. A reason stands where it differs from the proposal. */
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
    /** The time at which the person alone was told; the days to appeal begin then. */
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
    /** The grade after the appeal; the former one where it was not upheld. */
    grade: text({ enum: grades }),
    answer: text(),
    answeredBy: text().references(() => members.id),
    answeredAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [primaryKey({ columns: [it.evaluation, it.member] })],
)
