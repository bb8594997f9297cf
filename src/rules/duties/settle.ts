import { addYears, type Day, day } from '../../calendar.ts'
import type { Proof } from '../standards/standard.ts'
import type { Part } from '../standards/standards.ts'
import { LONGEST_TERM_YEARS } from './attestable.ts'
import { breachesAt, stands } from './breaches.ts'
import type { Duty, DutyState } from './duty.ts'
import { type Asked, type Attested, type Evidence, type Judged, type Known, keyOf, type Subject } from './facts.ts'
import { matched } from './match.ts'
import type { Slot } from './slots.ts'

const nothing: readonly never[] = []

interface Settling {
  subject: Subject
  branch: Asked
  known: Known
  now: Date
  latePercent: number
}

interface Due {
  slots: readonly Slot[]
  /** The slots before them, whose debt may be paid first, and all of them in their order. */
  earlier: readonly Slot[]
  all: readonly Slot[]
}

/** Runs thousands of times for each quarter of a unit; it builds few objects except the duties. Those are added to a list. */
export function dutiesOfSlots({ slots, earlier, all }: Due, settling: Settling, duties: Duty[] = []): Duty[] {
  const { subject, branch, known, now, latePercent } = settling
  const [first] = slots
  if (!first?.isByRecord) return withoutProof(slots, settling, duties)

  const held = known.evidence.get(subject.id === '' ? first.heldKey : `${first.part.id} ${subject.id}`) ?? nothing
  const wants = (slot: Slot) => (isAskedFor(slot, subject, branch) && !known.judged.has(keyIn(slot, subject)) ? slot.asked : 0)
  const before = owingBefore(earlier, held, known, now)
  if (held.length === 0 && !before) return withoutProof(slots, settling, duties)

  const proofs = matched(before ? all : slots, wants, held, { latePercent, closedThrough: known.closedThrough })
  const own: Duty[] = []
  for (const slot of slots) addDuties(own, slot, settling, proofs.get(slot) ?? nothing)
  if (before) tellDebt(own, first, before, proofs.get(before) ?? nothing, wants(before), now)
  duties.push(...own)
  return duties
}

function withoutProof(slots: readonly Slot[], settling: Settling, duties: Duty[]): Duty[] {
  for (const slot of slots) addDuties(duties, slot, settling, nothing)
  return duties
}

/** The slot just before, where its debt was paid late or may still be. */
function owingBefore(earlier: readonly Slot[], held: readonly Evidence[], { closedThrough }: Known, now: Date): Slot | undefined {
  const before = earlier.at(-1)
  if (!before || (closedThrough !== null && before.dueIn <= closedThrough)) return undefined
  const [from, until] = [before.deadline.getTime(), before.graceEnd.getTime()]
  const isPaying = now.getTime() < until || held.some(({ at, period }) => !period && at.getTime() >= from && at.getTime() < until)
  return isPaying ? before : undefined
}

function tellDebt(duties: readonly Duty[], { start }: Slot, before: Slot, paid: readonly Evidence[], wanted: number, now: Date) {
  const open = duties.find((duty) => duty.period === duties[0]?.period && !duty.evidence && duty.state !== 'not applicable')
  const late = paid.find(({ at }) => at >= start)
  const isOwing = paid.length < wanted && now < before.graceEnd
  if (open && (late || isOwing)) open.paysFirst = { period: before.period, heldOn: isOwing || !late ? null : day(late.at) }
}

const keyIn = (slot: Slot, { id }: Subject) => (id === '' ? slot.key : keyOf({ part: slot.part.id, subject: id, period: slot.period }))

function addDuties(duties: Duty[], slot: Slot, { subject: about, branch, known, now }: Settling, proofs: readonly Evidence[]): void {
  const { part, period, asked, dueOn, graceEndsOn } = slot
  const basis = basisOf(slot, branch, now)
  const isAsked = isAskedFor(slot, about, branch)
  const subject = about.id
  const key = keyIn(slot, about)
  const given = isAsked ? givenFor(slot, key, branch, known) : nothing
  for (let nth = 1; nth <= asked; nth++) {
    const state: DutyState = 'not applicable'
    const duty: Duty = { part: part.id, standard: part.standard, subject, period, nth, dueOn, graceEndsOn, state, basis }
    if (isAsked) {
      // Duties that our records do not prove can be attested.
      const settled = settleByFacts(duty, slot, proofs[nth - 1], given[nth - 1 - proofs.length], branch, now)
      if (basis === 'confirmed' || basis === 'upper') gather(duty, slot, known)
      const [judged, proposed] = [known.judged.get(key), known.proposed.get(key)]
      if (proposed) duty.proposed = { verdict: proposed.verdict, permille: proposed.permille }
      if (basis === 'upper' && known.leftOut.has(`${part.id} ${period}`)) duty.state = 'not applicable'
      else if (judged) settleByWord(duty, judged)
      else duty.state = proposed ? 'waiting' : (settled ?? openState(slot, now, known.today))
      if (slot.mustHold && !judged && settled === undefined) tellBreaches(duty, slot, branch, now)
    }
    duties.push(duty)
  }
}

