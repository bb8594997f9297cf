import * as z from 'zod'
import { isQuarter } from '../../src/calendar.ts'
import { id } from '../../src/id.ts'
import { talkKinds } from '../../src/rules/talks/kinds.ts'
import { message } from '../ledgers/message.ts'

const subject = z.string()

export const talkSubject = (talk: string) => `talk ${talk}`
export const requestsSubject = (member: string) => `talkRequests ${member}`
export const plannerSubject = (member: string) => `talkPlanner ${member}`
export const paperSubject = (talk: string) => `talkPaper ${talk}`

/**
 * One of the two sees their talk. Before it is registered the same card reads back what was said: `to`, `on` and `kind` are that line, and
 * `isOpen` shows it as a form.
 */
export const talk = message(
  'talk',
  z.object({
    subject,
    talk: id,
    member: id,
    to: id.optional(),
    on: z.string().optional(),
    kind: z.enum(talkKinds).optional(),
    isOpen: z.boolean().optional(),
    isUnclear: z.boolean().optional(),
    hasMore: z.boolean().optional(),
  }),
)

/** All that waits for one person's yes or no. */
export const talkRequests = message('talkRequests', z.object({ subject, member: id }))

/** A committee member who is not of the pair sees the signed paper. */
export const talkPaper = message('talkPaper', z.object({ subject, talk: id, viewer: id }))

/** The card on which a person plans, and sees their own talks. */
export const talkPlanner = message('talkPlanner', z.object({ subject, member: id }))

/** Somebody asks another for a time to talk. */
export const talkAsked = message('talkAsked', z.object({ member: id, from: id }))

export const worrySubject = (talk: string) => `worry ${talk}`

/** The exact words that one of the two would raise, for the other's yes or no. */
export const worryAsked = message('worryAsked', z.object({ subject, talk: id, member: id }))

/** The people who could be meant by a name; `on` and `kind` are the rest of the line. */
export const talkWhich = message(
  'talkWhich',
  z.object({ member: id, among: z.array(id).max(6), isNear: z.boolean(), on: z.string().max(10), kind: z.enum(talkKinds).optional() }),
)

export const talkContacts = message('talkContacts', z.object({ branch: id, viewer: id }))

export const talkCoverage = message('talkCoverage', z.object({ committee: id }))

/** The worries of a branch, for one of those who settle them. */
export const worries = message('worries', z.object({ subject, branch: id, viewer: id }))

/** The talks that prove a quarter, as far as `viewer` may see them. */
export const talkFacts = message('talkFacts', z.object({ branch: id, quarter: z.string().refine(isQuarter), viewer: id }))
