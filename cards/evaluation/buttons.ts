import * as z from 'zod'
import { isPeriod } from '../../src/calendar.ts'
import { id } from '../../src/id.ts'
import { buttonOf } from '../../src/press.ts'

export const openOrResume = buttonOf('goOn.openOrResume', z.object({ branch: id, period: z.string().refine(isPeriod) }))

/** The three lists as a form sends them, and as the next form's button brings them along. */
export const gradeLists = z.object({
  excellent: z.array(z.string().max(3)).max(100).nullish(),
  basic: z.array(z.string().max(3)).max(100).nullish(),
  unqualified: z.array(z.string().max(3)).max(100).nullish(),
})
export type GradeLists = z.infer<typeof gradeLists>

export const gradeReasons = z.record(z.string().max(8), z.string().max(1_000).nullish())
export type GradeReasons = z.infer<typeof gradeReasons>

const lot = z.object({ evaluation: id, group: id.nullable() })

export const chooseViews = buttonOf('groupView.choose', lot)

export const setViews = buttonOf('groupView.set', lot.extend({ picked: gradeLists }))

export const lookAgain = buttonOf('groupView.look', lot)

export const againViews = buttonOf('groupView.again', lot)

const gradesSeen = z.object({ evaluation: id, seen: z.number() })

export const chooseGrades = buttonOf('grading.choose', gradesSeen)

export const giveReasons = buttonOf('grading.set', gradesSeen.extend({ picked: gradeLists }))

export const againGrades = buttonOf('grading.again', gradesSeen.pick({ evaluation: true }))
