import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { matters } from '../src/rules/resolutions.ts'
import { ballots } from './ballots.ts'
import { gatherings } from './gatherings.ts'
import { members } from './members.ts'
import { branches } from './units.ts'

/** What a meeting resolved: by card, or by a show of hands that the host enters. */
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
    /** By card; its counts are the ballot's. */
    ballot: text().references(() => ballots.id),
    /** By a show of hands. */
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
