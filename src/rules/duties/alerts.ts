import { type Day, daysBetween, firstDayOf } from '../../calendar.ts'
import type { Rulebook } from '../rulebook/rulebook.ts'
import { partOf } from '../standards/standards.ts'
import { workdaysBetween } from '../time/workdays.ts'
import type { Duty } from './duty.ts'

/**
 * Returns the step of the ladder that a duty has most recently reached, or null when it asks for nothing. Steps are working days: -7, -3,
 * -1 before it is due, +1, +3, +7 after. A step stays reached until the next one, so that a job that missed the day still finds it.
 */
export function stepOf(
  duty: Pick<Duty, 'state' | 'period' | 'dueOn' | 'graceEndsOn'>,
  today: Day,
  { ladder }: Pick<Rulebook, 'ladder'>,
): number | null {
  const isOpen = duty.state === 'upcoming' || duty.state === 'due soon' || duty.state === 'overdue'
  if (!isOpen || today < firstDayOf(duty.period) || today > duty.graceEndsOn) return null

  // More than every other day is worked, even with the longest holidays. A duty further away than this has reached no step.
  if (daysBetween(today, duty.dueOn) > Math.max(0, ...ladder.before) * 2 + 15) return null
  const workdaysLate = workdaysBetween(duty.dueOn, today)
  const reached = [...ladder.before.map((step) => -step), ...ladder.after].filter((step) => step <= workdaysLate)
  return reached.length === 0 ? null : Math.max(...reached)
}

/** The owner of a duty, the person who answers for the branch, and the level above that looks on. */
export type RecipientRole = 'owner' | 'secretary' | 'upper'

/**
 * The owner is told at every step. The secretary is told of other people's duties from the last step before the due day on. The upper
 * level is told only after that day, once the branch has been told and had its chance. Where the ladder has one step, it is that one.
 */
export const ladderFor = (role: RecipientRole, { before, after }: Rulebook['ladder']): Rulebook['ladder'] => {
  if (role === 'owner') return { before, after }
  if (role === 'secretary') return { before: before.length > 0 ? [Math.min(...before)] : [], after }
  const [first, ...later] = after.toSorted((a, b) => a - b)
  return { before: [], after: later.length > 0 || first === undefined ? later : [first] }
}

/**
 * The first step that says the same as this one: that a duty comes, or is late. The last step before the due day and the last after it say
 * something new. The upper level is told once that a duty is late.
 */
export function saidSince(step: number, role: RecipientRole, { before, after }: Rulebook['ladder']): number {
  if (step <= 0) return step === -Math.min(...before) ? step : -Math.max(...before)
  return role !== 'upper' && step === Math.max(...after) ? step : Math.min(...after)
}

/**
 * A reminder must be able to change something. A duty that waits for confirmation is done. A standard that a person judges is asked on
 * the assessment's own card. One with a cadence is reminded of while nothing is gathered and its period runs.
 */
export function isAlerting({ part, basis, attested, kept, gathered, judged, dueOn }: Alerting, today: Day): boolean {
  if (kept || attested || basis === 'upper') return false
  return basis !== 'confirmed' || (partOf(part).isGathered === true && !gathered && !judged && today <= dueOn)
}

type Alerting = Pick<Duty, 'part' | 'basis' | 'attested' | 'kept' | 'gathered' | 'judged' | 'dueOn'>
