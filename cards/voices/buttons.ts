import * as z from 'zod'
import { id } from '../../src/id.ts'
import { buttonOf } from '../../src/press.ts'
import { voiceKinds } from '../../src/rules/voices/kinds.ts'

const code = z.string().max(20)
const ofVoice = z.object({ voice: id })

/** Sends the form to the presser's direct chat. */
export const openSuggest = buttonOf('suggest.open', z.object({ kind: z.enum(voiceKinds).optional() }))
/** The code was drawn with the form. An unsigned voice is found again by it, and a second press finds the first one's. */
export const submitVoice = buttonOf('suggest.submit', z.object({ branch: id, code }))
/** Shows the form of the code in the place of the other. */
export const openLookUp = buttonOf('suggest.code', z.object({ about: z.literal('voices') }))
export const lookUpCode = buttonOf('suggest.look', z.object({ about: z.literal('voices') }))
export const feelByCode = buttonOf('suggest.feel', z.object({ code, solved: z.boolean() }))

/** Sends the list of what waits for the presser's answer. */
export const openInbox = buttonOf('inbox.open', z.object({ about: z.literal('voices') }))
export const backToInbox = buttonOf('inbox.back', z.object({ about: z.literal('voices') }))
export const openVoice = buttonOf('inbox.read', ofVoice)
export const takeVoice = buttonOf('inbox.take', ofVoice)
export const handVoice = buttonOf('inbox.hand', ofVoice)
export const leaveVoice = buttonOf('inbox.leaveToUpper', ofVoice)
/** `nth` is the answer that the form asks for, so that a copy of the press gives no second one. */
export const answerVoice = buttonOf('inbox.answer', ofVoice.extend({ nth: z.number() }))

export const feelAnswer = buttonOf('voiceAnswered.feel', ofVoice.extend({ solved: z.boolean() }))

export const openHarvest = buttonOf('harvest.open', z.object({ gathering: id }))
export const saveHarvest = buttonOf('harvest.save', z.object({ gathering: id }))

export const addTopic = buttonOf('analysis.add', z.object({ branch: id }))
export const dropTopic = buttonOf('analysis.drop', z.object({ branch: id, nth: z.number() }))
export const listAnalysis = buttonOf('analysis.list', z.object({ branch: id }))

/** Buttons on the cards of the list that stood here before. */
export const openWorries = buttonOf('worries.open', z.object({ branch: id }))
export const settleWorry = buttonOf('worries.settle', z.object({ branch: id, worry: id }))
