import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Day, Period, Quarter } from '../../src/calendar.ts'
import type { PartId } from '../../src/rules/standards/standards.ts'
import { branches, members } from '../branches/tables.ts'

export const findingKinds = ['accident', 'false record'] as const

export const verdicts = ['points', 'not applicable', 'excused'] as const

/** The steps of a duty's ladder that a person has been told, so that no step is told twice. */
export const alerts = sqliteTable(
  'alerts',
  {
    branch: text()
      .notNull()
      .references(() => branches.id),
    /** The part; a space and the id follow where a group or an activist owes it. */
    part: text().notNull(),
    period: text().notNull(),
    step: integer().notNull(),
    person: text().notNull(),
    toldOn: text().notNull(),
  },
  (it) => [
    primaryKey({ columns: [it.branch, it.part, it.period, it.step, it.person] }),
    index('alerts_by_person').on(it.person),
    index('alerts_by_day').on(it.toldOn),
  ],
)

/** A branch's word on a duty that our own records do not prove: a date and a reference. The assessor confirms it, or says why not. */
export const attestations = sqliteTable(
  'attestations',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    part: text().$type<PartId>().notNull(),
    /** The activist or group that it concerns; empty for the branch. */
    subject: text().notNull(),
    period: text().$type<Period>().notNull(),
    on: text('on_day').$type<Day>().notNull(),
    reference: text().notNull(),
    /** There was nothing to do in the period: confirmed, the duty leaves the base. */
    saysNone: integer({ mode: 'boolean' }).notNull().default(false),
    by: text()
      .notNull()
      .references(() => members.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    confirmedBy: text().references(() => members.id),
    confirmedAt: integer({ mode: 'timestamp_ms' }),
    refusedBy: text().references(() => members.id),
    refusedAt: integer({ mode: 'timestamp_ms' }),
    refusedBecause: text(),
    withdrawnAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [
    index('attestations_by_branch').on(it.branch, it.period),
    // A form that is sent twice is kept once.
    uniqueIndex('attestations_once')
      .on(it.branch, it.part, it.subject, it.period, it.on)
      .where(sql`refused_at is null and withdrawn_at is null`),
  ],
)

/**
 * A person's decision on a duty. A branch decides on its own S items; the upper level on any, with a reason. Rows are added, never changed;
 * the last counts.
 */
export const judgements = sqliteTable(
  'judgements',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    part: text().$type<PartId>().notNull(),
    subject: text().notNull(),
    period: text().$type<Period>().notNull(),
    verdict: text({ enum: verdicts }).notNull(),
    /** The share of the duty's points, with the verdict `points`; 1000 is all of them. */
    permille: integer().notNull(),
    byUpper: integer({ mode: 'boolean' }).notNull(),
    reason: text().notNull(),
    by: text().notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [index('judgements_by_branch').on(it.branch, it.period)],
)

/** A finding caps or zeroes a quarter. An accident keeps the score below 90; a false record zeroes its standard and (30). */
export const findings = sqliteTable(
  'findings',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    quarter: text().$type<Quarter>().notNull(),
    kind: text({ enum: findingKinds }).notNull(),
    /** The standard of a false record. */
    standard: integer(),
    reason: text().notNull(),
    by: text().notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    withdrawnBy: text(),
    withdrawnAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [index('findings_by_branch').on(it.branch, it.quarter)],
)

/** The assessor lets a branch be without a committee until a day, with a reason. */
export const committeeExcuses = sqliteTable(
  'committee_excuses',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    reason: text().notNull(),
    until: text('until_day').$type<Day>().notNull(),
    by: text()
      .notNull()
      .references(() => members.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [index('committee_excuses_by_branch').on(it.branch)],
)

/** A person who wants to hear later: their digest comes again then, and not before. */
export const snoozes = sqliteTable('snoozes', {
  person: text().primaryKey(),
  until: integer({ mode: 'timestamp_ms' }).notNull(),
  at: integer({ mode: 'timestamp_ms' }).notNull(),
})

/** Parts of the standards of which a person wants no reminder: they stay under 我的, and out of the digest. */
export const mutes = sqliteTable(
  'mutes',
  { person: text().notNull(), kind: text().$type<PartId>().notNull(), at: integer({ mode: 'timestamp_ms' }).notNull() },
  (it) => [primaryKey({ columns: [it.person, it.kind] })],
)

/**
 * Evidence that paid a closed quarter's debt after the quarter was over. It stays that period's, whatever comes to light: the next
 * quarter needs its own.
 */
export const spentCredits = sqliteTable(
  'spent_credits',
  {
    branch: text()
      .notNull()
      .references(() => branches.id),
    part: text().$type<PartId>().notNull(),
    subject: text().notNull(),
    source: text('gathering').notNull(),
    period: text().$type<Period>().notNull(),
    /** The closed quarter. */
    quarter: text().$type<Quarter>().notNull(),
  },
  (it) => [primaryKey({ columns: [it.branch, it.part, it.subject, it.source] })],
)
