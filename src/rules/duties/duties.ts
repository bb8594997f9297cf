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
import { type Text, t } from '../../text.ts'
import type { Rulebook } from '../rulebook/rulebook.ts'
import type { Cadence, Proof } from '../standards/standard.ts'
import { type Part, type PartId, parts, type StandardId } from '../standards/standards.ts'
import { type HolidayTable, holidayTable } from '../time/holidays.ts'
import { addWorkdays, lastWorkdayOf } from '../time/workdays.ts'

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

/**
 * A gathering that was quorate, for one part that it credits; `at` is its start, `subject` the group whose it was (empty: the branch's). Or
 * an evaluation that is over: `period` is the one that it was for, whenever it was done.
 */
export interface Evidence {
  part: PartId
  subject: string
  gathering: string
  at: Date
  period?: Period | null
}

/** A date and a reference given by the branch; it counts when the assessor has confirmed it. */
export interface Attested {
  id: string
  part: PartId
  subject: string
  period: Period
  on: Day
  isConfirmed: boolean
}

/** What a person decided of a duty: so much of its points, or out of the base. */
export interface Judged {
  part: PartId
  subject: string
  period: Period
  verdict: 'points' | 'not applicable' | 'excused'
  /** Of the duty's points, with the verdict `points`: 1000 is all of them. */
  permille: number
  byUpper: boolean
  reason: string
  at: Date
}

/** A group, or an activist: asked about in the periods that they were there from the first day to the last. */
export interface Subject {
  id: string
  since: Day
  /** The first day on which they are it no longer; null while they are. */
  until: Day | null
}

/** A branch, as far as its duties ask. */
export interface Asked {
  /** Duties are asked for from the first period that begins on or after this day. */
  since: Day
  hasCommittee(period: Period): boolean
  groups: readonly Subject[]
  activists: readonly Subject[]
  inDevelopment: boolean
  /** Whether what a `roster` part asks holds at a moment; null where our records do not say, and the branch attests. */
  stands(part: PartId, at: Date): boolean | null
}

export interface Facts {
  evidence: readonly Evidence[]
  attested: readonly Attested[]
  judged: readonly Judged[]
}

export interface Duty {
  part: PartId
  standard: StandardId
  /** The group or activist it is about; empty for the branch. */
  subject: string
  period: Period
  /** 1, or the how-manieth of the period where a rulebook asks for several. */
  nth: number
  dueOn: Day
  /** The last day on which it can still be met, late. */
  graceEndsOn: Day
  state: DutyState
  basis: Proof
  /** Not due in this quarter: it keeps the state of when it last was. */
  kept?: true
  evidence?: { gathering: string; at: Date }
  attested?: { id: string; on: Day; isConfirmed: boolean }
  judged?: Pick<Judged, 'permille' | 'byUpper' | 'reason'>
  /** What the bot gathered for a person to confirm. */
  gathered?: readonly { gathering: string; at: Date }[]
}

/** By our own records: what somebody gave a date for, or judged, is never called proved. */
export const isProved = ({ judged, evidence, basis, state }: Pick<Duty, 'judged' | 'evidence' | 'basis' | 'state'>): boolean =>
  !judged && (evidence !== undefined || (basis === 'roster' && state === 'met'))

type Figures = Pick<Rulebook, 'graceWorkdays' | 'ladder' | 'atLeast' | 'cadences' | 'switches'>

