import * as z from 'zod'
import * as messages from '../../db/talks/messages.ts'
import { press } from '../../src/press.ts'
import { view } from '../../src/view.ts'
import * as buttons from './buttons.ts'

/** The signed paper of a talk with somebody who gets no messages. */
const cards = () => import('./paper-card.ts')

export const talkPaper = view({
  message: messages.talkPaper,
  show: async (db, args, now) => (await cards()).shownPaper(db, args, now),
})

export const askPaperPress = press({
  button: buttons.askPaper,
  rights: ['talk'],
  isPersonal: true,
  answer: async (ctx, sent) => (await cards()).askedPaper(ctx, sent),
})

export const attestPaperPress = press({
  button: buttons.attestPaper,
  rights: ['attestTalk'],
  isPersonal: true,
  fills: z.object({ reference: z.string().max(2_000).nullish() }),
  answer: async (ctx, sent, _seen, filled) => (await cards()).attestedPaper(ctx, sent, filled),
})

export const unattestPaperPress = press({
  button: buttons.unattestPaper,
  rights: ['attestTalk'],
  isPersonal: true,
  answer: async (ctx, sent) => (await cards()).unattestedPaper(ctx, sent),
})
