import * as z from 'zod'
import * as messages from '../../db/talks/messages.ts'
import { press } from '../../src/press.ts'
import { view } from '../../src/view.ts'
import { answerWorry, askWorry, openWorry } from './buttons.ts'

/** The words that one of the two would raise, asked for in the place of the talk's card. */
export const openWorryPress = press({
  button: openWorry,
  rights: ['talk'],
  isPersonal: true,
  answer: async (ctx, sent) => (await import('./drawn.ts')).openedWorry(ctx, sent),
})

export const askWorryPress = press({
  button: askWorry,
  rights: ['talk'],
  isPersonal: true,
  fills: z.object({ worry: z.string().max(20_000).nullish() }),
  answer: async (ctx, sent, _seen, filled) => (await import('./drawn.ts')).askedWorry(ctx, sent, filled),
})

/** Exactly the words that the other would raise. They stand on this card until they are answered, and are sealed in the database. */
export const worryAsked = view({
  message: messages.worryAsked,
  show: async (db, args, _now, _pages, box) => (await import('./drawn.ts')).worryAskedCard(db, args, box),
})

/** It is not marked personal, since the answer takes the card's own row away; the talk says who may press. */
export const answerWorryPress = press({
  button: answerWorry,
  rights: ['talk'],
  answer: async (ctx, sent) => (await import('./drawn.ts')).answeredWorry(ctx, sent),
})
