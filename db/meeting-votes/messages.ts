import * as z from 'zod'
import { id } from '../../src/id.ts'
import { message } from '../ledgers/message.ts'

/** The host's card on the written views of a vote that is not open yet. */
export const writtenViews = message('writtenViews', z.object({ subject: z.string(), gathering: id, resolution: id, viewer: id }))

/** An absent voter is told that their written view was handed in. */
export const ownView = message('ownView', z.object({ subject: z.string(), resolution: id, member: id }))

/** The host's card on a count on paper. */
export const paperCount = message('paperCount', z.object({ subject: z.string(), gathering: id, resolution: id, viewer: id }))

/** The scrutineer's own card: the figures that the host entered. */
export const paperConfirm = message('paperConfirm', z.object({ subject: z.string(), gathering: id, resolution: id, viewer: id }))
