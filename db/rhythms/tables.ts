import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { type GatheringKind, gatheringKindNames } from '../../src/rules/gatherings/gatherings.ts'
import type { Rule } from '../../src/rules/rhythms/rhythms.ts'
import { branches, groups, members } from '../branches/tables.ts'

/** The rule by which a branch or group holds a kind of meeting again and again. A changed rule ends the row and begins another. */
export const rhythms = sqliteTable(
  'rhythms',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    group: text('group_id').references(() => groups.id),
    kind: text({ enum: gatheringKindNames }).$type<GatheringKind>().notNull(),
    place: text().notNull(),
    /** True where people enter a room code. */
    inRoom: integer({ mode: 'boolean' }).notNull(),
    rule: text({ mode: 'json' }).$type<Rule>().notNull(),
    /** Beijing's wall clock, `'15:00'`. */
    time: text().notNull(),
    setBy: text()
      .notNull()
      .references(() => members.id),
    setAt: integer({ mode: 'timestamp_ms' }).notNull(),
    endedBy: text(),
    endedAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [
    index('rhythms_by_branch').on(it.branch),
    uniqueIndex('rhythms_one_of_branch').on(it.branch, it.kind).where(sql`ended_at is null and group_id is null`),
    uniqueIndex('rhythms_one_of_group').on(it.branch, it.group, it.kind).where(sql`ended_at is null and group_id is not null`),
  ],
)

/** One time that was put before somebody to be confirmed: its moment, its period, and that person. */
export const rhythmDrafts = sqliteTable(
  'rhythm_drafts',
  {
    rhythm: text()
      .notNull()
      .references(() => rhythms.id),
    /** The day that the rule names, which no holiday moves. */
    on: text().notNull(),
    startsAt: integer({ mode: 'timestamp_ms' }).notNull(),
    from: integer('from_at', { mode: 'timestamp_ms' }).notNull(),
    until: integer('until_at', { mode: 'timestamp_ms' }).notNull(),
    preparedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    to: text('to_person').notNull(),
    /** The first draft of those on one card; null in rows prepared before cards bore several. */
    card: text(),
  },
  (it) => [
    primaryKey({ columns: [it.rhythm, it.on] }),
    index('rhythm_drafts_by_start').on(it.startsAt),
    index('rhythm_drafts_by_card').on(it.card),
  ],
)

export const rhythmAnswers = sqliteTable(
  'rhythm_answers',
  {
    rhythm: text()
      .notNull()
      .references(() => rhythms.id),
    on: text().notNull(),
    answer: text({ enum: ['called', 'skipped'] }).notNull(),
    gathering: text(),
    by: text().notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [primaryKey({ columns: [it.rhythm, it.on] })],
)
