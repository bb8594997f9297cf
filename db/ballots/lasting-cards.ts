import { sql } from 'drizzle-orm'
import { DAY_MS } from '../../src/calendar.ts'
import { type Db, inList, type Statement, statementOf } from '../client.ts'
import { isLast, isStillSeated, type OldCard, oldCard } from '../ledgers/renew.ts'
import { posts } from '../ledgers/tables.ts'
import * as messages from './messages.ts'
import { stillVotes } from './state.ts'

const lasting = inList([messages.ballot, messages.turnout, messages.ballotHost].map(({ view }) => view))

/**
 * Cards of open ballots that were posted up to `before`, at most 5,000, the oldest first. A voter's card is among them while a vote can
 * still be cast. Other cards are among them only in chats that still belong to the ballot.
 */
export const ballotCardsBefore = (db: Db, before: Date, now: Date): Statement<OldCard[]> =>
  statementOf(
    db
      .select(oldCard)
      .from(posts)
      .innerJoin(sql`ballots b`, sql`b.id = ${posts.args} ->> 'ballot'`)
      .where(
        sql`${posts.view} in ${lasting} and ${posts.postedAt} <= ${before.getTime()} and b.closes_at > ${now.getTime()}
          and b.closes_at > ${posts.postedAt} + ${14 * DAY_MS}
          and not exists (select 1 from ballot_closures c where c.ballot = b.id) and not exists (select 1 from ballot_cancellations c where c.ballot = b.id)
          and ${isLast} and ${isStillSeated}
          and (${posts.view} <> ${messages.ballot.view} or exists (select 1 from members m where m.id = ${posts.args} ->> 'member' and ${stillVotes}
            and not (b.is_secret and exists (select 1 from turnout t where t.ballot = b.id and t.member = m.id))))
          and (${posts.recipient} not like 'chat:%' or exists (select 1 from chats c where 'chat:' || c.chat_id = ${posts.recipient}
            and (c.branch = b.branch or c.committee = b.committee)))`,
      )
      .orderBy(posts.postedAt, posts.messageId)
      .limit(5_000),
  )
