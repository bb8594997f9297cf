import { addDays, DAY_MS, type Day } from '../../calendar.ts'
import { addWorkdays } from '../time/workdays.ts'

/** The longest words of a decision, a task or a problem, in characters. */
export const MOST_TASK_WORDS = 120
export const MOST_DECISIONS = 12
export const MOST_PROBLEMS = 12
/** An owner may move the day once, by this much; later the committee does. */
const OWNER_MOVES_WORKDAYS = 10

/** `void` is no task: its decision was struck out or lacked a quorum, or the meeting is not over. */
export type TaskState = 'open' | 'cannot' | 'done' | 'checked' | 'dropped' | 'void'

interface Facts {
  stands: boolean
  doneAt: Date | null
  checkedAt: Date | null
  cannotAt: Date | null
  droppedAt: Date | null
}

export function stateOfTask({ stands, doneAt, checkedAt, cannotAt, droppedAt }: Facts): TaskState {
  if (droppedAt) return 'dropped'
  if (checkedAt) return 'checked'
  if (!stands) return 'void'
  if (doneAt) return 'done'
  return cannotAt ? 'cannot' : 'open'
}

/** 办完了 is taken back by the owner within a day, unless a meeting has looked at it. */
export const mayUndo = ({ doneAt, checkedAt }: Pick<Facts, 'doneAt' | 'checkedAt'>, now: Date): boolean =>
  doneAt !== null && checkedAt === null && now.getTime() - doneAt.getTime() < DAY_MS

export const latestOwnMove = (dueOn: Day): Day => addWorkdays(dueOn, OWNER_MOVES_WORKDAYS)

/** The steps of a task, in working days from its day. A day off is reminded of on the working day before. */
const steps = [-3, -1, 1, 3]

/** The last step that was reached; null before the first. A step that was missed is not made up. */
export const stepReached = (dueOn: Day, today: Day): number | null => steps.findLast((step) => addWorkdays(dueOn, step) <= today) ?? null

/** The step of a task that was given by word: its owner hears of it with the next digest. */
const GIVEN = -99

/** The step that a digest tells of a task; null where there is none today. */
export const stepToTell = ({ dueOn, isGivenApart }: { dueOn: Day; isGivenApart: boolean }, today: Day): number | null =>
  stepReached(dueOn, today) ?? (isGivenApart ? GIVEN : null)

/** Tasks of these days may have reached a step and not yet left the last one behind. */
export const daysReached = (today: Day): { from: Day; until: Day } => ({ from: addDays(today, -30), until: addWorkdays(today, 4) })
