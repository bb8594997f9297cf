import * as z from 'zod'
import { isPeriod, isQuarter, isYear } from '../../src/calendar.ts'
import { id } from '../../src/id.ts'
import { adoptedKinds } from '../../src/rules/papers/kinds.ts'
import { topics } from '../../src/rules/papers/topics.ts'
import { message } from '../ledgers/message.ts'

const subject = z.string()
const period = z.string().refine(isPeriod)

export const reportSubject = (branch: string) => `report ${branch}`
export const recordSubject = (record: string) => `record ${record}`
export const paperSubject = (branch: string) => `papers ${branch}`

/** The committee writes its report to the members. */
export const report = message('report', z.object({ subject, branch: id, period, viewer: id }))

/** The report as the members read it. */
export const reportRead = message('reportRead', z.object({ report: id }))

/** Somebody of the branch asks about a report that was given. */
export const reportQuestion = message('reportQuestion', z.object({ report: id, member: id }))

/** The secretary's work report, for the secretary. */
export const workReportDraft = message('workReportDraft', z.object({ subject, branch: id, period, viewer: id }))

/** The same as the level above reads it, with the commentary. */
export const workReportRead = message('workReportRead', z.object({ report: id, viewer: id }))

/** The form of a short record, filled in as far as its line was understood. */
export const recordForm = message(
  'recordForm',
  z.object({
    member: id,
    record: id,
    topic: z.enum(topics).optional(),
    on: z.string().max(10).optional(),
    words: z.string().max(200).optional(),
  }),
)

/** One record, for the two who know of it. */
export const record = message('record', z.object({ subject, record: id, member: id }))

/** The records of a branch that are gathered for a quarter. */
export const records = message('records', z.object({ branch: id, quarter: z.string().refine(isQuarter) }))

/** A year's plan or summary, for the committee. */
export const paper = message(
  'paper',
  z.object({ subject, branch: id, kind: z.enum(adoptedKinds), year: z.string().refine(isYear), viewer: id }),
)

/** An adopted plan or summary as everybody reads it. */
export const paperRead = message('paperRead', z.object({ paper: id }))

/** The systems and standards of a branch. */
export const systems = message('systems', z.object({ subject, branch: id, viewer: id }))
