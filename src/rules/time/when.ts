import { addDays, addMonths, type Day, day, isDay, lastDay, moment, mondayOf, month, weekday } from '../../calendar.ts'
import type { Text } from '../../text.ts'
import { clockReaders, hourIn, lastHourOf } from './when-clocks.ts'
import { dayReaders } from './when-days.ts'
import {
  aSpan,
  farYear,
  halfOfDay,
  hourOrPlace,
  isPast,
  noSuchDate,
  noSuchTime,
  oddHour,
  todayOrNextWeek,
  twoDays,
  twoTimes,
  whichDay,
  whichHour,
} from './when-doubts.ts'
import { fillerReaders } from './when-fillers.ts'
import { placeReaders } from './when-places.ts'
import { unreadBeside, unreadSaid } from './when-unread.ts'
import { type DayPart, type Fact, fold, isAside, leftOver, listen, type Mention } from './when-words.ts'

type Reading =
  | { found: 'moment'; at: Date }
  | { found: 'day'; day: Day }
  | { found: 'time'; time: string }
  | { found: 'nothing' }
  | { found: 'unclear'; why: Text; day?: Day; time?: string; offers?: readonly string[] }
export type When = Reading & { rest: string }

const readers = [...placeReaders, ...fillerReaders, ...dayReaders, ...clockReaders]

/**
 * Reads the date and time anywhere in a line, and the rest of the line (mostly a place). It never guesses: words with two readings are
 * unclear, with every single reading filled in. Speakers differ, so these are decisions. Weeks begin on Monday; a bare weekday or day of
 * the month is the next one. 12月5日 without a year is past within six months of it, and next year’s after. Hours 7 to 12 without a part of
 * the day are as the clock shows them. Hours 1 to 6 are unclear (03:00 is not).
 */
export function readWhen(words: string, now: Date): When {
  const line = fold(words)
  const heard = listen(line, readers, now)
  const unread = unreadBeside(line, heard)
  const why = unread[0] && unreadSaid(words, unread[0])
  const cut = [...heard.filter(({ only }) => only !== 'place'), ...unread].sort((a, b) => a.from - b.from)
  return { ...judged(line, heard, why, now), rest: leftOver(words, line, cut) }
}

type Doubtful = { doubt?: Text }
type OnDay = Doubtful & { day?: Day }
/** `offers` are the times of day that could be meant, the likelier first. */
type AtTime = Doubtful & { time?: string; offers?: readonly string[] }

function judged(line: string, heard: readonly Mention[], unread: Text | undefined, now: Date): Reading {
  const mentions = heard.filter((one) => !isAside(one))
  const facts = mentions.flatMap((mention) => mention.facts)
  const at = timeSaid(line, mentions)
  const on = daySaid(facts, at.time, now)
  const said = only(facts, 'doubt')[0]?.why ?? on.doubt ?? (at.doubt && !at.offers ? at.doubt : undefined)
  const why = said ?? (at.doubt ? undefined : loose(line, mentions, on, at)) ?? unread ?? at.doubt ?? late(facts, on, at, now)
  const offers = why === at.doubt && at.offers ? { offers: at.offers } : {}
  if (why) return { found: 'unclear', why, ...(on.day && { day: on.day }), ...(at.time && { time: at.time }), ...offers }
  if (on.day && at.time) return { found: 'moment', at: moment(on.day, at.time) }
  if (on.day) return { found: 'day', day: on.day }
  return at.time ? { found: 'time', time: at.time } : { found: 'nothing' }
}

const only = <S extends Fact['says']>(facts: readonly Fact[], says: S) =>
  facts.filter((fact): fact is Extract<Fact, { says: S }> => fact.says === says)

// The time.

type Clock = Extract<Fact, { says: 'clock' }>
type Heard = { clock: Clock; parts: DayPart[]; mention: Mention }

function timeSaid(line: string, mentions: readonly Mention[]): AtTime {
  const heard = clocks(mentions)
  const [first, ...others] = heard.map(resolved)
  if (!first || !heard[0]) return midday(mentions)
  const other = others.findIndex(({ time }) => !time || time !== first.time)
  if (other < 0) return first
  const between = line.slice(heard[0].mention.to, heard[other + 1]?.mention.from)
  if (/^\s*(?:-+|~|到|至|to\b|until\b|till\b)/.test(between)) return { ...first, doubt: first.doubt ?? aSpan }
  return { doubt: twoTimes }
}

/** One clock takes every part of the day in the line. Several clocks each take their own, or the last one before them. */
function clocks(mentions: readonly Mention[]): Heard[] {
  const heard: Heard[] = []
  const parts: DayPart[] = []
  for (const mention of mentions)
    for (const fact of mention.facts) {
      if (fact.says === 'part') parts.push(fact.part)
      if (fact.says === 'clock') heard.push({ clock: fact, mention, parts: fact.part ? [fact.part] : parts.slice(-1) })
    }
  if (heard.length === 1 && heard[0]) heard[0].parts.push(...parts)
  return heard.map((one, i) =>
    one.parts.length > 0 ? one : { ...one, parts: heard[i + 1]?.clock.part ? [...(heard[i + 1]?.parts ?? [])] : [] },
  )
}

function resolved({ clock, parts }: Heard): AtTime {
  const { hour, minute, exact } = clock
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0) || Number.isNaN(hour + minute)) return { doubt: noSuchTime }
  if (parts.length === 0 && !exact && hour >= 1 && hour <= 6)
    return { doubt: halfOfDay(hour), offers: [clockOf(hour + 12, minute), clockOf(hour, minute)] }
  const hours = new Set(parts.map((part) => hourIn(hour, part)))
  if (hours.size > 1 || hours.has(undefined)) return { doubt: oddHour(hour) }
  const [meant = hour] = hours
  return { time: clockOf(meant, minute) }
}

