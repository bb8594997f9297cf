import { addDays, type Day, mondayOf } from '../../calendar.ts'
import { addWorkdays, isWorkday, nextWorkday, workdayOnOrBefore } from '../time/workdays.ts'

/** A branch that has not reported is reminded a working day before its last day, and one after it. */
const selfSteps = [-1, 1] as const
export type SelfStep = (typeof selfSteps)[number]

const dayOf = (step: SelfStep, selfUntil: Day): Day => (step === -1 ? addWorkdays(selfUntil, -1) : nextWorkday(selfUntil))

/** The self-assessment is spoken of from its first reminder on. */
export const isRemindedFrom = (selfUntil: Day, today: Day): boolean => today >= dayOf(-1, selfUntil)

/** The reminder that is due: the first that was reached and not told. A day that was missed is made up, and two never come on one day. */
export function selfStepDue(selfUntil: Day, told: readonly { step: number; toldOn: Day }[], today: Day): SelfStep | null {
  if (told.some(({ toldOn }) => toldOn === today)) return null
  return selfSteps.find((step) => today >= dayOf(step, selfUntil) && !told.some((one) => one.step === step)) ?? null
}

/** Assessors hear of what waits once a week while an assessment is open, and once a month in between. */
export function isAssessorsDay(today: Day, isAssessmentOpen: boolean): boolean {
  if (!isWorkday(today)) return false
  const before = workdayOnOrBefore(addDays(today, -1))
  return isAssessmentOpen ? mondayOf(before) !== mondayOf(today) : before.slice(0, 7) !== today.slice(0, 7)
}
