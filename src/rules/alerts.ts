import { type Day, day, periodStart } from '../calendar.ts'
import type { Duty } from './duties.ts'
import type { Rulebook } from './rulebook.ts'
import { workdaysBetween } from './workdays.ts'

/**
 * The step of the ladder that a duty has most recently reached: -7, -3, -1 working days before it is due, +1, +3, +7 after; null when it
 * asks for nothing. A step stays reached until the next one, so that a job that was down on the day itself still finds it.
 */
export function stepOf(
  duty: Pick<Duty, 'state' | 'period' | 'dueOn' | 'graceEndsOn'>,
  today: Day,
  { ladder }: Pick<Rulebook, 'ladder'>,
): number | null {
  const isOpen = duty.state === 'upcoming' || duty.state === 'due soon' || duty.state === 'overdue'
  if (!isOpen || today < day(periodStart(duty.period)) || today > duty.graceEndsOn) return null

  const workdaysLate = workdaysBetween(duty.dueOn, today)
  const reached = [...ladder.before.map((step) => -step), ...ladder.after].filter((step) => step <= workdaysLate)
  return reached.length === 0 ? null : Math.max(...reached)
}
