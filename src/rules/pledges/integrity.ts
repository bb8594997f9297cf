import { addDays, type Day, day, type Half, halfOf, moment, quarter, yearOf } from '../../calendar.ts'
import { type Text, t } from '../../text.ts'
import { lastWorkdayOf } from '../time/workdays.ts'

/** A committee's own text of the year, and the words that say what a check found. */
export const LONGEST_INTEGRITY_TEXT = 600
export const LONGEST_PROBLEM = 300

/** A new officer pledges within so many days. */
const OFFICER_DAYS = 30

/** The words that officers pledge where no committee above has set its own. */
export const usualIntegrityText: Text = t(
  '我承诺：带头遵守党章党规党纪和国家法律法规，严格执行中央八项规定精神；履行好职责范围内的廉政责任，不以权谋私，不搞特殊；管好家属和身边工作人员；自觉接受党组织和群众监督。如有违反，愿接受组织处理。',
  'I pledge to keep the Party’s constitution, rules and discipline and the laws of the state, and the eight-point decision; to answer for integrity in what I am charged with, to seek no private gain or privilege by my office; to see to it that my family and staff do the same; and to accept supervision by the Party and the people. If I break this, I accept what the organisation decides.',
)

/**
 * The first moment of the last day on which an officer can pledge. It is the later of the first quarter's last working day and 30 days in the seat. A
 * quarter is judged by its last moment, hence that day already counts as open.
 */
export function unpledgedFrom(seatedAt: Date): Date {
  const ofYear = lastWorkdayOf(`${yearOf(day(seatedAt))}Q1`)
  const ofSeat = addDays(day(seatedAt), OFFICER_DAYS)
  return moment(ofYear > ofSeat ? ofYear : ofSeat)
}

/** The last day on which an officer pledges in a year. */
export const integrityDueOn = (seatedOn: Day, year: string): Day => {
  const from = seatedOn > `${year}-01-01` ? seatedOn : `${year}-01-01`
  return day(unpledgedFrom(moment(from)))
}

export const runningHalf = (now: Date): Half => halfOf(quarter(now))

/** Who checks whom. The discipline member checks the others, and is checked by the secretary. The assessor checks a secretary without one. */
export interface Checking {
  /** The person who looks. */
  checker: { id: string; isDiscipline: boolean; isSecretary: boolean; isAssessor: boolean }
  /** The branch's discipline member, as far as another than the secretary sits there. */
  discipline: string | null
  secretary: string | null
}

export function mayCheck(officer: string, { checker, discipline, secretary }: Checking): boolean {
  if (checker.id === officer) return false
  if (checker.isDiscipline && discipline === checker.id) return true
  if (checker.isSecretary) return officer === discipline || discipline === null
  return checker.isAssessor && officer === secretary && discipline === null
}
