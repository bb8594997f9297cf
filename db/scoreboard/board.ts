import { sql } from 'drizzle-orm'
import type { Quarter } from '../../src/calendar.ts'
import { type Frozen, frozenScore } from '../../src/rules/assessment/adjustment.ts'
import { tierOf } from '../../src/rules/assessment/year.ts'
import type { Score } from '../../src/rules/duties/scoring.ts'
import { pointsIn, standardGroups } from '../../src/rules/duties/standard-groups.ts'
import { turn } from '../../src/turn.ts'
import { results } from '../assessment/tables.ts'
import { committeesUnder } from '../branches/units.ts'
import { type Db, inList, lookUp } from '../client.ts'
import { type OrderWithin, ordersWithin } from './order-within.ts'
import { closedScores, trendQuarters } from './trend.ts'

export type BoardRow = Omit<OrderWithin['rows'][number], 'score'> & {
  tier: number | null
  /** One entry for each group of standards, in their order; null where nothing counts. */
  groups: readonly ({ tenths: number; weight: number } | null)[]
  /** One entry for each quarter of the trend, this quarter last; null where there is none. */
  trend: readonly (number | null)[]
  /** The change against the quarter before, where that is closed. */
  change: number | null
}

/** One committee's order, as its page and its file show it. */
export interface Board extends Omit<OrderWithin, 'rows'> {
  id: string
  name: string
  rows: readonly BoardRow[]
}

/** This many frozen accounts are read in one go; others get their turn between two goes. */
const LOT = 60

/** A committee's order and, after it, those of the committees below that have branches. */
export async function scoreboardOf(db: Db, committee: string, quarter: Quarter, now: Date): Promise<Board[]> {
  const [below] = await lookUp(db, [committeesUnder(db, committee)])
  const orders = await ordersWithin(
    db,
    below.map(({ id }) => id),
    quarter,
    now,
  )
  const trends = await trendsAmong(db, orders, quarter)
  return below.flatMap(({ id, name }, nth) => {
    const order = orders[nth]
    return order && order.rows.length > 0 ? [{ ...order, id, name, rows: order.rows.map(trends(order)) }] : []
  })
}

const branchesIn = (orders: readonly OrderWithin[]) => orders.flatMap(({ rows }) => rows.map(({ branch }) => branch.id))

/** Reads the earlier quarters of all orders together, and adds them to the rows of each. */
async function trendsAmong(db: Db, orders: readonly OrderWithin[], quarter: Quarter) {
  const earlier = trendQuarters(quarter).slice(0, -1)
  const [closed] = await lookUp(db, [closedScores(db, branchesIn(orders), earlier)])
  const final = new Map(closed.map(({ branch, quarter: of, tenths }) => [`${branch} ${of}`, tenths]))
  const finalOrders = orders.filter(({ isFinal }) => isFinal)
  const kept = await keptScores(db, branchesIn(finalOrders), quarter)
  return ({ rulebook }: OrderWithin) =>
    ({ score: running, ...row }: OrderWithin['rows'][number]): BoardRow => {
      const score = running ?? kept.get(row.branch.id)
      const trend = [...earlier.map((of) => final.get(`${row.branch.id} ${of}`) ?? null), row.tenths]
      const before = trend.at(-2) ?? null
      return {
        ...row,
        tier: tierOf(row.tenths, rulebook),
        groups: standardGroups.map((group) => (score ? pointsIn(group, score.standards) : null)),
        trend,
        change: row.tenths === null || before === null ? null : row.tenths - before,
      }
    }
}

async function keptScores(db: Db, branches: readonly string[], quarter: Quarter): Promise<Map<string, Pick<Score<unknown>, 'standards'>>> {
  const scores = new Map<string, Pick<Score<unknown>, 'standards'>>()
  for (let first = 0; first < branches.length; first += LOT) {
    if (first > 0) await turn()
    const [lot] = await lookUp(db, [
      db
        .select({ branch: results.branch, account: results.account })
        .from(results)
        .where(sql`${results.branch} in ${inList(branches.slice(first, first + LOT))} and ${results.quarter} = ${quarter}`),
    ])
    for (const { branch, account } of lot) scores.set(branch, frozenScore(account as Frozen))
  }
  return scores
}
