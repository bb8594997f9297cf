import { sql } from 'drizzle-orm'
import { addQuarters, type Day, periodStart, type Quarter, quarter as quarterAt, quarterOf, yearOf } from '../../src/calendar.ts'
import { frozenScore, thawed } from '../../src/rules/assessment/adjustment.ts'
import { isOnItsWay } from '../../src/rules/duties/alerts.ts'
import { type Called, cheapest, type Step } from '../../src/rules/duties/cheapest.ts'
import type { Duty } from '../../src/rules/duties/duty.ts'
import type { Evidence } from '../../src/rules/duties/facts.ts'
import { type Gain, gainsOf, supposed } from '../../src/rules/duties/gains.ts'
import type { Score } from '../../src/rules/duties/scoring.ts'
import { evaluatingFor } from '../../src/rules/evaluation/evaluation.ts'
import type { GatheringKind } from '../../src/rules/gatherings/gatherings.ts'
import { creditsOf, partOf, parts } from '../../src/rules/standards/standards.ts'
import { assessmentOf } from '../assessment/assessments.ts'
import { adjustmentSince, resultOf } from '../assessment/close.ts'
import { assessments, results } from '../assessment/tables.ts'
import { groups } from '../branches/tables.ts'
import type { Branch } from '../branches/units.ts'
import { type Db, inList, lookUp } from '../client.ts'
import { type Account, accountOf } from '../duties/account.ts'
import { calledBy } from '../duties/alerts.ts'
import { scoreOfAccount, scoreOfBranch } from '../duties/score.ts'
import { evaluationsUnderWay } from '../evaluation/under-way.ts'
import { orderWithin } from './order-within.ts'

/**
 * `running` until the quarter is over, then `provisional`; `published` with its assessment, and `final` when that is closed after the
 * appeals.
 */
type Stage = 'running' | 'provisional' | 'published' | 'final'

interface ScoreOfQuarter {
  stage: Stage
  account: Omit<Account, 'branch'>
  score: Score<Duty>
  appealsUntil: Day | null
}

/** A closed quarter is read as it was closed; any other is reckoned from the facts of this moment. */
async function scoreOfQuarter(db: Db, branch: Branch, quarter: Quarter, now: Date): Promise<ScoreOfQuarter> {
  const [[closed], [assessment]] = await lookUp(db, [resultOf(db, branch.id, quarter), assessmentOf(db, branch.committee, quarter)])
  const appealsUntil = assessment?.appealsUntil ?? null
  if (closed) {
    const { account: kept, tenths } = closed.result
    const account = thawed(kept)
    return { stage: 'final', account, score: { ...frozenScore(account), tenths }, appealsUntil }
  }
  const account = await accountOf(db, branch, quarter, now)
  const stage = quarter >= quarterAt(now) ? 'running' : assessment?.publishedAt ? 'published' : 'provisional'
  return { stage, account, score: scoreOfAccount(account), appealsUntil }
}

interface TrendPoint {
  quarter: Quarter
  tenths: number
}

/** A trend looks back over this many quarters. */
const TREND = 8

/** Closed quarters as they were closed, the others as they are now; none from before the branch was asked. */
async function trendOf(db: Db, branch: Branch, until: Quarter, known: ReadonlyMap<Quarter, number | null>, now: Date) {
  const first = quarterOf(branch.since.slice(0, 7))
  const quarters = Array.from({ length: TREND }, (_, back) => addQuarters(until, back + 1 - TREND)).filter((quarter) => quarter >= first)
  const [closed] = await lookUp(db, [
    db
      .select({ quarter: results.quarter, tenths: results.tenths })
      .from(results)
      .innerJoin(assessments, sql`${assessments.committee} = ${results.committee} and ${assessments.quarter} = ${results.quarter}`)
      .where(
        sql`${results.branch} = ${branch.id} and ${assessments.closedAt} is not null
          and ${results.quarter} in ${inList(quarters)}`,
      ),
  ])
  const final = new Map(closed.map(({ quarter, tenths }) => [quarter, tenths]))
  const trend = await Promise.all(
    quarters.map(async (quarter) => {
      const tenths = known.get(quarter) ?? final.get(quarter)
      const isKnown = tenths !== undefined || known.has(quarter)
      return { quarter, tenths: isKnown ? tenths : (await scoreOfBranch(db, branch, quarter, now)).tenths }
    }),
  )
  return trend.flatMap(({ quarter, tenths }): TrendPoint[] => (tenths === null || tenths === undefined ? [] : [{ quarter, tenths }]))
}

export interface ScoreSheet extends ScoreOfQuarter {
  branch: Branch
  quarter: Quarter
  now: Date
  before: Score<Duty> | null
  trend: readonly TrendPoint[]
  /** The place, only where the rulebook shows the order to everyone. */
  placeShown: { place: number; of: number } | null
  gains: readonly Gain<Step<Duty>>[]
  groups: ReadonlyMap<string, string>
  /** For a closed quarter: the score with everything known since, where that differs. */
  adjustedTenths: number | null
}

