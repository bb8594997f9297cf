import {
  addMonths,
  addQuarters,
  type Day,
  firstDayOf,
  moment,
  type Period,
  periodStart,
  quarter as quarterAt,
  quarterOf,
} from '../../calendar.ts'
import type { BreachFact } from './breaches.ts'
import type { CommitteeExcuse } from './duty.ts'

/** A branch's committee has three members at least (支部工作条例, art. 20); a smaller one is not asked for meetings. */
const SMALLEST_COMMITTEE = 3
/** A branch with seven full members or more has a committee (the same article). */
const COMMITTEE_FROM = 7
/** A committee is asked for from the first quarter that begins so many months after the seventh. */
const MONTHS_TO_ELECT = 3

/** A seat of the committee with its time, in milliseconds. */
export interface Sat {
  member: string
  role: string
  from: number
  until: number | null
}

/** A branch as far as it is asked for a committee. */
export interface CommitteeFacts {
  sat: readonly Sat[]
  /** The full members on the quarter's last day, and the days on which those of the quarter became so. */
  people: { full: number; since: readonly Day[] }
  excuse: CommitteeExcuse | null
}

const sittingAt = (sat: readonly Sat[], at: number) => sat.filter(({ from, until }) => from <= at && (!until || until > at))
const seated = (sat: readonly Sat[], at: number) => new Set(sittingAt(sat, at).map(({ member }) => member)).size

export const hasCommitteeAt = (sat: readonly Sat[], at: Date): boolean => seated(sat, at.getTime()) >= SMALLEST_COMMITTEE

/** The day on which the seventh of the full members became one; null while there are fewer. */
export const seventhOf = ({ since }: CommitteeFacts['people']): Day | null => since.toSorted()[COMMITTEE_FROM - 1] ?? null

const monthsLater = (on: Day, months: number): Day => `${addMonths(on.slice(0, 7), months)}${on.slice(7)}`

/** Who has seven and no committee keeps the committee's duties: dissolving it would raise the score. */
export function mustHaveCommittee({ people, excuse }: CommitteeFacts, period: Period): boolean {
  const seventhOn = seventhOf(people)
  return (
    seventhOn !== null &&
    monthsLater(seventhOn, MONTHS_TO_ELECT) <= firstDayOf(quarterAt(periodStart(period))) &&
    !(excuse !== null && firstDayOf(period) <= excuse.until)
  )
}

/** The times in which fewer than `least` different people sat. */
export function gapsIn(sat: readonly Sat[], least: number): { from: number; until: number | null }[] {
  const moments = [...new Set([0, ...sat.flatMap(({ from, until }) => (until ? [from, until] : [from]))])].sort((a, b) => a - b)
  const gaps: { from: number; until: number | null }[] = []
  for (const [nth, from] of moments.entries()) {
    if (seated(sat, from) >= least) continue
    const [until, before] = [moments[nth + 1] ?? null, gaps.at(-1)]
    if (before?.until === from) before.until = until
    else gaps.push({ from, until })
  }
  return gaps
}

/** The breaches of 4.seats: no secretary, or no committee while one must be. The roster knows of both at any time. */
export function breachesOfSeats(facts: CommitteeFacts): BreachFact[] {
  const { sat, people } = facts
  const asked = people.full < COMMITTEE_FROM ? null : askedFrom(facts)
  return [
    { part: '4.seats', from: 0, until: null, what: null },
    ...gapsIn(
      sat.filter(({ role }) => role === 'secretary'),
      1,
    ).map((gap): BreachFact => ({ part: '4.seats', ...gap, what: 'noSecretary' })),
    ...(asked === null ? [] : gapsIn(sat, SMALLEST_COMMITTEE)).flatMap(({ from, until }): BreachFact[] => {
      const start = Math.max(from, asked ?? 0)
      return until === null || until > start ? [{ part: '4.seats', from: start, until, what: 'smallCommittee' }] : []
    }),
  ]
}

/** The first moment of the first quarter that asks for a committee; null where none does. */
function askedFrom({ people, excuse }: CommitteeFacts): number | null {
  const seventhOn = seventhOf(people)
  if (seventhOn === null) return null
  const ready = monthsLater(seventhOn, MONTHS_TO_ELECT)
  const inIt = quarterOf(ready.slice(0, 7))
  const elected = firstDayOf(inIt) >= ready ? inIt : addQuarters(inIt, 1)
  const allowed = excuse && addQuarters(quarterOf(excuse.until.slice(0, 7)), 1)
  return moment(firstDayOf(allowed && allowed > elected ? allowed : elected)).getTime()
}
