import * as z from 'zod'
import { isHalf, isYear } from '../../src/calendar.ts'
import { id } from '../../src/id.ts'
import { message } from '../ledgers/message.ts'

const subject = z.string()
const year = z.string().refine(isYear)

export const ownPledgeSubject = (member: string) => `pledge ${member}`
export const pledgesSubject = (branch: string) => `pledges ${branch}`

/** A person's own pledge of a year. */
export const ownPledge = message('pledge', z.object({ subject, member: id, year }))

/** The pledges that wait for the one who reviews. */
export const pledgeReview = message('pledgeReview', z.object({ subject, viewer: id, year }))

/** The accepted pledges of a branch, for its members. */
export const branchPledges = message('branchPledges', z.object({ subject, branch: id, year }))

export const integritySubject = (branch: string) => `integrity ${branch}`
export const integrityTextSubject = (committee: string) => `integrityText ${committee}`

/** An officer's integrity pledge of a year. */
export const integrity = message('integrity', z.object({ subject, branch: id, member: id, year }))

/** The year's text, for the committee that sets it. */
export const integrityText = message('integrityText', z.object({ subject, committee: id, year }))

/** The half-year's check, for one who checks. */
export const integrityCheck = message('integrityCheck', z.object({ subject, branch: id, half: z.string().refine(isHalf), viewer: id }))

/** The outcome of the check in numbers, for everybody who sees the score. */
export const integrityFacts = message('integrityFacts', z.object({ branch: id, half: z.string().refine(isHalf) }))

/** The year's call in a branch's chat: it names nobody. */
export const pledgesCalled = message('pledgesCalled', z.object({ subject, branch: id, year }))
