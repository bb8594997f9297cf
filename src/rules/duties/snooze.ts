import { addDays, addMinutes, type Day, day, moment, weekday } from '../../calendar.ts'
import { courteousFrom, spread } from '../time/courtesy.ts'
import { nextWorkday, workdayOnOrAfter } from '../time/workdays.ts'

export const snoozes = ['hour', 'tomorrow', 'monday'] as const
export type Snooze = (typeof snoozes)[number]

const AT = '09:00'

/**
 * Returns the moment of the repeated reminder, never at an unwelcome time. It comes after an hour, on the next working day, or on
 * the first from next Monday on. A day's reminders come with that morning's others.
 */
export function snoozedUntil(snooze: Snooze, now: Date, by: string): Date {
  if (snooze === 'hour') return courteousFrom(addMinutes(now, 60))
  return spread(moment(snooze === 'tomorrow' ? nextWorkday(day(now)) : workdayOnOrAfter(nextMonday(day(now))), AT), by)
}

const nextMonday = (today: Day): Day => addDays(today, (8 - weekday(today)) % 7 || 7)
