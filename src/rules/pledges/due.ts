import { type Day, firstDay, type Year, yearOf } from '../../calendar.ts'
import { addWorkdays, lastWorkdayOf, workdaysBetween } from '../time/workdays.ts'

/** Who is new has so many working days. */
const NEW_WORKDAYS = 20
/** The committee looks at a pledge within so many. */
export const REVIEW_WORKDAYS = 5

/** The last day of somebody's pledge: January's last working day, or 20 working days for who joined since. */
export function pledgeDueOn(joinedOn: Day, year: Year): Day {
  const [ofYear, ofNew] = [lastWorkdayOf(`${year}-01`), addWorkdays(joinedOn, NEW_WORKDAYS)]
  return yearOf(joinedOn) === year && ofNew > ofYear ? ofNew : ofYear
}

/** The step of a reminder that a day has reached: -3, -1 or 3 working days. A day late it is still told, and then no more. */
export function stepOn(dueOn: Day, today: Day): -3 | -1 | 3 | null {
  const left = workdaysBetween(today, dueOn)
  if (left === 3 || left === 2) return -3
  if (left === 1 || left === 0) return -1
  return left === -3 || left === -4 ? 3 : null
}

/** Only who joined since this day can still be at a step; in the weeks around January's end everybody may. */
export const askedSince = (today: Day): Day =>
  today <= addWorkdays(lastWorkdayOf(`${yearOf(today)}-01`), 5) ? firstDay('0001-01') : addWorkdays(today, -(NEW_WORKDAYS + 5))

/** A pledge is news to the committee the morning after it came, and once more on its last day. */
export const reviewStep = (submittedOn: Day, today: Day): 0 | 1 => (today >= addWorkdays(submittedOn, REVIEW_WORKDAYS) ? 1 : 0)
