import * as messages from '../../db/talks/messages.ts'
import { press } from '../../src/press.ts'
import { view } from '../../src/view.ts'
import { openRequests } from './buttons.ts'

/** All that waits for one person's yes or no. */
const cards = () => import('./requests-card.ts')

export const talkRequests = view({
  message: messages.talkRequests,
  show: async (db, args, now) => (await cards()).shownRequests(db, args, now),
})

/** The 我的 card and the digest lead here. */
export const openRequestsPress = press({
  button: openRequests,
  rights: ['talk'],
  answer: async (ctx) => (await cards()).sentRequests(ctx),
})
