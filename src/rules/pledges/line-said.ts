import { addDays, type Day, day, isDay, yearOf } from '../../calendar.ts'

/** A slogan with its days, as far as the line was understood. */
export interface LineSaid {
  words: string
  fromOn: Day | null
  untilOn: Day | null
}

const DAY = String.raw`(?:(\d{4})[年./-])?(?:(\d{1,2})[月./])?(\d{1,2})[日号]?`
const SPAN = new RegExp(String.raw`(?<![\d.])${DAY}\s*(?:-|–|—|~|～|至|到)\s*${DAY}(?![\d.])\s*$`, 'u')
const SINGLE = /(?<![\d.])(?:(\d{4})[年./-])?(\d{1,2})[月./](\d{1,2})[日号]?\s*$/u

const two = (said: string) => said.padStart(2, '0')

/** A date without its year is the next one that is not over. */
function dayFrom(year: string | undefined, month: string, date: string, today: Day): Day | null {
  const inYear = (of: string): Day | null => {
    const on = `${of}-${two(month)}-${two(date)}`
    return isDay(on) ? on : null
  }
  if (year) return inYear(year)
  const thisYear = inYear(yearOf(today))
  return thisYear && thisYear >= addDays(today, -31) ? thisYear : inYear(String(Number(yearOf(today)) + 1))
}

/** Reads `安全生产 人人有责 12月1日-7日`. The days stand at the end, and everything before them is what the board will say. */
export function lineSaid(line: string, now: Date): LineSaid {
  const today = day(now)
  const span = SPAN.exec(line)
  const [, fromYear, fromMonth, fromDate = '', untilYear, untilMonth, untilDate = ''] = span ?? []
  if (span && fromMonth) {
    const fromOn = dayFrom(fromYear, fromMonth, fromDate, today)
    const untilOn = fromOn && dayFrom(untilYear ?? fromYear, untilMonth ?? fromMonth, untilDate, fromOn)
    if (fromOn && untilOn) return { words: line.slice(0, span.index).trim(), fromOn, untilOn }
  }
  const single = SINGLE.exec(line)
  const on = single && dayFrom(single[1], single[2] ?? '', single[3] ?? '', today)
  return on ? { words: line.slice(0, single.index).trim(), fromOn: on, untilOn: on } : { words: line.trim(), fromOn: null, untilOn: null }
}
