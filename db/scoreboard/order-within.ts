import { sql } from 'drizzle-orm'
import { addQuarters, type Quarter, quartersOf, yearOf } from '../../src/calendar.ts'
import { yearOfBranch } from '../../src/rules/assessment/year.ts'
import type { Duty } from '../../src/rules/duties/duty.ts'
import { type Progress, progressOf } from '../../src/rules/duties/progress.ts'
import { type Ranked, rankOf, type Score } from '../../src/rules/duties/scoring.ts'
import type { Rulebook } from '../../src/rules/rulebook/rulebook.ts'
import { assessmentsOf, isAssessed } from '../assessment/assessments.ts'
import { undecidedOf } from '../assessment/stages.ts'
import { assessments, results } from '../assessment/tables.ts'
import { type Branch, branchesOfCommittees, branchesOfIds } from '../branches/units.ts'
import { type Db, inList, lookUp, statementOf } from '../client.ts'
import { type Account, accountsIn } from '../duties/account.ts'
import { scoreOfAccount } from '../duties/score.ts'
import { rulebookFor, rulebooksAbove } from '../rulebook/versions.ts'

interface Scored {
  branch: Branch
  /** Null until the branch's quarter is published: before that nothing of it is compared. */
  tenths: number | null
  /** The turn of each duty; null for a closed quarter. */
  progress: Progress | null
  /** 待定: its committee is published, and the branch follows later. */
  isUndecided: boolean
  /** Null before the publication, and for a closed quarter, whose score stands in the results alone. */
  score: Score<Duty> | null
}

export interface Place extends Scored {
  /** The places won since the quarter before, when both are closed or this one is reckoned now. */
  moved: number | null
  yearTenths: number | null
  isFiveGood: boolean
}

export interface OrderWithin {
  rows: Ranked<Place>[]
  rulebook: Rulebook
  isPublished: boolean
  isFinal: boolean
}

export async function orderWithin(db: Db, committee: string, quarter: Quarter, now: Date): Promise<OrderWithin> {
  const [order] = await ordersWithin(db, [committee], quarter, now)
  return order as OrderWithin
}

/** The orders of several committees, each by itself. They take three round trips, and one more for each 60 branches. */
export async function ordersWithin(db: Db, committees: readonly string[], quarter: Quarter, now: Date): Promise<OrderWithin[]> {
  const [own, opened, following, closed, ...above] = await lookUp(db, [
    branchesOfCommittees(db, committees),
    assessmentsOf(db, committees, quarter),
    undecidedOf(db, committees, quarter),
    closedIn(db, committees, [...quartersOf(yearOf(quarter)), addQuarters(quarter, -1)]),
    ...committees.map((committee) => statementOf(rulebooksAbove(db, committee))),
  ])
  const assessmentBy = new Map(opened.map((one) => [one.committee, one]))
  const moments = (committee: string, branch: string) =>
    following.find((one) => one.branch === branch) ?? assessmentBy.get(committee) ?? unopened
  const isFinal = (committee: string) => Boolean(assessmentBy.get(committee)?.closedAt)
  const isPublished = (committee: string) => Boolean(assessmentBy.get(committee)?.publishedAt)
  const final = closed.filter((one) => one.quarter === quarter)
  const named = await branchesNamed(db, final)
  const running = own.filter((branch) => !moments(branch.committee, branch.id).closedAt && isAssessed(branch, quarter))
  const accounts = running.length > 0 ? await accountsIn(db, running, [quarter], now) : []
  const [closedBy, finalBy] = [Map.groupBy(closed, committeeOf), Map.groupBy(final, committeeOf)]
  const accountsBy = Map.groupBy(accounts, ({ branch }) => branch.committee)

  return committees.map((committee, nth) => {
    const rulebook = rulebookFor(above[nth] ?? [], quarter)
    const besides = besidesOf(closedBy.get(committee) ?? [], quarter, rulebook)
    const now = (accountsBy.get(committee) ?? []).map((account) =>
      scoredNow(account, moments(committee, account.branch.id), isPublished(committee)),
    )
    // Places that were given stay. A branch that follows gets its own with its close.
    const ranked = isFinal(committee)
      ? [...rankedFinally(finalBy.get(committee) ?? [], named), ...now.map((one) => ({ ...one, place: null, isLast: false }))]
      : rankOf(now, rulebook)
    return {
      rulebook,
      isPublished: isPublished(committee),
      isFinal: isFinal(committee),
      rows: ranked.map((one) => ({ ...one, ...besides(one.branch.id, one) })),
    }
  })
}

