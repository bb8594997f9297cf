import { addPeriods, halfOf, type Period, quarter, type Year, yearOf } from '../../calendar.ts'

type Often = 'quarter' | 'half' | 'year'

const numbers: Readonly<Record<string, number>> = { 一: 1, 二: 2, 三: 3, 四: 4, first: 1, second: 2, third: 3, fourth: 4 }
const numberOf = (said = '') => numbers[said.toLowerCase()] ?? Number(said)

const QUARTER = /第?([一二三四1-4])\s*季|(?<![a-z])q([1-4])(?!\d)|(first|second|third|fourth) quarter/iu
const HALF = /([上下])半年|(?<![a-z])h([12])(?!\d)|(first|second) half/iu
const YEAR = /20\d\d/u
const BEFORE = /上一?个?季|去年|上年|last|previous/iu
const AFTER = /明年|下一?年|next year/iu

/**
 * The period that a line names, of the kind that is asked for. A line that names none means the one that runs. Quarters and halves may be
 * asked for by the same word: `often` is then what a line without a period means.
 */
export function periodSaid(line: string, now: Date, often: Often): Period {
  const current = periodAt(now, often)
  if (often === 'year') return yearSaid(line, now)
  const year = YEAR.exec(line)?.[0] ?? yearOf(current)
  const named = QUARTER.exec(line)
  if (named) return `${year}Q${numberOf(named[1] ?? named[2] ?? named[3])}`
  const half = often === 'half' ? HALF.exec(line) : null
  if (half) return `${year}H${half[1] ? (half[1] === '上' ? 1 : 2) : numberOf(half[2] ?? half[3])}`
  const ofQuarter = /季|quarter/iu.test(line) ? periodAt(now, 'quarter') : current
  return BEFORE.test(line) ? addPeriods(ofQuarter, -1) : ofQuarter
}

function yearSaid(line: string, now: Date): Year {
  const said = YEAR.exec(line)?.[0]
  if (said) return said
  const year = yearOf(quarter(now))
  if (AFTER.test(line)) return addPeriods(year, 1)
  return BEFORE.test(line) ? addPeriods(year, -1) : year
}

function periodAt(now: Date, often: Often): Period {
  const running = quarter(now)
  if (often === 'quarter') return running
  return often === 'half' ? halfOf(running) : yearOf(running)
}

/** A plan is made in the last quarter for the year that comes. A summary is of the year that ends, until its January is over. */
export function yearOfPaper(kind: 'plan' | 'summary', now: Date): Year {
  const running = quarter(now)
  const year = yearOf(running)
  if (kind === 'plan') return running.endsWith('4') ? addPeriods(year, 1) : year
  return running.endsWith('1') ? addPeriods(year, -1) : year
}

export const namesYear = (line: string): boolean => YEAR.test(line) || AFTER.test(line) || BEFORE.test(line)
