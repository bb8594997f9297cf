import * as z from 'zod'
import { id } from '../../src/id.ts'
import { buttonOf } from '../../src/press.ts'

const ofMinutes = z.object({ gathering: id, branch: id })

/** On the host's card after the close: begins the minutes, or shows how far they are. */
export const openMinutes = buttonOf('minutes.open', ofMinutes)

/** The minutes in the place of the pressed card: back from a form. */
export const showMinutes = buttonOf('minutes.show', ofMinutes)

/** The latest meetings of a branch and their minutes, in the presser's direct chat. */
export const openMinutesList = buttonOf('minutesList.open', z.object({ branch: id }))

/** From a list to the minutes, as a card of its own. */
export const sendMinutes = buttonOf('minutesList.send', ofMinutes)

/** The recorder's steps. */
const ofItem = ofMinutes.extend({ position: z.number().int().min(0).max(99) })
export const writeItem = buttonOf('minutes.write', ofItem)
export const saveItem = buttonOf('minutes.save', ofItem)
export const sendForConfirmation = buttonOf('minutes.submit', ofMinutes)
export const changeRecorder = buttonOf('minutes.assign', ofMinutes)

/** The steps of the one who confirms. */
export const confirmNow = buttonOf('minutes.confirm', ofMinutes)
export const askReturn = buttonOf('minutes.askReturn', ofMinutes)
export const returnNow = buttonOf('minutes.sendBack', ofMinutes)

/** The assessor asks for the minutes of one meeting; the secretary gives them to `by`. */
export const askMinutes = buttonOf('minutesAsked.ask', ofMinutes)
export const giveMinutes = buttonOf('minutesAsked.provide', ofMinutes.extend({ by: id }))

export const sendMinutesFile = buttonOf('minutes.file', ofMinutes)
