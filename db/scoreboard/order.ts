import { sql } from 'drizzle-orm'
import { addQuarters, type Quarter, quartersOf, yearOf } from '../../src/calendar.ts'
import { yearOfBranch } from '../../src/rules/assessment/year.ts'
import type { Duty } from '../../src/rules/duties/duty.ts'
import { type Progress, progressOf } from '../../src/rules/duties/progress.ts'
import { type Ranked, rankOf, type Score } from '../../src/rules/duties/scoring.ts'
import type { Rulebook } from '../../src/rules/rulebook/rulebook.ts'
import { assessmentOf, isAssessed } from '../assessment/assessments.ts'
import { undecidedOf } from '../assessment/stages.ts'
import { assessments, results } from '../assessment/tables.ts'
import { committees } from '../branches/tables.ts'
import { type Branch, branchesOf, branchesOfIds, committeesUnder, unitById } from '../branches/units.ts'
import { type Db, inList, lookUp } from '../client.ts'
import { accountsIn } from '../duties/account.ts'
import { scoreOfAccount } from '../duties/score.ts'
import { rulebookFor, rulebooksAbove } from '../rulebook/versions.ts'

interface Place {
  branch: Branch
  /** Null until the branch's quarter is published: before that nothing of it is compared. */
  tenths: number | null
  /** The turn of each duty; null for a closed quarter. */
  progress: Progress | null
  /** 待定: its committee is published, and the branch follows later. */
  isUndecided: boolean
  /** The places won since the quarter before, when both are closed or this one is reckoned now. */
  moved: number | null
  yearTenths: number | null
  isFiveGood: boolean
  /** Null before the publication, and for a closed quarter, whose score stands in the results alone. */
  score: Score<Duty> | null
}

export type OrderRow = Ranked<Place> & { committee: string }

/**
 * The branches of a committee, and after them those of each committee below. Before the publication they stand by name, then in their
 * order. Branches are ranked within their own committee, and a parent sees its children's results. Ties share the better place.
 */
export async function orderOfCommittee(db: Db, committee: string, quarter: Quarter, now: Date, own = false): Promise<OrderRow[]> {
  const [below] = await lookUp(db, [committeesUnder(db, committee)])
  const orders: OrderRow[] = []
  for (const { id, name } of own ? below.slice(0, 1) : below) {
    const { rows } = await orderWithin(db, id, quarter, now)
    orders.push(...rows.map((one) => ({ ...one, committee: name })))
  }
  return orders
}

/** The rulebook of a committee for a quarter, its assessment, and the language of its charts and tables. */
export async function committeeInQuarter(db: Db, committee: string, quarter: Quarter) {
  const [above, [assessment], [here]] = await lookUp(db, [
    rulebooksAbove(db, committee),
    assessmentOf(db, committee, quarter),
    unitOfCommittee(db, committee),
  ])
  const [[unit]] = await lookUp(db, [unitById(db, here?.unit ?? '')])
  return {
    unit: here?.unit ?? '',
    rulebook: rulebookFor(above, quarter),
    isFinal: Boolean(assessment?.closedAt),
    language: unit?.language ?? ('zh' as const),
  }
}

export const unitOfCommittee = (db: Db, committee: string) =>
  db.select({ unit: committees.unit }).from(committees).where(sql`${committees.id} = ${committee}`)

/** Something of it may be compared. */
export const isShownIn = (rows: readonly Pick<Place, 'tenths'>[]) => rows.some(({ tenths }) => tenths !== null)

export interface OrderWithin {
  rows: Ranked<Place>[]
  rulebook: Rulebook
  isPublished: boolean
  isFinal: boolean
}

