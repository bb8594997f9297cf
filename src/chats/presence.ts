import { welcome } from '../../cards/roster/bind.ts'
import { chatById, unbindChat } from '../../db/branches/chats.ts'
import { notePresence, overtaken, presenceIn } from '../../db/branches/presence.ts'
import { AlreadyDelivered, type Db, lookUp, type Statement, statementOf, together } from '../../db/client.ts'
import { failIf } from '../../db/guard.ts'
import { PLATFORM, record } from '../../db/ledgers/audit.ts'
import { enqueue, reachable } from '../../db/ledgers/outbox.ts'
import { forgetMovesIn } from '../../db/roster/proposals.ts'
import { addMinutes } from '../calendar.ts'
import type { Delivery } from '../feishu/door/events.ts'

const MOST_AHEAD_MINUTES = 10

/** The platform’s clock orders events; a time far ahead of ours must not outlast later events. */
export const platformTime = (createdAt: number | undefined, now: Date) =>
  new Date(Math.min(createdAt ?? now.getTime(), addMinutes(now, MOST_AHEAD_MINUTES).getTime()))

type Presence = Extract<Delivery, { kind: 'botAdded' | 'botRemoved' | 'chatGone' }>

/**
 * Notes that the bot came into a chat or is no longer in it. Events older than the newest one change nothing. A chat bound before such an
 * event belongs to nobody any more: only a bot that left can be added.
 */
export async function notePresenceOfBot(db: Db, delivery: Presence, now: Date): Promise<void> {
  const { kind, chatId, createdAt } = delivery
  const event = { chatId, isIn: kind === 'botAdded', at: platformTime(createdAt, now) }
  const [[newest], [bound]] = await lookUp(db, [presenceIn(db, { chatId }), chatById(db, { chatId })])
  if (newest && (newest.at > event.at || (newest.at.getTime() === event.at.getTime() && newest.isIn >= event.isIn))) return

  await together(db, [
    // A newer event that was noted meanwhile stands: nothing of this one is written.
    failIf(db, overtaken(event), () => {
      throw new AlreadyDelivered()
    }),
    notePresence(db, event),
    ...(bound && bound.boundAt <= event.at ? loosening(db, bound, event.at, now) : []),
    ...(event.isIn ? welcoming(db, delivery, now) : []),
  ])
}

const loosening = (db: Db, { chatId, unit }: { chatId: string; unit: string }, before: Date, at: Date): Statement[] => [
  statementOf(unbindChat(db, chatId, before)),
  statementOf(forgetMovesIn(db, chatId)),
  record(db, { at, unit, actor: PLATFORM, deed: 'chat.unbind', subject: chatId }),
]

function welcoming(db: Db, { eventId, chatId, tenantKey }: Presence, now: Date): Statement[] {
  const { view, args } = welcome.args({ chat: chatId, tenantKey })
  return [
    enqueue(db, { occasion: `welcome ${eventId}`, to: { chat: chatId }, view, args, dueAt: now, lane: 'answer' }),
    reachable(db, `chat:${chatId}`),
  ]
}
