import { sql } from 'drizzle-orm'
import { type Day, periodEnd, type Quarter } from '../../src/calendar.ts'
import { type Stage, stageOf } from '../../src/rules/assessment/stage.ts'
import { type Db, inList, lookUp } from '../client.ts'

/** How far the quarter of each branch has come, in one round trip. Cards and pages ask it before they show anything. */
export async function stagesOf(db: Db, branches: readonly string[], quarter: Quarter, now: Date): Promise<Map<string, Stage>> {
  const [found] = await lookUp(db, [momentsOf(db, branches, quarter)])
  const isOver = now >= periodEnd(quarter)
  const theirs = new Map(found.map(({ branch, ...moments }) => [branch, moments]))
  const none = { committeePublishedAt: null, publishedAt: null, closedAt: null }
  return new Map(branches.map((branch) => [branch, stageOf({ isOver, ...(theirs.get(branch) ?? none) })]))
}

const momentIn = { mapFromDriverValue: (at: number | null) => (at === null ? null : new Date(at)) }

/** A branch that was published as undecided has moments of its own; every other has those of its committee. */
const momentsOf = (db: Db, branches: readonly string[], quarter: Quarter) =>
  db
    .select({
      branch: sql<string>`b.id`,
      committeePublishedAt: sql<Date | null>`a.published_at`.mapWith(momentIn),
      publishedAt: sql<Date | null>`case when u.branch is null then a.published_at else u.published_at end`.mapWith(momentIn),
      closedAt: sql<Date | null>`case when u.branch is null then a.closed_at else u.closed_at end`.mapWith(momentIn),
    })
    .from(sql`branches b`)
    .innerJoin(sql`assessments a`, sql`a.committee = b.committee and a.quarter = ${quarter}`)
    .leftJoin(sql`undecided u`, sql`u.branch = b.id and u.quarter = a.quarter`)
    .where(sql`b.id in ${inList(branches)}`)

/** The branches of some committees that were published as undecided, with their own moments. */
export const undecidedOf = (db: Db, committees: readonly string[], quarter: Quarter) =>
  db
    .select({
      branch: sql<string>`u.branch`,
      publishedAt: sql<Date | null>`u.published_at`.mapWith(momentIn),
      appealsUntil: sql<Day | null>`u.appeals_until`,
      closedAt: sql<Date | null>`u.closed_at`.mapWith(momentIn),
    })
    .from(sql`undecided u`)
    .where(sql`u.committee in ${inList(committees)} and u.quarter = ${quarter}`)
