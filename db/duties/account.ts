import {
  addPeriods,
  addQuarters,
  addYears,
  day,
  firstDayOf,
  halfOf,
  type Period,
  periodEnd,
  periodMonths,
  periodStart,
  type Quarter,
  quarter as quarterAt,
  yearOf,
} from '../../src/calendar.ts'
import { breachesOfSeats, hasCommitteeAt, mustHaveCommittee, seventhOf } from '../../src/rules/duties/committee.ts'
import { dutiesOf } from '../../src/rules/duties/duties.ts'
import type { CommitteeExcuse, Duty } from '../../src/rules/duties/duty.ts'
import type { Asked, Evidence } from '../../src/rules/duties/facts.ts'
import type { Finding } from '../../src/rules/duties/scoring.ts'
import { evidenceSpan, longParts, owingParts } from '../../src/rules/duties/slots.ts'
import type { Rulebook } from '../../src/rules/rulebook/rulebook.ts'
import { learn } from '../../src/rules/time/holidays.ts'
import { turn } from '../../src/turn.ts'
import type { Branch } from '../branches/units.ts'
import { type Db, lookUp, type Statement, statementOf } from '../client.ts'
import { holidaysImported } from '../rulebook/holidays.ts'
import { rulebookFor, rulebooksAbove } from '../rulebook/versions.ts'
import { type DutyFactsRow, dutyFacts } from './facts.ts'

/** The duties of a branch for a quarter, reckoned from the facts of this moment; nothing sets a state. */
export interface Account {
  branch: Branch
  duties: Duty[]
  findings: Finding[]
  rulebook: Rulebook
  /** It keeps duties out of this quarter; absent where there is a committee, or none is asked for. */
  excuse?: CommitteeExcuse
}

/** The rows of this many branches are read in one go; others get their turn between two goes. */
export const LOT = 60

/** An account that is reckoned at this moment. */
export interface LiveAccount extends Account {
  /** The duties at another moment, with evidence that does not exist yet. They are for “what if”, and never kept. */
  supposing(held: readonly Evidence[], at: Date): Duty[]
  /** The roster dates a step of development in the quarter. */
  hasSteps: boolean
}

/**
 * The accounts of any branches, for some quarters. Every question about duties comes here: one branch, a committee's order, a whole unit.
 * It takes one round trip for the rules and one for each 60 branches.
 */
export async function accountsIn(db: Db, ours: readonly Branch[], quarters: readonly Quarter[], now: Date): Promise<LiveAccount[]> {
  const byCommittee = Map.groupBy(ours, ({ committee }) => committee)
  // A Worker's other isolates hear of an imported year here.
  const [years, ...above] = await lookUp(db, [
    holidaysImported(db, {}),
    ...[...byCommittee.keys()].map((committee) => statementOf(rulebooksAbove(db, committee))),
  ])
  learn(years)
  const rulebooks = new Map([...byCommittee.keys()].map((committee, nth) => [committee, above[nth] ?? []]))
  const accounts: LiveAccount[] = []
  for (let first = 0; first < ours.length; first += LOT) {
    if (first > 0) await turn()
    accounts.push(...(await accountsOfLot(db, ours.slice(first, first + LOT), quarters, rulebooks, now)))
  }
  return accounts
}

export async function accountOf(db: Db, branch: Branch, quarter: Quarter, now: Date): Promise<LiveAccount> {
  const [account] = await accountsIn(db, [branch], [quarter], now)
  return account as LiveAccount
}

async function accountsOfLot(
  db: Db,
  ours: readonly Branch[],
  quarters: readonly Quarter[],
  rulebooks: ReadonlyMap<string, Parameters<typeof rulebookFor>[0]>,
  now: Date,
): Promise<LiveAccount[]> {
  const asked = quarters.flatMap((quarter) =>
    [...Map.groupBy(ours, ({ committee }) => committee)].map(([committee, theirs]) => {
      const rulebook = rulebookFor(rulebooks.get(committee) ?? [], quarter)
      return { quarter, theirs, rulebook, facts: factsOf(db, theirs, quarter, rulebook) }
    }),
  )
  const found = await lookUp(
    db,
    asked.map(({ facts }) => facts),
  )
  return asked.flatMap(({ quarter, theirs, rulebook }, nth) => {
    const byBranch = new Map((found[nth] ?? []).map((row) => [row.branch, row]))
    return theirs.flatMap((branch) => {
      const row = byBranch.get(branch.id)
      if (!row) return []
      const evidence = [...row.before, ...row.evidence]
      const supposing = (held: readonly Evidence[], at: Date) => {
        const facts = { ...row, evidence: held.length > 0 ? [...evidence, ...held] : evidence }
        return dutiesOf(askedOf(branch, facts, at), quarter, facts, at, rulebook)
      }
      const excuse = excuseIn(row, quarter, now)
      const reckoned = { branch, duties: supposing([], now), findings: row.findings, rulebook, ...(excuse ? { excuse } : {}) }
      return { ...reckoned, supposing, hasSteps: row.people.steps > 0 }
    })
  })
}

