import { press } from '../../src/press.ts'
import { openWorries, settleWorry } from './buttons.ts'

/** The worries that were raised, for the secretary. */
export const openWorriesPress = press({
  button: openWorries,
  rights: ['settleWorries'],
  isPersonal: true,
  answer: async (ctx, sent) => (await import('./worry-card.ts')).openedWorries(ctx, sent),
})

export const settleWorryPress = press({
  button: settleWorry,
  rights: ['settleWorries'],
  isPersonal: true,
  answer: async (ctx, sent) => (await import('./worry-card.ts')).settledWorry(ctx, sent),
})
