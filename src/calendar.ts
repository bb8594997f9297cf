/**
 * There is one clock: China Standard Time, +08:00, without daylight saving since 1991.
 * A moment is a `Date`. A day is `'2026-10-08'`, a month `'2026-10'`, a quarter `'2026Q4'`: strings that sort by time.
 */
export type Day = string
export type Month = string
export type Quarter = string

const HOUR = 3_600_000
export const DAY_MS = 24 * HOUR
const OFFSET = 8 * HOUR

const two = (n: number) => String(n).padStart(2, '0')

const MOST_REMEMBERED = 5_000

/** Reckoning duties asks for the same few hundred days all the time, and parsing them anew took half of it. */
function remembered<K, V>(reckon: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>()
  return (key) => {
    const found = known.get(key)
    if (found !== undefined) return found
    if (known.size >= MOST_REMEMBERED) known.clear()
    const reckoned = reckon(key)
    known.set(key, reckoned)
    return reckoned
  }
}

/** Days are counted from 1 January 1970. */
const countOf = remembered((on: Day): number => Date.parse(`${on}T00:00:00Z`) / DAY_MS)
const dayOf = remembered((count: number): Day => new Date(count * DAY_MS).toISOString().slice(0, 10))

export const day = (at: Date): Day => dayOf(Math.floor((at.getTime() + OFFSET) / DAY_MS))
export const month = (at: Date): Month => day(at).slice(0, 7)
export const quarter = (at: Date): Quarter => quarterOf(month(at))
/** `'15:04'` */
export const time = (at: Date): string => timeOf(Math.floor((at.getTime() + OFFSET) / 60_000) % MINUTES_A_DAY)

const MINUTES_A_DAY = 1_440
const timeOf = remembered((minute: number): string => new Date(minute * 60_000).toISOString().slice(11, 16))

/** The moment of a day and a wall-clock time in Beijing; `'24:00'` is the next day's midnight. */
export function moment(on: Day, at = '00:00'): Date {
  const [hours = 0, minutes = 0] = at === '00:00' ? [] : at.split(':').map(Number)
  return new Date(countOf(on) * DAY_MS - OFFSET + hours * HOUR + minutes * 60_000)
}

export const addDays = (on: Day, days: number): Day => dayOf(countOf(on) + days)
export const addMinutes = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * 60_000)
export const daysBetween = (from: Day, to: Day): number => countOf(to) - countOf(from)
/** 0 is Sunday. */
export const weekday = (on: Day): number => (((countOf(on) + 4) % 7) + 7) % 7
/** Weeks begin on Monday. */
export const mondayOf = (on: Day): Day => addDays(on, -((weekday(on) + 6) % 7))

/** The same day of another year; 29 February becomes the 28th in a common year. */
export function addYears(on: Day, years: number): Day {
  const then: Day = `${String(Number(on.slice(0, 4)) + years).padStart(4, '0')}${on.slice(4)}`
  return lastDay(then.slice(0, 7)) < then ? lastDay(then.slice(0, 7)) : then
}

/** A real day, written in full: `'2026-02-30'` is none. */
export function isDay(text: string): text is Day {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const parsed = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(parsed) && new Date(parsed).toISOString().startsWith(text)
}

export function addMonths(in_: Month, months: number): Month {
  const total = Number(in_.slice(0, 4)) * 12 + Number(in_.slice(5, 7)) - 1 + months
  return `${Math.floor(total / 12)}-${two((total % 12) + 1)}`
}
export const firstDay = (in_: Month): Day => `${in_}-01`
export const lastDay = (in_: Month): Day => addDays(firstDay(addMonths(in_, 1)), -1)

export const quarterOf = (in_: Month): Quarter => `${in_.slice(0, 4)}Q${Math.ceil(Number(in_.slice(5, 7)) / 3)}`
export const addQuarters = (quarter: Quarter, quarters: number): Quarter => addPeriods(quarter, quarters)
export const isQuarter = (text: string): boolean => /^\d{4}Q[1-4]$/.test(text)

/** A half-year is `'2026H1'`, a year `'2026'`. */
export type Half = string
export type Year = string
export const halfOf = (quarter: Quarter): Half => `${yearOf(quarter)}H${Number(quarter.slice(5)) <= 2 ? 1 : 2}`
export const yearOf = (period: Period): Year => period.slice(0, 4)
export const isHalf = (text: string): boolean => /^\d{4}H[12]$/.test(text)
export const isYear = (text: string): boolean => /^\d{4}$/.test(text)
export const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text)

/** The time for which one duty is asked: a month, a quarter, a half-year or a year. */
export type Period = Month | Quarter | Half | Year
export const isPeriod = (text: string): boolean => isMonth(text) || isQuarter(text) || isHalf(text) || isYear(text)
export const quartersOf = (year: Year): Quarter[] => [1, 2, 3, 4].map((nth) => `${year}Q${nth}`)

/** The period’s first month, and how many months it has. */
const extent = remembered((period: Period): readonly [Month, number] => {
  if (isQuarter(period)) return [`${yearOf(period)}-${two(Number(period.slice(5)) * 3 - 2)}`, 3]
  if (isHalf(period)) return [`${yearOf(period)}-${period.endsWith('1') ? '01' : '07'}`, 6]
  return isYear(period) ? [`${period}-01`, 12] : [period, 1]
})

export function periodMonths(period: Period): Month[] {
  const [first, count] = extent(period)
  return Array.from({ length: count }, (_, nth) => addMonths(first, nth))
}
export const firstDayOf = (period: Period): Day => firstDay(extent(period)[0])
export const periodStart = (period: Period): Date => new Date(startOf(period))
/** The first moment after the period. */
export const periodEnd = (period: Period): Date => new Date(endOf(period))
const startOf = remembered((period: Period): number => moment(firstDayOf(period)).getTime())
const endOf = remembered((period: Period): number => {
  const [first, count] = extent(period)
  return moment(firstDay(addMonths(first, count))).getTime()
})

/** The period of the same kind `count` periods later, or earlier when negative. */
export function addPeriods(period: Period, count: number): Period {
  const [first, months] = extent(period)
  const then = addMonths(first, months * count)
  if (isQuarter(period)) return quarterOf(then)
  if (isHalf(period)) return halfOf(quarterOf(then))
  return isYear(period) ? then.slice(0, 4) : then
}

/** The initial value of a form’s picker: Beijing’s wall clock. */
export const asPicked = (at: Date) => `${day(at)} ${time(at)}`

/** Reads the day from a date picker’s value, `'2026-10-08 +0800'`; null for anything else. */
export function pickedDay(said: string | null | undefined): Day | null {
  const on = (said ?? '').slice(0, 10)
  return isDay(on) ? on : null
}

/** Reads a date-time picker’s value, `'2024-04-29 07:07 +0800'`; null for anything else. */
export function pickedMoment(picked: string | null | undefined): Date | null {
  const [, on, at] = /^(\d{4}-\d{2}-\d{2}) (\d{2}:[0-5]\d)(?: \+0800)?$/.exec(picked ?? '') ?? []
  return on && at && isDay(on) && at < '24:00' ? moment(on, at) : null
}
