import * as z from 'zod'
import { press } from '../../src/press.ts'
import { askWorry, openWorry } from './buttons.ts'

/** The words that one of the two would raise, asked for in the place of the talk's card. */
export const openWorryPress = press({
  button: openWorry,
  rights: ['talk'],
  isPersonal: true,
  answer: async (ctx, sent) => (await import('./worry-card.ts')).openedWorry(ctx, sent),
})

export const askWorryPress = press({
  button: askWorry,
  rights: ['talk'],
  isPersonal: true,
  fills: z.object({ worry: z.string().max(20_000).nullish() }),
  answer: async (ctx, sent, _seen, filled) => (await import('./worry-card.ts')).askedWorry(ctx, sent, filled),
})
