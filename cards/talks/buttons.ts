import * as z from 'zod'
import { id } from '../../src/id.ts'
import { buttonOf } from '../../src/press.ts'

/** 谈过了 beside a name: a talk of today with that person. It answers with a toast, and the talk's card comes in the direct chat. */
export const hadTalk = buttonOf('talkPlanner.had', z.object({ with: id, isPlanner: z.boolean().optional() }))

/** Opens the form of a talk with that person, as a card of its own. */
export const openTalkForm = buttonOf('talkPlanner.form', z.object({ with: id }))

/** Sends the planner to the presser's direct chat. */
export const openPlanner = buttonOf('talkPlanner.open', z.object({ about: z.literal('talks') }))

/** One of the two opens their talk's card. */
export const openTalk = buttonOf('talk.open', z.object({ talk: id }))

/** The forms that follow a confirmed talk; each stands in a file of its own. */
export const openNote = buttonOf('note.open', z.object({ talk: id }))
export const openWorry = buttonOf('worry.open', z.object({ talk: id }))
export const openOpinion = buttonOf('opinion.open', z.object({ talk: id }))
