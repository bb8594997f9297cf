import {
  addPeriods,
  addQuarters,
  type Day,
  day,
  halfOf,
  isMonth,
  moment,
  type Period,
  periodEnd,
  periodMonths,
  periodStart,
  type Quarter,
  quarter as quarterAt,
  yearOf,
} from '../../calendar.ts'
import { isUsed } from '../rulebook/modules.ts'
import type { Rulebook } from '../rulebook/rulebook.ts'
import type { Cadence, Proof } from '../standards/standard.ts'
import { type Part, type PartId, parts } from '../standards/standards.ts'
import { type HolidayTable, holidayTable } from '../time/holidays.ts'
import { addWorkdays, lastWorkdayOf } from '../time/workdays.ts'
import { keyOf } from './facts.ts'

export type Figures = Pick<Rulebook, 'graceWorkdays' | 'latePercent' | 'ladder' | 'atLeast' | 'cadences' | 'switches' | 'modules'>

/** One part and period with its dates: the same for every branch under a rulebook. */
export interface Slot {
  part: Part
  basis: Proof
  /** Our own records count; a rulebook may require a date and a reference instead. */
  isByRecord: boolean
  /** It is met while nothing is in breach of it, and not by an event. */
  mustHold: boolean
  period: Period
  asked: number
  dueOn: Day
  /** The quarter in which it falls due, and whose score it counts in. */
  dueIn: Quarter
  /** The duty is due soon from this day on, the ladder's first step. */
  soonFrom: Day | null
  graceEndsOn: Day
  startsOn: Day
  /** The keys of the branch's own duty, and of what was held for it. */
  key: string
  heldKey: string
  endsBefore: Day
  start: Date
  /** The first moment after the deadline, and the first after the grace. */
  deadline: Date
  graceEnd: Date
}

/**
 * The slots of each part in a quarter. Where none is due in it, the slot that was due last. `earlier` are the slots before them
 * that may have a debt, the earliest first.
 */
type Plan = readonly { part: Part; slots: readonly Slot[]; earlier: readonly Slot[]; all: readonly Slot[]; isKept: boolean }[]

/** From the start of the year before, whose yearly duties are kept, to the quarter's last grace (exclusive). */
export const evidenceSpan = (quarter: Quarter, { graceWorkdays }: Pick<Rulebook, 'graceWorkdays'>): { from: Date; until: Date } => ({
  from: periodStart(addPeriods(yearOf(quarter), -1)),
  until: new Date(Math.max(endOf(addWorkdays(lastWorkdayOf(quarter), graceWorkdays)).getTime(), periodEnd(quarter).getTime())),
})

/** Parts that need facts from outside the quarter: longer periods, and the part that shows that a committee met. */
export function longParts({ cadences }: Pick<Rulebook, 'cadences'>): PartId[] {
  const long = parts.filter(({ id, cadence }) => ['half', 'year'].includes(cadences[id] ?? cadence))
  const ids = long.map(({ id }) => id)
  return long.some(({ onlyWith }) => onlyWith === 'committee') ? [...new Set<PartId>([...ids, '12.committee'])] : ids
}

/**
 * Parts whose debts reach into a quarter from an open one before. A month pays within the next; only where a late one counts in full do the
 * months before it matter. Quarters hand their debts on for as long as facts are kept.
 */
export function owingParts(
  quarter: Quarter,
  { cadences, latePercent }: Pick<Rulebook, 'cadences' | 'latePercent'>,
): { monthly: { parts: PartId[]; from: Date }; quarterly: PartId[] } {
  const before = addQuarters(quarter, -1)
  const month = latePercent >= 100 ? before : (periodMonths(before).at(-1) ?? before)
  const recorded = parts.filter(({ proof }) => proof === 'record')
  const due = (often: Cadence) => recorded.flatMap(({ id, cadence }) => ((cadences[id] ?? cadence) === often ? [id] : []))
  return { monthly: { parts: due('month'), from: periodStart(month) }, quarterly: due('quarter') }
}

const endOf = (on: Day): Date => moment(on, '24:00')

