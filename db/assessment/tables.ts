import { customType, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Day, Period, Quarter, Year } from '../../src/calendar.ts'
import { packed, unpacked } from '../../src/rules/assessment/kept.ts'
import type { PartId } from '../../src/rules/standards/standards.ts'
import type { Text } from '../../src/text.ts'
import { branches, committees, members } from '../branches/tables.ts'

/** The column is text for rows of old; what is written now is bytes. */
const account = customType<{ data: unknown; driverData: string | ArrayBuffer | Uint8Array }>({
  dataType: () => 'text',
  toDriver: packed,
  fromDriver: unpacked,
})

export const supportOutcomes = ['recovered', 'extended', 'leadership to be adjusted'] as const

/** One branch of a file: the judgements that are new, as they were previewed. */
export interface SheetChange {
  branch: string
  name: string
  reason: string
  items: {
    part: PartId
    period: Period
    name: Text
    before: string
    after: string
    permille: number
    /** Given where a branch's answer is taken over. */
    verdict?: 'points' | 'not applicable' | 'excused'
    isOwn: boolean
  }[]
  /** The entries that are confirmed, as they were previewed. */
  confirms?: string[]
}

export interface WrongInSheet {
  row: number
  name: string
  why: Text
}

/** A committee's assessment of a quarter: opened by the clock, published by the assessor, closed after the appeals. */
export const assessments = sqliteTable(
  'assessments',
  {
    committee: text()
      .notNull()
      .references(() => committees.id),
    quarter: text().$type<Quarter>().notNull(),
    openedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    /** The last day for the branches' own assessment, and the last day asked of the upper level. */
    selfUntil: text().$type<Day>().notNull(),
    reviewUntil: text().$type<Day>().notNull(),
    publishedAt: integer({ mode: 'timestamp_ms' }),
    publishedBy: text(),
    appealsUntil: text().$type<Day>(),
    /** From this moment on nothing of it moves. Its results are written lot by lot, and then it is closed. */
    closingAt: integer({ mode: 'timestamp_ms' }),
    closedAt: integer({ mode: 'timestamp_ms' }),
    closedBy: text(),
    /** The upper items, as `part period`, that were not judged for every branch: they leave the base of all. */
    leftOut: text({ mode: 'json' }).$type<string[]>().notNull().default([]),
  },
  (it) => [primaryKey({ columns: [it.committee, it.quarter] }), index('assessments_by_close').on(it.closedAt)],
)

/**
 * A branch that was published as 待定: something of it was not decided. It follows with a window of its own, and takes its place then.
 * `touchedAt` is set by each word about it, so that the clock looks at it again.
 */
export const undecided = sqliteTable(
  'undecided',
  {
    branch: text()
      .notNull()
      .references(() => branches.id),
    quarter: text().$type<Quarter>().notNull(),
    committee: text()
      .notNull()
      .references(() => committees.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    touchedAt: integer({ mode: 'timestamp_ms' }),
    publishedAt: integer({ mode: 'timestamp_ms' }),
    appealsUntil: text().$type<Day>(),
    closedAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [
    primaryKey({ columns: [it.branch, it.quarter] }),
    index('undecided_by_close').on(it.closedAt),
    index('undecided_by_committee').on(it.committee, it.quarter),
  ],
)

/** A branch has looked through its card and sent it up. */
export const selfAssessments = sqliteTable(
  'self_assessments',
  {
    branch: text()
      .notNull()
      .references(() => branches.id),
    quarter: text().$type<Quarter>().notNull(),
    submittedBy: text()
      .notNull()
      .references(() => members.id),
    submittedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [primaryKey({ columns: [it.branch, it.quarter] })],
)

/** One objection to one standard of a published quarter, and its answer. */
export const appeals = sqliteTable(
  'appeals',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    quarter: text().$type<Quarter>().notNull(),
    standard: integer().notNull(),
    words: text().notNull(),
    by: text()
      .notNull()
      .references(() => members.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    answer: text(),
    isUpheld: integer({ mode: 'boolean' }),
    answeredBy: text().references(() => members.id),
    answeredAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [uniqueIndex('appeals_once').on(it.branch, it.quarter, it.standard)],
)

/** A closed quarter, final as it was at the close. Later findings are shown beside it, never in it. */
export const results = sqliteTable(
  'results',
  {
    branch: text()
      .notNull()
      .references(() => branches.id),
    quarter: text().$type<Quarter>().notNull(),
    committee: text()
      .notNull()
      .references(() => committees.id),
    tenths: integer(),
    weightAsked: integer().notNull(),
    place: integer(),
    isLast: integer({ mode: 'boolean' }).notNull(),
    /** The duties with their evidence, the findings and the rulebook in force: the score can be reckoned again from them. */
    account: account().notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [primaryKey({ columns: [it.branch, it.quarter] }), index('results_by_committee').on(it.committee, it.quarter)],
)

/** A branch that came last twice in a year. Only the committee sees the row, and must close it. */
export const lastTwice = sqliteTable(
  'last_twice',
  {
    branch: text()
      .notNull()
      .references(() => branches.id),
    year: text().$type<Year>().notNull(),
    openedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    isAdjusted: integer({ mode: 'boolean' }),
    reason: text(),
    on: text('on_day').$type<Day>(),
    closedBy: text().references(() => members.id),
    closedAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [primaryKey({ columns: [it.branch, it.year] })],
)

/** A weak branch gets a named helper for a time, with an outcome. */
export const supports = sqliteTable(
  'supports',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    helper: text()
      .notNull()
      .references(() => members.id),
    from: text('from_on').$type<Day>().notNull(),
    until: text('until_on').$type<Day>().notNull(),
    by: text().notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    outcome: text({ enum: supportOutcomes }),
    outcomeBy: text().references(() => members.id),
    outcomeAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [index('supports_by_branch').on(it.branch)],
)

/** A secretary's work report, heard each half-year or quarter, and the commentary on it. */
export const workReports = sqliteTable(
  'work_reports',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    period: text().notNull(),
    heardOn: text().$type<Day>().notNull(),
    commentary: text().notNull(),
    by: text()
      .notNull()
      .references(() => members.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [uniqueIndex('work_reports_once').on(it.branch, it.period)],
)

/** The outcome of an assessor's file, exactly as it was previewed, until somebody presses or a day has gone by. */
export const assessmentDrafts = sqliteTable(
  'assessment_drafts',
  {
    id: text().primaryKey(),
    /** The message that brought the file: a file that is read twice is previewed once. */
    file: text().notNull().unique(),
    by: text().notNull(),
    madeAt: integer({ mode: 'timestamp_ms' }).notNull(),
    quarter: text().$type<Quarter>().notNull(),
    changes: text({ mode: 'json' }).$type<SheetChange[]>().notNull(),
    wrong: text({ mode: 'json' }).$type<WrongInSheet[]>().notNull(),
    /** The number of judgements of these branches when the file was read. */
    judged: integer().notNull(),
    savedAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [index('assessment_drafts_by_time').on(it.madeAt)],
)