/** Our records tell whether something holds. Before they do, or where paper answers a breach, the branch gives a date and a reference. */
function basisOf({ part, basis, mustHold, deadline }: Slot, branch: Asked, now: Date): Proof {
  if (!mustHold) return basis
  const isStanding = standsBefore(deadline, part, branch, now)
  return isStanding === null || (part.onPaper && !isStanding) ? 'attested' : 'roster'
}

function tellBreaches(duty: Duty, { part, graceEnd }: Slot, { breaches }: Asked, now: Date): void {
  const found = breachesAt(breaches, part.id, lastBefore(graceEnd, now))
  if (found.length > 0) duty.breaches = found.map(({ what, from }) => ({ what, from }))
}

/** The entries that count for a slot. A term counts in each of its quarters; “none” does not where the roster dates a step. */
function givenFor(
  { part, deadline }: Slot,
  key: string,
  { hasSteps, termYears = LONGEST_TERM_YEARS }: Asked,
  known: Known,
): readonly Attested[] {
  const given = known.attested.get(key) ?? nothing
  if (part.onlyWith === 'development' && hasSteps) return given.filter(({ saysNone }) => !saysNone)
  if (part.mayPrecede !== 'term') return given
  const lasts = ({ on }: Attested) => addYears(on, termYears) >= day(deadline)
  const waiting = given.filter((one) => !one.isConfirmed && lasts(one))
  return [...known.terms.filter(lasts).slice(0, 1), ...waiting]
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

/** Returns the state that the facts give and sets the fact that shows it; undefined while nothing does. */
function settleByFacts(
  duty: Duty,
  slot: Slot,
  proof: Evidence | undefined,
  given: Attested | undefined,
  branch: Asked,
  now: Date,
): DutyState | undefined {
  if (proof) {
    duty.evidence = held(proof)
    return proof.at.getTime() < slot.deadline.getTime() && !proof.isLate ? 'met' : 'met late'
  }
  if (duty.basis === 'roster') return rosterState(slot, branch, now)
  if (duty.basis === 'attested' && given) {
    const { id, on, isConfirmed, isLate, saysNone } = given
    duty.attested = { id, on, isConfirmed, ...(isLate ? { isLate } : {}), ...(saysNone ? { saysNone } : {}) }
    if (isConfirmed) return saysNone ? 'not applicable' : attestedState(slot, on)
    if (!isLate) return 'waiting'
  }
  return undefined
}

function attestedState({ endsBefore, graceEndsOn }: Slot, on: Day): DutyState {
  if (on < endsBefore) return 'met'
  return on <= graceEndsOn ? 'met late' : 'missed'
}

/** The state now, or at the deadline and then within the grace; undefined while it can still be put right. */
function rosterState({ part, deadline, graceEnd }: Slot, branch: Asked, now: Date): DutyState | undefined {
  if (standsBefore(deadline, part, branch, now)) return 'met'
  return now >= deadline && standsBefore(graceEnd, part, branch, now) ? 'met late' : undefined
}

const lastBefore = (until: Date, now: Date) => new Date(Math.min(now.getTime(), until.getTime() - 1))
const standsBefore = (until: Date, part: Part, branch: Asked, now: Date) => stands(branch.breaches, part.id, lastBefore(until, now))

const held = ({ source, sourceKind, at }: Evidence) => ({ source, sourceKind, at })

function gather(duty: Duty, { heldKey, start, deadline }: Slot, { evidence }: Known): void {
  const [from, until] = [start.getTime(), deadline.getTime()]
  const all = (evidence.get(heldKey) ?? nothing).filter(({ at }) => at.getTime() >= from && at.getTime() < until)
  if (all.length > 0) duty.gathered = all.map(held)
}

function openState({ basis, start, deadline, soonFrom, graceEndsOn }: Slot, now: Date, today: Day): DutyState {
  const at = now.getTime()
  if (at < start.getTime()) return 'upcoming'
  // A duty that a person judges is never late by itself: it waits for the person.
  if (basis === 'confirmed' || basis === 'upper') return at < deadline.getTime() ? 'upcoming' : 'due soon'
  if (at < deadline.getTime()) return soonFrom !== null && today >= soonFrom ? 'due soon' : 'upcoming'
  return today <= graceEndsOn ? 'overdue' : 'missed'
}