const committeeOf = ({ committee }: { committee: string }) => committee

interface Closed {
  committee: string
  branch: string
  quarter: Quarter
  tenths: number | null
  place: number | null
  isLast: boolean
}

const closedIn = (db: Db, committees: readonly string[], quarters: readonly Quarter[]) =>
  db
    .select({
      committee: results.committee,
      branch: results.branch,
      quarter: results.quarter,
      tenths: results.tenths,
      place: results.place,
      isLast: results.isLast,
    })
    .from(results)
    .innerJoin(assessments, sql`${assessments.committee} = ${results.committee} and ${assessments.quarter} = ${results.quarter}`)
    .where(
      sql`${results.committee} in ${inList(committees)} and ${assessments.closedAt} is not null and ${results.quarter} in ${inList(quarters)}`,
    )

async function branchesNamed(db: Db, final: readonly Closed[]): Promise<Map<string, Branch>> {
  if (final.length === 0) return new Map()
  const [named] = await lookUp(db, [
    branchesOfIds(
      db,
      final.map(({ branch }) => branch),
    ),
  ])
  return new Map(named.map((branch) => [branch.id, branch]))
}

const rankedFinally = (final: readonly Closed[], named: ReadonlyMap<string, Branch>): Ranked<Scored>[] =>
  final
    .flatMap(({ branch: id, tenths, place, isLast }) => {
      const branch = named.get(id)
      return branch ? [{ branch, tenths, place, isLast, progress: null, isUndecided: false, score: null }] : []
    })
    .sort((a, b) => (a.place ?? Number.MAX_SAFE_INTEGER) - (b.place ?? Number.MAX_SAFE_INTEGER))

interface Moments {
  publishedAt: Date | null
  closedAt: Date | null
}

const unopened: Moments = { publishedAt: null, closedAt: null }

function scoredNow(account: Account, { publishedAt }: Moments, isPublished: boolean): Scored {
  const score = publishedAt ? scoreOfAccount(account) : null
  const progress = progressOf(account.duties)
  return { branch: account.branch, tenths: score?.tenths ?? null, progress, isUndecided: isPublished && !publishedAt, score }
}

/** The places won and the year of a branch, from the closed quarters of its committee. */
function besidesOf(closed: readonly Closed[], quarter: Quarter, rulebook: Rulebook) {
  const year = yearOf(quarter)
  const closedBy = Map.groupBy(closed, ({ branch }) => branch)
  return (branch: string, { tenths, place }: { tenths: number | null; place: number | null }) => {
    const earlier = (closedBy.get(branch) ?? []).filter((one) => one.quarter < quarter)
    const before = earlier.find((one) => one.quarter === addQuarters(quarter, -1))?.place ?? null
    const inYear = [...earlier, { quarter, tenths, isLast: false }].filter((one) => yearOf(one.quarter) === year)
    const { meanTenths } = yearOfBranch(inYear, year, rulebook)
    return {
      moved: before === null || place === null ? null : before - place,
      yearTenths: meanTenths,
      isFiveGood: isFiveGoodSoFar(inYear, rulebook),
    }
  }
}

/** True for the quarters so far; the four together decide. */
const isFiveGoodSoFar = (quarters: readonly { tenths: number | null }[], { fiveGoodFrom }: { fiveGoodFrom: number }) => {
  const scored = quarters.flatMap(({ tenths }) => tenths ?? [])
  return scored.length > 0 && scored.reduce((all, one) => all + one, 0) >= fiveGoodFrom * 10 * scored.length
}