function factsOf(db: Db, ours: readonly Branch[], quarter: Quarter, rulebook: Rulebook): Statement<DutyFactsRow[]> {
  const { from, until } = evidenceSpan(quarter, rulebook)
  const { monthly, quarterly } = owingParts(quarter, rulebook)
  const long = longParts(rulebook)
  const [first, last] = [firstDayOf(quarter), day(new Date(periodEnd(quarter).getTime() - 1))]
  return dutyFacts(db, {
    branches: JSON.stringify(ours.map(({ id }) => id)),
    quarter,
    periods: JSON.stringify(periodsIn(quarter)),
    from: periodStart(quarter).getTime(),
    until: until.getTime(),
    long: JSON.stringify(long),
    longFrom: from.getTime(),
    wide: JSON.stringify([...new Set([...long, ...quarterly])]),
    monthly: JSON.stringify(monthly.parts),
    monthlyFrom: monthly.from.getTime(),
    owing: JSON.stringify([...monthly.parts, ...quarterly]),
    ends: JSON.stringify(quartersSince(from, quarter).map((one) => [one, periodEnd(one).getTime()])),
    earlier: JSON.stringify([...quartersSince(from, quarter), ...periodMonths(addQuarters(quarter, -1))]),
    firstDay: first,
    lastDay: last,
    firstDayBefore: addYears(first, -1),
    lastDayBefore: addYears(last, -1),
  })
}

function quartersSince(from: Date, until: Quarter): Quarter[] {
  const quarters: Quarter[] = []
  for (let one = quarterAt(from); one < until; one = addQuarters(one, 1)) quarters.push(one)
  return quarters
}

/** Every period for which the duties of a quarter, or duties kept from before, may be asked. */
export const periodsIn = (quarter: Quarter): Period[] => [
  ...periodMonths(quarter),
  quarter,
  halfOf(quarter),
  addPeriods(halfOf(quarter), -1),
  yearOf(quarter),
  addPeriods(yearOf(quarter), -1),
]

/** The excuse that a quarter's cards show. It says nothing where a committee sits, or where nobody asks for one. */
function excuseIn({ excuse, people, sat }: DutyFactsRow, quarter: Quarter, now: Date): CommitteeExcuse | null {
  const end = new Date(Math.min(now.getTime(), periodEnd(quarter).getTime() - 1))
  return excuse && seventhOf(people) && firstDayOf(quarter) <= excuse.until && !hasCommitteeAt(sat, end) ? excuse : null
}

type BranchFacts = Omit<DutyFactsRow, 'branch' | 'before' | 'attested' | 'judged' | 'findings'>

function askedOf(branch: Branch, facts: BranchFacts, now: Date): Asked {
  const { sat, groups, people, termYears, evidence, breaches } = facts
  const { growing, steps, activists } = people
  const met = evidence.filter(({ part }) => part === '12.committee')
  const kept = new Map<Period, boolean>()
  return {
    since: branch.since,
    // The committee counts as it sits at the period's end. One that met and dissolved before that has met all the same.
    hasCommittee(period) {
      const known = kept.get(period)
      if (known !== undefined) return known
      const [start, end] = [periodStart(period), new Date(Math.min(now.getTime(), periodEnd(period).getTime() - 1))]
      const hasMet = met.some(({ at }) => at >= start && at <= end && hasCommitteeAt(sat, at))
      const has = hasCommitteeAt(sat, end) || hasMet || mustHaveCommittee(facts, period)
      kept.set(period, has)
      return has
    },
    groups,
    activists,
    inDevelopment: growing > 0,
    hasSteps: steps > 0,
    termYears,
    breaches: [...breaches, ...breachesOfSeats(facts)],
  }
}
