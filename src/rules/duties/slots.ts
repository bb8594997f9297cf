import {
  addPeriods,
  type Day,
  day,
  halfOf,
  moment,
  type Period,
  periodEnd,
  periodMonths,
  periodStart,
  type Quarter,
  quarter as quarterAt,
  yearOf,
} from '../../calendar.ts'
import type { Rulebook } from '../rulebook/rulebook.ts'
import type { Cadence, Proof } from '../standards/standard.ts'
import { type Part, type PartId, parts } from '../standards/standards.ts'
import { type HolidayTable, holidayTable } from '../time/holidays.ts'
import { addWorkdays, lastWorkdayOf } from '../time/workdays.ts'
import { keyOf } from './facts.ts'

export type Figures = Pick<Rulebook, 'graceWorkdays' | 'ladder' | 'atLeast' | 'cadences' | 'switches'>

/** One part and period with its dates: the same for every branch under a rulebook. */
export interface Slot {
  part: Part
  basis: Proof
  /** Our own records count: a rulebook may want a date and a reference instead. */
  isByRecord: boolean
  period: Period
  asked: number
  dueOn: Day
  /** From when on it is due soon: where the ladder's first step lies. */
  soonFrom: Day | null
  graceEndsOn: Day
  startsOn: Day
  /** Of the branch as a whole. */
  key: string
  endsBefore: Day
  start: Date
  /** The first moment after its deadline, and after its grace. */
  deadline: Date
  graceEnd: Date
  next: { start: Date; end: Date }
}

/** Of each part its slots of a quarter; of one that is not due in it, the slot that was due last. */
type Plan = readonly { part: Part; slots: readonly Slot[]; lastDue?: Slot }[]

/** From the start of the year before, of which a yearly duty is kept, up to, not including, the moment the quarter's last grace is over. */
export const evidenceSpan = (quarter: Quarter, { graceWorkdays }: Pick<Rulebook, 'graceWorkdays'>): { from: Date; until: Date } => ({
  from: periodStart(addPeriods(yearOf(quarter), -1)),
  until: new Date(Math.max(endOf(addWorkdays(lastWorkdayOf(quarter), graceWorkdays)).getTime(), periodEnd(quarter).getTime())),
})

/** Parts of which more than the quarter itself is asked: those of longer periods, and what shows that a committee met in one. */
export function longParts({ cadences }: Pick<Rulebook, 'cadences'>): PartId[] {
  const long = parts.filter(({ id, cadence }) => ['half', 'year'].includes(cadences[id] ?? cadence))
  const ids = long.map(({ id }) => id)
  return long.some(({ onlyWith }) => onlyWith === 'committee') ? [...new Set<PartId>([...ids, '12.committee'])] : ids
}

const endOf = (on: Day): Date => moment(on, '24:00')

/** Slots cost working days to reckon, and are the same for hundreds of branches and for each press of a day. */
const plans = new Map<string, Plan>()
const MOST_PLANS = 100
/** A committee's branches come one after the other. */
let last: { figures: Figures; quarter: Quarter; plan: Plan } | undefined
/** A year that is imported moves what is not over yet. */
let under: HolidayTable | undefined

export function planOf(quarter: Quarter, figures: Figures): Plan {
  if (under === holidayTable && last?.figures === figures && last.quarter === quarter) return last.plan
  const { graceWorkdays, ladder, atLeast, cadences, switches } = figures
  if (under !== holidayTable || plans.size > MOST_PLANS) plans.clear()
  under = holidayTable
  const key = JSON.stringify([quarter, graceWorkdays, ladder.before, atLeast, cadences, switches])
  const rulebook = { graceWorkdays, ladder, atLeast, cadences, switches }
  const plan = plans.get(key) ?? parts.flatMap((part) => planOfPart(part, quarter, rulebook))
  plans.set(key, plan)
  last = { figures, quarter, plan }
  return plan
}

function planOfPart(part: Part, quarter: Quarter, rulebook: Figures): Plan {
  const said = rulebook.switches[part.id]
  if (said === 'off') return []
  const basis = said === 'attested' && isAutomatic(part.proof) ? 'attested' : part.proof
  const isByRecord = said !== 'attested' && (basis === 'record' || basis === 'attested')
  const slot = (period: Period) => slotOf(part, basis, isByRecord, period, rulebook)
  const cadence: Cadence = rulebook.cadences[part.id] ?? part.cadence
  if (cadence === 'month') return [{ part, slots: periodMonths(quarter).map(slot) }]
  if (cadence === 'quarter') return [{ part, slots: [slot(quarter)] }]
  const current = slot(cadence === 'half' ? halfOf(quarter) : yearOf(quarter))
  const dueIn = quarterAt(moment(current.dueOn))
  if (dueIn === quarter) return [{ part, slots: [current] }]
  return [{ part, slots: [current], lastDue: dueIn < quarter ? current : slot(addPeriods(current.period, -1)) }]
}

const isAutomatic = (proof: Proof) => proof === 'record' || proof === 'roster'

function slotOf(part: Part, basis: Proof, isByRecord: boolean, period: Period, rulebook: Figures): Slot {
  // A yearly duty may be due before its year is over.
  const last: Period = part.dueIn && period.length === 4 ? `${period}Q${part.dueIn}` : period
  const dueOn = lastWorkdayOf(last)
  const graceEndsOn = addWorkdays(dueOn, rulebook.graceWorkdays)
  const next = addPeriods(period, 1)
  return {
    part,
    basis,
    isByRecord,
    period,
    asked: basis === 'record' || basis === 'attested' ? (rulebook.atLeast[part.id] ?? part.atLeast) : 1,
    dueOn,
    soonFrom: rulebook.ladder.before.length > 0 ? addWorkdays(dueOn, -Math.max(...rulebook.ladder.before)) : null,
    graceEndsOn,
    startsOn: day(periodStart(period)),
    key: keyOf({ part: part.id, subject: '', period }),
    endsBefore: day(periodEnd(last)),
    start: periodStart(period),
    deadline: periodEnd(last),
    graceEnd: endOf(graceEndsOn),
    next: { start: periodStart(next), end: periodEnd(next) },
  }
}
