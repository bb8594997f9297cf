import * as z from 'zod'
import * as messages from '../../db/talks/messages.ts'
import { press } from '../../src/press.ts'
import { talkKinds } from '../../src/rules/talks/kinds.ts'
import { view } from '../../src/view.ts'
import {
  answerNo,
  answerYes,
  askPaper,
  attestPaper,
  chooseWho,
  claimLine,
  editLine,
  keepTalk,
  openContacts,
  openPaper,
  openRequests,
  openTalk,
  saveContacts,
  sendTalk,
  submitLine,
  takeBack,
  unattestPaper,
} from './buttons.ts'

/** A talk, or the line about it while it is not registered. All but the names is loaded when somebody asks. */
const drawn = () => import('./drawn.ts')

export const talkView = view({
  message: messages.talk,
  show: async (db, args, now) => (await drawn()).shownTalk(db, args, now),
})

export const claimPress = press({
  button: claimLine,
  rights: ['talk'],
  isPersonal: true,
  answer: async (ctx, sent) => (await drawn()).claimedLine(ctx, sent),
})

export const editPress = press({
  button: editLine,
  rights: ['talk'],
  isPersonal: true,
  answer: async (ctx, sent) => (await drawn()).editedLine(ctx, sent),
})

export const submitPress = press({
  button: submitLine,
  rights: ['talk'],
  isPersonal: true,
  fills: z.object({
    person: z.string().max(80).nullish(),
    on: z.string().max(40).nullish(),
    kind: z.enum(talkKinds).nullish().catch(null),
  }),
  answer: async (ctx, sent, _seen, filled) => (await drawn()).submittedLine(ctx, sent, filled),
})

export const openTalkPress = press({
  button: openTalk,
  rights: ['talk'],
  isPersonal: true,
  answer: async (ctx, sent) => (await drawn()).openedTalk(ctx, sent),
})

export const sendTalkPress = press({
  button: sendTalk,
  rights: ['talk'],
  answer: async (ctx, sent) => (await drawn()).sentTalk(ctx, sent),
})

export const answerYesPress = press({
  button: answerYes,
  rights: ['talk'],
  isPersonal: true,
  answer: async (ctx, sent) => (await drawn()).saidYes(ctx, sent),
})

export const answerNoPress = press({
  button: answerNo,
  rights: ['talk'],
  isPersonal: true,
  answer: async (ctx, sent) => (await drawn()).saidNo(ctx, sent),
})

export const takeBackPress = press({
  button: takeBack,
  rights: ['talk'],
  isPersonal: true,
  answer: async (ctx, sent) => (await drawn()).tookBack(ctx, sent),
})

export const keepTalkPress = press({
  button: keepTalk,
  rights: ['talk'],
  isPersonal: true,
  answer: async (ctx, sent) => (await drawn()).kept(ctx, sent),
})

export const talkContacts = view({
  message: messages.talkContacts,
  show: async (db, args) => (await drawn()).shownContacts(db, args),
})

export const openContactsPress = press({
  button: openContacts,
  rights: ['keepContacts'],
  answer: async (ctx, sent) => (await drawn()).sentContacts(ctx, sent),
})

export const saveContactsPress = press({
  button: saveContacts,
  rights: ['keepContacts'],
  isPersonal: true,
  fills: z.object({ member: z.string().max(40).nullish(), contacts: z.array(z.string().max(40)).max(200).nullish() }),
  answer: async (ctx, sent, _seen, filled) => (await drawn()).savedContacts(ctx, sent, filled),
})

/** Coverage for the level above: numbers alone. */
export const talkCoverage = view({
  message: messages.talkCoverage,
  show: async (db, args, now) => (await drawn()).shownCoverage(db, args, now),
})

/** The facts that prove a quarter, for those who may see them. */
export const talkFacts = view({
  message: messages.talkFacts,
  show: async (db, args) => (await drawn()).shownFacts(db, args),
})

export const talkPaper = view({
  message: messages.talkPaper,
  show: async (db, args, now) => (await drawn()).shownPaper(db, args, now),
})

export const askPaperPress = press({
  button: askPaper,
  rights: ['talk'],
  isPersonal: true,
  answer: async (ctx, sent) => (await drawn()).askedPaper(ctx, sent),
})

/** The 我的 card and the digest lead here. */
export const openPaperPress = press({
  button: openPaper,
  rights: ['attestTalk'],
  answer: async (ctx, sent) => (await drawn()).sentPaper(ctx, sent),
})

export const attestPaperPress = press({
  button: attestPaper,
  rights: ['attestTalk'],
  isPersonal: true,
  fills: z.object({ reference: z.string().max(2_000).nullish() }),
  answer: async (ctx, sent, _seen, filled) => (await drawn()).attestedPaper(ctx, sent, filled),
})

export const unattestPaperPress = press({
  button: unattestPaper,
  rights: ['attestTalk'],
  isPersonal: true,
  answer: async (ctx, sent) => (await drawn()).unattestedPaper(ctx, sent),
})

export const talkRequests = view({
  message: messages.talkRequests,
  show: async (db, args, now) => (await drawn()).shownRequests(db, args, now),
})

/** The 我的 card and the digest lead here. */
export const openRequestsPress = press({
  button: openRequests,
  rights: ['talk'],
  answer: async (ctx) => (await drawn()).sentRequests(ctx),
})

export const talkWhich = view({
  message: messages.talkWhich,
  show: async (db, args) => (await drawn()).shownWhich(db, args),
})

export const chooseWhoPress = press({
  button: chooseWho,
  rights: ['talk'],
  answer: async (ctx, sent) => (await drawn()).choseWho(ctx, sent),
})
