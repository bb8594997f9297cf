import * as z from 'zod'
import { id } from '../../src/id.ts'
import { message } from '../ledgers/message.ts'

/** The assessor's card: a branch asks to leave somebody out of a base. */
export const exclusionAsked = message('exclusionAsked', z.object({ subject: z.string(), exclusion: id, viewer: id }))

/** The answer, for the person who asked and the person who is left out. */
export const exclusionAnswered = message('exclusionAnswered', z.object({ exclusion: id, isOwn: z.boolean() }))
