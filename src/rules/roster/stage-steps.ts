import type { Day } from '../../calendar.ts'
import { dateFields } from './names.ts'

export const stagesInOrder = ['applicant', 'activist', 'prospect', 'probationer', 'full'] as const
type Stage = (typeof stagesInOrder)[number]
type DateField = (typeof dateFields)[number]
export type StageDates = Record<DateField, Day | null>

/** Each stage has a date field of its own. */
export const dateFieldOf = (stage: Stage): DateField => dateFields[stagesInOrder.indexOf(stage)] as DateField

/** The stages that can follow: one step on, the same stage with its day corrected, or one step back. Without a known stage, all can. */
export function stepsFrom(stage: Stage | null): readonly Stage[] {
  if (stage === null) return stagesInOrder
  const at = stagesInOrder.indexOf(stage)
  return [at + 1, at, at - 1].flatMap((step) => stagesInOrder[step] ?? [])
}

export const isStepBack = (from: Stage | null, to: Stage) => from !== null && stagesInOrder.indexOf(to) < stagesInOrder.indexOf(from)

/** Returns why a day cannot begin a stage; null when it can. */
export function wrongWith(stage: Stage, on: Day, dates: StageDates, today: Day): 'to come' | 'before the stage before' | null {
  if (on > today) return 'to come'
  const earlier = dateFields.slice(0, stagesInOrder.indexOf(stage)).flatMap((field) => dates[field] ?? [])
  return earlier.some((day) => on < day) ? 'before the stage before' : null
}
