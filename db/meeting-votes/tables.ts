import { type AnySQLiteColumn, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Nominee, TallySheet } from '../../src/rules/meeting-votes/elections.ts'
import { matters } from '../../src/rules/meeting-votes/resolutions.ts'
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
  },
  (it) => [index('elections_by_gathering').on(it.gathering), index('elections_by_ballot').on(it.ballot)],
)

/** A resolution of a meeting: by card, or by a show of hands that the host enters. */
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
  },
  (it) => [index('resolutions_by_gathering').on(it.gathering), index('resolutions_by_ballot').on(it.ballot)],
)
