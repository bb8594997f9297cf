import * as z from 'zod'
import { isQuarter, isYear } from '../../src/calendar.ts'
import { id } from '../../src/id.ts'
import { message } from '../ledgers/message.ts'

const subject = z.string()
const quarter = z.string().refine(isQuarter)
const year = z.string().refine(isYear)

/** `answersOnly` leaves out the dates and references, which name activists: those are the secretary's. */
export const selfAssessment = message('selfAssessment', z.object({ subject, branch: id, quarter, answersOnly: z.boolean().optional() }))

export const result = message('result', z.object({ subject, branch: id, quarter }))

/** The progress of a committee's assessment, for its assessors. */
export const review = message('review', z.object({ subject, committee: id, quarter }))

export const appeal = message('appeal', z.object({ subject, appeal: id }))

/** For the assessors alone: a branch that came last twice in a year. */
export const lastTwice = message('lastTwice', z.object({ subject, branch: id, year }))

/** For whoever helps a weak branch. */
export const helping = message('helping', z.object({ support: id }))

export const workReport = message('workReport', z.object({ report: id }))
