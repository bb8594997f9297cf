import * as messages from '../../db/talks/messages.ts'
import { press } from '../../src/press.ts'
import { view } from '../../src/view.ts'
import { chooseWho } from './buttons.ts'

/** The people who could be meant by a name. */
const cards = () => import('./which-card.ts')

export const talkWhich = view({
  message: messages.talkWhich,
  show: async (db, args) => (await cards()).shownWhich(db, args),
})

export const chooseWhoPress = press({
  button: chooseWho,
  rights: ['talk'],
  answer: async (ctx, sent) => (await cards()).choseWho(ctx, sent),
})
