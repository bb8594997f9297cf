import * as z from 'zod'
import { id } from '../../src/id.ts'
import { message } from '../ledgers/message.ts'

const subject = z.string()

export const evaluation = message('evaluation', z.object({ subject, evaluation: id, viewer: id }))

export const selfView = message('selfView', z.object({ subject, evaluation: id, member: id, reminder: z.boolean().optional() }))

/** The form of one group's leader; `group` is null for members without a group. */
export const groupView = message('groupView', z.object({ subject, evaluation: id, group: id.nullable(), viewer: id }))

export const grading = message('grading', z.object({ subject, evaluation: id, viewer: id }))

export const ownGrade = message('ownGrade', z.object({ subject, evaluation: id, member: id }))

export const gradeAppeal = message('gradeAppeal', z.object({ subject, evaluation: id, member: id, viewer: id }))
