import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, unique, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Day } from '../../src/calendar.ts'
import { taskOrigins } from '../../src/rules/work/origins.ts'
import { branches, members, units } from '../branches/tables.ts'
import { gatherings } from '../gatherings/tables.ts'
import { elections, resolutions } from '../meeting-votes/tables.ts'

/**
 * A decision of a meeting (决定), as its host wrote it down. A vote that was carried is a decision without a row. A row with its id
 * only adds who does it, and by when.
 */
export const decisions = sqliteTable(
  'decisions',
  {
    id: text().primaryKey(),
    gathering: text()
      .notNull()
      .references(() => gatherings.id),
    /** In a joint gathering each branch decides for itself. */
    branch: text()
      .notNull()
      .references(() => branches.id),
    nth: integer().notNull(),
    /** Null where the words stand on paper alone, as those about personnel and discipline do. */
    words: text(),
    resolution: text().references(() => resolutions.id),
    election: text().references(() => elections.id),
    owner: text().references(() => members.id),
    dueOn: text().$type<Day>(),
    by: text()
      .notNull()
      .references(() => members.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    struckBy: text().references(() => members.id),
    struckAt: integer({ mode: 'timestamp_ms' }),
    /** The moment from which the branch sees a decision of its committee. */
    publicAt: integer({ mode: 'timestamp_ms' }),
    publicBy: text().references(() => members.id),
  },
  (it) => [
    unique('decisions_in_order').on(it.gathering, it.branch, it.nth),
    index('decisions_by_branch').on(it.branch, it.at),
    uniqueIndex('decisions_of_resolution').on(it.resolution).where(sql`struck_at is null`),
    uniqueIndex('decisions_of_election').on(it.election).where(sql`struck_at is null`),
    check('decisions_one_vote', sql`resolution is null or election is null`),
  ],
)

/**
 * Somebody has something to do by a day. A decision's task is in force while the decision stands and its meeting is closed with a
 * quorum. That is read, never stored.
 */
export const tasks = sqliteTable(
  'tasks',
  {
    id: text().primaryKey(),
    unit: text()
      .notNull()
      .references(() => units.id),
    branch: text()
      .notNull()
      .references(() => branches.id),
    origin: text({ enum: taskOrigins }).notNull(),
    /** The id of the decision, voice, problem or topic; the task's own id where it is plain. */
    originId: text().notNull(),
    nth: integer().notNull().default(1),
    words: text().notNull(),
    owner: text()
      .notNull()
      .references(() => members.id),
    dueOn: text().$type<Day>().notNull(),
    by: text()
      .notNull()
      .references(() => members.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    /** The owner was told of it by a message. Later it is only a line of the digest. */
    toldAt: integer({ mode: 'timestamp_ms' }),
    doneAt: integer({ mode: 'timestamp_ms' }),
    doneBy: text().references(() => members.id),
    doneNote: text(),
    /** The meeting that looked at it, or the person who did. */
    checkedAt: integer({ mode: 'timestamp_ms' }),
    checkedIn: text().references(() => gatherings.id),
    checkedBy: text().references(() => members.id),
    /** The owner says that it cannot be done; the secretary answers with another owner, another day, or by dropping it. */
    cannotAt: integer({ mode: 'timestamp_ms' }),
    cannotBecause: text(),
    droppedAt: integer({ mode: 'timestamp_ms' }),
    droppedBy: text().references(() => members.id),
    droppedBecause: text(),
  },
  (it) => [
    unique('tasks_of_origin').on(it.origin, it.originId, it.nth),
    index('tasks_by_branch').on(it.branch, it.dueOn),
    index('tasks_by_owner').on(it.owner, it.dueOn),
    index('tasks_open').on(it.dueOn).where(sql`done_at is null and dropped_at is null`),
    check('tasks_checked_when_done', sql`checked_at is null or done_at is not null`),
    check('tasks_one_end', sql`done_at is null or dropped_at is null`),
    check('tasks_dropped_with_reason', sql`(dropped_at is null) = (dropped_because is null)`),
  ],
)

/** Each change of a task's day or owner. Rows are never changed. */
export const taskMoves = sqliteTable(
  'task_moves',
  {
    task: text()
      .notNull()
      .references(() => tasks.id),
    nth: integer().notNull(),
    fromDay: text().$type<Day>().notNull(),
    toDay: text().$type<Day>().notNull(),
    fromOwner: text()
      .notNull()
      .references(() => members.id),
    toOwner: text()
      .notNull()
      .references(() => members.id),
    reason: text(),
    by: text()
      .notNull()
      .references(() => members.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [primaryKey({ columns: [it.task, it.nth] })],
)

/** A problem that the life meeting found. Its task is put right by the next life meeting; a member's own is private to them and the committee. */
export const lifeProblems = sqliteTable(
  'life_problems',
  {
    id: text().primaryKey(),
    gathering: text()
      .notNull()
      .references(() => gatherings.id),
    branch: text()
      .notNull()
      .references(() => branches.id),
    nth: integer().notNull(),
    words: text().notNull(),
    /** The member whose problem it is; null where it is the committee's. */
    member: text().references(() => members.id),
    by: text()
      .notNull()
      .references(() => members.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    struckAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [unique('life_problems_in_order').on(it.gathering, it.branch, it.nth), index('life_problems_by_branch').on(it.branch)],
)

/**
 * The state of the minutes (会议记录) of a branch's part in a gathering. They are a draft until they are submitted, and locked while they are
 * confirmed; the confirmed words stand in `minuteVersions`.
 */
export const minutes = sqliteTable(
  'minutes',
  {
    gathering: text()
      .notNull()
      .references(() => gatherings.id),
    branch: text()
      .notNull()
      .references(() => branches.id),
    recorder: text()
      .notNull()
      .references(() => members.id),
    recorderSetBy: text()
      .notNull()
      .references(() => members.id),
    /** The last day in time. It was promised on a card, so later news of holidays leaves it. */
    dueOn: text().$type<Day>().notNull(),
    submittedAt: integer({ mode: 'timestamp_ms' }),
    submittedBy: text().references(() => members.id),
    returnedAt: integer({ mode: 'timestamp_ms' }),
    returnedBy: text().references(() => members.id),
    returnedBecause: text(),
    /** The version that is in force, null while nothing is confirmed. */
    version: integer(),
    confirmedAt: integer({ mode: 'timestamp_ms' }),
    confirmedBy: text().references(() => members.id),
    reopenedAt: integer({ mode: 'timestamp_ms' }),
    reopenedBy: text().references(() => members.id),
    reopenedBecause: text(),
  },
  (it) => [
    primaryKey({ columns: [it.gathering, it.branch] }),
    index('minutes_by_branch').on(it.branch, it.dueOn),
    index('minutes_by_recorder').on(it.recorder),
    check('minutes_four_eyes', sql`confirmed_by is null or confirmed_by <> submitted_by`),
    check('minutes_confirmed_once_submitted', sql`confirmed_at is null or submitted_at is not null`),
    check('minutes_confirmed_in_a_version', sql`(confirmed_at is null) = (version is null)`),
  ],
)

/** The recorder’s words about an item of the agenda (讨论要点), ≤ 1,000 characters. */
export const minutePoints = sqliteTable(
  'minute_points',
  {
    gathering: text()
      .notNull()
      .references(() => gatherings.id),
    branch: text()
      .notNull()
      .references(() => branches.id),
    /** The position of the item; 0 for what belongs to none. */
    position: integer().notNull(),
    words: text().notNull(),
    by: text()
      .notNull()
      .references(() => members.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [primaryKey({ columns: [it.gathering, it.branch, it.position] })],
)

/** The minutes as they were confirmed, each time. Rows are added and never changed, so that a fact changed later changes nothing here. */
export const minuteVersions = sqliteTable(
  'minute_versions',
  {
    gathering: text()
      .notNull()
      .references(() => gatherings.id),
    branch: text()
      .notNull()
      .references(() => branches.id),
    version: integer().notNull(),
    /** The lines of the document, as JSON in one fixed order of keys. */
    document: text().notNull(),
    /** SHA-256 of `document`, in hex; it stands on the print. */
    digest: text().notNull(),
    submittedBy: text()
      .notNull()
      .references(() => members.id),
    submittedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    confirmedBy: text()
      .notNull()
      .references(() => members.id),
    confirmedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [
    primaryKey({ columns: [it.gathering, it.branch, it.version] }),
    check('minute_versions_four_eyes', sql`confirmed_by <> submitted_by`),
  ],
)
