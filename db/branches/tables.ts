import { sql } from 'drizzle-orm'
import { type AnySQLiteColumn, check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { seatRoles } from '../../src/rules/branches/rights.ts'
import { leavingReasons } from '../../src/rules/roster/leaving.ts'

export const stages = ['applicant', 'activist', 'prospect', 'probationer', 'full'] as const

export const branchKinds = ['staff', 'student', 'enterprise', 'community', 'retired'] as const

/** A Feishu group chat, and the branch, group or committee to which it belongs. */
export const chats = sqliteTable(
  'chats',
  {
    chatId: text().primaryKey(),
    unit: text()
      .notNull()
      .references(() => units.id),
    branch: text().references(() => branches.id),
    group: text('group_id').references(() => groups.id),
    committee: text().references(() => committees.id),
    boundBy: text().notNull(),
    boundAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [
    index('chats_by_branch').on(it.branch),
    index('chats_by_committee').on(it.committee),
    index('chats_by_group').on(it.group),
    check('chats_one_owner', sql`(branch is not null) + (committee is not null) + (group_id is not null) = 1`),
  ],
)

/**
 * The newest event about the bot in each chat, by the platform's time. An older one, or a copy, changes nothing. A chat without a row has
 * told nothing yet.
 */
export const chatPresence = sqliteTable('chat_presence', {
  chatId: text().primaryKey(),
  isIn: integer({ mode: 'boolean' }).notNull(),
  at: integer({ mode: 'timestamp_ms' }).notNull(),
})

/** A person of the unit. A person without a branch works for a committee or administers; seats say what they may do. */
export const members = sqliteTable(
  'members',
  {
    id: text().primaryKey(),
    unit: text()
      .notNull()
      .references(() => units.id),
    branch: text().references(() => branches.id),
    group: text('group_id').references(() => groups.id),
    /** The person's id in this one app; null until they are matched to a Feishu user. */
    openId: text(),
    unionId: text(),
    name: text().notNull(),
    stage: text({ enum: stages }),
    appliedOn: text(),
    activistOn: text(),
    prospectOn: text(),
    probationerOn: text(),
    fullOn: text(),
    /** The relation is kept, the person is away (关系在、人不在): not reminded, absence is no fault, still an expected voter. */
    awaySince: text(),
    joinedOn: text().notNull(),
    leftOn: text(),
    leftReason: text({ enum: leavingReasons }),
    addedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [
    uniqueIndex('members_one_person').on(it.unit, it.openId).where(sql`left_on is null`),
    index('members_by_branch').on(it.branch),
    index('members_left').on(it.leftOn).where(sql`left_on is not null`),
  ],
)

/**
 * A seat held for one place: a branch, a committee, a group, or (all three null) the whole unit. Seats end and are never deleted. An index
 * over an expression, in the migration of constraints, lets nobody hold a seat twice.
 */
export const seats = sqliteTable(
  'seats',
  {
    id: text().primaryKey(),
    member: text()
      .notNull()
      .references(() => members.id),
    role: text({ enum: seatRoles }).notNull(),
    branch: text().references(() => branches.id),
    committee: text().references(() => committees.id),
    group: text('group_id').references(() => groups.id),
    from: integer('from_at', { mode: 'timestamp_ms' }).notNull(),
    until: integer('until_at', { mode: 'timestamp_ms' }),
  },
  (it) => [
    index('seats_by_member').on(it.member),
    index('seats_by_branch').on(it.branch),
    index('seats_by_committee').on(it.committee).where(sql`committee is not null`),
    index('seats_by_group').on(it.group).where(sql`group_id is not null`),
    check('seats_one_place', sql`(branch is not null) + (committee is not null) + (group_id is not null) <= 1`),
  ],
)

/** A Feishu tenant: one company or university. */
export const units = sqliteTable('units', {
  id: text().primaryKey(),
  tenantKey: text().notNull().unique(),
  name: text().notNull(),
  /** The language of charts, files and plain texts, which cannot carry both. */
  language: text({ enum: ['zh', 'en'] })
    .notNull()
    .default('zh'),
})

/** Committees form a tree: a group's committee, its sub-committees, their branches. */
export const committees = sqliteTable(
  'committees',
  {
    id: text().primaryKey(),
    unit: text()
      .notNull()
      .references(() => units.id),
    parent: text().references((): AnySQLiteColumn => committees.id),
    name: text().notNull(),
  },
  (it) => [index('committees_by_parent').on(it.parent), check('committees_not_own_parent', sql`${it.parent} is not ${it.id}`)],
)

export const branches = sqliteTable(
  'branches',
  {
    id: text().primaryKey(),
    unit: text()
      .notNull()
      .references(() => units.id),
    committee: text()
      .notNull()
      .references(() => committees.id),
    name: text().notNull(),
    kind: text({ enum: branchKinds }).notNull().default('staff'),
    /** Duties are asked for from the first period that begins on or after this day. */
    since: text().notNull(),
    termStartedOn: text(),
    termYears: integer().notNull().default(3),
    contactPoint: text(),
  },
  (it) => [index('branches_by_committee').on(it.committee), index('branches_by_unit').on(it.unit)],
)

export const groups = sqliteTable(
  'groups',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    name: text().notNull(),
    /** The day of dissolution; the group's former meetings stay. */
    endedOn: text(),
  },
  (it) => [index('groups_by_branch').on(it.branch)],
)
