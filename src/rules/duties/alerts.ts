import { addPeriods, type Day, daysBetween, firstDayOf, moment, type Period, periodEnd, periodStart } from '../../calendar.ts'
import type { Rulebook } from '../rulebook/rulebook.ts'
import { creditsOf, partOf } from '../standards/standards.ts'
import { workdaysBetween } from '../time/workdays.ts'
import type { Called } from './cheapest.ts'
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
 * A reminder must be able to change something. Standards that a person judges are asked on the assessment's own card. A duty that waits
 * for confirmation is done.
 */
export const isAlerting = ({ basis, attested, kept }: Pick<Duty, 'basis' | 'attested' | 'kept'>): boolean =>
  !kept && basis !== 'confirmed' && basis !== 'upper' && !attested

type CalledWith = Pick<Called, 'kind' | 'group' | 'startsAt'> & { tags: readonly string[] }
type Owed = Pick<Duty, 'part' | 'subject' | 'period' | 'state' | 'graceEndsOn'>

/**
 * Whether a called gathering will credit a duty: in the duty's own period, or within an overdue duty's grace. In the next period it must
 * leave as many as that period needs for itself. `all` are the branch's duties as far as they are known.
 */
export function isOnItsWay(
  duty: Owed,
  called: readonly CalledWith[],
  all: readonly Owed[],
  { atLeast }: Pick<Rulebook, 'atLeast'>,
): boolean {
  const { part, subject, period, state, graceEndsOn } = duty
  const crediting = called
    .filter(({ kind, group, tags }) => (subject === '' || subject === group) && creditsOf(kind, tags).includes(part))
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  const within = (of: Period) => crediting.filter(({ startsAt }) => startsAt >= periodStart(of) && startsAt < periodEnd(of))
  if (within(period).length > 0) return true
  if (state !== 'overdue') return false

  const next = addPeriods(period, 1)
  const own = all.filter((one) => one.part === part && one.subject === subject && one.period === next)
  const wanted = own.length > 0 ? own.filter((one) => !isSettled(one)).length : (atLeast[part] ?? partOf(part).atLeast)
  const one = within(next)[wanted]
  return one !== undefined && one.startsAt < moment(graceEndsOn, '24:00')
}

const isSettled = ({ state }: Owed) => state === 'met' || state === 'not applicable' || state === 'excused'
