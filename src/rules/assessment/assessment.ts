import { type Day, day, moment, type Quarter, quarter as quarterAt } from '../../calendar.ts'
import { type Text, t } from '../../text.ts'
import type { Duty, Proposed } from '../duties/duty.ts'
import type { Rulebook } from '../rulebook/rulebook.ts'
import { addWorkdays, lastWorkdayOf } from '../time/workdays.ts'

/** The answers a branch can give for the standards that it confirms itself. */
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

/** Returns the answer behind a word; null where it was given in another way. */
export function answerOfWord(word: Proposed | undefined): Answer | null {
  if (!word) return null
  if (word.verdict !== 'points') return word.verdict === 'not applicable' ? 'not applicable' : null
  return answers.find((one) => one !== 'not applicable' && permilles[one] === word.permille) ?? null
}

/** The branch's answer on a duty. In a quarter closed under the former rule it is the branch's own judgement. */
export function answerOf({ state, judged, proposed }: Pick<Duty, 'state' | 'judged' | 'proposed'>): Answer | null {
  if (proposed) return answerOfWord(proposed)
  return judged ? answerOfWord({ verdict: state === 'not applicable' ? state : 'points', permille: judged.permille }) : null
}

/** A duty belongs to the quarter in which it falls due. Duties that keep their last state, or fall due later, do not. */
export const isOfQuarter = ({ kept, dueOn }: Pick<Duty, 'kept' | 'dueOn'>, quarter: Quarter): boolean =>
  !kept && quarterAt(moment(dueOn)) === quarter

/** The branch assesses itself first; the upper level reviews it afterwards. */
export function assessmentDays(openedOn: Day, { selfWorkdays, reviewWorkdays }: Pick<Rulebook, 'selfWorkdays' | 'reviewWorkdays'>) {
  const selfUntil = addWorkdays(openedOn, selfWorkdays)
  return { selfUntil, reviewUntil: addWorkdays(selfUntil, reviewWorkdays) }
}

/** An assessor who has not published by then is passed over. The assessor above may judge and publish. */
const PATIENCE_WORKDAYS = 10
export const askedAboveOn = (reviewUntil: Day): Day => addWorkdays(reviewUntil, PATIENCE_WORKDAYS + 1)

/** Returns the last day for appeals. It is never before the end of the quarter's grace, in which overdue duties can still be made up. */
export function appealsUntil(
  publishedOn: Day,
  quarter: Quarter,
  { appealWorkdays, graceWorkdays }: Pick<Rulebook, 'appealWorkdays' | 'graceWorkdays'>,
): Day {
  const [window, grace] = [addWorkdays(publishedOn, appealWorkdays), addWorkdays(lastWorkdayOf(quarter), graceWorkdays)]
  return window > grace ? window : grace
}

interface Windows {
  publishedAt: Date | null
  appealsUntil: Day | null
  closedAt: Date | null
}

/** Returns why an appeal cannot be made now; null when it can. */
export function appealRefused({ publishedAt, appealsUntil, closedAt }: Windows, now: Date): 'not published' | 'over' | null {
  if (!publishedAt || !appealsUntil) return 'not published'
  return closedAt || day(now) > appealsUntil ? 'over' : null
}

/** `3.5` of 5 points is 700 ‰. Null unless the text is a number from 0 to `most` with at most one decimal. */
export function permilleOfPoints(said: string, most: number): number | null {
  const tenths = tenthsSaid(said)
  return tenths === null || tenths > most * 10 ? null : Math.round((tenths * 100) / most)
}
export const permilleOfPercent = (said: string): number | null => permilleOfPoints(said, 100)

function tenthsSaid(said: string): number | null {
  const [, whole, tenth = '0'] = /^(\d{1,3})(?:\.(\d))?(?:分|%)?$/.exec(said.normalize('NFKC').replace(/\s+/gu, '')) ?? []
  return whole === undefined ? null : Number(whole) * 10 + Number(tenth)
}

/** Writes 700 ‰ of 5 points as a person does: `3.5`. */
export function pointsSaid(permille: number, weight: number): string {
  const tenths = Math.round((permille * weight) / 100)
  return tenths % 10 === 0 ? String(tenths / 10) : `${Math.trunc(tenths / 10)}.${tenths % 10}`
}
