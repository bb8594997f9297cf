import * as messages from '../../db/talks/messages.ts'
import { inboxSubject } from '../../db/voices/messages.ts'
import { press } from '../../src/press.ts'
import { t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { openWorries, settleWorry } from './buttons.ts'
import { backInInbox, inboxShown, sentInbox } from './inbox-card.ts'

/** The list that was sent before voices had their inbox. Cards that still stand in chats show the inbox in its place. */
export const worries = view({
  message: messages.worries,
  show: (db, { viewer }, now) => inboxShown(db, { subject: inboxSubject(viewer), viewer }, now),
})

export const openWorriesPress = press({
  button: openWorries,
  rights: ['mine'],
  answer: (ctx) => sentInbox(ctx),
})

export const settleWorryPress = press({
  button: settleWorry,
  rights: ['mine'],
  isPersonal: true,
  answer: async (ctx) => ({
    ...(await backInInbox(ctx)),
    toast: t(
      '现在改为答复：打开后写明怎样办的，或为什么不办。',
      'It is answered now: open it and write how it was settled, or why it is not.',
    ),
  }),
})
