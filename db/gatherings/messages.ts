import * as z from 'zod'
import { id } from '../../src/id.ts'
import { callable } from '../../src/rules/gatherings/gatherings.ts'
import { message } from '../ledgers/message.ts'

/** The card in a chat. `branch` owns the chat, where that is not the branch that called the meeting. */
export const gathering = message('gathering', z.object({ subject: id, branch: id.optional() }))

/** Older cards were posted before viewers were noted: they belong to anybody who got them. */
const viewer = id.optional()

export const host = message('host', z.object({ subject: id, viewer }))

/** The host's card for the own people of a branch that joined. */
export const ownBranch = message('ownBranch', z.object({ subject: id, branch: id, viewer: id }))

export const invitation = message('invitation', z.object({ subject: z.string(), gathering: id, branch: id }))

/** The host's card on who is in the room, and on what moved the base of a vote. */
export const inRoom = message('inRoom', z.object({ subject: id, viewer: id }))

/** A scrutineer's own card: the people whom the host saw in the room. */
export const marks = message('marks', z.object({ subject: z.string(), gathering: id, viewer: id }))

export const leaves = message('leaves', z.object({ gathering: id, branch: id.optional(), subject: z.string(), viewer: id }))

export const makeUps = message('makeUps', z.object({ subject: z.string(), gathering: id, viewer }))

const timeAndPlace = z.object({ startsAt: z.number(), place: z.string() })

export const rescheduled = message('rescheduled', z.object({ gathering: id, was: timeAndPlace, is: timeAndPlace }))

/** The form that calls a meeting, filled with the part of the line that was understood. */
export const callForm = message(
  'callForm',
  z.object({
    branch: id,
    /** The id of the gathering that the form will make: a form sent twice makes one. */
    gathering: id,
    kind: z.enum(callable).optional(),
    /** The group whose meeting this is; absent for a branch meeting. */
    group: id.optional(),
    /** A leader is offered only these groups and their meetings. */
    only: z.array(id).optional(),
    /** Beijing's wall clock, `'2026-10-08 15:00'`. */
    startsAt: z.string().optional(),
    place: z.string().optional(),
    needsCode: z.boolean().optional(),
    /** Other branches that are to meet with this one. */
    others: z.array(id).optional(),
    /** One item on each line. */
    agenda: z.string().optional(),
    why: z.object({ zh: z.string(), en: z.string() }).optional(),
    /** The times that could be meant, the likelier first; each is a button. */
    offers: z.array(z.string()).max(4).optional(),
    /** Reasons to look twice; the form that says them calls all the same. */
    cautions: z.array(z.object({ code: z.string(), says: z.object({ zh: z.string(), en: z.string() }) })).optional(),
  }),
)

export type Understood = z.infer<typeof callForm.takes>
