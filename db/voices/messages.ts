import * as z from 'zod'
import { isQuarter } from '../../src/calendar.ts'
import { id } from '../../src/id.ts'
import { voiceKinds } from '../../src/rules/voices/kinds.ts'
import { message } from '../ledgers/message.ts'

const subject = z.string()

export const inboxSubject = (member: string) => `inbox ${member}`
export const voiceSubject = (voice: string) => `voice ${voice}`

/** The form of a voice. It names no person; a code that is drawn with the card makes its press harmless when it comes twice. */
export const suggest = message('suggest', z.object({ branch: id, kind: z.enum(voiceKinds).optional(), isLookUp: z.boolean().optional() }))

/** The voices that wait for an answer by this person, without their words. */
export const inbox = message('inbox', z.object({ subject, viewer: id }))

/** The answer, for the author of a signed voice. */
export const voiceAnswered = message('voiceAnswered', z.object({ subject, voice: id, member: id }))

/** The list of what was adopted in a branch, without authors. */
export const adopted = message('adopted', z.object({ branch: id }))

/** How the promises of a quarter were kept: numbers alone, and for the level above no small ones. */
export const voiceFacts = message(
  'voiceFacts',
  z.object({ branch: id, quarter: z.string().refine(isQuarter), isAbove: z.boolean().optional() }),
)

/** The host of a talk gathering notes what people said. */
export const harvest = message('harvest', z.object({ subject, gathering: id, viewer: id }))

/** A quarter's analysis of opinion, for one of the committee. */
export const analysis = message('analysis', z.object({ subject, branch: id, viewer: id }))
