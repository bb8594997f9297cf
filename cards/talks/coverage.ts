import * as messages from '../../db/talks/messages.ts'
import { view } from '../../src/view.ts'

/** Coverage for the level above: numbers alone. */
export const talkCoverage = view({
  message: messages.talkCoverage,
  show: async (db, args, now) => (await import('./coverage-card.ts')).shownCoverage(db, args, now),
})
