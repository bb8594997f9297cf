import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { exclusionReasons, exclusionScopes } from '../../src/rules/voters/exclusions.ts'
import { suspensionKinds } from '../../src/rules/voters/suspensions.ts'
import { branches, members } from '../branches/tables.ts'
import { gatherings } from '../gatherings/tables.ts'

/**
 * A member is left out of the base of elections or admissions (不计入应到). The branch asks for it, and the assessor's word puts it in
 * force for meetings called after it. Rows end and are never deleted, so that an old meeting's base can be reckoned again.
 */
export const exclusions = sqliteTable(
  'exclusions',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    member: text()
      .notNull()
      .references(() => members.id),
    scope: text({ enum: exclusionScopes }).notNull(),
    reason: text({ enum: exclusionReasons }).notNull(),
    fromOn: text().notNull(),
    /** The last day; null while no end is known. */
    untilOn: text(),
    requestedBy: text()
      .notNull()
      .references(() => members.id),
    requestedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    confirmedBy: text().references(() => members.id),
    confirmedAt: integer({ mode: 'timestamp_ms' }),
    refusedBy: text().references(() => members.id),
    refusedAt: integer({ mode: 'timestamp_ms' }),
    endedBy: text().references(() => members.id),
    endedAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [
    index('exclusions_by_member').on(it.member, it.scope),
    index('exclusions_by_branch').on(it.branch),
    uniqueIndex('exclusions_open_once').on(it.member, it.scope).where(sql`refused_at is null and ended_at is null`),
  ],
)

/** A meeting adopted an exclusion at its start. It is noted for the minutes and is no condition of the exclusion. */
export const adoptions = sqliteTable(
  'adoptions',
  {
    gathering: text()
      .notNull()
      .references(() => gatherings.id),
    exclusion: text()
      .notNull()
      .references(() => exclusions.id),
    by: text()
      .notNull()
      .references(() => members.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [primaryKey({ columns: [it.gathering, it.exclusion] })],
)

/** A full member without a vote for a time (中止表决权), as the assessor entered it. The member attends as before. */
export const suspensions = sqliteTable(
  'suspensions',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    member: text()
      .notNull()
      .references(() => members.id),
    kind: text({ enum: suspensionKinds }).notNull(),
    fromOn: text().notNull(),
    /** The last day; null while no end is known. */
    untilOn: text(),
    enteredBy: text()
      .notNull()
      .references(() => members.id),
    enteredAt: integer({ mode: 'timestamp_ms' }).notNull(),
    endedBy: text().references(() => members.id),
    endedAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [index('suspensions_by_member').on(it.member), index('suspensions_by_branch').on(it.branch)],
)
