import * as z from 'zod'
import { isHalf, isYear } from '../../src/calendar.ts'
import { id } from '../../src/id.ts'
import { buttonOf } from '../../src/press.ts'
import { boardScopes, showingScopes } from '../../src/rules/pledges/showing.ts'

const ofYear = z.object({ year: z.string().refine(isYear) })

/** `isSure` hands it in although a point tells little. */
export const submitPledge = buttonOf('pledge.submit', ofYear.extend({ pledge: id, isSure: z.boolean() }))
/** The form; `isAgain` fills in what last year's pledge did not keep. */
export const writePledge = buttonOf('pledge.write', ofYear.extend({ isAgain: z.boolean().optional() }))
/** Null takes the word back. */
export const sayKept = buttonOf('pledge.keep', z.object({ pledge: id, nth: z.number().int(), isKept: z.boolean().nullable() }))
export const askNotKept = buttonOf('pledge.ask', z.object({ pledge: id, nth: z.number().int() }))

/** The ids are those of the card that was read: what came meanwhile waits. */
export const acceptPledges = buttonOf('pledgeReview.accept', z.object({ pledges: z.array(id).max(10) }))
export const returnPledges = buttonOf('pledgeReview.return', ofYear)
export const openPaperPledge = buttonOf('pledgeReview.paper', ofYear)
export const enterPledge = buttonOf('pledgeReview.enter', ofYear.extend({ pledge: id }))

const ofHalf = z.object({ branch: id, half: z.string().refine(isHalf) })

/** From a duty: the checker's card, or an officer's own. */
export const openIntegrity = buttonOf('integrity.open', z.object({ branch: id }))
export const pledgeIntegrity = buttonOf('integrity.pledge', z.object({ branch: id, year: z.string().refine(isYear) }))
export const setIntegrityText = buttonOf('integrityText.set', z.object({ committee: id, year: z.string().refine(isYear) }))

/** The ids are those of the officers on the card, who all are without a problem. */
export const passOfficers = buttonOf('integrityCheck.pass', ofHalf.extend({ officers: z.array(id).max(60) }))
export const askProblem = buttonOf('integrityCheck.ask', ofHalf)
export const noteProblem = buttonOf('integrityCheck.note', ofHalf.extend({ finding: id, task: id }))
export const readProblem = buttonOf('integrityCheck.read', ofHalf.extend({ finding: id }))
export const checkAgain = buttonOf('integrityCheck.again', ofHalf.extend({ finding: id }))

/** The branch's pledges, for those who look at its people: the same list that its members see. */
export const openBranchPledges = buttonOf('branchPledges.open', ofYear.extend({ branch: id }))

/** From the call, the digest and a person's own list. */
export const openPledge = buttonOf('pledge.open', z.object({ about: z.literal('pledge') }))
export const openPledgeReview = buttonOf('pledgeReview.open', z.object({ about: z.literal('pledges') }))

export const addArea = buttonOf('areas.add', z.object({ branch: id }))
export const checkAreas = buttonOf('areas.check', z.object({ branch: id }))
export const pickArea = buttonOf('areas.pick', z.object({ branch: id }))
export const manArea = buttonOf('area.man', z.object({ area: id }))
export const endArea = buttonOf('area.end', z.object({ area: id }))

/** `none` takes the consent back. */
export const showSelf = buttonOf('board.show', z.object({ branch: id, scope: z.enum([...showingScopes, 'none']) }))
export const openBoard = buttonOf('board.hang', z.object({ branch: id, scope: z.enum(boardScopes) }))
export const closeBoard = buttonOf('board.revoke', z.object({ branch: id, scope: z.enum(boardScopes) }))

/** `isAsked` says that the people who are named have agreed. */
export const submitLine = buttonOf('screen.submit', z.object({ branch: id, isAsked: z.boolean() }))
export const approveLine = buttonOf('screen.approve', z.object({ line: id }))
export const pullLine = buttonOf('screen.pull', z.object({ line: id }))
