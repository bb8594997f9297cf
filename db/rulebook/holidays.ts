import { sql } from 'drizzle-orm'
import { DAY_MS, type Day } from '../../src/calendar.ts'
import { type HolidayYear, learn } from '../../src/rules/time/holidays.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, lookUp, prepared, statementOf, together } from '../client.ts'
import { record } from '../ledgers/audit.ts'
import { holidayDrafts, holidayYears } from './tables.ts'

export type HolidayDraft = typeof holidayDrafts.$inferSelect

export const holidaysImported = prepared<
  { year: number; off: HolidayYear['off']; work: Day[]; by: string; at: Date }[],
  Record<string, never>
>((db) => db.select().from(holidayYears).orderBy(holidayYears.year))

/** Makes the imported years known to everybody who asks for working days. */
export async function learnHolidays(db: Db): Promise<void> {
  const [years] = await lookUp(db, [holidaysImported(db, {})])
  learn(years)
}

export const holidayDraft = (db: Db, draft: string) =>
  statementOf(db.select().from(holidayDrafts).where(sql`${holidayDrafts.id} = ${draft}`))

export const keepHolidayDraft = (db: Db, draft: HolidayDraft) => db.insert(holidayDrafts).values(draft)

export const isStale = ({ at }: HolidayDraft, now: Date) => now.getTime() - at.getTime() > DAY_MS

export const forgetHolidayDrafts = (db: Db, now: Date) =>
  db.delete(holidayDrafts).where(sql`${holidayDrafts.at} < ${now.getTime() - DAY_MS}`)

/** The year is as published from now on: reminders move, legal due days do not. A second import replaces the first. */
export async function importHolidays(db: Db, { id, year, off, work }: HolidayDraft, actor: Actor, now: Date) {
  const row = { off, work, by: actor.id, at: now }
  const [, , , years] = await together(db, [
    statementOf(
      db
        .insert(holidayYears)
        .values({ year, ...row })
        .onConflictDoUpdate({ target: holidayYears.year, set: row }),
    ),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'holidays.import', subject: String(year) }),
    statementOf(db.delete(holidayDrafts).where(sql`${holidayDrafts.id} = ${id}`)),
    holidaysImported(db, {}),
  ])
  learn(years)
}
