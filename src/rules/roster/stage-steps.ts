import type { Day } from '../../calendar.ts'
import { dateFields } from './roster-file.ts'

export const stagesInOrder = ['applicant', 'activist', 'prospect', 'probationer', 'full'] as const
type Stage = (typeof stagesInOrder)[number]
type DateField = (typeof dateFields)[number]
export type StageDates = Record<DateField, Day | null>

/** The day that a stage began stands in a field of its own. */
export const dateFieldOf = (stage: Stage): DateField => dateFields[stagesInOrder.indexOf(stage)] as DateField

/** Where somebody can go from here: one step on, the same stage with its day corrected, one step back. Of whom nothing is known, anywhere. */
export function stepsFrom(stage: Stage | null): readonly Stage[] {
  if (stage === null) return stagesInOrder
  const at = stagesInOrder.indexOf(stage)
  return [at + 1, at, at - 1].flatMap((step) => stagesInOrder[step] ?? [])
}

export const isStepBack = (from: Stage | null, to: Stage) => from !== null && stagesInOrder.indexOf(to) < stagesInOrder.indexOf(from)

/** What stands in the way of a day as that of a stage. */
export function wrongWith(stage: Stage, on: Day, dates: StageDates, today: Day): 'to come' | 'before the stage before' | null {
  if (on > today) return 'to come'
  const earlier = dateFields.slice(0, stagesInOrder.indexOf(stage)).flatMap((field) => dates[field] ?? [])
  return earlier.some((day) => on < day) ? 'before the stage before' : null
}
