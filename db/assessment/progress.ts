import type { Quarter } from '../../src/calendar.ts'
import { type Branch, branchesOf, committeesUnder } from '../branches/units.ts'
import { type Db, lookUp } from '../client.ts'
import { accountsIn } from '../duties/account.ts'
import { type AppealAsItStands, appealsOf } from './appeals.ts'
import { type Assessment, assessmentOf, assessmentsOf, isAssessed, submissionsOf } from './assessments.ts'
import { ownDuties, upperDuties, waitingIn } from './branch-quarter.ts'

/** How far one branch's assessment has come. */
export interface Progress {
  branch: Branch
  isSubmitted: boolean
  /** Attestations that wait to be confirmed. */
  toConfirm: number
  /** Duties that the upper level alone judges, and has not judged yet. */
  toJudge: number
  /** Duties that the branch has not answered. */
  unanswered: number
  appeals: AppealAsItStands[]
}

export interface Review {
  committee: { id: string; name: string }
  quarter: Quarter
  assessment: Assessment | null
  branches: Progress[]
  /** Committees below with an assessment of their own. */
  below: { id: string; name: string; isPublished: boolean; isClosed: boolean }[]
}

export async function reviewOf(db: Db, committee: string, quarter: Quarter, now: Date): Promise<Review | null> {
  const [under, own, [assessment]] = await lookUp(db, [
    committeesUnder(db, committee),
    branchesOf(db, committee),
    assessmentOf(db, committee, quarter),
  ])
  const name = under.find(({ id }) => id === committee)?.name
  if (name === undefined) return null
  const assessed = assessment ? own.filter((branch) => isAssessed(branch, quarter)) : []
  const ids = assessed.map(({ id }) => id)
  const [submitted, appeals, theirs, accounts] = [
    ...(await lookUp(db, [
      submissionsOf(db, ids, quarter),
      appealsOf(db, ids, quarter),
      assessmentsOf(
        db,
        under.map(({ id }) => id),
        quarter,
      ),
    ])),
    await accountsIn(db, assessed, [quarter], now),
  ]
  return {
    committee: { id: committee, name },
    quarter,
    assessment: assessment ?? null,
    branches: accounts.map((account) => ({
      branch: account.branch,
      isSubmitted: submitted.some(({ branch }) => branch === account.branch.id),
      toConfirm: waitingIn(account).length,
      toJudge: upperDuties(account, quarter).filter(({ judged }) => !judged).length,
      unanswered: ownDuties(account, quarter).filter(({ judged }) => !judged).length,
      appeals: appeals.filter(({ branch }) => branch === account.branch.id),
    })),
    below: under.flatMap(({ id, name }) => {
      const one = id === committee ? undefined : theirs.find((it) => it.committee === id)
      return one ? [{ id, name, isPublished: one.publishedAt !== null, isClosed: one.closedAt !== null }] : []
    }),
  }
}