export async function orderWithin(db: Db, committee: string, quarter: Quarter, now: Date): Promise<OrderWithin> {
  const year = yearOf(quarter)
  const [own, above, [assessment], waiting, closed] = await lookUp(db, [
    branchesOf(db, committee),
    rulebooksAbove(db, committee),
    assessmentOf(db, committee, quarter),
    undecidedOf(db, committee, quarter),
    db
      .select({ branch: results.branch, quarter: results.quarter, tenths: results.tenths, place: results.place, isLast: results.isLast })
      .from(results)
      .innerJoin(assessments, sql`${assessments.committee} = ${results.committee} and ${assessments.quarter} = ${results.quarter}`)
      .where(
        sql`${results.committee} = ${committee} and ${assessments.closedAt} is not null and ${results.quarter} in ${inList([...quartersOf(year), addQuarters(quarter, -1)])}`,
      ),
  ])
  const rulebook = rulebookFor(above, quarter)
  const about = { rulebook, isPublished: Boolean(assessment?.publishedAt), isFinal: Boolean(assessment?.closedAt) }
  const theirs = Map.groupBy(closed, ({ branch }) => branch)
  const besides = (branch: string, tenths: number | null, place: number | null) => {
    const earlier = (theirs.get(branch) ?? []).filter((one) => one.quarter < quarter)
    const before = earlier.find((one) => one.quarter === addQuarters(quarter, -1))?.place ?? null
    const inYear = [...earlier, { quarter, tenths, isLast: false }].filter((one) => yearOf(one.quarter) === year)
    const { meanTenths } = yearOfBranch(inYear, year, rulebook)
    return {
      moved: before === null || place === null ? null : before - place,
      yearTenths: meanTenths,
      isFiveGood: isFiveGoodSoFar(inYear, rulebook),
    }
  }

  if (assessment?.closedAt) {
    const final = closed.filter((one) => one.quarter === quarter)
    const [named] = await lookUp(db, [
      branchesOfIds(
        db,
        final.map(({ branch }) => branch),
      ),
    ])
    const byId = new Map(named.map((branch) => [branch.id, branch]))
    const rows = final.flatMap(({ branch: id, tenths, place, isLast }) => {
      const branch = byId.get(id)
      return branch
        ? [{ branch, tenths, place, isLast, progress: null, isUndecided: false, score: null, ...besides(id, tenths, place) }]
        : []
    })
    return { ...about, rows: rows.sort((a, b) => (a.place ?? Number.MAX_SAFE_INTEGER) - (b.place ?? Number.MAX_SAFE_INTEGER)) }
  }
  const accounts = await accountsIn(
    db,
    own.filter((branch) => isAssessed(branch, quarter)),
    [quarter],
    now,
  )
  const isWaiting = new Set(waiting.filter(({ publishedAt }) => !publishedAt).map(({ branch }) => branch))
  const rows = accounts.map((account) => {
    const isUndecided = isWaiting.has(account.branch.id)
    const score = about.isPublished && !isUndecided ? scoreOfAccount(account) : null
    return { branch: account.branch, tenths: score?.tenths ?? null, progress: progressOf(account.duties), isUndecided, score }
  })
  return { ...about, rows: rankOf(rows, rulebook).map((one) => ({ ...one, ...besides(one.branch.id, one.tenths, one.place) })) }
}

/** True for the quarters so far; the four together decide. */
const isFiveGoodSoFar = (quarters: readonly { tenths: number | null }[], { fiveGoodFrom }: { fiveGoodFrom: number }) => {
  const scored = quarters.flatMap(({ tenths }) => tenths ?? [])
  return scored.length > 0 && scored.reduce((all, one) => all + one, 0) >= fiveGoodFrom * 10 * scored.length
}

/** Assessments closed after one moment and up to another: their final scores are posted. */
export const closedBetween = (db: Db, after: Date, until: Date) =>
  db
    .select({ committee: assessments.committee, quarter: assessments.quarter })
    .from(assessments)
    .where(sql`${assessments.closedAt} > ${after.getTime()} and ${assessments.closedAt} <= ${until.getTime()}`)
    .orderBy(assessments.committee, assessments.quarter)

/** The scores of a committee's branches as they were closed. */
export const finalScores = (db: Db, committee: string, quarter: Quarter) =>
  db
    .select({ id: results.branch, tenths: results.tenths })
    .from(results)
    .where(sql`${results.committee} = ${committee} and ${results.quarter} = ${quarter}`)
    .orderBy(results.branch)
