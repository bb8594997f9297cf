import * as z from 'zod'
import { statementOf, together } from '../../db/client.ts'
import type { Message } from '../../db/ledgers/message.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { sentence } from '../../src/card.ts'
import { type KnownContext, reply } from '../../src/context.ts'
import { t } from '../../src/text.ts'
import { view } from '../../src/view.ts'

/** A sentence on its own, as the answer to words. */
export const say = view({
  name: 'say',
  takes: z.object({ zh: z.string(), en: z.string() }),
  show: async (_db, text) => sentence(text),
})

/** Answers about one person or branch go by direct message, and the group is told that they did. */
export async function inDirectChat(here: KnownContext, shown: Message): Promise<undefined> {
  const { actor, db, eventId, now } = here
  await together(db, [
    enqueue(db, { occasion: `direct ${eventId}`, to: { person: actor.openId }, ...shown, dueAt: now, lane: 'answer' }),
    statementOf(reply(here, say.args(t('已私聊发给你。', 'Sent to you in a direct message.')))),
  ])
}
