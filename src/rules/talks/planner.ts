import type { Month } from '../../calendar.ts'

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
 * Three people a month for one of the committee: fewest talks of the year first, own group before others, not the one met last, nobody
 * away. The list is reckoned from the talks before the month, so that it stays; whoever was met in the month leaves it.
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
