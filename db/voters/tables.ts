import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { exclusionReasons, exclusionScopes } from '../../src/rules/voters/exclusions.ts'
import { suspensionKinds } from '../../src/rules/voters/suspensions.ts'
import { branches, members } from '../branches/tables.ts'
import { gatherings } from '../gatherings/tables.ts'

const moment = () => integer({ mode: 'timestamp_ms' })
const person = () => text().references(() => members.id)

/** The member of a branch whom a row concerns. Rows end and are never deleted: an old meeting's base can be reckoned again. */
const ofMember = () => ({
  id: text().primaryKey(),
  branch: text()
    .notNull()
    .references(() => branches.id),
  member: person().notNull(),
})

const forTime = () => ({
  fromOn: text().notNull(),
  /** The last day; null while no end is known. */
  untilOn: text(),
})

const ended = () => ({ endedBy: person(), endedAt: moment() })

/**
 * A member is left out of the base of elections or admissions (不计入应到). The branch asks for it, and the assessor's word puts it in
 * force for meetings called after it.
 */
export const exclusions = sqliteTable(
  'exclusions',
  {
    ...ofMember(),
    scope: text({ enum: exclusionScopes }).notNull(),
    reason: text({ enum: exclusionReasons }).notNull(),
    ...forTime(),
    requestedBy: person().notNull(),
    requestedAt: moment().notNull(),
    confirmedBy: person(),
    confirmedAt: moment(),
    refusedBy: person(),
    refusedAt: moment(),
    ...ended(),
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
    by: person().notNull(),
    at: moment().notNull(),
  },
  (it) => [primaryKey({ columns: [it.gathering, it.exclusion] })],
)

/** A full member without a vote for a time (中止表决权), as the assessor entered it. The member attends as before. */
export const suspensions = sqliteTable(
  'suspensions',
  {
    ...ofMember(),
    kind: text({ enum: suspensionKinds }).notNull(),
    ...forTime(),
    enteredBy: person().notNull(),
    enteredAt: moment().notNull(),
    ...ended(),
  },
  (it) => [index('suspensions_by_member').on(it.member), index('suspensions_by_branch').on(it.branch)],
)
