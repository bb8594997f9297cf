import { addDays, type Day, day, daysBetween, time } from '../../calendar.ts'
import { workdayOnOrAfter, workdayOnOrBefore } from '../time/workdays.ts'

export type Nudge = 'middle' | 'last'

/** A vote that closes earlier than this has its last day before: a reminder that morning is useless. */
const EARLIEST_CLOSE = '12:00'

/** Reminds people who have not voted: half-way, and on the last working day. Never on the opening day, and never twice on a day. */
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
