import * as z from 'zod'
import { id } from '../../src/id.ts'
import { buttonOf } from '../../src/press.ts'
import { talkKinds } from '../../src/rules/talks/kinds.ts'

/** 谈过了 beside a name: a talk of today with that person. It answers with a toast, and the talk's card comes in the direct chat. */
export const hadTalk = buttonOf('talkPlanner.had', z.object({ with: id, isPlanner: z.boolean().optional() }))

/** Opens the form of a talk with that person, as a card of its own. */
export const openTalkForm = buttonOf('talkPlanner.form', z.object({ with: id }))

/** Sends the planner to the presser's direct chat. */
export const openPlanner = buttonOf('talkPlanner.open', z.object({ about: z.literal('talks') }))

/** Back to the talk's card, in the place of a form. */
export const openTalk = buttonOf('talk.open', z.object({ talk: id }))

/** From a list to a talk, as a card of its own. */
export const sendTalk = buttonOf('talk.send', z.object({ talk: id }))

/** The forms that follow a confirmed talk; each stands in a file of its own. */
export const openNote = buttonOf('note.open', z.object({ talk: id, isWriting: z.boolean().optional() }))
export const openWorry = buttonOf('worry.open', z.object({ talk: id }))
export const openOpinion = buttonOf('opinion.open', z.object({ talk: id }))

const ofTalk = z.object({ talk: id })

/** The answer of the one who was named. On a list the list is shown again, else the talk's own card. */
export const answerYes = buttonOf('talk.yes', ofTalk.extend({ isList: z.boolean().optional() }))
export const answerNo = buttonOf('talk.no', ofTalk.extend({ isList: z.boolean().optional() }))
export const takeBack = buttonOf('talk.takeBack', ofTalk)
export const keepTalk = buttonOf('talk.keep', ofTalk)

/** Asks one of the committee, who is not of the pair, to look at the signed paper. */
export const askPaper = buttonOf('talkPaper.ask', ofTalk)
export const openPaper = buttonOf('talkPaper.open', ofTalk)
export const attestPaper = buttonOf('talkPaper.attest', ofTalk)
export const unattestPaper = buttonOf('talkPaper.takeBack', ofTalk)

/** Sends the list of what waits for the presser's yes or no. */
export const openRequests = buttonOf('talkRequests.open', z.object({ about: z.literal('talks') }))

/** The line that was read back, to be changed or registered; `talk` is the id that the talk will have. */
const line = z.object({ talk: id, with: id.optional(), on: z.string().max(10), kind: z.enum(talkKinds).optional() })
export const editLine = buttonOf('talk.edit', line)
export const claimLine = buttonOf('talk.claim', line)
export const submitLine = buttonOf('talk.submit', line)

/** Asks somebody for a time to talk. */
export const askTime = buttonOf('talkPlanner.ask', z.object({ with: id }))
/** Everybody who was not talked to in the year. */
export const showAll = buttonOf('talkPlanner.all', z.object({ branch: id }))
/** `kind` and `on` are the rest of the line that named somebody unclearly. */
export const chooseWho = buttonOf('talkWhich.choose', z.object({ with: id, on: z.string().max(10), kind: z.enum(talkKinds).optional() }))
export const saveContacts = buttonOf('talkContacts.save', z.object({ branch: id }))
export const openContacts = buttonOf('talkContacts.open', z.object({ branch: id }))

export const saveNote = buttonOf('note.save', z.object({ talk: id }))
export const deleteNote = buttonOf('note.delete', z.object({ talk: id }))
export const readNote = buttonOf('note.read', z.object({ talk: id }))

/** `isSure` files words that are nearly another person's. */
export const submitOpinion = buttonOf('opinion.submit', z.object({ talk: id, isSure: z.boolean().optional() }))
export const openOpinions = buttonOf('opinions.open', z.object({ branch: id }))
export const readOpinion = buttonOf('opinions.read', z.object({ opinion: id }))

export const askWorry = buttonOf('worry.ask', z.object({ talk: id }))
/** The version is that of the words on the card: a press is about these and no later ones. */
export const answerWorry = buttonOf(
  'worryAsked.answer',
  z.object({ talk: id, version: z.number(), answer: z.enum(['unsigned', 'signed', 'no']) }),
)
