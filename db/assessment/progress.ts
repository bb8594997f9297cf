import type { Quarter } from '../../src/calendar.ts'
import {
  isUndecided,
  type Publication,
  proposedIn,
  publicationOf,
  unansweredIn,
  unjudgedIn,
} from '../../src/rules/assessment/publication.ts'
import { type Branch, branchesOf, committeesUnder } from '../branches/units.ts'
import { type Db, lookUp } from '../client.ts'
import { accountsIn } from '../duties/account.ts'
import { type AppealAsItStands, appealsOf } from './appeals.ts'
import { type Assessment, assessmentOf, assessmentsOf, isAssessed, submissionsOf } from './assessments.ts'
import { entriesToConfirm } from './branch-quarter.ts'
import { remindedTwice } from './reminders.ts'
import { undecidedOf } from './stages.ts'

/** How far one branch's assessment has come. */
export interface Progress {
  branch: Branch
  isSubmitted: boolean
  /** Attestations that wait to be confirmed. */
  toConfirm: number
  /** The branch's answers on S items that wait for the assessor's word. */
  toDecide: number
  /** Duties that the upper level alone judges, and has not judged yet. */
  toJudge: number
  /** Duties that the branch has not answered. */
  unanswered: number
  /** Published now, it would be 待定; or it was published so, and has not followed yet. */
  isUndecided: boolean
  appeals: AppealAsItStands[]
}

export interface Review {
  committee: { id: string; name: string }
  quarter: Quarter
  assessment: Assessment | null
  branches: Progress[]
  /** The outcome of publishing at this moment. */
  publication: Publication
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
  const [submitted, appeals, theirs, reminded, heldBack, entries, accounts] = [
    ...(await lookUp(db, [
      submissionsOf(db, ids, quarter),
      appealsOf(db, ids, quarter),
      assessmentsOf(
        db,
        under.map(({ id }) => id),
        quarter,
      ),
      remindedTwice(db, ids, quarter),
      undecidedOf(db, [committee], quarter),
      entriesToConfirm(db, ids, quarter),
    ])),
    await accountsIn(db, assessed, [quarter], now),
  ]
  const open = accounts.map(({ branch, duties }) => ({
    branch: branch.id,
    duties,
    isReminded: reminded.some((one) => one.branch === branch.id),
  }))
  const waiting = new Set(
    assessment?.publishedAt
      ? heldBack.filter(({ publishedAt }) => !publishedAt).map(({ branch }) => branch)
      : open.filter((one) => isUndecided(one, quarter)).map(({ branch }) => branch),
  )
  return {
    committee: { id: committee, name },
    quarter,
    assessment: assessment ?? null,
    publication: publicationOf(open, quarter),
    branches: accounts.map((account) => ({
      branch: account.branch,
      isSubmitted: submitted.some(({ branch }) => branch === account.branch.id),
      toConfirm: entries.find(({ branch }) => branch === account.branch.id)?.entries ?? 0,
      toDecide: proposedIn(account.duties, quarter).length,
      toJudge: unjudgedIn(account.duties, quarter).length,
      unanswered: unansweredIn(account.duties, quarter).length,
      isUndecided: waiting.has(account.branch.id),
      appeals: appeals.filter(({ branch }) => branch === account.branch.id),
    })),
    below: under.flatMap(({ id, name }) => {
      const one = id === committee ? undefined : theirs.find((it) => it.committee === id)
      return one ? [{ id, name, isPublished: one.publishedAt !== null, isClosed: one.closedAt !== null }] : []
    }),
  }
}
