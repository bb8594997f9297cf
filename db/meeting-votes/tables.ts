import { type AnySQLiteColumn, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Nominee, TallySheet } from '../../src/rules/meeting-votes/elections.ts'
import { type Hands, matters } from '../../src/rules/meeting-votes/resolutions.ts'
import type { PaperSheet } from '../../src/rules/meeting-votes/tally-sheet.ts'
import type { Stander } from '../../src/rules/meeting-votes/write-ins.ts'
import { ballots } from '../ballots/tables.ts'
import { branches, members } from '../branches/tables.ts'
import { gatherings } from '../gatherings/tables.ts'

/** An election in a meeting: the bot is its clerk. A tie is voted again, as a round after this one. */
export const elections = sqliteTable(
  'elections',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    gathering: text()
      .notNull()
      .references(() => gatherings.id),
    title: text().notNull(),
    after: text().references((): AnySQLiteColumn => elections.id),
    seats: integer().notNull(),
    nominees: text({ mode: 'json' }).$type<Nominee[]>().notNull(),
    scrutineers: text({ mode: 'json' }).$type<Nominee[]>().notNull(),
    tellers: text({ mode: 'json' }).$type<Nominee[]>().notNull(),
    expectedVoters: integer().notNull(),
    presentVoters: integer().notNull(),
    openedBy: text()
      .notNull()
      .references(() => members.id),
    openedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    /** Voted by card, where the rulebook says so. */
    ballot: text().references(() => ballots.id),
    sheet: text({ mode: 'json' }).$type<TallySheet>(),
    sheetBy: text().references(() => members.id),
    sheetAt: integer({ mode: 'timestamp_ms' }),
    /** The people of the branch at the opening, to whom written-in names are matched; null in older elections. */
    standers: text({ mode: 'json' }).$type<Stander[]>(),
  },
  (it) => [
    index('elections_by_branch').on(it.branch),
    index('elections_by_gathering').on(it.gathering),
    index('elections_by_ballot').on(it.ballot),
  ],
)

/** How a resolution is voted on. */
export const manners = ['card', 'hands', 'paper'] as const

/**
 * A resolution of a meeting: by card, by a show of hands that the host enters, or on paper. Without a manner the vote is not open
 * yet: written views are handed in for it.
 */
export const resolutions = sqliteTable(
  'resolutions',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    gathering: text()
      .notNull()
      .references(() => gatherings.id),
    words: text().notNull(),
    matter: text({ enum: matters }).notNull(),
    manner: text({ enum: manners }),
    /** The sums of the written views; nothing says which view is whose. */
    views: text({ mode: 'json' }).$type<Hands>(),
    expectedVoters: integer().notNull(),
    presentVoters: integer().notNull(),
    /** The ballot of a vote by card; the counts are the ballot's. */
    ballot: text().references(() => ballots.id),
    /** The counts of a show of hands. */
    approvals: integer(),
    against: integer(),
    abstained: integer(),
    by: text()
      .notNull()
      .references(() => members.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    /** The count on paper: it is a result once a scrutineer other than the host has confirmed it. */
    paper: text({ mode: 'json' }).$type<PaperSheet>(),
    paperAt: integer({ mode: 'timestamp_ms' }),
    scrutineer: text().references(() => members.id),
    confirmedAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [index('resolutions_by_gathering').on(it.gathering), index('resolutions_by_ballot').on(it.ballot)],
)

/** An absent voter whose written view was handed in. The sums of all views stand on the resolution, so nothing says which one is theirs. */
export const writtenViews = sqliteTable(
  'written_views',
  {
    resolution: text()
      .notNull()
      .references(() => resolutions.id),
    member: text()
      .notNull()
      .references(() => members.id),
    by: text()
      .notNull()
      .references(() => members.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    /** The member said that the view is not theirs, or takes it back. */
    objectedAt: integer({ mode: 'timestamp_ms' }),
    /** The vote opened without the view: its member had objected, or had come. */
    struckAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [primaryKey({ columns: [it.resolution, it.member] })],
)
