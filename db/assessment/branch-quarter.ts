import { sql } from 'drizzle-orm'
import { addPeriods, type Period, periodStart, type Quarter } from '../../src/calendar.ts'
import { isOfQuarter } from '../../src/rules/assessment/assessment.ts'
import type { Duty, Proposed } from '../../src/rules/duties/duty.ts'
import { isWaiting } from '../../src/rules/duties/scoring.ts'
import { evaluatingFor, type UnderWay } from '../../src/rules/evaluation/evaluation.ts'
import type { Branch } from '../branches/units.ts'
import { type Db, inList, lookUp, prepared } from '../client.ts'
import { type Account, accountOf, periodsIn } from '../duties/account.ts'
import { attestations, judgements } from '../duties/tables.ts'
import { evaluationsUnderWay } from '../evaluation/under-way.ts'
import { type AppealAsItStands, appealsOf } from './appeals.ts'
import { assessmentOfBranch, type BranchAssessment, submissionsOf } from './assessments.ts'
import { findingsInForce } from './review.ts'
import { type AttestedAsItStands, attestationsOf, namesOf } from './self-assessment.ts'

/** One branch's quarter with everything that people say about it, as its cards show it. */
export interface Assessed extends Account {
  quarter: Quarter
  assessment: BranchAssessment | null
  submission: { by: string; at: Date } | null
  given: AttestedAsItStands[]
  appeals: AppealAsItStands[]
  underWay: readonly UnderWay[]
  findingsInForce: { id: string; kind: 'accident' | 'false record'; standard: number | null; reason: string }[]
  /** The names of activists and groups, by id. */
  names: ReadonlyMap<string, string>
  /** The share, in thousandths, that the branch gave itself for a part the time before. */
  before: ReadonlyMap<string, Proposed>
}

export async function assessedBranch(db: Db, branch: Branch, quarter: Quarter, now: Date): Promise<Assessed> {
  const account = await accountOf(db, branch, quarter, now)
  const periods = [...new Set(account.duties.map(({ period }) => period))]
  const [[assessment], [submission], given, appeals, found, names, underWay, before] = await lookUp(db, [
    assessmentOfBranch(db, branch.id, quarter),
    submissionsOf(db, [branch.id], quarter),
    attestationsOf(db, branch.id, periods),
    appealsOf(db, [branch.id], quarter),
    findingsInForce(db, branch.id, quarter),
    namesOf(db, branch.id),
    evaluationsUnderWay(db, [branch.id]),
    answeredBefore(
      db,
      branch.id,
      periods.map((period) => addPeriods(period, -1)),
    ),
  ])
  return {
    ...account,
    quarter,
    assessment: assessment ?? null,
    submission: submission ?? null,
    given,
    appeals,
    underWay,
    findingsInForce: found,
    names: new Map(names.map(({ id, name }) => [id, name])),
    before: new Map(before.map((one) => [`${one.part} ${addPeriods(one.period, 1)}`, one])),
  }
}

const answeredBefore = (db: Db, branch: string, periods: readonly Period[]) => answered(db, { branch, periods: JSON.stringify(periods) })

const answered = prepared((db) =>
  db
    .select({ part: judgements.part, period: judgements.period, verdict: judgements.verdict, permille: judgements.permille })
    .from(judgements)
    .where(
      sql`${judgements.branch} = ${sql.placeholder('branch')} and not ${judgements.byUpper}
        and ${judgements.period} in ${inList(sql.placeholder('periods'))}`,
    )
    .orderBy(judgements.at, judgements.id),
)

/** The duties for which the branch answers itself, and those that the upper level judges. */
export const ownDuties = ({ duties }: Pick<Account, 'duties'>, quarter: Quarter) => judgedDuties(duties, 'confirmed', quarter)
export const upperDuties = ({ duties }: Pick<Account, 'duties'>, quarter: Quarter) => judgedDuties(duties, 'upper', quarter)

const judgedDuties = (duties: readonly Duty[], basis: Duty['basis'], quarter: Quarter) =>
  duties.filter(
    (duty) =>
      duty.basis === basis &&
      isOfQuarter(duty, quarter) &&
      (duty.judged || isWaiting(duty) || duty.state === 'due soon' || duty.state === 'upcoming'),
  )

/** The duties that wait for a date and a reference. A duty that an evaluation is about to prove is left out. */
export const toAttest = ({ duties, underWay, rulebook }: Pick<Assessed, 'duties' | 'underWay' | 'rulebook'>, now: Date) =>
  duties.filter(
    (duty) =>
      duty.basis === 'attested' &&
      !duty.judged &&
      !duty.attested &&
      evaluatingFor(duty, underWay, rulebook) !== 'told' &&
      (duty.state === 'upcoming' || duty.state === 'due soon' || duty.state === 'overdue' || duty.state === 'missed') &&
      periodStart(duty.period) <= now,
  )

/** The attestations that nobody has confirmed or refused yet. */
export const toConfirm = ({ given }: Pick<Assessed, 'given'>) => given.filter(({ confirmedAt, refusedAt }) => !confirmedAt && !refusedAt)

/** The number of entries of each branch that nobody has confirmed or refused. The assessor's list has as many. */
export const entriesToConfirm = (db: Db, branches: readonly string[], quarter: Quarter) =>
  db
    .select({ branch: attestations.branch, entries: sql<number>`count(*)` })
    .from(attestations)
    .where(
      sql`${attestations.branch} in ${inList(branches)} and ${attestations.period} in ${inList(periodsIn(quarter))} and ${isWaitingEntry}`,
    )
    .groupBy(attestations.branch)

/** A condition on a row of `attestations`: it waits for the assessor's word. */
export const isWaitingEntry = sql`${attestations.confirmedAt} is null and ${attestations.refusedAt} is null and ${attestations.withdrawnAt} is null`
