import { sql } from 'drizzle-orm'
import { addQuarters, type Day, periodStart, type Quarter, quarter as quarterAt, quarterOf, yearOf } from '../../src/calendar.ts'
import { frozenScore, thawed } from '../../src/rules/assessment/adjustment.ts'
import { isPublic, type Stage, stageOf } from '../../src/rules/assessment/stage.ts'
import { tierOf } from '../../src/rules/assessment/year.ts'
import { type Called, cheapest, type Step } from '../../src/rules/duties/cheapest.ts'
import { type Duty, dutyKey } from '../../src/rules/duties/duty.ts'
import type { Evidence } from '../../src/rules/duties/facts.ts'
import { type Gain, gainsOf, supposed } from '../../src/rules/duties/gains.ts'
import { onItsWay } from '../../src/rules/duties/on-its-way.ts'
import type { Score } from '../../src/rules/duties/scoring.ts'
import { evaluatingFor } from '../../src/rules/evaluation/evaluation.ts'
import type { GatheringKind } from '../../src/rules/gatherings/gatherings.ts'
import { openedFor } from '../../src/rules/rulebook/modules.ts'
import { creditsOf, partOf, parts } from '../../src/rules/standards/standards.ts'
import { assessmentOfBranch } from '../assessment/assessments.ts'
import { adjustmentSince, resultOf } from '../assessment/close.ts'
import { groups } from '../branches/tables.ts'
import type { Branch } from '../branches/units.ts'
import { type Db, lookUp } from '../client.ts'
import { type Account, accountOf, type LiveAccount } from '../duties/account.ts'
import { calledBy } from '../duties/alerts.ts'
import { scoreOfAccount } from '../duties/score.ts'
import { evaluationsUnderWay } from '../evaluation/under-way.ts'
import { orderWithin } from './order-within.ts'
import { type TrendPoint, trendOf } from './trend.ts'

interface ScoreOfQuarter {
  stage: Stage
  account: Omit<Account, 'branch'>
  /** Null for a closed quarter. */
  live: LiveAccount | null
  score: Score<Duty>
  appealsUntil: Day | null
}

/** A closed quarter is read as it was closed; any other is reckoned from the facts of this moment. */
async function scoreOfQuarter(db: Db, branch: Branch, quarter: Quarter, now: Date): Promise<ScoreOfQuarter> {
  const [[closed], [assessment]] = await lookUp(db, [resultOf(db, branch.id, quarter), assessmentOfBranch(db, branch.id, quarter)])
  const appealsUntil = assessment?.appealsUntil ?? null
  if (closed) {
    const { account: kept, tenths } = closed.result
    const account = thawed(kept)
    return { stage: 'final', account, live: null, score: { ...frozenScore(account), tenths }, appealsUntil }
  }
  const account = await accountOf(db, branch, quarter, now)
  const none = { committeePublishedAt: null, publishedAt: null }
  const stage = stageOf({ isOver: quarter < quarterAt(now), ...(assessment ?? none), closedAt: null })
  return { stage, account, live: account, score: scoreOfAccount(account), appealsUntil }
}

export interface ScoreSheet extends ScoreOfQuarter {
  branch: Branch
  quarter: Quarter
  now: Date
  /** The four that compare are empty until the quarter is published. */
  tier: number | null
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
  const isShown = isPublic(own.stage)
  const { rulebook } = own.account
  return {
    ...own,
    branch,
    quarter,
    now,
    tier: isShown ? tierOf(own.score.tenths, rulebook) : null,
    before: isShown ? await scoreBefore(db, branch, quarter, now) : null,
    trend: await trendOf(db, branch, quarter, isShown ? own.score.tenths : null),
    placeShown: isShown && rulebook.ranking === 'everyone' ? await placeAmong(db, branch, quarter, now) : null,
    gains: own.live ? await gainsFor(db, own.live, now) : [],
    groups: await groupNames(db, branch),
    adjustedTenths: own.stage === 'final' ? ((await adjustmentSince(db, branch, quarter, now))?.after.tenths ?? null) : null,
  }
}

async function scoreBefore(db: Db, branch: Branch, quarter: Quarter, now: Date): Promise<Score<Duty> | null> {
  const last = addQuarters(quarter, -1)
  if (last < quarterOf(branch.since.slice(0, 7))) return null
  const { stage, score } = await scoreOfQuarter(db, branch, last, now)
  return isPublic(stage) && score.tenths !== null ? score : null
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
async function gainsFor(db: Db, account: LiveAccount, now: Date): Promise<Gain<Step<Duty>>[]> {
  const { branch } = account
  const [called, underWay] = await lookUp(db, [calledBy(db, [branch.id], now), evaluationsUnderWay(db, [branch.id])])
  const evaluatingOf = (duty: Duty) => evaluatingFor(duty, underWay, account.rulebook)
  const evaluating = (duty: Duty) => {
    const how = evaluatingOf(duty)
    return how === 'told' ? null : how
  }
  const { duties } = account
  const coming = onItsWay(called, account.supposing)
  const owed = duties.filter((duty) => isOwed(duty, now) && !coming.has(dutyKey(duty)) && evaluatingOf(duty) !== 'told')
  const hasGroups = owed.some(({ part }) => partOf(part).per === 'group')
  const mayHold = (kind: GatheringKind) => kind !== 'group' || hasGroups
  return gainsOf(
    account.duties,
    cheapest(owed, called as readonly Called[], { mayHold, evaluating, opening: ({ part }) => openedFor(part, account.rulebook) }),
    account,
  )
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

const SUPPOSED = 'supposed'

const evidenceSupposed = (quarter: Quarter, { kind, group, tags, at }: Supposition): Evidence[] =>
  kind === 'evaluation'
    ? parts
        .filter(({ by }) => by === 'evaluation')
        .map(({ id }) => ({ part: id, subject: '', source: SUPPOSED, sourceKind: 'evaluation', at, period: yearOf(quarter) }))
    : creditsOf(kind, tags).map((part) => ({
        part,
        subject: partOf(part).per === 'group' ? group : '',
        source: SUPPOSED,
        sourceKind: 'gathering',
        at,
      }))

/** The score of the quarter if this were held then, quorate, and all else stayed the same. `alone` is the score if nothing else were done by then. */
export async function supposing(db: Db, branch: Branch, quarter: Quarter, supposition: Supposition, now: Date) {
  const { at } = supposition
  const evidence = evidenceSupposed(quarter, supposition)
  const account = await accountOf(db, branch, quarter, now)
  const withIt = account.supposing(evidence, at)
  const { duties, settles } = supposed(account.duties, account.supposing([], at), withIt)
  const settled = new Set(settles)
  return {
    present: scoreOfAccount(account).tenths,
    reached: scoreOfAccount({ ...account, duties }).tenths,
    /** The score if the duties that it would settle were missed instead. */
    missed: scoreOfAccount({ ...account, duties: duties.map((duty) => (settled.has(duty) ? { ...duty, state: 'missed' as const } : duty)) })
      .tenths,
    alone: scoreOfAccount({ ...account, duties: withIt }).tenths,
    settles,
    gathered: withIt.filter((duty) => duty.gathered?.some(({ source }) => source === SUPPOSED)),
  }
}
