import * as z from 'zod'
import * as messages from '../../db/talks/messages.ts'
import { press } from '../../src/press.ts'
import { talkKinds } from '../../src/rules/talks/kinds.ts'
import { view } from '../../src/view.ts'
import { claimLine, editLine, openTalk, sendTalk, submitLine } from './buttons.ts'

/** A talk, or the line about it while it is not registered. All but the names is loaded when somebody asks. */
const cards = () => import('./talk-line.ts')

export const talkView = view({
  message: messages.talk,
  show: async (db, args, now) => (await cards()).shownTalk(db, args, now),
})

export const claimPress = press({
  button: claimLine,
  rights: ['talk'],
  isPersonal: true,
  answer: async (ctx, sent) => (await cards()).claimedLine(ctx, sent),
})

export const editPress = press({
  button: editLine,
  rights: ['talk'],
  isPersonal: true,
  answer: async (ctx, sent) => (await cards()).editedLine(ctx, sent),
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
  answer: async (ctx, sent, _seen, filled) => (await cards()).submittedLine(ctx, sent, filled),
})

export const openTalkPress = press({
  button: openTalk,
  rights: ['talk'],
  isPersonal: true,
  answer: async (ctx, sent) => (await cards()).openedTalk(ctx, sent),
})

export const sendTalkPress = press({
  button: sendTalk,
  rights: ['talk'],
  answer: async (ctx, sent) => (await cards()).sentTalk(ctx, sent),
})
