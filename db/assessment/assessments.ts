import { getTableColumns, sql } from 'drizzle-orm'
import { type Day, day, periodEnd, type Quarter } from '../../src/calendar.ts'
import { committees, members } from '../branches/tables.ts'
import type { Branch } from '../branches/units.ts'
import { type Db, inList, prepared, type Statement, statementOf } from '../client.ts'
import { refresh } from '../ledgers/refresh.ts'
import { refreshScores } from '../ledgers/refresh-scores.ts'
import { assessments, selfAssessments, undecided } from './tables.ts'

export type Assessment = typeof assessments.$inferSelect

/** The subjects by which the cards of an assessment are refreshed. */
export const selfSubject = (branch: string, quarter: Quarter) => `self ${branch} ${quarter}`
export const reviewSubject = (branch: string, quarter: Quarter) => `review ${branch} ${quarter}`
export const resultSubject = (branch: string, quarter: Quarter) => `result ${branch} ${quarter}`

export const overviewSubject = (committee: string, quarter: Quarter) => `overview ${committee} ${quarter}`

/** A word on a branch's quarter shows on every card of that quarter. It may be the last that the branch waited for. */
export const refreshAssessed = (db: Db, branch: Pick<Branch, 'id' | 'lineage'>, quarter: Quarter, at: Date) => [
  ...[
    ...[selfSubject, reviewSubject, resultSubject].map((subject) => subject(branch.id, quarter)),
    ...branch.lineage.map((committee) => overviewSubject(committee, quarter)),
  ].map((subject) => refresh(db, { subject, at, afterPress: true })),
  ...refreshScores(db, { branch: branch.id, lineage: branch.lineage }, at),
  touching(db, [branch.id], quarter, at),
]

/** A branch that waits is looked at again by the clock. */
export const touching = (db: Db, branches: readonly string[], quarter: Quarter, at: Date): Statement =>
  statementOf(
    db
      .update(undecided)
      .set({ touchedAt: at })
      .where(sql`${undecided.branch} in ${inList(branches)} and ${undecided.quarter} = ${quarter} and ${undecided.publishedAt} is null`),
  )

export const assessmentOf = (db: Db, committee: string, quarter: Quarter) =>
  db.select().from(assessments).where(sql`${assessments.committee} = ${committee} and ${assessments.quarter} = ${quarter}`)

export const assessmentOfBranch = (db: Db, branch: string, quarter: Quarter) => ofBranch(db, { branch, quarter })

const ofBranch = prepared((db) =>
  db
    .select({
      ...getTableColumns(assessments),
      publishedAt: sql`${ownMoment('published_at')}`.mapWith(assessments.publishedAt),
      appealsUntil: sql<Day | null>`${ownMoment('appeals_until')}`,
      closingAt: sql`case when ${undecided.branch} is null then ${assessments.closingAt} else ${undecided.closedAt} end`.mapWith(
        assessments.closingAt,
      ),
      closedAt: sql`${ownMoment('closed_at')}`.mapWith(assessments.closedAt),
      committeePublishedAt: sql`${assessments.publishedAt}`.mapWith(assessments.publishedAt),
    })
    .from(assessments)
    .leftJoin(undecided, sql`${undecided.branch} = ${sql.placeholder('branch')} and ${undecided.quarter} = ${assessments.quarter}`)
    .where(
      sql`${assessments.committee} = (select committee from branches where id = ${sql.placeholder('branch')})
        and ${assessments.quarter} = ${sql.placeholder('quarter')}`,
    ),
)

const ownMoment = (column: 'published_at' | 'appeals_until' | 'closed_at') => {
  const name = sql.raw(`"${column}"`)
  return sql`case when ${undecided.branch} is null then ${assessments}.${name} else ${undecided}.${name} end`
}

/** The committee's assessment as it is for one branch. A branch that was published as undecided has moments of its own. */
export type BranchAssessment = ReturnType<ReturnType<typeof assessmentOfBranch>['map']>[number]

/** The quarter that is meant when none is named: the latest that was opened for any of these committees. */
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
/** An undecided branch's appeal holds up nobody else. */
const appealsOfOthers = sql<number>`(select count(*) from appeals p join branches b on b.id = p.branch
  where b.committee = "assessments"."committee" and p.quarter = "assessments"."quarter" and p.answered_at is null
    and not exists (select 1 from undecided u where u.branch = p.branch and u.quarter = p.quarter))`

/** The assessments that are not closed: the clock has to look at them. */
export const unclosed = (db: Db) => notClosed(db, {})
const notClosed = prepared((db) =>
  db
    .select({ assessment: assessments, unit: committees.unit, appealsWaiting: appealsOfOthers })
    .from(assessments)
    .innerJoin(committees, sql`${committees.id} = ${assessments.committee}`)
    .where(sql`${assessments.closedAt} is null`)
    .orderBy(assessments.quarter, assessments.committee),
)

export const submissionsOf = (db: Db, ids: readonly string[], quarter: Quarter) => submissions(db, { ids: JSON.stringify(ids), quarter })

const submissions = prepared((db) =>
  db
    .select({ branch: selfAssessments.branch, by: members.name, at: selfAssessments.submittedAt })
    .from(selfAssessments)
    .innerJoin(members, sql`${members.id} = ${selfAssessments.submittedBy}`)
    .where(
      sql`${selfAssessments.branch} in ${inList(sql.placeholder('ids'))} and ${selfAssessments.quarter} = ${sql.placeholder('quarter')}`,
    ),
)

/** A branch that began after a quarter is not assessed for it. */
export const isAssessed = ({ since }: Pick<Branch, 'since'>, quarter: Quarter) => since < day(periodEnd(quarter))

/** The work that waits for the assessors of some committees: reviews whose self-assessment is over, and appeals without an answer. */
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
