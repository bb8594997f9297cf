import * as messages from '../../db/talks/messages.ts'
import { press } from '../../src/press.ts'
import { view } from '../../src/view.ts'
import { openWorries, settleWorry } from './buttons.ts'

export const worries = view({
  message: messages.worries,
  show: async (db, args, _now, _pages, box) => (await import('./worry-card.ts')).worriesShown(db, args, box),
})

/** Sends the worries that were raised to whoever settles them; the pressed card may stand before others. */
export const openWorriesPress = press({
  button: openWorries,
  rights: ['settleWorries'],
  answer: async (ctx, sent) => (await import('./worry-card.ts')).openedWorries(ctx, sent),
})

export const settleWorryPress = press({
  button: settleWorry,
  rights: ['settleWorries'],
  isPersonal: true,
  answer: async (ctx, sent) => (await import('./worry-card.ts')).settledWorry(ctx, sent),
})
