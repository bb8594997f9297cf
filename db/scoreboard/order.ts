import { sql } from 'drizzle-orm'
import type { Quarter } from '../../src/calendar.ts'
import type { Ranked } from '../../src/rules/duties/scoring.ts'
import { assessmentOf } from '../assessment/assessments.ts'
import { assessments, results, undecided } from '../assessment/tables.ts'
import { committees } from '../branches/tables.ts'
import { committeesUnder, unitById } from '../branches/units.ts'
import { type Db, lookUp } from '../client.ts'
import { rulebookFor, rulebooksAbove } from '../rulebook/versions.ts'
import { ordersWithin, type Place } from './order-within.ts'

export type OrderRow = Ranked<Place> & { committee: string }

/**
 * The branches of a committee, and after them those of each committee below. Before the publication they stand by name, then in their
 * order. Branches are ranked within their own committee, and a parent sees its children's results. Ties share the better place.
 */
export async function orderOfCommittee(db: Db, committee: string, quarter: Quarter, now: Date, own = false): Promise<OrderRow[]> {
  const [below] = await lookUp(db, [committeesUnder(db, committee)])
  const asked = own ? below.slice(0, 1) : below
  const orders = await ordersWithin(
    db,
    asked.map(({ id }) => id),
    quarter,
    now,
  )
  return asked.flatMap(({ name }, nth) => (orders[nth]?.rows ?? []).map((one) => ({ ...one, committee: name })))
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

/** Assessments closed after one moment and up to another: their final scores are posted. */
export const closedBetween = (db: Db, after: Date, until: Date) =>
  db
    .select({ committee: assessments.committee, quarter: assessments.quarter })
    .from(assessments)
    .where(sql`${assessments.closedAt} > ${after.getTime()} and ${assessments.closedAt} <= ${until.getTime()}`)
    .orderBy(assessments.committee, assessments.quarter)

/** The branches that followed their committee (待定) and were closed in that time, each by itself. */
export const followersClosedBetween = (db: Db, after: Date, until: Date) =>
  db
    .select({ id: undecided.branch, quarter: undecided.quarter })
    .from(undecided)
    .where(sql`${undecided.closedAt} > ${after.getTime()} and ${undecided.closedAt} <= ${until.getTime()}`)
    .orderBy(undecided.quarter, undecided.branch)

/** The scores of a committee's branches as they were closed. */
export const finalScores = (db: Db, committee: string, quarter: Quarter) =>
  db
    .select({ id: results.branch, tenths: results.tenths })
    .from(results)
    .where(sql`${results.committee} = ${committee} and ${results.quarter} = ${quarter}`)
    .orderBy(results.branch)
