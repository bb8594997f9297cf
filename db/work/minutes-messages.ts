import * as z from 'zod'
import { id } from '../../src/id.ts'
import { message } from '../ledgers/message.ts'

export const minutesSubject = (gathering: string, branch: string) => `minutes ${gathering} ${branch}`

/** The minutes of a meeting for one of its branches, as `viewer` may see them and act on them. */
export const minutes = message('minutes', z.object({ subject: z.string(), gathering: id, branch: id, viewer: id }))

/** The latest meetings of a branch with how far their minutes are. */
export const minutesList = message('minutesList', z.object({ branch: id, viewer: id }))

/** The minutes as a document to print and sign. */
export const minutesFile = message(
  'minutesFile',
  z.object({ gathering: id, branch: id, viewer: id, /** The secretary gave them to the assessor. */ isProvided: z.boolean().optional() }),
)

/** The assessor `by` asks the secretary for the minutes of one meeting. */
export const minutesAsked = message('minutesAsked', z.object({ gathering: id, branch: id, by: id, viewer: id }))

export const minutesOf = (gathering: string, branch: string, viewer: string) =>
  minutes({ subject: minutesSubject(gathering, branch), gathering, branch, viewer })
