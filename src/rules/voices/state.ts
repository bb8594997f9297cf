import { type Day, day, moment } from '../../calendar.ts'
import type { HolidayTable } from '../time/holidays.ts'
import { addWorkdays } from '../time/workdays.ts'
import { type Outcome, promisedWorkdays, UPPER_WORKDAYS, type VoiceKind } from './kinds.ts'

/** The last day on which an answer keeps the promise. A day off begins the count like the working day before it. */
export const promisedOn = (kind: VoiceKind, from: Day, decidesAbove = false, table?: HolidayTable): Day =>
  addWorkdays(from, decidesAbove ? UPPER_WORKDAYS : promisedWorkdays[kind], table)

/** The promise is kept until the last instant of its day. */
export const isInTime = (promised: Day, at: Date): boolean => at < moment(promised, '24:00')

/** An answer without a word from the author closes the matter after this many working days. */
const SILENT_WORKDAYS = 10

/** An author may say “not solved” once, and the matter is open again. */
const MOST_ANSWERS = 2

export type VoiceState = 'came' | 'taken' | 'answered' | 'closed'

interface Facts {
  takenAt: Date | null
  /** The answers in their order. */
  answers: readonly { at: Date; outcome: Outcome; solved: boolean | null }[]
}

export function stateOfVoice({ takenAt, answers }: Facts, now: Date): VoiceState {
  const last = answers.at(-1)
  if (!last || reopens(last, answers.length)) return takenAt ? 'taken' : 'came'
  const isSilent = now >= moment(addWorkdays(day(last.at), SILENT_WORKDAYS), '24:00')
  return last.outcome === 'aside' || last.solved !== null || isSilent ? 'closed' : 'answered'
}

/** True where the author's word on this answer opens the matter again. */
export const reopens = ({ outcome, solved }: { outcome: Outcome; solved: boolean | null }, nth: number): boolean =>
  solved === false && outcome !== 'aside' && nth < MOST_ANSWERS
