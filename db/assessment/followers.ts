import { sql } from 'drizzle-orm'
import type { Day, Quarter } from '../../src/calendar.ts'
import { rankOf } from '../../src/rules/duties/scoring.ts'
import { committees } from '../branches/tables.ts'
import { branchById } from '../branches/units.ts'
import { type Db, inList, isConstraint, lookUp, prepared, type Statement, statementOf, together } from '../client.ts'
import { accountOf } from '../duties/account.ts'
import { CLOCK, record } from '../ledgers/audit.ts'
import { refreshAmong } from '../ledgers/refresh.ts'
import { orderSubject, scoreSubject } from '../ledgers/refresh-scores.ts'
import { rulebookFor, rulebooksAbove } from '../rulebook/versions.ts'
import { overviewSubject, resultSubject } from './assessments.ts'
import { keptOf, lastTwiceOf, resultFrom, spending } from './close.ts'
import { assessments, results, undecided } from './tables.ts'

/** The branches that follow a published quarter and are not closed: the clock has to look at them. */
export const following = (db: Db) => stillFollowing(db, {})
const stillFollowing = prepared((db) =>
  db
    .select({
      branch: undecided.branch,
      quarter: undecided.quarter,
      committee: undecided.committee,
      unit: committees.unit,
      by: sql<string>`${assessments.publishedBy}`,
      touchedAt: undecided.touchedAt,
      publishedAt: undecided.publishedAt,
      appealsUntil: undecided.appealsUntil,
      othersClosedAt: assessments.closedAt,
      appealsWaiting: sql<number>`(select count(*) from appeals p
        where p.branch = "undecided"."branch" and p.quarter = "undecided"."quarter" and p.answered_at is null)`,
    })
    .from(undecided)
    .innerJoin(assessments, sql`${assessments.committee} = ${undecided.committee} and ${assessments.quarter} = ${undecided.quarter}`)
    .innerJoin(committees, sql`${committees.id} = ${undecided.committee}`)
    .where(sql`${undecided.closedAt} is null`)
    .orderBy(undecided.quarter, undecided.committee, undecided.branch),
)

export type Following = ReturnType<typeof following> extends Statement<(infer T)[]> ? T : never

/** The clock's next step with a branch that follows; null while people are at work on it. */
export function followingStep({ touchedAt, publishedAt, appealsUntil, othersClosedAt, appealsWaiting }: Following, today: Day) {
  if (!publishedAt) return touchedAt ? 'publish' : null
  return othersClosedAt && appealsUntil && today > appealsUntil && appealsWaiting === 0 ? 'close' : null
}

/** Places that were given stay as they are; the branch takes the one that its score has among them. */
const placeAmong = (committee: string, quarter: Quarter, tenths: number | null) =>
  tenths === null
    ? null
    : sql<number>`(select 1 + count(*) from results r where r.committee = ${committee} and r.quarter = ${quarter} and r.tenths > ${tenths})`

/** Writes the result of a branch that followed, and closes it. The last of them settles whose the last place is. */
export async function closeFollower(db: Db, { branch: id, committee, quarter, unit }: Following, now: Date) {
  const [[branch], above, kept, open] = await lookUp(db, [
    branchById(db, id),
    rulebooksAbove(db, committee),
    keptOf(db, committee, quarter),
    stillOpen(db, committee, quarter),
  ])
  if (!branch) return
  const account = await accountOf(db, branch, quarter, now)
  const result = resultFrom(account, quarter, now)
  const rulebook = rulebookFor(above, quarter)
  const order = open.length === 1 ? rankOf([...kept, { branch: id, tenths: result.tenths }], rulebook) : []
  const last = order.filter(({ isLast }) => isLast).map((one) => one.branch)
  await together(db, [
    db.insert(results).values({ ...result, place: placeAmong(committee, quarter, result.tenths) }),
    ...spending(db, account, quarter),
    db
      .update(results)
      .set({ isLast: true })
      .where(sql`${results.quarter} = ${quarter} and ${results.branch} in ${inList(last)}`),
    db.update(undecided).set({ closedAt: now }).where(sql`${undecided.branch} = ${id} and ${undecided.quarter} = ${quarter}`),
    record(db, { at: now, unit, actor: CLOCK, deed: 'assessment.closed', subject: `${id} ${quarter}` }),
    refreshAmong(db, {
      subjects: [resultSubject(id, quarter), scoreSubject(id), overviewSubject(committee, quarter), ...branch.lineage.map(orderSubject)],
      at: now,
    }),
    ...(await lastTwiceOf(db, committee, order, quarter, rulebook.lastTimes, now)),
  ]).catch((error) => {
    // Another turn was quicker, and came to the same.
    if (!isConstraint(error)) throw error
  })
}

const stillOpen = (db: Db, committee: string, quarter: Quarter) =>
  statementOf(
    db
      .select({ branch: undecided.branch })
      .from(undecided)
      .where(sql`${undecided.committee} = ${committee} and ${undecided.quarter} = ${quarter} and ${undecided.closedAt} is null`),
  )
