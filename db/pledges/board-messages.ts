import * as z from 'zod'
import { isQuarter } from '../../src/calendar.ts'
import { id } from '../../src/id.ts'
import { message } from '../ledgers/message.ts'

const subject = z.string()

export const areasSubject = (branch: string) => `areas ${branch}`
export const screenSubject = (branch: string) => `screen ${branch}`
/** All cards of the branch on which people stand. */
export const BOARDS = 'boardPeople '
export const boardSubject = (branch: string) => `${BOARDS}${branch}`

/** The duty areas of a branch, for those who keep them. */
export const areas = message('areas', z.object({ subject, branch: id, viewer: id }))

/** The cards on which each person chooses, and the addresses stand. */
export const ownBoards = (branch: string) => `ownBoard ${branch} `
export const ownBoardSubject = (branch: string, member: string) => `${ownBoards(branch)}${member}`

/** One duty area with its people, to be changed. */
export const area = message('area', z.object({ subject, area: id, viewer: id }))

/** The check of a quarter as whoever sees the score reads it. */
export const areaFacts = message('areaFacts', z.object({ branch: id, quarter: z.string().refine(isQuarter) }))

/** A person’s choice of what is shown, and the boards with their addresses. */
export const board = message('board', z.object({ subject, branch: id, member: id }))

/** Eight people of the board, in the branch’s own chat. */
export const boardPeople = message(
  'boardPeople',
  z.object({ subject, branch: id, page: z.number().int().min(0).max(20), madeAt: z.number() }),
)

/** The slogans and notices of a branch, with a form for one more. */
export const screen = message(
  'screen',
  z.object({
    subject,
    branch: id,
    viewer: id,
    /** It stands in a group, where others than its writer read it. */
    isShared: z.boolean().optional(),
    words: z.string().max(200).optional(),
    fromOn: z.string().max(10).optional(),
    untilOn: z.string().max(10).optional(),
  }),
)
