import * as z from 'zod'
import {
  addDays,
  addMonths,
  addQuarters,
  type Day,
  day,
  daysBetween,
  firstDay,
  isDay,
  lastDay,
  type Month,
  periodStart,
  quarterOf,
  weekday as weekdayOf,
} from '../../calendar.ts'
import { both, type Text, t } from '../../text.ts'
import { isProvisional, type isWorkday, workdayOnOrAfter, workdayOnOrBefore } from '../time/workdays.ts'

/** Rhythms use working days only: one on a Saturday or Sunday would move every time. */
const weekday = z.int().min(1).max(5)
/** `last` is the last in any month; not every month has a fifth. */
export const nths = [1, 2, 3, 4, 'last'] as const
const nth = z.literal(nths)
/** In a shorter month the 31st means its last day. */
const date = z.union([z.int().min(1).max(31), z.literal('last')])
/** The month within the quarter. */
const ofQuarter = z.literal([1, 2, 3])

/** A repeating time, in the form that is stored. */
export const rule = z.union([
  z.strictObject({ every: z.literal('week'), weekday }),
  /** `from` is the Monday from which the fortnights count. */
  z.strictObject({ every: z.literal('two weeks'), weekday, from: z.string().refine(isDay) }),
  z.strictObject({ every: z.literal('month'), nth, weekday }),
  z.strictObject({ every: z.literal('month'), date }),
  z.strictObject({ every: z.literal('quarter'), month: ofQuarter, nth, weekday }),
  z.strictObject({ every: z.literal('quarter'), month: ofQuarter, date }),
])
export type Rule = z.infer<typeof rule>

/** One occurrence. `named` is the day by the rule, `on` the working day on which it is held. */
export interface Occurrence {
  named: Day
  on: Day
  /** Its period, which it never leaves; both days are included. */
  from: Day
  to: Day
  /** The holidays of that year are not published yet. */
  isProvisional: boolean
}

/** Lists the occurrences from one day to another, both included. A period without a working day has none. */
export function occurrences(rule: Rule, from: Day, to: Day, table?: Parameters<typeof isWorkday>[1]): Occurrence[] {
  const found: Occurrence[] = []
  for (let period = periodOf(rule, from); period.from <= to; period = periodOf(rule, addDays(period.to, 1))) {
    const named = dayNamed(rule, period.from)
    const on = held(named, period, table)
    if (on && from <= on && on <= to)
      found.push({ named, on, ...period, isProvisional: isProvisional(named, table) || isProvisional(on, table) })
  }
  return found
}

export function nextOccurrences(rule: Rule, from: Day, many: number): Occurrence[] {
  const to = addDays(from, rule.every === 'quarter' ? 92 * (many + 1) : 31 * (many + 1))
  return occurrences(rule, from, to).slice(0, many)
}

/** A day off moves to the next working day or, where that would leave the period, to the one before. */
function held(named: Day, { from, to }: Period, table?: Parameters<typeof isWorkday>[1]): Day | null {
  const after = workdayOnOrAfter(named, table)
  if (after <= to) return after
  const before = workdayOnOrBefore(named, table)
  return before >= from ? before : null
}

type Period = { from: Day; to: Day }

function periodOf(rule: Rule, on: Day): Period {
  if (rule.every === 'week' || rule.every === 'two weeks') {
    const monday = addDays(on, -((weekdayOf(on) + 6) % 7))
    if (rule.every === 'week') return { from: monday, to: addDays(monday, 6) }
    const weeks = daysBetween(rule.from, monday) / 7
    const from = addDays(monday, -7 * (((weeks % 2) + 2) % 2))
    return { from, to: addDays(from, 13) }
  }
  const in_ = on.slice(0, 7)
  if (rule.every === 'month') return { from: firstDay(in_), to: lastDay(in_) }
  const quarter = quarterOf(in_)
  return { from: day(periodStart(quarter)), to: addDays(day(periodStart(addQuarters(quarter, 1))), -1) }
}

function dayNamed(rule: Rule, from: Day): Day {
  if (rule.every === 'week' || rule.every === 'two weeks') return addDays(from, rule.weekday - 1)
  const in_ = addMonths(from.slice(0, 7), rule.every === 'quarter' ? rule.month - 1 : 0)
  return 'date' in rule ? dated(in_, rule.date) : nthOf(in_, rule.nth, rule.weekday)
}

function dated(in_: Month, date: number | 'last'): Day {
  const last = lastDay(in_)
  return date === 'last' || date >= Number(last.slice(8)) ? last : addDays(firstDay(in_), date - 1)
}

function nthOf(in_: Month, nth: (typeof nths)[number], weekday: number): Day {
  if (nth === 'last') return addDays(lastDay(in_), -((weekdayOf(lastDay(in_)) - weekday + 7) % 7))
  const first = addDays(firstDay(in_), (weekday - weekdayOf(firstDay(in_)) + 7) % 7)
  return addDays(first, 7 * (nth - 1))
}

/** Fortnights set today count from this Monday: the week in which that weekday comes next. */
export function fortnightFrom(today: Day, weekday: number): Day {
  const next = addDays(today, (weekday - weekdayOf(today) + 7) % 7)
  return addDays(next, 1 - weekday)
}

const zhNumbers = ['', '一', '二', '三', '四', '五']
const ordinals = ['', 'first', 'second', 'third', 'fourth']
const enDays = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']

export const weekdayNames: Readonly<Record<number, Text>> = Object.fromEntries(
  [1, 2, 3, 4, 5].map((one) => [one, t(`周${zhNumbers[one]}`, enDays[one] as string)]),
)
export const nthName = (nth: (typeof nths)[number]): Text =>
  nth === 'last' ? t('最后一个', 'last') : t(`第${zhNumbers[nth]}个`, ordinals[nth] as string)
export const dateName = (date: number | 'last'): Text =>
  date === 'last' ? t('最后一天', 'last day') : t(`${date}日`, `${date}${suffixOf(date)}`)

const suffixOf = (figure: number) =>
  figure % 100 > 10 && figure % 100 < 14 ? 'th' : (({ 1: 'st', 2: 'nd', 3: 'rd' } as Record<number, string>)[figure % 10] ?? 'th')

/** Says a rule as people do: `每月第一个周五` · `first Friday of each month`. */
export function spokenRule(rule: Rule): Text {
  if (rule.every === 'week') return both((l) => (l === 'zh' ? `每${dayIn(rule).zh}` : `every ${dayIn(rule).en}`))
  if (rule.every === 'two weeks') return both((l) => (l === 'zh' ? `每两周的${dayIn(rule).zh}` : `every other ${dayIn(rule).en}`))
  const which = 'date' in rule ? dateName(rule.date) : both((l) => `${nthName(rule.nth)[l]}${l === 'zh' ? '' : ' '}${dayIn(rule)[l]}`)
  if (rule.every === 'month') return t(`每月${which.zh}`, `${which.en} of each month`)
  return t(`每季度第${zhNumbers[rule.month]}个月的${which.zh}`, `${which.en} of the ${ordinals[rule.month]} month of each quarter`)
}

export const spokenRhythm = ({ rule, time }: { rule: Rule; time: string }): Text => both((l) => `${spokenRule(rule)[l]} ${time}`)

const dayIn = ({ weekday }: { weekday: number }): Text => weekdayNames[weekday] as Text
