import type { Day } from '../../calendar.ts'
import type { Part } from '../standards/standards.ts'
import type { Duty, DutyState } from './duty.ts'
import { type Asked, type Attested, type Evidence, type Judged, type Known, keyOf, type Subject } from './facts.ts'
import type { Slot } from './slots.ts'

const nothing: readonly never[] = []

/** Runs thousands of times for each quarter of a unit; it builds no objects except the duties themselves. */
export function dutiesOfSlot(slot: Slot, about: Subject, branch: Asked, known: Known, now: Date): Duty[] {
  const { part, period, asked, dueOn, graceEndsOn, isByRecord } = slot
  const basis = slot.basis === 'roster' && heldBefore(slot.deadline, part, branch, now) === null ? 'attested' : slot.basis
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
      // Duties that our records do not prove can be attested.
      const settled = settleByFacts(duty, slot, proofs[nth - 1], given[nth - 1 - proofs.length], branch, now)
      if (basis === 'confirmed' || basis === 'upper') gather(duty, slot, known)
      const [judged, proposed] = [known.judged.get(key), known.proposed.get(key)]
      if (proposed) duty.proposed = { verdict: proposed.verdict, permille: proposed.permille }
      if (basis === 'upper' && known.leftOut.has(`${part.id} ${period}`)) duty.state = 'not applicable'
      else if (judged) settleByWord(duty, judged)
      else duty.state = proposed ? 'waiting' : (settled ?? openState(slot, now, known.today))
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
    duty.evidence = { gathering: proof.gathering, at: proof.at }
    return proof.at < slot.deadline ? 'met' : 'met late'
  }
  if (duty.basis === 'roster') return rosterState(slot, branch, now)
  if (duty.basis === 'attested' && given) {
    duty.attested = { id: given.id, on: given.on, isConfirmed: given.isConfirmed, ...(given.isLate ? { isLate: true } : {}) }
    if (given.isConfirmed) return attestedState(slot, given.on)
    if (!given.isLate) return 'waiting'
  }
  return undefined
}

function attestedState({ endsBefore, graceEndsOn }: Slot, on: Day): DutyState {
  if (on < endsBefore) return 'met'
  return on <= graceEndsOn ? 'met late' : 'missed'
}

/** The state now, or at the deadline and then within the grace; undefined while it can still be put right. */
function rosterState({ part, deadline, graceEnd }: Slot, branch: Asked, now: Date): DutyState | undefined {
  if (heldBefore(deadline, part, branch, now)) return 'met'
  return now >= deadline && heldBefore(graceEnd, part, branch, now) ? 'met late' : undefined
}

const heldBefore = (until: Date, part: Part, branch: Asked, now: Date) =>
  branch.holds(part.id, new Date(Math.min(now.getTime(), until.getTime() - 1)))

function gather(duty: Duty, { part, start, deadline }: Slot, { evidence }: Known): void {
  const all = (evidence.get(`${part.id} `) ?? nothing).filter(({ at }) => at >= start && at < deadline)
  if (all.length > 0) duty.gathered = all.map(({ gathering, at }) => ({ gathering, at }))
}

/**
 * A period claims its own gatherings first, earliest first. The next period's surplus beyond its own need pays the debt, within the
 * grace. The order means that nothing held after the grace can turn a missed duty into a met one. Evidence for a named period belongs to
 * it, also late.
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
  // A duty that a person judges is never late by itself: it waits for the person.
  if (basis === 'confirmed' || basis === 'upper') return now < deadline ? 'upcoming' : 'due soon'
  if (now < deadline) return soonFrom !== null && today >= soonFrom ? 'due soon' : 'upcoming'
  return today <= graceEndsOn ? 'overdue' : 'missed'
}
