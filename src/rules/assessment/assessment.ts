import { type Day, day, moment, type Quarter, quarter as quarterAt } from '../../calendar.ts'
import { type Text, t } from '../../text.ts'
import type { Duty } from '../duties/duty.ts'
import type { Rulebook } from '../rulebook/rulebook.ts'
import { addWorkdays, lastWorkdayOf } from '../time/workdays.ts'

/** How a branch answers for what it confirms itself. */
export const answers = ['fully', 'mostly', 'partly', 'not done', 'not applicable'] as const
export type Answer = (typeof answers)[number]

export const answerNames: Readonly<Record<Answer, Text>> = {
  fully: t('好', 'fully'),
  mostly: t('较好', 'mostly'),
  partly: t('一般', 'partly'),
  'not done': t('未开展', 'not done'),
  'not applicable': t('不适用', 'not applicable'),
}

const permilles: Readonly<Record<Answer, number>> = { fully: 1000, mostly: 800, partly: 600, 'not done': 0, 'not applicable': 0 }

export const judgementOf = (answer: Answer) =>
  answer === 'not applicable'
    ? ({ verdict: 'not applicable', permille: 0 } as const)
    : ({ verdict: 'points', permille: permilles[answer] } as const)

/** The answer that a judged duty was given, if it was one of ours. */
export function answerOf({ state, judged }: Pick<Duty, 'state' | 'judged'>): Answer | null {
  if (!judged) return null
  if (state === 'not applicable') return 'not applicable'
  return answers.find((one) => one !== 'not applicable' && permilles[one] === judged.permille) ?? null
}

/** What this quarter itself asks for: neither what keeps its last state nor what is due later. */
export const isOfQuarter = ({ kept, dueOn }: Pick<Duty, 'kept' | 'dueOn'>, quarter: Quarter): boolean =>
  !kept && quarterAt(moment(dueOn)) === quarter

/** The branch assesses itself first, then the upper level looks at it. */
export function assessmentDays(openedOn: Day, { selfWorkdays, reviewWorkdays }: Pick<Rulebook, 'selfWorkdays' | 'reviewWorkdays'>) {
  const selfUntil = addWorkdays(openedOn, selfWorkdays)
  return { selfUntil, reviewUntil: addWorkdays(selfUntil, reviewWorkdays) }
}

/** Two weeks after the review should be done, the clock publishes what is there: a quarter is not left hanging, and nobody is marked down for it. */
const PATIENCE_WORKDAYS = 10
export const clockPublishesOn = (reviewUntil: Day): Day => addWorkdays(reviewUntil, PATIENCE_WORKDAYS)

/** The window for appeals; never over before the quarter's grace is, within which what is overdue can still be made up. */
export function appealsUntil(
  publishedOn: Day,
  quarter: Quarter,
  { appealWorkdays, graceWorkdays }: Pick<Rulebook, 'appealWorkdays' | 'graceWorkdays'>,
): Day {
  const [window, grace] = [addWorkdays(publishedOn, appealWorkdays), addWorkdays(lastWorkdayOf(quarter), graceWorkdays)]
  return window > grace ? window : grace
}

export interface Windows {
  publishedAt: Date | null
  appealsUntil: Day | null
  closedAt: Date | null
}

/** Why an appeal cannot be made now, or null. */
export function appealRefused({ publishedAt, appealsUntil, closedAt }: Windows, now: Date): 'not published' | 'over' | null {
  if (!publishedAt || !appealsUntil) return 'not published'
  return closedAt || day(now) > appealsUntil ? 'over' : null
}

/** `3.5` of 5 points is 700 ‰; null for what is no number with one decimal within 0 and `most`. */
export function permilleOfPoints(said: string, most: number): number | null {
  const tenths = tenthsSaid(said)
  return tenths === null || tenths > most * 10 ? null : Math.round((tenths * 100) / most)
}
export const permilleOfPercent = (said: string): number | null => permilleOfPoints(said, 100)

function tenthsSaid(said: string): number | null {
  const [, whole, tenth = '0'] = /^(\d{1,3})(?:\.(\d))?(?:分|%)?$/.exec(said.normalize('NFKC').replace(/\s+/gu, '')) ?? []
  return whole === undefined ? null : Number(whole) * 10 + Number(tenth)
}

/** `700` ‰ of 5 points, as a person writes it: `3.5`. */
export function pointsSaid(permille: number, weight: number): string {
  const tenths = Math.round((permille * weight) / 100)
  return tenths % 10 === 0 ? String(tenths / 10) : `${Math.trunc(tenths / 10)}.${tenths % 10}`
}
