import { sql } from 'drizzle-orm'
import { DAY_MS } from '../../src/calendar.ts'
import { type Db, inList, lookUp, prepared, type Statement, statementOf } from '../client.ts'
import type { Message } from './message.ts'
import { directChats, outbox, posts, unreachable } from './tables.ts'

/** Answers to people go before calls, calls before anything done in bulk. */
export const lanes = { answer: 0, call: 1, bulk: 2 } as const

export type OutboxRow = typeof outbox.$inferSelect

/** `with` is the person whose direct chat it is; a group has none. */
export type To = { chat: string } | { person: string } | { reply: string; in: string; with?: string }

export interface Sending extends Message {
  occasion: string
  to: To
  dueAt: Date
  lane?: keyof typeof lanes
  unasked?: boolean
}

function target(to: To) {
  if ('person' in to) return { toKind: 'person' as const, toId: to.person, ...recipientOf(to.person) }
  if ('chat' in to) return { toKind: 'chat' as const, toId: to.chat, ...recipientOf(undefined, to.chat) }
  return { toKind: 'reply' as const, toId: to.reply, ...recipientOf(to.with, to.in) }
}

/** The platform counts a person and their direct chat as one: a chat known as direct stands for its person. */
const recipientOf = (person: string | undefined, chat = '') => ({
  recipient: person === undefined ? `chat:${chat}` : `person:${person}`,
  direct: person === undefined ? chat : '',
})

/** A statement for `together`. An occasion that was said before is not said again. */
export const enqueue = (db: Db, { to, lane = 'call', occasion, view, args, dueAt, unasked = false }: Sending) =>
  enqueuing(db, {
    ...target(to),
    lane: lanes[lane],
    occasion,
    view,
    args: JSON.stringify(args),
    dueAt: dueAt.getTime(),
    unasked: Number(unasked),
  })

const enqueuing = prepared((db) =>
  db
    .insert(outbox)
    .values({
      occasion: sql.placeholder('occasion'),
      view: sql.placeholder('view'),
      args: sql`${sql.placeholder('args')}`,
      dueAt: sql`${sql.placeholder('dueAt')}`,
      lane: sql.placeholder('lane'),
      unasked: sql`${sql.placeholder('unasked')}`,
      toKind: sql.placeholder('toKind'),
      toId: sql.placeholder('toId'),
      recipient: sql`coalesce((select 'person:' || ${directChats.openId} from ${directChats} where ${directChats.chatId} = ${sql.placeholder('direct')}), ${sql.placeholder('recipient')})`,
    })
    .onConflictDoNothing(),
)

/** Remembers the direct chat to which a message to a person went. */
export const directChat = (db: Db, { chatId, openId }: { chatId: string; openId: string }) => knowing(db, { chatId, openId })

const knowing = prepared((db) =>
  db
    .insert(directChats)
    .values({ chatId: sql.placeholder('chatId'), openId: sql.placeholder('openId') })
    .onConflictDoNothing(),
)

export const UPDATABLE_MS = 14 * DAY_MS

/** The rows that are due, in the order of sending. `without` leaves out recipients who have to wait, so they hide nobody behind them. */
export const waitingRows = (db: Db, now: Date, most: number, without: readonly string[] = []) =>
  waiting(db, { now: now.getTime(), most, without: JSON.stringify(without) })

const waiting = prepared((db) =>
  db
    .select()
    .from(outbox)
    .where(
      sql`${outbox.state} = 'waiting' and ${outbox.dueAt} <= ${sql.placeholder('now')} and ${outbox.recipient} not in ${inList(sql.placeholder('without'))}`,
    )
    .orderBy(outbox.lane, outbox.dueAt, outbox.id)
    .limit(sql.placeholder('most')),
)

/** The time at which the next row wants to go out. */
const first = prepared((db) => db.select({ at: sql<number | null>`min(due_at)` }).from(outbox).where(sql`state = 'waiting'`))

export async function firstWaiting(db: Db): Promise<Date | null> {
  const [[row]] = await lookUp(db, [first(db, {})])
  return row?.at ? new Date(row.at) : null
}

const next = prepared((db) =>
  db
    .select({ at: sql<number | null>`min(due_at)` })
    .from(outbox)
    .where(sql`state = 'waiting' and due_at > ${sql.placeholder('now')}`),
)

/** The time of the next row that is not due yet. */
export const nextDue = (db: Db, now: Date) => next(db, { now: now.getTime() })

/**
 * The attempts of the last minute, to go on counting the platform's limits where another runner stopped. A row is marked before its batch is
 * sent, so one that was sent counts from when that was recorded.
 */
export const triedSince = (db: Db, since: Date) => tries(db, { since: since.getTime() })