/** One part and period with its dates: the same for every branch under a rulebook. */
interface Slot {
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

/**
 * What a branch owes for a quarter, from facts alone. `evidence` must hold whatever was held in `evidenceSpan(quarter, rulebook)`, and
 * nothing from after it, for a half-year runs on; its order says nothing; what was held after `now` is not known yet.
 */
export function dutiesOf(branch: Asked, quarter: Quarter, facts: Facts, now: Date, rulebook: Figures): Duty[] {
  const known = sorted(facts, now)
  return planOf(quarter, rulebook).flatMap(({ part, slots, lastDue }) =>
    subjectsOf(part, branch).flatMap((subject) => {
      const duties = slots.flatMap((slot) => dutiesOfSlot(slot, subject, branch, known, now))
      // What is done before its time counts at once; else it stands as it last did.
      if (!lastDue || (slots[0] !== lastDue && duties.every(({ state }) => state === 'met'))) return duties
      const kept = dutiesOfSlot(lastDue, subject, branch, known, now)
      for (const duty of kept) duty.kept = true
      return kept
    }),
  )
}

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

/** The branch itself. */
const itself: readonly Subject[] = [{ id: '', since: '', until: null }]
function subjectsOf(part: Part, branch: Asked): readonly Subject[] {
  if (part.per === 'group') return branch.groups
  return part.per === 'activist' ? branch.activists : itself
}

const endOf = (on: Day): Date => moment(on, '24:00')

/** Slots cost working days to reckon, and are the same for hundreds of branches and for each press of a day. */
const plans = new Map<string, Plan>()
const MOST_PLANS = 100
/** A committee's branches come one after the other. */
let last: { figures: Figures; quarter: Quarter; plan: Plan } | undefined
/** A year that is imported moves what is not over yet. */
let under: HolidayTable | undefined

function planOf(quarter: Quarter, figures: Figures): Plan {
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

interface Known {
  evidence: ReadonlyMap<string, readonly Evidence[]>
  attested: ReadonlyMap<string, readonly Attested[]>
  judged: ReadonlyMap<string, Judged>
  today: Day
}

/** By part and subject, each gathering once and the earliest first; of judgements the one that stands. */
function sorted({ evidence, attested, judged }: Facts, now: Date): Known {
  const held = new Map<string, Evidence[]>()
  for (const one of evidence) if (one.at <= now) put(held, `${one.part} ${one.subject}`, one)
  for (const [key, all] of held) {
    if (all.length === 1) continue
    all.sort(earliestFirst)
    held.set(
      key,
      all.filter((one, index) => one.gathering !== all[index - 1]?.gathering),
    )
  }
  const given = new Map<string, Attested[]>()
  for (const one of attested) put(given, keyOf(one), one)
  for (const all of given.values()) if (all.length > 1) all.sort(mostCertainFirst)
  const settled = new Map<string, Judged>()
  for (const one of judged) {
    if (one.at > now) continue
    const key = keyOf(one)
    const other = settled.get(key)
    if (!other || outweighs(one, other)) settled.set(key, one)
  }
  return { evidence: held, attested: given, judged: settled, today: day(now) }
}

function put<T>(into: Map<string, T[]>, key: string, one: T): void {
  const same = into.get(key)
  if (same) same.push(one)
  else into.set(key, [one])
}

const keyOf = ({ part, subject, period }: { part: PartId; subject: string; period: Period }) => `${part} ${subject} ${period}`
const earliestFirst = (a: Evidence, b: Evidence) => a.at.getTime() - b.at.getTime() || byText(a.gathering, b.gathering)
const mostCertainFirst = (a: Attested, b: Attested) =>
  Number(b.isConfirmed) - Number(a.isConfirmed) || byText(a.on, b.on) || byText(a.id, b.id)
const byText = (a: string, b: string) => (a < b ? -1 : Number(a > b))
/** The upper level's word stands over the branch's own, and the later over the earlier. */
const outweighs = (one: Judged, other: Judged) => (one.byUpper === other.byUpper ? one.at >= other.at : one.byUpper)

const nothing: readonly never[] = []

/** Thousands of times for each quarter of a unit: it builds no objects but the duties themselves. */
function dutiesOfSlot(slot: Slot, about: Subject, branch: Asked, known: Known, now: Date): Duty[] {
  const { part, period, asked, dueOn, graceEndsOn, isByRecord } = slot
  const basis = slot.basis === 'roster' && standsBefore(slot.deadline, part, branch, now) === null ? 'attested' : slot.basis
  const isAsked = isAskedFor(slot, about, branch)
  const subject = about.id
  const key = subject === '' ? slot.key : keyOf({ part: part.id, subject, period })
  const proofs = isAsked && isByRecord ? proofsOf(slot, known.evidence.get(`${part.id} ${subject}`) ?? nothing) : nothing
  const given = isAsked ? (known.attested.get(key) ?? nothing) : nothing
  const duties: Duty[] = []
  for (let nth = 1; nth <= asked; nth++) {
    const state: DutyState = 'not applicable'
    const duty: Duty = { part: part.id, standard: part.standard, subject, period, nth, dueOn, graceEndsOn, state, basis }
    if (isAsked) {
      // What our records do not prove is attested.
      const settled = settleByFacts(duty, slot, proofs[nth - 1], given[nth - 1 - proofs.length], branch, now)
      if (basis === 'confirmed' || basis === 'upper') gather(duty, slot, known)
      const judged = known.judged.get(key)
      if (judged) settleByWord(duty, judged)
      else duty.state = settled ?? openState(slot, now, known.today)
    }
    duties.push(duty)
  }
  return duties
}

function isAskedFor({ part, startsOn, endsBefore, period }: Slot, { since, until }: Subject, branch: Asked): boolean {
  if (startsOn < branch.since || startsOn < since || (until !== null && until < endsBefore)) return false
  if (part.onlyWith === 'committee' && !branch.hasCommittee(period)) return false
  return part.onlyWith !== 'development' || branch.inDevelopment
}

function settleByWord(duty: Duty, { verdict, permille, byUpper, reason }: Judged): void {
  duty.state = verdict !== 'points' ? verdict : permille > 0 ? 'met' : 'missed'
  duty.judged = { permille, byUpper, reason }
}

/** The state that the facts give, with what shows it; undefined while nothing does. */
function settleByFacts(
  duty: Duty,
  slot: Slot,
  proof: Evidence | undefined,
  given: Attested | undefined,
  branch: Asked,
  now: Date,
): DutyState | undefined {
  if (proof) {
    duty.evidence = { gathering: proof.gathering, at: proof.at }
    return proof.at < slot.deadline ? 'met' : 'met late'
  }
  if (duty.basis === 'roster') return rosterState(slot, branch, now)
  if (duty.basis === 'attested' && given) {
    duty.attested = { id: given.id, on: given.on, isConfirmed: given.isConfirmed }
    if (given.isConfirmed) return attestedState(slot, given.on)
  }
  return undefined
}

function attestedState({ endsBefore, graceEndsOn }: Slot, on: Day): DutyState {
  if (on < endsBefore) return 'met'
  return on <= graceEndsOn ? 'met late' : 'missed'
}

/** As it holds now, or as it held at the deadline and then within the grace; undefined while it can still be put right. */
function rosterState({ part, deadline, graceEnd }: Slot, branch: Asked, now: Date): DutyState | undefined {
  if (standsBefore(deadline, part, branch, now)) return 'met'
  return now >= deadline && standsBefore(graceEnd, part, branch, now) ? 'met late' : undefined
}

const standsBefore = (until: Date, part: Part, branch: Asked, now: Date) =>
  branch.stands(part.id, new Date(Math.min(now.getTime(), until.getTime() - 1)))

function gather(duty: Duty, { part, start, deadline }: Slot, { evidence }: Known): void {
  const all = (evidence.get(`${part.id} `) ?? nothing).filter(({ at }) => at >= start && at < deadline)
  if (all.length > 0) duty.gathered = all.map(({ gathering, at }) => ({ gathering, at }))
}

/**
 * A period claims the earliest of its own gatherings first; what the next one holds beyond its own need pays the debt, within the grace.
 * Earliest, so that nothing held after the grace can turn a missed duty into a met one. What was for a period is that period's, also late.
 */
function proofsOf({ asked, start, deadline, graceEnd, next, period }: Slot, held: readonly Evidence[]): readonly Evidence[] {
  if (held.length === 0) return held
  const own = held.filter((one) => (one.period ? one.period === period && one.at < graceEnd : one.at >= start && one.at < deadline))
  if (own.length >= asked) return own.slice(0, asked)
  const surplus = held
    .filter((one) => !one.period && one.at >= next.start && one.at < next.end)
    .slice(asked)
    .filter(({ at }) => at < graceEnd)
  return [...own, ...surplus].slice(0, asked)
}

function openState({ basis, start, deadline, soonFrom, graceEndsOn }: Slot, now: Date, today: Day): DutyState {
  if (now < start) return 'upcoming'
  // What a person judges is not late by itself: it waits for the person.
  if (basis === 'confirmed' || basis === 'upper') return now < deadline ? 'upcoming' : 'due soon'
  if (now < deadline) return soonFrom !== null && today >= soonFrom ? 'due soon' : 'upcoming'
  return today <= graceEndsOn ? 'overdue' : 'missed'
}
