import { sql } from 'drizzle-orm'
import { LAPSES_AFTER_MS } from '../../src/rules/talks/state.ts'
import { type Db, inList, type Statement, statementOf } from '../client.ts'
import { isLast, type OldCard, oldCard } from '../ledgers/renew.ts'
import { posts } from '../ledgers/tables.ts'
import * as messages from './messages.ts'

const lasting = inList([messages.talk, messages.talkRequests].map(({ view }) => view))

/**
 * The cards of unanswered claims that were posted up to `before`: the request, and the card of whoever claims, which tells the answer. A
 * claim lapses after 30 days, and each card is sent again twice at the most.
 */
export const talkCardsBefore = (db: Db, before: Date, now: Date): Statement<OldCard[]> =>
  statementOf(
    db
      .select(oldCard)
      .from(posts)
      .where(
        sql`${posts.view} in ${lasting} and ${posts.postedAt} <= ${before.getTime()} and ${isLast} and exists (select 1 from talks t
          where t.confirmed_at is null and t.denied_at is null and t.withdrawn_at is null and t.claimed_at > ${now.getTime() - LAPSES_AFTER_MS}
            and (t.id = ${posts.args} ->> 'talk' and t.claimed_by = ${posts.args} ->> 'member'
              or ${posts.view} = ${messages.talkRequests.view} and ${posts.args} ->> 'member' in (t.a, t.b) and t.claimed_by <> ${posts.args} ->> 'member'))`,
      )
      .orderBy(posts.postedAt, posts.messageId)
      .limit(5_000),
  )