const clockOf = (hour: number, minute: number) => `${two(hour)}:${two(minute)}`

/** 中午 without an hour is twelve. */
function midday(mentions: readonly Mention[]): AtTime {
  const parts = mentions.flatMap(({ facts }) => only(facts, 'part'))
  return parts.length > 0 && parts.every(({ part }) => part === 'noon') ? { time: '12:00' } : {}
}

// The day.

type DateParts = { year?: number; month?: number; date?: number | 'last' }

function daySaid(facts: readonly Fact[], time: string | undefined, now: Date): OnDay {
  const partial = merged(only(facts, 'date'))
  if (!partial) return { doubt: twoDays }
  const dated = partial.date === undefined ? undefined : dateSaid({ ...partial, date: partial.date }, now)
  if (dated?.doubt) return dated
  const days = new Set([...only(facts, 'day').map((fact) => fact.day), ...(dated?.day ? [dated.day] : [])])
  if (days.size > 1) return { doubt: twoDays }
  const [on] = days
  const found = on ? { day: on } : weekdaySaid(facts, time, now)
  if (!found.day) return found.doubt || !partial.month ? found : { doubt: whichDay }
  return agrees(found.day, facts, partial) ? found : { doubt: on ? twoDays : whichDay }
}

/** 下个月 and 3号 are one date; 3号 and 5号 are none. */
function merged(dates: readonly DateParts[]): DateParts | undefined {
  const all: DateParts = {}
  for (const { year, month, date } of dates) {
    if ([all.year ?? year, all.month ?? month, all.date ?? date].some((value, i) => value !== ([year, month, date][i] ?? value)))
      return undefined
    Object.assign(all, year !== undefined && { year }, month !== undefined && { month }, date !== undefined && { date })
  }
  return all
}

const SIX_MONTHS = 6
const MOST_YEARS = 10
const two = (figure: number) => String(figure).padStart(2, '0')

function dateSaid({ year, month: number, date }: DateParts & { date: number | 'last' }, now: Date): OnDay {
  const today = day(now)
  const inMonth = (in_: string): Day => (date === 'last' ? lastDay(in_) : `${in_}-${two(date)}`)
  if (number === undefined) return real(inMonth(date === 'last' || date >= Number(today.slice(8)) ? month(now) : addMonths(month(now), 1)))
  if (number < 1 || number > 12) return { doubt: noSuchDate }
  if (year !== undefined && Math.abs(year - Number(today.slice(0, 4))) > MOST_YEARS) return { doubt: farYear }
  if (year !== undefined) return real(inMonth(`${year}-${two(number)}`))

  const thisYears = inMonth(`${today.slice(0, 4)}-${two(number)}`)
  if (thisYears >= today) return real(thisYears)
  const longPast = thisYears < `${addMonths(month(now), -SIX_MONTHS)}${today.slice(7)}`
  return longPast ? real(inMonth(`${Number(today.slice(0, 4)) + 1}-${two(number)}`)) : { doubt: isDay(thisYears) ? isPast : noSuchDate }
}

const real = (on: Day): OnDay => (isDay(on) ? { day: on } : { doubt: noSuchDate })

function weekdaySaid(facts: readonly Fact[], time: string | undefined, now: Date): OnDay {
  const [first, ...others] = only(facts, 'weekday')
  const week = only(facts, 'week')[0]
  if (!first) return week ? { doubt: whichDay } : {}
  if (others.some((other) => other.weekday !== first.weekday)) return { doubt: twoDays }
  if (week) return { day: addDays(week.monday, (first.weekday + 6) % 7) }

  const today = day(now)
  const days = (first.weekday - weekday(today) + 7) % 7
  if (days > 0) return { day: addDays(today, days) }
  return time && moment(today, time) > now ? { day: today } : { doubt: todayOrNextWeek }
}

/** 12月5日（周六）: the other words about the day must agree with it. */
const agrees = (on: Day, facts: readonly Fact[], { year, month }: DateParts) =>
  only(facts, 'weekday').every((fact) => fact.weekday === weekday(on)) &&
  only(facts, 'week').every((fact) => fact.monday === mondayOf(on)) &&
  (year ?? Number(on.slice(0, 4))) === Number(on.slice(0, 4)) &&
  (month ?? Number(on.slice(5, 7))) === Number(on.slice(5, 7))

// The doubts that remain when day and time are each clear.

/** “Fri 3” has a bare figure after a day; 下午 alone is no time yet. */
function loose(line: string, mentions: readonly Mention[], on: OnDay, at: AtTime): Text | undefined {
  if (at.time) return undefined
  for (const { facts, to } of mentions) {
    const figure = facts.length > 0 ? /^\s*(\d{1,2})(?=[\s,;]|$)/.exec(line.slice(to, to + 12))?.[1] : undefined
    const taken = figure && mentions.some(({ from }) => from >= to && from <= line.indexOf(figure, to))
    if (figure && !taken && Number(figure) <= 24) return hourOrPlace(figure)
  }
  return !on.day && mentions.some(({ facts }) => only(facts, 'part').length > 0) ? whichHour : undefined
}

function late(facts: readonly Fact[], on: OnDay, at: AtTime, now: Date): Text | undefined {
  if (!on.day) return undefined
  const parts = only(facts, 'part').map(({ part }) => lastHourOf(part) + 1)
  const thisMinute = now.getTime() - (now.getTime() % 60_000)
  const over = at.time
    ? moment(on.day, at.time).getTime() < thisMinute
    : moment(on.day, `${Math.max(0, ...(parts.length ? parts : [24]))}:00`) <= now
  return over ? isPast : undefined
}
