import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Wrong } from '../../src/rules/roster/roster-file.ts'
import type { Planned } from '../../src/rules/roster/roster-plan.ts'
import type { Text } from '../../src/text.ts'
import { branches, groups, members, units } from '../branches/tables.ts'

export const decisions = ['added', 'connected', 'ignored', 'removed', 'away', 'kept'] as const

/** Somebody as an import will write them: new people have their ids already, so that whatever is done twice is done to the same rows. */
export type Draftee = Planned & { id: string }

/** What a list comes to, exactly as it was previewed. */
export interface Plan {
  people: Draftee[]
  wrong: Wrong[]
  notes: Text[]
}

export interface Tally {
  added: number
  changed: number
  same: number
  wrong: number
  /** Could not be written when it came to that. */
  failed: number
}

/** Whose list a person means to send: the branch in whose chat the template was last asked for. A file itself cannot say it. */
export const rosterAsks = sqliteTable('roster_asks', {
  openId: text().primaryKey(),
  branch: text()
    .notNull()
    .references(() => branches.id),
  at: integer({ mode: 'timestamp_ms' }).notNull(),
})

/** The one-time code by which the first administrator proves to have started the bot. Only its hash is kept. */
export const claimCodes = sqliteTable('claim_codes', {
  hash: text().primaryKey(),
  madeAt: integer({ mode: 'timestamp_ms' }).notNull(),
})

/** A list that was read and previewed, until somebody presses or a day has gone by. */
export const rosterDrafts = sqliteTable(
  'roster_drafts',
  {
    id: text().primaryKey(),
    /** The message that brought the file: read twice, it is previewed once. */
    file: text().notNull().unique(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    by: text()
      .notNull()
      .references(() => members.id),
    madeAt: integer({ mode: 'timestamp_ms' }).notNull(),
    tally: text({ mode: 'json' }).$type<Tally>().notNull(),
    /** Emptied when it has been applied, or forgotten. */
    rows: text({ mode: 'json' }).$type<Plan>(),
    importedAt: integer({ mode: 'timestamp_ms' }),
    importedBy: text(),
    /** So many of its people are written. */
    done: integer().notNull().default(0),
  },
  (it) => [index('roster_drafts_by_branch').on(it.branch)],
)

/**
 * Who came into a branch’s chat or left it: of each person and chat the last that the platform told, by its own time, so that copies and
 * swapped events come to the same. What of it is a proposal follows from the roster and is never stored; a decision is.
 */
export const rosterProposals = sqliteTable(
  'roster_proposals',
  {
    chat: text().notNull(),
    openId: text().notNull(),
    id: text().notNull().unique(),
    unit: text()
      .notNull()
      .references(() => units.id),
    branch: text()
      .notNull()
      .references(() => branches.id),
    /** Of a chat that is a group’s own. */
    group: text('group_id').references(() => groups.id),
    name: text(),
    what: text({ enum: ['joined', 'left'] }).notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    decidedAt: integer({ mode: 'timestamp_ms' }),
    decidedBy: text().references(() => members.id),
    decision: text({ enum: decisions }),
  },
  (it) => [primaryKey({ columns: [it.chat, it.openId] }), index('roster_proposals_by_branch').on(it.branch)],
)

/** Files that people sent and that are yet to be read: an event must be answered before a file can be fetched. The row goes when it is done. */
export const sentFiles = sqliteTable('sent_files', {
  messageId: text().primaryKey(),
  fileKey: text().notNull(),
  name: text().notNull(),
  /** Whose roster it would be; somebody of a committee may belong to none. */
  branch: text().references(() => branches.id),
  by: text()
    .notNull()
    .references(() => members.id),
  /** Where the preview is sent: the direct chat that the file came in. */
  chatId: text().notNull(),
  at: integer({ mode: 'timestamp_ms' }).notNull(),
  triedAt: integer({ mode: 'timestamp_ms' }),
  tries: integer().notNull().default(0),
})

/** Each change of a person's card, with how the person stood before and after: the last one can be undone for a day. */
export const personChanges = sqliteTable(
  'person_changes',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    member: text()
      .notNull()
      .references(() => members.id),
    deed: text().notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    by: text()
      .notNull()
      .references(() => members.id),
    before: text().notNull(),
    after: text(),
    undoneAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [index('person_changes_by_member').on(it.member, it.at), index('person_changes_by_branch').on(it.branch, it.at)],
)
