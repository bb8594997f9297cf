import { sql } from 'drizzle-orm'
import { type Period, periodEnd, periodStart, type Quarter } from '../src/calendar.ts'
import { type Duty, dutiesOf, evidenceSpan } from '../src/rules/duties.ts'
import { committeeRoles, type GatheringKind } from '../src/rules/gatherings.ts'
import { type Rulebook, rulebookOf } from '../src/rules/rulebook.ts'
import { creditsOf } from '../src/rules/standards.ts'
import { type Db, lookUp } from './client.ts'
import { closures, gatheringBranches, gatherings, isQuorateForBranch } from './gatherings.ts'
import { seats } from './seats.ts'
import { type Branch, committeesAbove } from './units.ts'

export interface Proof {
  branch: string
  gathering: string
  kind: GatheringKind
  at: Date
}

/**
 * What proves duties: quorate gatherings that were held and closed, by the moment they started. A duty's state is computed from these
 * facts alone, each time it is asked for; nothing sets it.
 */
export const proofs = (db: Db, branch: string, from: Date, to: Date) =>
  db
    .select({ branch: gatheringBranches.branch, gathering: gatherings.id, kind: gatherings.kind, at: gatherings.startsAt })
    .from(gatheringBranches)
    .innerJoin(gatherings, sql`${gatherings.id} = ${gatheringBranches.gathering}`)
    .innerJoin(closures, sql`${closures.gathering} = ${gatherings.id} and ${isQuorateForBranch}`)
    .where(
      sql`${gatheringBranches.branch} = ${branch} and ${gatherings.startsAt} >= ${from.getTime()} and ${gatherings.startsAt} < ${to.getTime()}`,
    )
    .orderBy(gatherings.startsAt, gatherings.id)

/** Who sat on the branch's committee, and from when to when. */
const committeeSeats = (db: Db, branch: string) =>
  db
    .select({ member: seats.member, from: seats.from, until: seats.until })
    .from(seats)
    .where(sql`${seats.branch} = ${branch} and ${seats.role} in ${[...committeeRoles]}`)

/** The rulebooks of the committees above a branch, nearest first; what one leaves out the next may say. */
export const rulebooksAbove = (db: Db, committee: string) =>
  db
    .select({
      rulebook: sql<Record<string, unknown> | null>`c.rulebook`.mapWith((json: string | null) => (json ? JSON.parse(json) : null)),
    })
    .from(sql`${committeesAbove(sql`${committee}`)} u join committees c on c.id = u.id`)
    .orderBy(sql`u.depth`)

/** A committee of a branch has three members at least (支部工作条例, art. 20); below that its meetings are not asked for. */
const SMALLEST_COMMITTEE = 3

/** What a branch owes for a quarter and how it stands, from the facts as they are now. */
export async function dutiesOfBranch(db: Db, branch: Branch, quarter: Quarter, now: Date): Promise<{ duties: Duty[]; rulebook: Rulebook }> {
  const [above] = await lookUp(db, [rulebooksAbove(db, branch.committee)])
  const rulebook = rulebookOf(above.map(({ rulebook }) => rulebook))
  const { from, until } = evidenceSpan(quarter, rulebook)
  const [held, sat] = await lookUp(db, [proofs(db, branch.id, from, until), committeeSeats(db, branch.id)])

  const evidence = held.flatMap(({ kind, gathering, at }) => creditsOf(kind).map((part) => ({ part, gathering, at })))
  const hasCommitteeAt = (at: Date) => {
    const sitting = sat.filter(({ from, until }) => from <= at && (!until || until > at))
    return new Set(sitting.map(({ member }) => member)).size >= SMALLEST_COMMITTEE
  }
  // As it sits at the period's end; and one that met and dissolved before that has met all the same.
  const hasCommittee = (period: Period) => {
    const [start, end] = [periodStart(period), new Date(Math.min(now.getTime(), periodEnd(period).getTime() - 1))]
    const met = held.filter(({ kind, at }) => kind === 'committee' && at >= start && at <= end)
    return [end, ...met.map(({ at }) => at)].some(hasCommitteeAt)
  }
  return { duties: dutiesOf({ since: branch.since, hasCommittee }, quarter, evidence, now, rulebook), rulebook }
}
