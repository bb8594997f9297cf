import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Wrong } from '../../src/rules/roster/roster-file.ts'
import type { Planned } from '../../src/rules/roster/roster-plan.ts'
import type { Text } from '../../src/text.ts'
import { branches, groups, members, units } from '../branches/tables.ts'

export const decisions = ['added', 'connected', 'ignored', 'removed', 'away', 'kept'] as const

/** A person as an import will write them. New people have their ids already, so a repeated import writes the same rows. */
export type Draftee = Planned & { id: string }

/** The outcome of a list, exactly as it was previewed. */
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
  /** The number of people who could not be written. */
  failed: number
  /** Further lists of the same file, which can be read as well. */
  more?: { fileKey: string; sheets: OtherSheet[] }
}

/** Another sheet that is a list, by its place in the file. */
export interface OtherSheet {
  at: number
  name: string
  people: number
}

/** The branch whose list a person means to send: the one in whose chat the template was last asked for. A file itself cannot say it. */
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
    /** The message that brought the file: a file that is read twice is previewed once. */
    file: text().notNull().unique(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    by: text()
      .notNull()
      .references(() => members.id),
    madeAt: integer({ mode: 'timestamp_ms' }).notNull(),
    tally: text({ mode: 'json' }).$type<Tally>().notNull(),
    /** Emptied when the list is written, or forgotten. */
    rows: text({ mode: 'json' }).$type<Plan>(),
    importedAt: integer({ mode: 'timestamp_ms' }),
    importedBy: text(),
    /** The number of people written so far. */
    done: integer().notNull().default(0),
  },
  (it) => [index('roster_drafts_by_branch').on(it.branch)],
)

/**
 * A person who came into a branch’s chat or left it. The row holds the last event for each person and chat by the platform's time. Copies
 * and swapped events change nothing. The proposal follows from the roster and is never stored; a decision is.
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
    /** The group to which the chat belongs. */
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

/**
 * Files that people sent and that wait to be read. An event must be answered before a file can be fetched. The row goes when it is done.
 */
export const sentFiles = sqliteTable('sent_files', {
  messageId: text().primaryKey(),
  fileKey: text().notNull(),
  /** The file's name; behind a tab, the place of the sheet that is asked for. */
  name: text().notNull(),
  /** The branch whose roster it would be; null for a committee's person without a branch. */
  branch: text().references(() => branches.id),
  by: text()
    .notNull()
    .references(() => members.id),
  /** The direct chat in which the file came; the preview goes there. */
  chatId: text().notNull(),
  at: integer({ mode: 'timestamp_ms' }).notNull(),
  triedAt: integer({ mode: 'timestamp_ms' }),
  tries: integer().notNull().default(0),
})

/** Each change on a person's card, with the person before and after. The last one can be undone for a day. */
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
