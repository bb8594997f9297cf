import {
  addPeriods,
  type Day,
  day,
  halfOf,
  type Period,
  periodEnd,
  periodMonths,
  periodStart,
  type Quarter,
  yearOf,
} from '../../src/calendar.ts'
import { dutiesOf } from '../../src/rules/duties/duties.ts'
import type { Duty } from '../../src/rules/duties/duty.ts'
import type { Asked, Evidence } from '../../src/rules/duties/facts.ts'
import type { Finding } from '../../src/rules/duties/scoring.ts'
import { evidenceSpan, longParts } from '../../src/rules/duties/slots.ts'
import type { Rulebook } from '../../src/rules/rulebook/rulebook.ts'
import type { PartId } from '../../src/rules/standards/standards.ts'
import { learn } from '../../src/rules/time/holidays.ts'
import { turn } from '../../src/turn.ts'
import type { Branch } from '../branches/units.ts'
import { type Db, lookUp } from '../client.ts'
import { holidaysImported } from '../rulebook/holidays.ts'
import { rulebookFor, rulebooksAbove } from '../rulebook/versions.ts'
import { type DutyFactsRow, dutyFacts } from './facts.ts'

/** What a branch owes for a quarter and how it stands, from the facts as they are now; nothing sets a state. */
export interface Account {
  branch: Branch
  duties: Duty[]
  findings: Finding[]
  rulebook: Rulebook
}

/** As many branches as are read in one go: their rows fit easily, and others get their turn between two goes. */
const LOT = 60

/** The accounts of branches under one committee. Whatever asks about duties comes here: one branch, a committee's order, a whole unit. */
export async function accountsOf(
  db: Db,
  committee: string,
  ours: readonly Branch[],
  quarter: Quarter,
  now: Date,
  supposed: readonly Evidence[] = [],
): Promise<Account[]> {
  // A Worker's other isolates hear of an imported year here.
  const [above, years] = await lookUp(db, [rulebooksAbove(db, committee), holidaysImported(db, {})])
  learn(years)
  const rulebook = rulebookFor(above, quarter)
  const accounts: Account[] = []
  for (let first = 0; first < ours.length; first += LOT) {
    if (first > 0) await turn()
    accounts.push(...(await accountsOfLot(db, ours.slice(first, first + LOT), quarter, rulebook, now, supposed)))
  }
  return accounts
}

/** `supposed` is what has not been held: for “what if”, and for nothing that is kept. */
export async function accountOf(db: Db, branch: Branch, quarter: Quarter, now: Date, supposed: readonly Evidence[] = []): Promise<Account> {
  const [account] = await accountsOf(db, branch.committee, [branch], quarter, now, supposed)
  return account as Account
}

async function accountsOfLot(
  db: Db,
  ours: readonly Branch[],
  quarter: Quarter,
  rulebook: Rulebook,
  now: Date,
  supposed: readonly Evidence[],
): Promise<Account[]> {
  const { from, until } = evidenceSpan(quarter, rulebook)
  const [rows] = await lookUp(db, [
    dutyFacts(db, {
      branches: JSON.stringify(ours.map(({ id }) => id)),
      quarter,
      periods: JSON.stringify(periodsIn(quarter)),
      from: periodStart(quarter).getTime(),
      until: until.getTime(),
      long: JSON.stringify(longParts(rulebook)),
      longFrom: from.getTime(),
      firstDay: day(periodStart(quarter)),
      lastDay: day(new Date(periodEnd(quarter).getTime() - 1)),
    }),
  ])
  const byBranch = new Map(rows.map((row) => [row.branch, row]))
  return ours.flatMap((branch) => {
    const row = byBranch.get(branch.id)
    if (!row) return []
    const evidence = [...row.before, ...row.evidence, ...supposed]
    const facts = { ...row, evidence }
    return { branch, duties: dutiesOf(askedOf(branch, facts, now), quarter, facts, now, rulebook), findings: row.findings, rulebook }
  })
}

/** Every period that a quarter's duties, and those they keep from before, may be asked for. */
const periodsIn = (quarter: Quarter): Period[] => [
  ...periodMonths(quarter),
  quarter,
  halfOf(quarter),
  addPeriods(halfOf(quarter), -1),
  yearOf(quarter),
  addPeriods(yearOf(quarter), -1),
]

/** A committee of a branch has three members at least (支部工作条例, art. 20); below that its meetings are not asked for. */
const SMALLEST_COMMITTEE = 3
/** From so many full members on a branch has a committee (the same article). */
const COMMITTEE_FROM = 7

type BranchFacts = Pick<DutyFactsRow, 'sat' | 'groups' | 'people' | 'termStartedOn' | 'termYears' | 'evidence'>

function askedOf(branch: Branch, { sat, groups, people, termStartedOn, termYears, evidence }: BranchFacts, now: Date): Asked {
  const { full, growing, activists } = people
  const sittingAt = (at: Date) => sat.filter(({ from, until }) => from <= at.getTime() && (!until || until > at.getTime()))
  const hasCommitteeAt = (at: Date) => new Set(sittingAt(at).map(({ member }) => member)).size >= SMALLEST_COMMITTEE
  const hasSecretaryAt = (at: Date) => sittingAt(at).some(({ role }) => role === 'secretary')
  const met = evidence.filter(({ part }) => part === '12.committee')
  const kept = new Map<Period, boolean>()
  return {
    since: branch.since,
    // As it sits at the period's end; and one that met and dissolved before that has met all the same.
    hasCommittee(period) {
      const known = kept.get(period)
      if (known !== undefined) return known
      const [start, end] = [periodStart(period), new Date(Math.min(now.getTime(), periodEnd(period).getTime() - 1))]
      const has = hasCommitteeAt(end) || met.some(({ at }) => at >= start && at <= end && hasCommitteeAt(at))
      kept.set(period, has)
      return has
    },
    groups,
    activists,
    inDevelopment: growing > 0,
    // Of a term that is over, or whose start nobody has recorded, the branch says when it was elected.
    stands: (part: PartId, at: Date) =>
      part === '4.term'
        ? (termStartedOn !== null && day(at) < yearsLater(termStartedOn, termYears)) || null
        : hasSecretaryAt(at) && (full < COMMITTEE_FROM || hasCommitteeAt(at)),
  }
}

const yearsLater = (on: Day, years: number): Day => `${Number(on.slice(0, 4)) + years}${on.slice(4)}`
