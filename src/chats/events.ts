import { menuCard } from '../../commands/index.ts'
import { actorByOpenId } from '../../db/branches/members.ts'
import { isForeign } from '../../db/branches/seats.ts'
import { AlreadyDelivered, boundTo, lookUp, together } from '../../db/client.ts'
import { claim } from '../../db/ledgers/deliveries.ts'
import { enqueue, hasCard, reachable } from '../../db/ledgers/outbox.ts'
import { answerWords, type RequestDeps } from '../bot.ts'
import type { Delivery } from '../feishu/door/events.ts'
import { notePeople } from './moves.ts'
import { notePresenceOfBot } from './presence.ts'

/** Takes note of what happens to chats and people around the bot. An event of no use is answered with 200 and leaves no trace. */
export async function noticeChat(bot: RequestDeps, delivery: Delivery): Promise<void> {
  try {
    await notice(bot, delivery)
  } catch (error) {
    if (!(error instanceof AlreadyDelivered)) throw error
  }
}

async function notice(bot: RequestDeps, delivery: Delivery): Promise<void> {
  const { eventId, tenantKey } = delivery
  if (await isForeign(bot.db, tenantKey)) return
  const db = boundTo(bot.db, claim(bot.db, { eventId, messageId: null, at: bot.now.getTime() }))
  if (delivery.kind === 'botAdded' || delivery.kind === 'botRemoved' || delivery.kind === 'chatGone')
    await notePresenceOfBot(db, delivery, bot.now)
  if (delivery.kind === 'peopleJoined' || delivery.kind === 'peopleLeft') await notePeople(db, delivery, bot.newId, bot.now)
  if (delivery.kind === 'entered' && delivery.openId) {
    const [[actor], cards] = await lookUp(db, [
      actorByOpenId(db, { tenantKey, openId: delivery.openId }),
      hasCard(db, delivery.openId, bot.now),
    ])
    const { view, args } = menuCard(actor ?? null)
    const hello = { occasion: `hello ${delivery.openId}`, to: { person: delivery.openId }, view, args, dueAt: bot.now }
    await together(db, [
      ...(cards.length > 0 ? [] : [enqueue(db, { ...hello, lane: 'answer' })]),
      reachable(db, `person:${delivery.openId}`),
    ])
  }
  if (delivery.kind === 'menu') {
    await answerWords(bot, {
      eventId,
      messageId: null,
      tenantKey,
      openId: delivery.openId,
      chat: { id: '', isGroup: false },
      text: `/${delivery.key}`,
      mentions: [],
    })
  }
}