/** Slots cost many working-day computations, and are the same for hundreds of branches and every press of a day. */
const plans = new Map<string, Plan>()
const MOST_PLANS = 100
/** A committee's branches are computed one after the other. */
let last: { figures: Figures; quarter: Quarter; plan: Plan } | undefined
/** An imported holiday year moves deadlines that are still to come. */
let under: HolidayTable | undefined

export function planOf(quarter: Quarter, figures: Figures): Plan {
  if (under === holidayTable && last?.figures === figures && last.quarter === quarter) return last.plan
  const { graceWorkdays, latePercent, ladder, atLeast, cadences, switches, modules } = figures
  if (under !== holidayTable || plans.size > MOST_PLANS) plans.clear()
  under = holidayTable
  const key = JSON.stringify([quarter, graceWorkdays, ladder.before, atLeast, cadences, switches, modules])
  const rulebook = { graceWorkdays, latePercent, ladder, atLeast, cadences, switches, modules }
  const plan = plans.get(key) ?? parts.flatMap((part) => planOfPart(part, quarter, rulebook))
  plans.set(key, plan)
  last = { figures, quarter, plan }
  return plan
}

function planOfPart(part: Part, quarter: Quarter, rulebook: Figures): Plan {
  if (rulebook.switches[part.id] === 'off') return []
  const slot = (period: Period) => slotOf(part, period, rulebook)
  const current = currentOf(rulebook.cadences[part.id] ?? part.cadence, quarter).map(slot)
  // Only a period that is longer than a quarter may fall due in another.
  const slots = current.filter(({ dueIn }) => dueIn === quarter)
  const [last = slot(addPeriods(current[0]?.period ?? quarter, -1))] = current.filter(({ dueIn }) => dueIn <= quarter)
  const asked = slots.length > 0 ? slots : [last]
  const earlier = earlierThan(asked[0]?.period ?? quarter, quarter).map(slot)
  return [{ part, slots: asked, earlier, all: [...earlier, ...asked], isKept: slots.length === 0 }]
}

function currentOf(cadence: Cadence, quarter: Quarter): Period[] {
  if (cadence === 'month') return periodMonths(quarter)
  return [cadence === 'quarter' ? quarter : cadence === 'half' ? halfOf(quarter) : yearOf(quarter)]
}

/** A month pays its debt within the next, hence the quarter before says enough; longer periods hand their debts on. */
function earlierThan(first: Period, quarter: Quarter): Period[] {
  const from = isMonth(first) ? periodStart(addQuarters(quarter, -1)) : periodStart(addPeriods(yearOf(quarter), -1))
  const earlier: Period[] = []
  for (let one = addPeriods(first, -1); periodStart(one) >= from; one = addPeriods(one, -1)) earlier.unshift(one)
  return earlier
}

const isAutomatic = (proof: Proof) => proof === 'record' || proof === 'roster'

export function slotOf(part: Part, period: Period, rulebook: Figures): Slot {
  const said = rulebook.switches[part.id]
  const basis = said === 'attested' && isAutomatic(part.proof) ? 'attested' : part.proof
  // A yearly duty may be due before its year is over.
  const last: Period = part.dueIn && period.length === 4 ? `${period}Q${part.dueIn}` : period
  const dueOn = lastWorkdayOf(last)
  const graceEndsOn = addWorkdays(dueOn, rulebook.graceWorkdays)
  const isDone = basis === 'record' || basis === 'attested'
  const isByRecord = said !== 'attested' && isDone && (!part.by || isUsed(part.by, rulebook))
  return {
    part,
    basis,
    isByRecord,
    mustHold: basis === 'roster' || (part.mustHold === true && isByRecord),
    period,
    asked: isDone && !part.mustHold ? (rulebook.atLeast[part.id] ?? part.atLeast) : 1,
    dueOn,
    dueIn: quarterAt(moment(dueOn)),
    soonFrom: rulebook.ladder.before.length > 0 ? addWorkdays(dueOn, -Math.max(...rulebook.ladder.before)) : null,
    graceEndsOn,
    startsOn: day(periodStart(period)),
    key: keyOf({ part: part.id, subject: '', period }),
    heldKey: `${part.id} `,
    endsBefore: day(periodEnd(last)),
    start: periodStart(period),
    deadline: periodEnd(last),
    graceEnd: endOf(graceEndsOn),
  }
}
