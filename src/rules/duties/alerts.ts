import { addPeriods, type Day, daysBetween, firstDayOf, moment, type Period, periodEnd, periodStart } from '../../calendar.ts'
import type { Rulebook } from '../rulebook/rulebook.ts'
import { creditsOf, partOf } from '../standards/standards.ts'
import { workdaysBetween } from '../time/workdays.ts'
import type { Called } from './cheapest.ts'
import type { Duty } from './duty.ts'

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
  if (!isOpen || today < firstDayOf(duty.period) || today > duty.graceEndsOn) return null

  // Even with the longest holidays more than every other day is worked: what is further away than this has reached no step.
  if (daysBetween(today, duty.dueOn) > Math.max(0, ...ladder.before) * 2 + 15) return null
  const workdaysLate = workdaysBetween(duty.dueOn, today)
  const reached = [...ladder.before.map((step) => -step), ...ladder.after].filter((step) => step <= workdaysLate)
  return reached.length === 0 ? null : Math.max(...reached)
}

/** Whose a duty is, who answers for the branch, and who looks on from above. */
export type RecipientRole = 'owner' | 'secretary' | 'upper'

/**
 * Who hears at which step: the owner at all of them, the secretary of what is somebody else's from the last step before the day on, the
 * upper level only after it, when the branch has heard once and had its chance; where there is but one step, at that.
 */
export const ladderFor = (hearing: RecipientRole, { before, after }: Rulebook['ladder']): Rulebook['ladder'] => {
  if (hearing === 'owner') return { before, after }
  if (hearing === 'secretary') return { before: before.length > 0 ? [Math.min(...before)] : [], after }
  const [first, ...later] = after.toSorted((a, b) => a - b)
  return { before: [], after: later.length > 0 || first === undefined ? later : [first] }
}

/** What a reminder could do something about: what a person judges is asked on the assessment's own card, and what waits for its confirmation is done. */
export const isAlerting = ({ basis, attested, kept }: Pick<Duty, 'basis' | 'attested' | 'kept'>): boolean =>
  !kept && basis !== 'confirmed' && basis !== 'upper' && !attested

export type CalledWith = Pick<Called, 'kind' | 'group' | 'startsAt'> & { tags: readonly string[] }
type Owed = Pick<Duty, 'part' | 'subject' | 'period' | 'state' | 'graceEndsOn'>

/**
 * What is called and will credit a duty: in its own period; or, of one that is overdue, in the next, within the grace, and besides as many as
 * that period still wants for itself. `all` are the branch's duties, as far as they are known.
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
