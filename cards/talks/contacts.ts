import * as z from 'zod'
import * as messages from '../../db/talks/messages.ts'
import { press } from '../../src/press.ts'
import { view } from '../../src/view.ts'
import { openContacts, saveContacts } from './buttons.ts'

/** Who looks after each applicant and activist. */
const cards = () => import('./contacts-card.ts')

export const talkContacts = view({
  message: messages.talkContacts,
  show: async (db, args) => (await cards()).shownContacts(db, args),
})

export const openContactsPress = press({
  button: openContacts,
  rights: ['keepContacts'],
  answer: async (ctx, sent) => (await cards()).sentContacts(ctx, sent),
})

export const saveContactsPress = press({
  button: saveContacts,
  rights: ['keepContacts'],
  isPersonal: true,
  fills: z.object({ member: z.string().max(40).nullish(), contacts: z.array(z.string().max(40)).max(200).nullish() }),
  answer: async (ctx, sent, _seen, filled) => (await cards()).savedContacts(ctx, sent, filled),
})