const tries = prepared((db) =>
  db
    .select({ recipient: outbox.recipient, at: sql<number>`max(tried_at, coalesce(sent_at, 0)) as at` })
    .from(outbox)
    .where(sql`${outbox.triedAt} > ${sql.placeholder('since')}`)
    .orderBy(sql`at`),
)

/** Tells whether the outcome of the last attempt is unknown: the platform, or the runner, was in trouble. */
export const lastTry = (db: Db) => lastTried(db, {})

const lastTried = prepared((db) =>
  db
    .select({ isUnsure: sql<number>`outcome is 'unsure' or unsure_since is not null` })
    .from(outbox)
    .where(sql`tried_at is not null`)
    .orderBy(sql`tried_at desc`)
    .limit(1),
)

/** The cards about a subject that stand in chats, one at most. */
export const postsOf = (db: Db, subject: string) =>
  db.select({ messageId: posts.messageId }).from(posts).where(sql`${posts.subject} = ${subject}`).limit(1)

/** The pressed card, if we posted it about this subject: a copy that somebody passed on is not ours. */
export const postedAs = prepared<{ messageId: string }[], { messageId: string; subject: string }>((db) =>
  db
    .select({ messageId: posts.messageId })
    .from(posts)
    .where(sql`${posts.messageId} = ${sql.placeholder('messageId')} and ${posts.subject} = ${sql.placeholder('subject')}`),
)

/** A row where the message is a card that was sent to this member alone. */
export const isCardOf = (db: Db, { messageId, member }: { messageId: string; member: string }) =>
  db
    .select({ messageId: posts.messageId })
    .from(posts)
    .where(sql`${posts.messageId} = ${messageId} and coalesce(${posts.args} ->> 'viewer', ${posts.args} ->> 'member') = ${member}`)

/** The messages whose occasions begin with this one. */
export const asksAbout = (db: Db, occasion: string) =>
  db
    .select({ state: outbox.state, dueAt: outbox.dueAt })
    .from(outbox)
    .where(sql`${outbox.occasion} >= ${`${occasion} `} and ${outbox.occasion} < ${`${occasion}!`}`)

/** The recipient has shown up: messages are sent to them again. */
export const reachable = (db: Db, recipient: string) => reached(db, { recipient })

const reached = prepared((db) => db.delete(unreachable).where(sql`${unreachable.recipient} = ${sql.placeholder('recipient')}`))

/** Somebody who opens the chat this soon after a message came for it. */
const JUST_NOW_MS = 10 * 60_000

/** A row where a person's direct chat has something for them: a card of the last days, or a message on its way. A form keeps no post. */
export function hasCard(db: Db, openId: string, now: Date) {
  const recipient = `person:${openId}`
  return db
    .select({ there: sql<number>`there` })
    .from(
      sql`(select 1 as there from ${posts} where ${posts.recipient} = ${recipient}
        union all select 1 from outbox o where o.state = 'waiting' and o.due_at <= ${now.getTime()} and o.recipient = ${recipient}
        union all select 1 from outbox s where s.tried_at > ${now.getTime() - JUST_NOW_MS} and s.recipient = ${recipient})`,
    )
    .limit(1)
}

/** The recipients found unreachable since then; an older finding is worth another try. */
export const unreachableSince = (db: Db, since: Date) => notReached(db, { since: since.getTime() })

const notReached = prepared((db) =>
  db
    .select({ recipient: unreachable.recipient, code: unreachable.code })
    .from(unreachable)
    .where(sql`${unreachable.since} > ${sql.placeholder('since')}`),
)

/** A card that is too old to press or update is only a message. Its post goes, and its refreshes with it. */
export const forgetPosts = (db: Db, now: Date): Statement[] => [
  statementOf(db.delete(posts).where(sql`${posts.postedAt} < ${now.getTime() - UPDATABLE_MS - DAY_MS}`)),
  statementOf(
    db.delete(outbox).where(
      sql`${outbox.state} <> 'waiting' and ${outbox.dueAt} < ${now.getTime() - DAY_MS} and ${outbox.toKind} = 'card'
          and not exists (select 1 from posts where message_id = ${outbox.toId})`,
    ),
  ),
]

/** A message that was sent or given up is forgotten when no repeat can come any more. Refreshes go with their cards. */
export const forgetSent = (db: Db, before: Date) =>
  db
    .delete(outbox)
    .where(
      sql`${outbox.state} <> 'waiting' and ${outbox.toKind} <> 'card' and ${outbox.dueAt} < ${before.getTime()} and not (${said('hello')} or ${said('undelivered')})`,
    )

/** A greeting, and the news that somebody cannot be reached, are said once for all. */
const said = (occasion: string) => sql`${outbox.occasion} like ${`${occasion} %`}`

export const waitingCount = (db: Db) => db.select({ messages: sql<number>`count(*)` }).from(outbox).where(sql`state = 'waiting'`)
