import { addDays, addQuarters, addYears, type Day, firstDayOf, quarterOf } from '../../calendar.ts'
import { partOf } from '../standards/standards.ts'
import type { Duty } from './duty.ts'

/** No term lasts longer (支部工作条例, article 15: villages and communities elect every five years). */
export const LONGEST_TERM_YEARS = 5

/**
 * The days on which an attested duty may have been done. It was done in its period or within the grace; a plan or a pledge also in the
 * quarter before. A term is counted from the day of its election.
 */
export function attestableDays({ part, period, graceEndsOn }: Pick<Duty, 'part' | 'period' | 'graceEndsOn'>): { from: Day; until: Day } {
  const first = firstDayOf(period)
  return { from: earliest(partOf(part).mayPrecede, first), until: graceEndsOn }
}

function earliest(mayPrecede: 'quarter' | 'term' | undefined, first: Day): Day {
  if (mayPrecede === 'quarter') return firstDayOf(addQuarters(quarterOf(first.slice(0, 7)), -1))
  if (mayPrecede === 'term') return addDays(addYears(first, -LONGEST_TERM_YEARS), 1)
  return first
}
