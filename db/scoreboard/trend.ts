import { sql } from 'drizzle-orm'
import { addQuarters, type Quarter } from '../../src/calendar.ts'
import { assessments, results } from '../assessment/tables.ts'
import type { Branch } from '../branches/units.ts'
import { type Db, inList, lookUp } from '../client.ts'

export interface TrendPoint {
  quarter: Quarter
  tenths: number
}

/** A trend looks back over this many quarters. */
const TREND = 8

export const trendQuarters = (quarter: Quarter) => Array.from({ length: TREND }, (_, nth) => addQuarters(quarter, nth + 1 - TREND))

/** Earlier quarters stand in it once they are closed; `ownTenths` is the quarter's own point, null while it is not published. */
export async function trendOf(db: Db, branch: Branch, quarter: Quarter, ownTenths: number | null): Promise<TrendPoint[]> {
  const [closed] = await lookUp(db, [closedScores(db, [branch.id], trendQuarters(quarter).slice(0, -1))])
  const points = [...closed.toSorted((a, b) => (a.quarter < b.quarter ? -1 : 1)), { quarter, tenths: ownTenths }]
  return points.flatMap(({ quarter, tenths }) => (tenths === null ? [] : [{ quarter, tenths }]))
}

/** The scores of closed quarters. A branch that followed its committee is closed with its own row. */
export const closedScores = (db: Db, branches: readonly string[], quarters: readonly Quarter[]) =>
  db
    .select({ branch: results.branch, quarter: results.quarter, tenths: results.tenths })
    .from(results)
    .innerJoin(assessments, sql`${assessments.committee} = ${results.committee} and ${assessments.quarter} = ${results.quarter}`)
    .where(
      sql`${results.branch} in ${inList(branches)} and ${results.quarter} in ${inList(quarters)} and ${assessments.closedAt} is not null`,
    )
