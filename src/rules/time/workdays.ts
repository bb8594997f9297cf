import { addDays, type Day, firstDay, lastDay, type Month, type Period, periodMonths, weekday } from '../../calendar.ts'
import { type HolidayTable, holidayTable } from './holidays.ts'

type DayKind = 'workday' | 'weekend' | 'holiday' | 'makeup'

export function dayKind(day: Day, table: HolidayTable = holidayTable): DayKind {
  const published = daysOf(table).get(day)
  if (published) return published
  if (!table[yearOf(day)] && lawfulHolidays.has(day.slice(5))) return 'holiday'
  return weekday(day) % 6 === 0 ? 'weekend' : 'workday'
}

/** Computing whole years asks thousands of times, so each published day is looked up at once. */
const known = new WeakMap<HolidayTable, ReadonlyMap<Day, DayKind>>()

function daysOf(table: HolidayTable): ReadonlyMap<Day, DayKind> {
  const kept = known.get(table)
  if (kept) return kept
  const days = new Map<Day, DayKind>()
  for (const { off, work } of Object.values(table)) {
    for (const { from, to } of off) for (let on = from; on <= to; on = addDays(on, 1)) days.set(on, 'holiday')
    for (const on of work) days.set(on, 'makeup')
  }
  known.set(table, days)
  return days
}

/**
 * The law makes these days off whatever the year's notice says (全国年节及纪念日放假办法, 2024). The others follow the moon or are swapped with
 * weekends.
 */
export const lawfulHolidays: ReadonlySet<string> = new Set(['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'])

export function isWorkday(day: Day, table = holidayTable): boolean {
  const kind = dayKind(day, table)
  return kind === 'workday' || kind === 'makeup'
}

/** The year is not published yet: results that use this day may still move. */
export const isProvisional = (day: Day, table = holidayTable): boolean => table[yearOf(day)] === undefined

export const workdayOnOrAfter = (day: Day, table = holidayTable): Day => seek(day, 1, table)
export const workdayOnOrBefore = (day: Day, table = holidayTable): Day => seek(day, -1, table)
export const nextWorkday = (day: Day, table = holidayTable): Day => seek(addDays(day, 1), 1, table)

/** From a day off, +1 is the first working day after it and -1 the last before it. 0 is the day itself, working or not. */
export function addWorkdays(day: Day, workdays: number, table = holidayTable): Day {
  const step = workdays < 0 ? -1 : 1
  let on = day
  for (let left = Math.abs(workdays); left > 0; left--) on = seek(addDays(on, step), step, table)
  return on
}

/**
 * Counts working days from `from` to `to`: 7, 3, 1 before a deadline and 0 on it. The first working day after it is -1. A day off counts
 * as the working day before it, for a deadline too.
 */
export function workdaysBetween(from: Day, to: Day, table = holidayTable): number {
  if (to < from) return -workdaysBetween(to, from, table) || 0
  let count = ofItsYear(to, table) - ofItsYear(from, table)
  for (let year = yearOf(from); year < yearOf(to); year++) count += ofItsYear(`${year}-12-31`, table)
  return count
}

/** A digest asks this for every duty of hundreds of branches, so each year is counted once. */
const counted = new WeakMap<HolidayTable, Map<Day, number>>()

/** The working days from the year's first day to this one. */
function ofItsYear(day: Day, table: HolidayTable): number {
  const counts = counted.get(table) ?? new Map<Day, number>()
  counted.set(table, counts)
  if (!counts.has(day)) {
    let count = 0
    for (let on = firstDay(`${day.slice(0, 4)}-01`); yearOf(on) === yearOf(day); on = addDays(on, 1))
      counts.set(on, isWorkday(on, table) ? ++count : count)
  }
  return counts.get(day) ?? 0
}

export const firstWorkdayOf = (period: Period, table = holidayTable): Day => workdayOnOrAfter(firstDay(monthOf(period, 0)), table)
export const lastWorkdayOf = (period: Period, table = holidayTable): Day => workdayOnOrBefore(lastDay(monthOf(period, -1)), table)

function seek(day: Day, step: 1 | -1, table: HolidayTable): Day {
  let on = day
  while (!isWorkday(on, table)) on = addDays(on, step)
  return on
}

const yearOf = (day: Day) => Number(day.slice(0, 4))
const monthOf = (period: Period, index: number) => periodMonths(period).at(index) as Month
