import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, unique, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Day, Half, Quarter, Year } from '../../src/calendar.ts'
import { branches, committees, members } from '../branches/tables.ts'
import { tasks } from '../work/tables.ts'

/** A member's pledge of a year (承诺), 1 to 5 points. The newest accepted version is in force; the older ones stay. */
export const pledges = sqliteTable(
  'pledges',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    member: text()
      .notNull()
      .references(() => members.id),
    year: text().$type<Year>().notNull(),
    version: integer().notNull(),
    submittedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    /** The member, or whoever typed the paper sheet of somebody without a phone. */
    enteredBy: text()
      .notNull()
      .references(() => members.id),
    reviewedAt: integer({ mode: 'timestamp_ms' }),
    reviewedBy: text().references(() => members.id),
    /** Null in a reviewed pledge that was accepted. */
    returnedBecause: text(),
    /** A newer version, or the member, took its place before it was reviewed. */
    replacedAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [
    unique('pledges_in_order').on(it.member, it.year, it.version),
    index('pledges_by_branch').on(it.branch, it.year),
    uniqueIndex('pledges_one_waits').on(it.member, it.year).where(sql`reviewed_at is null and replaced_at is null`),
    check('pledges_four_eyes', sql`reviewed_by is null or reviewed_by <> member`),
    check('pledges_returned_when_reviewed', sql`returned_because is null or reviewed_at is not null`),
  ],
)

/** A point of a pledge, and what the member says became of it. */
export const pledgePoints = sqliteTable(
  'pledge_points',
  {
    pledge: text()
      .notNull()
      .references(() => pledges.id),
    nth: integer().notNull(),
    words: text().notNull(),
    isKept: integer({ mode: 'boolean' }),
    /** The sentence that says why it was not kept. */
    because: text(),
    saidAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [primaryKey({ columns: [it.pledge, it.nth] })],
)

/** The unit's text of the officers' integrity pledge (廉政承诺) of a year. */
export const integrityTexts = sqliteTable(
  'integrity_texts',
  {
    committee: text()
      .notNull()
      .references(() => committees.id),
    year: text().$type<Year>().notNull(),
    words: text().notNull(),
    by: text()
      .notNull()
      .references(() => members.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [primaryKey({ columns: [it.committee, it.year] })],
)

export const integrityPledges = sqliteTable(
  'integrity_pledges',
  {
    member: text()
      .notNull()
      .references(() => members.id),
    year: text().$type<Year>().notNull(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    /** The words that were pledged, as they were then. */
    words: text().notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [primaryKey({ columns: [it.member, it.year] }), index('integrity_pledges_by_branch').on(it.branch, it.year)],
)

/** The half-year's check of the officers' pledges. A row closes it. */
export const integrityChecks = sqliteTable(
  'integrity_checks',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    half: text().$type<Half>().notNull(),
    by: text()
      .notNull()
      .references(() => members.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    closedAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [unique('integrity_checks_once').on(it.branch, it.half)],
)

/** The finding of the check about an officer. A problem's words are sealed; its task puts it right. */
export const integrityFindings = sqliteTable(
  'integrity_findings',
  {
    id: text().primaryKey(),
    check: text('check_id')
      .notNull()
      .references(() => integrityChecks.id),
    member: text()
      .notNull()
      .references(() => members.id),
    isPassed: integer({ mode: 'boolean' }).notNull(),
    sealed: text(),
    kid: text(),
    version: integer(),
    task: text().references(() => tasks.id),
    by: text()
      .notNull()
      .references(() => members.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [
    unique('integrity_findings_once').on(it.check, it.member),
    index('integrity_findings_by_key').on(it.kid),
    check('integrity_findings_of_another', sql`"by" <> member`),
    check('integrity_findings_sealed', sql`is_passed = 1 or sealed is not null`),
  ],
)

/** A person's consent to be shown, and where. A change ends one row and begins another, which proves the consent. */
export const showings = sqliteTable(
  'showings',
  {
    id: text().primaryKey(),
    member: text()
      .notNull()
      .references(() => members.id),
    scope: text({ enum: ['branch', 'unit', 'public'] }).notNull(),
    since: integer({ mode: 'timestamp_ms' }).notNull(),
    until: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [uniqueIndex('showings_one_runs').on(it.member).where(sql`"until" is null`)],
)

/** A duty area (党员责任区) with its people and its quarterly checks. */
export const areas = sqliteTable(
  'areas',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    name: text().notNull(),
    place: text().notNull(),
    by: text()
      .notNull()
      .references(() => members.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    endedAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [uniqueIndex('areas_once').on(it.branch, it.name).where(sql`ended_at is null`)],
)

export const areaMembers = sqliteTable(
  'area_members',
  {
    area: text()
      .notNull()
      .references(() => areas.id),
    member: text()
      .notNull()
      .references(() => members.id),
    fromOn: text().$type<Day>().notNull(),
    untilOn: text().$type<Day>(),
  },
  (it) => [primaryKey({ columns: [it.area, it.member, it.fromOn] }), index('area_members_by_member').on(it.member)],
)

export const areaChecks = sqliteTable(
  'area_checks',
  {
    branch: text()
      .notNull()
      .references(() => branches.id),
    quarter: text().$type<Quarter>().notNull(),
    by: text()
      .notNull()
      .references(() => members.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    note: text(),
  },
  (it) => [primaryKey({ columns: [it.branch, it.quarter] })],
)

/** A slogan or notice that the board shows from a day until a day, once another hand approved it. */
export const screenLines = sqliteTable(
  'screen_lines',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    words: text().notNull(),
    fromOn: text().$type<Day>().notNull(),
    untilOn: text().$type<Day>().notNull(),
    by: text()
      .notNull()
      .references(() => members.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    approvedBy: text().references(() => members.id),
    approvedAt: integer({ mode: 'timestamp_ms' }),
    pulledAt: integer({ mode: 'timestamp_ms' }),
    pulledBy: text().references(() => members.id),
  },
  (it) => [
    index('screen_lines_by_branch').on(it.branch, it.untilOn),
    check('screen_lines_four_eyes', sql`approved_by is null or approved_by <> "by"`),
    check('screen_lines_in_order', sql`until_on >= from_on`),
  ],
)
