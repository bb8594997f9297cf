import { sql } from 'drizzle-orm'
import { type Day, day, periodEnd, type Quarter } from '../../src/calendar.ts'
import { committees, members } from '../branches/tables.ts'
import type { Branch } from '../branches/units.ts'
import { type Db, inList, prepared } from '../client.ts'
import { refresh } from '../ledgers/refresh.ts'
import { refreshScores } from '../ledgers/refresh-scores.ts'
import { assessments, selfAssessments } from './tables.ts'

export type Assessment = typeof assessments.$inferSelect

/** What the cards of an assessment are refreshed by. */
export const selfSubject = (branch: string, quarter: Quarter) => `self ${branch} ${quarter}`
export const reviewSubject = (branch: string, quarter: Quarter) => `review ${branch} ${quarter}`
export const resultSubject = (branch: string, quarter: Quarter) => `result ${branch} ${quarter}`

export const overviewSubject = (committee: string, quarter: Quarter) => `overview ${committee} ${quarter}`

/** Whatever a person decided of a branch's quarter shows wherever that quarter stands. */
export const refreshAssessed = (db: Db, branch: Pick<Branch, 'id' | 'lineage'>, quarter: Quarter, at: Date) => [
  ...[
    ...[selfSubject, reviewSubject, resultSubject].map((subject) => subject(branch.id, quarter)),
    ...branch.lineage.map((committee) => overviewSubject(committee, quarter)),
  ].map((subject) => refresh(db, { subject, at, afterPress: true })),
  ...refreshScores(db, { branch: branch.id, lineage: branch.lineage }, at),
]

export const assessmentOf = (db: Db, committee: string, quarter: Quarter) =>
  db.select().from(assessments).where(sql`${assessments.committee} = ${committee} and ${assessments.quarter} = ${quarter}`)

export const assessmentOfBranch = (db: Db, branch: string, quarter: Quarter) =>
  db
    .select()
    .from(assessments)
    .where(sql`${assessments.committee} = (select committee from branches where id = ${branch}) and ${assessments.quarter} = ${quarter}`)

/** The quarter that is spoken of when none is named: the latest that was opened for any of these committees. */
export const latestOpened = (db: Db, ids: readonly string[]) =>
  db
    .select({ quarter: sql<Quarter | null>`max(${assessments.quarter})` })
    .from(assessments)
    .where(sql`${assessments.committee} in ${inList(ids)}`)

export const assessmentsOf = (db: Db, ids: readonly string[], quarter: Quarter) =>
  db
    .select()
    .from(assessments)
    .where(sql`${assessments.committee} in ${inList(ids)} and ${assessments.quarter} = ${quarter}`)

const appealsWaiting = sql<number>`(select count(*) from appeals p join branches b on b.id = p.branch
  where b.committee = "assessments"."committee" and p.quarter = "assessments"."quarter" and p.answered_at is null)`

/** What the clock may have to do with: all that is not closed. */
export const unclosed = (db: Db) => notClosed(db, {})
const notClosed = prepared((db) =>
  db
    .select({ assessment: assessments, unit: committees.unit, appealsWaiting })
    .from(assessments)
    .innerJoin(committees, sql`${committees.id} = ${assessments.committee}`)
    .where(sql`${assessments.closedAt} is null`)
    .orderBy(assessments.quarter, assessments.committee),
)

export const submissionsOf = (db: Db, ids: readonly string[], quarter: Quarter) =>
  db
    .select({ branch: selfAssessments.branch, by: members.name, at: selfAssessments.submittedAt })
    .from(selfAssessments)
    .innerJoin(members, sql`${members.id} = ${selfAssessments.submittedBy}`)
    .where(sql`${selfAssessments.branch} in ${inList(ids)} and ${selfAssessments.quarter} = ${quarter}`)

/** A branch that began after a quarter is not assessed for it. */
export const isAssessed = ({ since }: Pick<Branch, 'since'>, quarter: Quarter) => since < day(periodEnd(quarter))

/** What waits for the assessors of some committees: a review whose branches’ days are over, or appeals without an answer. */
export const reviewsWaiting = (db: Db, ids: readonly string[], today: Day) =>
  db
    .select({
      name: committees.name,
      quarter: assessments.quarter,
      reviewUntil: assessments.reviewUntil,
      publishedAt: assessments.publishedAt,
      appealsWaiting,
    })
    .from(assessments)
    .innerJoin(committees, sql`${committees.id} = ${assessments.committee}`)
    .where(
      sql`${assessments.committee} in ${inList(ids)} and ${assessments.closingAt} is null
        and ((${assessments.publishedAt} is null and ${assessments.selfUntil} < ${today}) or ${appealsWaiting} > 0)`,
    )
    .orderBy(assessments.quarter, committees.name)
