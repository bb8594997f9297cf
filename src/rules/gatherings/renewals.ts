import { DAY_MS, day, moment, time } from '../../calendar.ts'
import { nextWorkday } from '../time/workdays.ts'

/** A card answers and can be brought up to date for fourteen days; on the twelfth it is sent again. */
const RENEWED_AFTER_DAYS = 12
/** Not later than this, whatever holidays lie between. */
const LATEST_DAYS = 13.5

/** What was posted up to this moment is sent again now, on a working day: it is old, or it would be too old on the next one. */
export function renewedBefore(now: Date): Date {
  const next = moment(nextWorkday(day(now)), time(now))
  return new Date(Math.max(now.getTime() - RENEWED_AFTER_DAYS * DAY_MS, next.getTime() - LATEST_DAYS * DAY_MS))
}
