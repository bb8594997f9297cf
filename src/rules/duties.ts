import {
  addMonths,
  addQuarters,
  type Day,
  day,
  isQuarter,
  moment,
  monthsOf,
  type Period,
  periodEnd,
  periodStart,
  type Quarter,
} from '../calendar.ts'
import { type Text, t } from '../text.ts'
import type { Rulebook } from './rulebook.ts'
import { type Part, type PartId, parts, type StandardId } from './standards.ts'
import { addWorkdays, isProvisional, lastWorkdayOf, workdaysBetween } from './workdays.ts'

export type DutyState = 'upcoming' | 'due soon' | 'overdue' | 'met' | 'met late' | 'missed' | 'not applicable' | 'excused'

export const stateNames: Readonly<Record<DutyState, Text>> = {
  upcoming: t('未到期', 'not due yet'),
  'due soon': t('即将到期', 'due soon'),
  overdue: t('已逾期，可补办', 'overdue, can still be made up'),
  met: t('按期完成', 'met'),
  'met late': t('逾期补办', 'met late'),
  missed: t('未完成', 'missed'),
  'not applicable': t('不适用', 'not applicable'),
  excused: t('上级同意免除', 'excused by the upper level'),
}

/** A gathering that was quorate, for one part that it credits; `at` is its start. */
export interface Evidence {
  part: PartId
  gathering: string
  at: Date
}

export interface Duty {
  part: PartId
  standard: StandardId
  period: Period
  /** 1, or the how-manieth of the period where a rulebook asks for several. */
  nth: number
  dueOn: Day
  /** The last day on which a surplus gathering still proves it, late. */
  graceEndsOn: Day
  /** The year's holidays are not published for one of these two days: it may still move. */
  provisional: boolean
  state: DutyState
  evidence?: { gathering: string; at: Date }
}

type Figures = Pick<Rulebook, 'graceWorkdays' | 'ladder' | 'atLeast'>

/**
 * What a branch owes for a quarter, from facts alone. `evidence` must hold whatever was held in `evidenceSpan(quarter, rulebook)`: the
 * quarter and the grace that follows it. More does no harm; its order says nothing; what lies after `now` is not known yet.
 */
export function dutiesOf(
  branch: { since: Day; hasCommittee: (period: Period) => boolean },
  quarter: Quarter,
  evidence: readonly Evidence[],
  now: Date,
  rulebook: Figures,
): Duty[] {
  return parts.flatMap((part) => {
    const held = heldFor(part, evidence, now)
    return periodsOf(part, quarter).flatMap((period) => {
      const isAsked = day(periodStart(period)) >= branch.since && (part.onlyWith !== 'committee' || branch.hasCommittee(period))
      return dutiesOfPeriod(part, period, isAsked ? held : null, now, rulebook)
    })
  })
}

/** From the quarter's first moment up to, not including, the moment its last grace is over. */
export const evidenceSpan = (quarter: Quarter, { graceWorkdays }: Pick<Rulebook, 'graceWorkdays'>): { from: Date; until: Date } => ({
  from: periodStart(quarter),
  until: new Date(Math.max(graceEnd(quarter, graceWorkdays).getTime(), periodEnd(quarter).getTime())),
})

const periodsOf = (part: Part, quarter: Quarter): Period[] => (part.cadence === 'month' ? monthsOf(quarter) : [quarter])
const periodAfter = (period: Period): Period => (isQuarter(period) ? addQuarters(period, 1) : addMonths(period, 1))

/** What was held in a period. */
type Held = (period: Period) => readonly Evidence[]

/** Each gathering once, earliest first. */
function heldFor(part: Part, evidence: readonly Evidence[], now: Date): Held {
  const told = evidence.filter((one) => one.part === part.id && one.at <= now).sort(earliestFirst)
  const known = told.filter((one, index) => told.findIndex(({ gathering }) => gathering === one.gathering) === index)
  return (period) => known.filter(({ at }) => at >= periodStart(period) && at < periodEnd(period))
}

const earliestFirst = (a: Evidence, b: Evidence) =>
  a.at.getTime() - b.at.getTime() || (a.gathering < b.gathering ? -1 : Number(a.gathering > b.gathering))

/** `held` is null where the part does not apply. */
function dutiesOfPeriod(part: Part, period: Period, held: Held | null, now: Date, rulebook: Figures): Duty[] {
  const asked = rulebook.atLeast[part.id] ?? part.atLeast
  const proofs = held ? proofsOf(period, held, asked, rulebook) : []
  const dueOn = lastWorkdayOf(period)
  const graceEndsOn = addWorkdays(dueOn, rulebook.graceWorkdays)
  const dates = { dueOn, graceEndsOn, provisional: isProvisional(dueOn) || isProvisional(graceEndsOn) }
  return Array.from({ length: asked }, (_, index) => {
    const duty = { part: part.id, standard: part.standard, period, nth: index + 1, ...dates }
    const proof = proofs[index]
    if (proof)
      return { ...duty, state: proof.at < periodEnd(period) ? 'met' : 'met late', evidence: { gathering: proof.gathering, at: proof.at } }
    return { ...duty, state: held ? unprovedState(duty, now, rulebook) : 'not applicable' }
  })
}

/**
 * A period claims the earliest of its own gatherings first; what the next one holds beyond its own need pays the debt, within the grace.
 * Earliest, so that nothing held after the grace can turn a missed duty into a met one.
 */
function proofsOf(period: Period, held: Held, asked: number, { graceWorkdays }: Figures): Evidence[] {
  const own = held(period)
  const until = graceEnd(period, graceWorkdays)
  const surplus = held(periodAfter(period))
    .slice(asked)
    .filter(({ at }) => at < until)
  return [...own, ...surplus].slice(0, asked)
}

/** The first moment after the grace. */
const graceEnd = (period: Period, graceWorkdays: number): Date => endOf(addWorkdays(lastWorkdayOf(period), graceWorkdays))
const endOf = (on: Day): Date => moment(on, '24:00')

function unprovedState(
  { period, dueOn, graceEndsOn }: Pick<Duty, 'period' | 'dueOn' | 'graceEndsOn'>,
  now: Date,
  { ladder }: Figures,
): DutyState {
  if (now < periodStart(period)) return 'upcoming'
  if (now < periodEnd(period)) return workdaysBetween(day(now), dueOn) <= Math.max(...ladder.before) ? 'due soon' : 'upcoming'
  return day(now) <= graceEndsOn ? 'overdue' : 'missed'
}
