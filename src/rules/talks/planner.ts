import { type Day, day, firstDayOf, lastDay, type Month, periodMonths, type Quarter, quarter, type Year, yearOf } from '../../calendar.ts'

/** A talk that counts, as the planner knows it. Care talks are not among them: their being known would show them. */
export interface PlannedTalk {
  a: string
  b: string
  onDay: string
}

interface Person {
  id: string
  group: string | null
  isAway: boolean
}

const PROPOSALS = 3

const isOf = ({ a, b }: PlannedTalk, id: string) => a === id || b === id

/**
 * Three people a month for one of the committee. Fewest talks of the year come first, and the own group before others. The one met last and
 * those away are left out. The talks before the month decide, so that the list stays. Those who were met in the month leave it.
 */
export function proposals(
  own: { id: string; group: string | null },
  people: readonly Person[],
  talks: readonly PlannedTalk[],
  month: Month,
): string[] {
  const before = talks.filter(({ onDay }) => onDay.slice(0, 7) < month)
  const metWith = before.filter((talk) => isOf(talk, own.id)).sort((one, other) => (one.onDay < other.onDay ? 1 : -1))
  const last = metWith[0] && (metWith[0].a === own.id ? metWith[0].b : metWith[0].a)
  const times = (id: string) => before.filter((talk) => isOf(talk, id)).length
  const chosen = people
    .filter(({ id, isAway }) => id !== own.id && id !== last && !isAway)
    .map((person) => ({ id: person.id, times: times(person.id), isElsewhere: own.group === null || person.group !== own.group }))
    .sort((one, other) => one.times - other.times || Number(one.isElsewhere) - Number(other.isElsewhere) || (one.id < other.id ? -1 : 1))
    .slice(0, PROPOSALS)
  const metInMonth = (id: string) => talks.some((talk) => talk.onDay.startsWith(month) && isOf(talk, own.id) && isOf(talk, id))
  return chosen.map(({ id }) => id).filter((id) => !metInMonth(id))
}

/** The pairs within a committee that have not talked. */
export function pairsLeft(committee: readonly string[], talks: readonly PlannedTalk[]): [string, string][] {
  const met = new Set(talks.map(({ a, b }) => `${a} ${b}`))
  return committee.flatMap((one, nth) =>
    committee.slice(nth + 1).flatMap((other): [string, string][] => {
      const [a, b] = one < other ? [one, other] : [other, one]
      return met.has(`${a} ${b}`) ? [] : [[one, other]]
    }),
  )
}

/** The days of a quarter and its year for which coverage is asked, as far as they have gone by. */
export function timeOfCoverage(now: Date, of: Quarter = quarter(now)): { quarterFrom: Day; quarterTo: Day; year: Year; today: Day } {
  const [quarterFrom, quarterTo, on] = [firstDayOf(of), lastDay(periodMonths(of).at(-1) ?? ''), day(now)]
  return { quarterFrom, quarterTo, year: yearOf(quarterFrom), today: on < quarterTo ? on : quarterTo }
}
