import * as z from 'zod'
import { id } from '../../src/id.ts'
import { message } from '../ledgers/message.ts'

/** The card in a chat. `branch` is whose chat it is, where that is not the branch that called the meeting. */
export const gathering = message('gathering', z.object({ subject: id, branch: id.optional() }))

/** Cards that were posted before viewers were noted have none: they are anybody's to whom they were posted. */
const viewer = id.optional()

export const host = message('host', z.object({ subject: id, viewer }))

/** The host's card of a branch that joined: its own people. */
export const ownBranch = message('ownBranch', z.object({ subject: id, branch: id, viewer: id }))

export const invitation = message('invitation', z.object({ subject: z.string(), gathering: id, branch: id }))

export const leaves = message('leaves', z.object({ gathering: id, branch: id.optional(), subject: z.string(), viewer: id }))

export const makeUps = message('makeUps', z.object({ subject: z.string(), gathering: id, viewer }))

const timeAndPlace = z.object({ startsAt: z.number(), place: z.string() })

export const rescheduled = message('rescheduled', z.object({ gathering: id, was: timeAndPlace, is: timeAndPlace }))
