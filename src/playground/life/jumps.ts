import { addDays, addMonths, type Day, day, firstDay, lastDay, moment, month, periodEnd, quarter } from '../../calendar.ts'
import { firstWorkdayOf, lastWorkdayOf, nextWorkday } from '../../rules/time/workdays.ts'

/** The times a visitor can jump to. Each is later than `now`, and after the morning's jobs where there are any. */
export function jumpsFrom(now: Date) {
  const today = day(now)
  return {
    hour: new Date(now.getTime() + 3_600_000),
    workday: morning(nextWorkday(today)),
    deadline: deadlineAfter(now),
    month: morning(firstWorkdayOf(addMonths(month(now), 1))),
    quarter: morning(firstWorkdayOf(quarter(periodEnd(quarter(now))))),
    year: morning(firstWorkdayOf(`${Number(today.slice(0, 4)) + 1}-01`)),
  }
}

export type Jump = keyof ReturnType<typeof jumpsFrom>

/** Ten o'clock: the digests of nine have gone out, and a new quarter's scores. */
const morning = (on: Day): Date => moment(on, '10:00')

/** Every duty is due by month or quarter: a month's last working day is the next deadline. */
function deadlineAfter(now: Date): Date {
  const here = morning(lastWorkdayOf(month(now)))
  return here > now ? here : morning(lastWorkdayOf(addMonths(month(now), 1)))
}

export interface DayShown {
  on: Day
  kind: string
}

/** Returns the month around a day in whole weeks, Monday first. */
export function weeksAround(now: Date, kindOf: (on: Day) => string): DayShown[] {
  const first = firstDay(month(now))
  const weekday = new Date(`${first}T00:00:00Z`).getUTCDay()
  const from = addDays(first, -((weekday + 6) % 7))
  const days: DayShown[] = []
  for (let on = from; on <= lastDay(month(now)) || days.length % 7 !== 0; on = addDays(on, 1)) days.push({ on, kind: kindOf(on) })
  return days
}
