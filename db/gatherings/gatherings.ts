import { sql } from 'drizzle-orm'
import { chats } from '../branches/tables.ts'
import { type Db, prepared } from '../client.ts'
import { posts } from '../ledgers/tables.ts'
import { gatherings } from './tables.ts'

/**
 * The chats in which a gathering is told: those of all its branches, or of its group. A group without a chat of its own is told in the
 * branch's.
 */
export const chatsOfGathering = (db: Db, gathering: string) =>
  db
    .select({ chatId: chats.chatId, branch: chats.branch })
    .from(chats)
    .where(
      sql`${chats.group} = (select g.group_id from gatherings g where g.id = ${gathering})
        or (${chats.branch} in (select gb.branch from gathering_branches gb where gb.gathering = ${gathering})
          and not exists (select 1 from chats own join gatherings g on g.group_id = own.group_id where g.id = ${gathering}))`,
    )
    .orderBy(chats.boundAt, chats.chatId)

/** The gathering that a posted card is about: a reply to the card means it. */
export const gatheringOfCard = prepared((db) =>
  db
    .select({ id: gatherings.id })
    .from(posts)
    .innerJoin(gatherings, sql`${gatherings.id} = coalesce(${posts.args} ->> 'gathering', ${posts.args} ->> 'subject')`)
    .where(sql`${posts.messageId} = ${sql.placeholder('messageId')}`),
)

/** The occasion of a reminder, without the chat. */
export const reminderOf = ({ id, startsAt }: { id: string; startsAt: Date }) => `remind ${id} ${startsAt.getTime()}`
const remindedAs = sql`'remind ' || ${gatherings.id} || ' ' || ${gatherings.startsAt}`

/**
 * Gatherings that begin soon and of which no chat was reminded yet. The chats heard the time some while before: at the call, or at a change
 * of time.
 */
export const startingBetween = (db: Db, from: Date, to: Date, heardMsBefore: number) =>
  starting(db, { from: from.getTime(), to: to.getTime(), heardMsBefore })
const starting = prepared((db) =>
  db
    .select({ id: gatherings.id, startsAt: gatherings.startsAt })
    .from(gatherings)
    .where(
      sql`${gatherings.endsAt} > ${sql.placeholder('from')} and ${gatherings.startsAt} > ${sql.placeholder('from')} and ${gatherings.startsAt} <= ${sql.placeholder('to')}
        and ${gatherings.calledAt} < ${gatherings.startsAt} - ${sql.placeholder('heardMsBefore')}
        and not exists (select 1 from audit a where a.subject = ${gatherings.id} and a.deed = 'gathering.reschedule'
          and a.at >= ${gatherings.startsAt} - ${sql.placeholder('heardMsBefore')})
        and ${gatherings.isSettled} = 0
        and not exists (select 1 from outbox o where o.occasion >= ${remindedAs} || ' ' and o.occasion < ${remindedAs} || '!')`,
    )
    .orderBy(gatherings.startsAt, gatherings.id)
    .limit(500),
)

/** Gatherings that are neither closed nor cancelled, and go on or begin between two moments. */
export const openBetween = (db: Db, from: Date, to: Date) => openIn(db, { from: from.getTime(), to: to.getTime() })
const openIn = prepared((db) =>
  db
    .select({ startsAt: gatherings.startsAt, endsAt: gatherings.endsAt })
    .from(gatherings)
    .where(
      sql`${gatherings.endsAt} > ${sql.placeholder('from')} and ${gatherings.startsAt} <= ${sql.placeholder('to')}
        and ${gatherings.isSettled} = 0`,
    ),
)

/** Gatherings whose time is over and which nobody closed. */
export const unclosedBefore = (db: Db, now: Date) => overAndUnclosed(db, { now: now.getTime() })
const overAndUnclosed = prepared((db) =>
  db
    .select({ id: gatherings.id })
    .from(gatherings)
    .where(sql`${gatherings.endsAt} <= ${sql.placeholder('now')} and ${gatherings.isSettled} = 0`)
    .orderBy(gatherings.endsAt, gatherings.id)
    .limit(200),
)
