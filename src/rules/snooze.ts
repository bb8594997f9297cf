import { addDays, addMinutes, type Day, day, moment, weekday } from '../calendar.ts'
import { nextWorkday, workdayOnOrAfter } from './workdays.ts'

export const snoozes = ['hour', 'tomorrow', 'monday'] as const
export type Snooze = (typeof snoozes)[number]

const AT = '09:00'

/** When somebody who wants to hear of it later hears of it: in an hour, on the next working day, or on next Monday's first working day. */
export function snoozedUntil(snooze: Snooze, now: Date): Date {
  if (snooze === 'hour') return addMinutes(now, 60)
  return moment(snooze === 'tomorrow' ? nextWorkday(day(now)) : workdayOnOrAfter(nextMonday(day(now))), AT)
}

const nextMonday = (today: Day): Day => addDays(today, (8 - weekday(today)) % 7 || 7)