/** Everything that a branch's card shows of a quarter. */
export async function scoreSheet(db: Db, branch: Branch, quarter: Quarter, now: Date): Promise<ScoreSheet> {
  const own = await scoreOfQuarter(db, branch, quarter, now)
  const last = addQuarters(quarter, -1)
  const before = last >= quarterOf(branch.since.slice(0, 7)) ? (await scoreOfQuarter(db, branch, last, now)).score : null
  const known = new Map([[quarter, own.score.tenths], ...(before ? ([[last, before.tenths]] as const) : [])])
  const trend = await trendOf(db, branch, quarter, known, now)
  return {
    ...own,
    branch,
    quarter,
    now,
    before: before?.tenths === null ? null : before,
    trend,
    placeShown: own.account.rulebook.ranking === 'everyone' ? await placeAmong(db, branch, quarter, now) : null,
    gains: own.stage === 'final' ? [] : await gainsFor(db, branch, own.account, now),
    groups: await groupNames(db, branch),
    adjustedTenths: own.stage === 'final' ? ((await adjustmentSince(db, branch, quarter, now))?.after.tenths ?? null) : null,
  }
}

/** Dissolved groups are among them: they still owe their former duties. */
const groupNames = async (db: Db, branch: Branch) => {
  const [all] = await lookUp(db, [db.select({ id: groups.id, name: groups.name }).from(groups).where(sql`${groups.branch} = ${branch.id}`)])
  return new Map(all.map(({ id, name }) => [id, name]))
}

async function placeAmong(db: Db, branch: Branch, quarter: Quarter, now: Date) {
  const order = (await orderWithin(db, branch.committee, quarter, now)).rows
  const place = order.find((one) => one.branch.id === branch.id)?.place
  return place ? { place, of: order.filter((one) => one.place !== null).length } : null
}

/** The deeds that the branch can do itself and has not called yet. A duty that waits for a person's judgement is not among them. */
async function gainsFor(db: Db, branch: Branch, account: Omit<Account, 'branch'>, now: Date): Promise<Gain<Step<Duty>>[]> {
  const [called, underWay] = await lookUp(db, [calledBy(db, [branch.id], now), evaluationsUnderWay(db, [branch.id])])
  const evaluatingOf = (duty: Duty) => evaluatingFor(duty, underWay, account.rulebook)
  const evaluating = (duty: Duty) => {
    const how = evaluatingOf(duty)
    return how === 'told' ? null : how
  }
  const { duties, rulebook } = account
  const owed = duties.filter((duty) => isOwed(duty, now) && !isOnItsWay(duty, called, duties, rulebook) && evaluatingOf(duty) !== 'told')
  const hasGroups = owed.some(({ part }) => partOf(part).per === 'group')
  const mayHold = (kind: GatheringKind) => kind !== 'group' || hasGroups
  return gainsOf(account.duties, cheapest(owed, called as readonly Called[], { mayHold, evaluating }), account)
}

const isOwed = ({ state, basis, period, attested }: Duty, now: Date) =>
  (state === 'upcoming' || state === 'due soon' || state === 'overdue') &&
  (basis === 'record' || basis === 'roster' || basis === 'attested') &&
  !attested &&
  periodStart(period) <= now

interface Supposition {
  /** A gathering, or the evaluation of the quarter's year with everybody told. */
  kind: GatheringKind | 'evaluation'
  group: string
  tags: readonly string[]
  at: Date
}

const evidenceSupposed = (quarter: Quarter, { kind, group, tags, at }: Supposition): Evidence[] =>
  kind === 'evaluation'
    ? parts
        .filter(({ byEvaluation }) => byEvaluation)
        .map(({ id }) => ({ part: id, subject: '', gathering: 'supposed', at, period: yearOf(quarter) }))
    : creditsOf(kind, tags).map((part) => ({ part, subject: partOf(part).per === 'group' ? group : '', gathering: 'supposed', at }))

/** The score of the quarter if this were held then, quorate, and all else stayed the same. `alone` is the score if nothing else were done by then. */
export async function supposing(db: Db, branch: Branch, quarter: Quarter, supposition: Supposition, now: Date) {
  const { at } = supposition
  const evidence = evidenceSupposed(quarter, supposition)
  const account = await accountOf(db, branch, quarter, now)
  const [without, withIt] = [await accountOf(db, branch, quarter, at), await accountOf(db, branch, quarter, at, evidence)]
  const { duties, settles } = supposed(account.duties, without.duties, withIt.duties)
  const settled = new Set(settles)
  return {
    present: scoreOfAccount(account).tenths,
    reached: scoreOfAccount({ ...account, duties }).tenths,
    /** The score if the duties that it would settle were missed instead. */
    missed: scoreOfAccount({ ...account, duties: duties.map((duty) => (settled.has(duty) ? { ...duty, state: 'missed' as const } : duty)) })
      .tenths,
    alone: scoreOfAccount(withIt).tenths,
    settles,
    gathered: withIt.duties.filter((duty) => duty.gathered?.some(({ gathering }) => gathering === 'supposed')),
  }
}
