import { type SQL, sql } from 'drizzle-orm'
import { type Db, type Statement, statementOf } from '../client.ts'
import { renewed } from './messages.ts'
import { enqueue, lanes, type To } from './outbox.ts'
import { outbox, posts } from './tables.ts'

/** A condition on a post: no later card about the same subject stands in the chat. Earlier cards are history. */
export const isLast = sql`not exists (select 1 from posts later where later.subject = "posts"."subject" and later.recipient = "posts"."recipient"
  and later.view = "posts"."view" and later.posted_at > "posts"."posted_at")`

/** A condition on a post: its viewer, where it has one, still holds a seat. */
export const isStillSeated = sql`(${posts.args} ->> 'viewer' is null
  or exists (select 1 from seats s where s.member = ${posts.args} ->> 'viewer' and s.until_at is null))`

/** The columns of a card that may be sent again. Each feature says in its `lasting-cards.ts` which of its cards last. */
export const oldCard = { messageId: posts.messageId, recipient: posts.recipient, view: posts.view, args: posts.args }

export type OldCard = Pick<typeof posts.$inferSelect, keyof typeof oldCard>

/** Sends the card once more, to the end of its chat, and retires the old one. */
export const renewing = (db: Db, { messageId, recipient, view, args }: OldCard, dueAt: Date): Statement[] => [
  statementOf(enqueue(db, { occasion: `renew ${messageId}`, to: toOf(recipient), view, args, dueAt, lane: 'bulk' })),
  ...retire(db, sql`message_id = ${messageId}`, dueAt),
]

function toOf(recipient: string): To {
  const [kind = '', id = ''] = recipient.split(':')
  return kind === 'chat' ? { chat: id } : { person: id }
}

/** Retires the cards about a subject, or those posted up to `before`, as a new one is sent now. They say so, and are not refreshed any more. */
export const giveWay = (db: Db, subject: string, at: Date, before?: Date) =>
  retire(db, before ? sql`subject = ${subject} and posted_at <= ${before.getTime()}` : sql`subject = ${subject}`, at)

/** The occasion is that of a refresh, so that a refresh that still waits gives way to it. */
function retire(db: Db, which: SQL, dueAt: Date): Statement[] {
  const { view, args } = renewed({})
  return [
    statementOf(
      db
        .insert(outbox)
        .select(
          sql`select null, 'refresh ' || message_id, ${lanes.call}, cast(${dueAt.getTime()} as integer), 'card', message_id, recipient, ${view}, '{}', 0,
            'waiting', 1, 0, null, null, null, null, null from posts where ${which}`,
        )
        .onConflictDoUpdate({
          target: outbox.occasion,
          set: { view, args, dueAt, state: 'waiting', attempts: 0, unsureSince: null, version: sql`version + 1` },
        }),
    ),
    statementOf(db.delete(posts).where(which)),
  ]
}
