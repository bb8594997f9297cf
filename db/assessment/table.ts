import { sql } from 'drizzle-orm'
import type { Quarter } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import type { Finding } from '../../src/rules/duties/scoring.ts'
import type { Actor } from '../branches/members.ts'
import { type Branch, branchesOf, committeeById } from '../branches/units.ts'
import { type Db, inList, lookUp, type Statement, together } from '../client.ts'
import { type Account, accountsIn } from '../duties/account.ts'
import { scoreOfAccount } from '../duties/score.ts'
import { judgements } from '../duties/tables.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { type Assessment, assessmentOf, isAssessed, refreshAssessed, submissionsOf } from './assessments.ts'
import { entriesToConfirm, ownDuties, upperDuties } from './branch-quarter.ts'
import type { Judgement } from './review.ts'
import { overAmong } from './stages.ts'

/** A branch in the table of its assessor. */
export interface BranchRow extends Account {
  upper: ReturnType<typeof upperDuties>
  own: ReturnType<typeof ownDuties>
  isSubmitted: boolean
  toConfirm: number
  /** The quarter of this branch takes no more words. */
  isOver: boolean
  findings: Finding[]
  /** The score so far, in tenths. */
  tenths: number | null
}

export interface AssessmentTable {
  committee: { id: string; unit: string; name: string; lineage: readonly string[] }
  assessment: Assessment | null
  rows: BranchRow[]
  /** The number of judgements when the table was read: a writer who goes by it names it. */
  judged: number
}

/** A committee's own branches with everything that is judged by hand; `only` narrows it to one branch. */
export async function assessmentTable(
  db: Db,
  committee: string,
  quarter: Quarter,
  now: Date,
  only: string | null = null,
): Promise<AssessmentTable | null> {
  const [[found], all, [assessment]] = await lookUp(db, [
    committeeById(db, committee),
    branchesOf(db, committee),
    assessmentOf(db, committee, quarter),
  ])
  if (!found) return null
  const assessed = assessment ? all.filter((branch) => isAssessed(branch, quarter) && (only === null || branch.id === only)) : []
  const read = await rowsOf(db, assessed, quarter, now)
  return { committee: found, assessment: assessment ?? null, ...read }
}

/** The judgements are counted before they are read: one that comes between shows as a change, never as none. */
export async function rowsOf(db: Db, assessed: readonly Branch[], quarter: Quarter, now: Date) {
  const ids = assessed.map(({ id }) => id)
  const [submitted, over, [counted], entries] = await lookUp(db, [
    submissionsOf(db, ids, quarter),
    overAmong(db, ids, quarter),
    judgedCount(db, ids),
    entriesToConfirm(db, ids, quarter),
  ])
  const isOver = new Set(over.map(({ branch }) => branch))
  const sentUp = new Set(submitted.map(({ branch }) => branch))
  const rows = (await accountsIn(db, assessed, [quarter], now)).map(
    (account): BranchRow => ({
      ...account,
      upper: upperDuties(account, quarter),
      own: ownDuties(account, quarter),
      isSubmitted: sentUp.has(account.branch.id),
      toConfirm: entries.find(({ branch }) => branch === account.branch.id)?.entries ?? 0,
      isOver: isOver.has(account.branch.id),
      tenths: scoreOfAccount(account).tenths,
    }),
  )
  return { rows, judged: counted?.judged ?? 0 }
}

export const judgedCount = (db: Db, branches: readonly string[]) =>
  db
    .select({ judged: sql<number>`count(*)` })
    .from(judgements)
    .where(sql`${judgements.branch} in ${inList(branches)}`)

interface JudgedRow {
  branch: Branch
  judged: readonly Judgement[]
}

/** Judges many branches at once, all or none. Nothing is written where somebody has judged one of them since it was read. */
export async function judgeRows(
  db: Db,
  quarter: Quarter,
  rows: readonly JudgedRow[],
  seen: { branches: readonly string[]; judged: number },
  actor: Actor,
  now: Date,
  more: readonly Statement[] = [],
) {
  const told = new Set<string>()
  await together(db, [
    failIf(db, sql`(select count(*) from judgements where branch in ${inList(seen.branches)}) <> ${seen.judged}`, refuseJudged),
    ...more,
    judgingMany(
      rows.flatMap(({ branch, judged }) => judged.map((one) => ({ ...one, branch: branch.id }))),
      actor.id,
      now,
    ),
    ...rows.flatMap(({ branch }) => [
      record(db, { at: now, unit: branch.unit, actor: actor.id, deed: 'assessment.judge', subject: `${branch.id} ${quarter}` }),
      ...refreshAssessed(db, { id: branch.id, lineage: told.has(branch.committee) ? [] : branch.lineage }, quarter, now).map(
        (refreshed) => {
          told.add(branch.committee)
          return refreshed
        },
      ),
    ]),
  ])
}

function refuseJudged(): never {
  return refuse(
    '有人刚刚也在评定这些支部，没有保存，请再核对一次。',
    'Somebody has just judged these branches too; nothing was saved, please check again.',
  )
}

/** One statement for any number of branches. */
export function judgingMany(all: readonly (Judgement & { branch: string })[], by: string, at: Date): Statement {
  return {
    sql: `insert into judgements (id, branch, part, subject, period, verdict, permille, by_upper, reason, "by", at)
      select value ->> 'id', value ->> 'branch',
        value ->> 'part', value ->> 'subject', value ->> 'period', value ->> 'verdict', value ->> 'permille', 1, value ->> 'reason', ?, ?
      from json_each(?)`,
    args: [by, at.getTime(), JSON.stringify(all)],
    map: () => undefined,
  }
}
