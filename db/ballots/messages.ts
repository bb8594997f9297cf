import * as z from 'zod'
import { id } from '../../src/id.ts'
import { message } from '../ledgers/message.ts'

/** A voter's own card. */
export const ballot = message('ballot', z.object({ subject: z.string(), ballot: id, member: id, reminder: z.boolean().optional() }))

/** The card in the group: how many have voted. */
export const turnout = message('turnout', z.object({ subject: z.string(), ballot: id }))

export const ballotHost = message('ballotHost', z.object({ subject: z.string(), ballot: id, viewer: id }))

export const ballotResult = message('ballotResult', z.object({ ballot: id, viewer: id.optional() }))

/** The sums do not agree. For the administrators. */
export const ballotUnsound = message('ballotUnsound', z.object({ subject: z.string(), ballot: id }))

/** The one-time codes as a file; `codes` is concealed. */
export const codeSheet = message('codeSheet', z.object({ ballot: id, codes: z.string() }))
