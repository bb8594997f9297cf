import { addDays, type Day, day, daysBetween, time } from '../../calendar.ts'
import { workdayOnOrAfter, workdayOnOrBefore } from '../time/workdays.ts'

export type Nudge = 'middle' | 'last'

/** A day on which nobody could still act on a reminder of the morning is not a last day. */
const EARLIEST_CLOSE = '12:00'

/**
 * On which days those who have not voted are reminded: in the middle, and on the last working day. Never on the day it was opened, and never
 * twice on a day.
 */
export function nudgeDays(openedAt: Date, closesAt: Date): Partial<Record<Nudge, Day>> {
  const opened = day(openedAt)
  const closes = day(closesAt)
  const last = workdayOnOrBefore(time(closesAt) < EARLIEST_CLOSE ? addDays(closes, -1) : closes)
  const middle = workdayOnOrAfter(addDays(opened, Math.ceil(daysBetween(opened, closes) / 2)))
  return {
    ...(middle > opened && middle < last ? { middle } : {}),
    ...(last > opened ? { last } : {}),
  }
}
