import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Day, Period, Year } from '../../src/calendar.ts'
import { paperKinds } from '../../src/rules/papers/kinds.ts'
import { topics } from '../../src/rules/papers/topics.ts'
import { branches, members } from '../branches/tables.ts'
import { gatherings } from '../gatherings/tables.ts'

/**
 * The committee's report to the members (支委会报告), and the secretary's upward (述职). A report to the members is delivered by the meeting
 * that heard it, one upward by the secretary's press.
 */
export const reports = sqliteTable(
  'reports',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    period: text().$type<Period>().notNull(),
    kind: text({ enum: ['toMembers', 'upward'] }).notNull(),
    /** The words of its parts, in their order. */
    words: text({ mode: 'json' }).$type<string[]>().notNull(),
    /** The general meeting that is to hear it. */
    gathering: text().references(() => gatherings.id),
    deliveredAt: integer({ mode: 'timestamp_ms' }),
    by: text()
      .notNull()
      .references(() => members.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [
    uniqueIndex('reports_once').on(it.branch, it.kind, it.period),
    index('reports_waiting').on(it.gathering).where(sql`gathering is not null and delivered_at is null`),
  ],
)

/** A short record (记一笔): one member writes what was done, and another one who knows confirms it. */
export const records = sqliteTable(
  'records',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    topic: text({ enum: topics }).notNull(),
    onDay: text().$type<Day>().notNull(),
    words: text().notNull(),
    by: text()
      .notNull()
      .references(() => members.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    /** The one who is asked; nobody else can confirm it. */
    asked: text()
      .notNull()
      .references(() => members.id),
    confirmedAt: integer({ mode: 'timestamp_ms' }),
    /** The one who was asked does not know of it. */
    declinedAt: integer({ mode: 'timestamp_ms' }),
    withdrawnAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [
    index('records_by_branch').on(it.branch, it.onDay),
    index('records_open').on(it.asked).where(sql`confirmed_at is null and declined_at is null and withdrawn_at is null`),
    check('records_two_hands', sql`by <> asked`),
    check('records_one_answer', sql`confirmed_at is null or declined_at is null`),
  ],
)

/**
 * Plans and summaries, written here or registered by where they lie; and the systems and standards in force. A plan or a summary counts
 * once it is adopted. The committee's press adopts it, or the meeting that held its item.
 */
export const papers = sqliteTable(
  'papers',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    kind: text({ enum: paperKinds }).notNull(),
    /** The year of a plan or a summary. */
    year: text().$type<Year>(),
    title: text().notNull(),
    /** Where it lies; empty for words that are written here. */
    place: text().notNull().default(''),
    words: text({ mode: 'json' }).$type<string[]>(),
    /** The day that a registered paper bears, or on which a system was last looked at. */
    onDay: text().$type<Day>(),
    /** The item of the meeting that is to adopt it. */
    gathering: text().references(() => gatherings.id),
    item: integer(),
    adoptedAt: integer({ mode: 'timestamp_ms' }),
    adoptedBy: text(),
    by: text()
      .notNull()
      .references(() => members.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    withdrawnAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [
    uniqueIndex('papers_of_year').on(it.branch, it.kind, it.year).where(sql`year is not null and withdrawn_at is null`),
    index('papers_by_branch').on(it.branch, it.kind),
    index('papers_waiting').on(it.gathering).where(sql`gathering is not null and adopted_at is null and withdrawn_at is null`),
    check('papers_year', sql`(kind in ('plan', 'summary')) = (year is not null)`),
    check('papers_somewhere', sql`words is not null or place <> ''`),
  ],
)
