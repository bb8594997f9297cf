import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Day, Quarter } from '../../src/calendar.ts'
import type { WrongRow } from '../../src/rules/rulebook/file.ts'
import type { Opened } from '../../src/rules/rulebook/modules.ts'
import type { OwnRulebook } from '../../src/rules/rulebook/rulebook.ts'
import type { PartId } from '../../src/rules/standards/standards.ts'
import type { HolidayYear } from '../../src/rules/time/holidays.ts'
import type { Text } from '../../src/text.ts'
import { committees, units } from '../branches/tables.ts'

/** The outcome of a list of weights, cadences and switches, as it was previewed. It waits for a press, a day at most. */
export const rulebookDrafts = sqliteTable(
  'rulebook_drafts',
  {
    id: text().primaryKey(),
    /** The message that brought the file: a file that is read twice is previewed once. */
    file: text().notNull().unique(),
    committee: text()
      .notNull()
      .references(() => committees.id),
    by: text().notNull(),
    madeAt: integer({ mode: 'timestamp_ms' }).notNull(),
    /** The quarter with whose rules it was compared, and the last version at that time. */
    quarter: text().$type<Quarter>().notNull(),
    after: integer().notNull(),
    said: text({ mode: 'json' }).$type<OwnRulebook>().notNull(),
    changes: text({ mode: 'json' }).$type<{ part: PartId | Opened; what: Text }[]>().notNull(),
    wrong: text({ mode: 'json' }).$type<WrongRow[]>().notNull(),
    sum: integer().notNull(),
    savedAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [index('rulebook_drafts_by_time').on(it.madeAt)],
)

/** The committee whose rules a person means to send: the one whose list was handed out last. A file itself cannot say it. */
export const rulebookAsks = sqliteTable('rulebook_asks', {
  openId: text().primaryKey(),
  committee: text()
    .notNull()
    .references(() => committees.id),
  at: integer({ mode: 'timestamp_ms' }).notNull(),
})

/**
 * A year's holidays as the State Council published them, imported by an administrator. The years that came with the product need no row.
 */
export const holidayYears = sqliteTable('holiday_years', {
  year: integer().primaryKey(),
  off: text({ mode: 'json' }).$type<HolidayYear['off']>().notNull(),
  work: text({ mode: 'json' }).$type<Day[]>().notNull(),
  by: text().notNull(),
  at: integer({ mode: 'timestamp_ms' }).notNull(),
})

/** A notice that was read and shown, until somebody confirms it or a day has gone by. */
export const holidayDrafts = sqliteTable(
  'holiday_drafts',
  {
    id: text().primaryKey(),
    unit: text()
      .notNull()
      .references(() => units.id),
    year: integer().notNull(),
    off: text({ mode: 'json' }).$type<HolidayYear['off']>().notNull(),
    work: text({ mode: 'json' }).$type<Day[]>().notNull(),
    by: text().notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [index('holiday_drafts_by_time').on(it.at)],
)

/**
 * The rules of a committee, version by version, each from the first day of a quarter on. A figure that is left out is inherited from
 * above.
 */
export const rulebooks = sqliteTable(
  'rulebooks',
  {
    committee: text()
      .notNull()
      .references(() => committees.id),
    version: integer().notNull(),
    from: text('from_on').$type<Day>().notNull(),
    said: text({ mode: 'json' }).$type<OwnRulebook>().notNull(),
    by: text().notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [primaryKey({ columns: [it.committee, it.version] }), index('rulebooks_by_day').on(it.committee, it.from)],
)
