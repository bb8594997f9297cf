import { type Db, together } from '../../db/client.ts'
import { addDays, addQuarters, type Day, day, moment, quarter } from '../calendar.ts'
import { tick } from '../clock/schedule.ts'
import { firstWorkdayOf } from '../rules/time/workdays.ts'

/** Where nobody hurries, an assessment opens on its first day, is published by the clock, and closes after the appeals. */
const DAYS_TO_OPEN_PUBLISH_AND_CLOSE = [0, 48, 70]

/** Lets the product’s own clock assess the quarters that lie wholly in a year of made facts. */
export async function liveThrough(db: Db, since: Day, until: Date, log: (event: Record<string, unknown>) => void): Promise<void> {
  const after = Array.from({ length: 4 }, (_, nth) => firstWorkdayOf(addQuarters(quarter(moment(since)), nth + 2)))
  const days = after.flatMap((first) => DAYS_TO_OPEN_PUBLISH_AND_CLOSE.map((later) => addDays(first, later)))
  const evenings = [...days, addDays(day(until), -1)].sort().map((on) => moment(on, '22:00'))
  for (const at of evenings.filter((evening) => evening < until)) await tick(db, at, log)
  // The messages of that year count as said.
  await together(db, [{ sql: 'delete from outbox', args: [], map: () => undefined }])
}
