import { addDays, type Day, day, moment } from '../../calendar.ts'
import { addWorkdays, firstWorkdayOf } from '../time/workdays.ts'

/** A request that nobody answers is said once more, in the digest, after this many working days. */
const REPEATED_AFTER_WORKDAYS = 5

/** Claims up to this moment have waited so long on this day. */
export const repeatedUpTo = (now: Date): Date => moment(addDays(addWorkdays(day(now), -REPEATED_AFTER_WORKDAYS), 1))

/** The secretary hears of the year's coverage on the first working day of November and of December. */
export const isCoverageDay = (on: Day): boolean => ['11', '12'].includes(on.slice(5, 7)) && on === firstWorkdayOf(on.slice(0, 7))

interface Covered {
  members: number
  membersMet: number
  pairs: number
  pairsMet: number
}

export const isUncovered = ({ members, membersMet, pairs, pairsMet }: Covered): boolean => membersMet < members || pairsMet < pairs
