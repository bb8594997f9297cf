import * as messages from '../../db/talks/messages.ts'
import { press } from '../../src/press.ts'
import { view } from '../../src/view.ts'
import { answerWorry } from './buttons.ts'

/** Exactly the words that the other would raise. They stand on this card until they are answered, and are sealed in the database. */
export const worryAsked = view({
  message: messages.worryAsked,
  show: async (db, args, _now, _pages, box) => (await import('./worry-card.ts')).worryAskedCard(db, args, box),
})

/** It is not marked personal, since the answer takes the card's own row away; the talk says who may press. */
export const answerWorryPress = press({
  button: answerWorry,
  rights: ['talk'],
  answer: async (ctx, sent) => (await import('./worry-card.ts')).answeredWorry(ctx, sent),
})
