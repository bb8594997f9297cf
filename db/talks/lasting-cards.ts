import { sql } from 'drizzle-orm'
import { DAY_MS } from '../../src/calendar.ts'
import { LAPSES_AFTER_MS } from '../../src/rules/talks/state.ts'
import { type Db, inList, lookUp, type Statement, statementOf } from '../client.ts'
import { refreshAmong } from '../ledgers/refresh.ts'
import { isLast, type OldCard, oldCard } from '../ledgers/renew.ts'
import { posts } from '../ledgers/tables.ts'
import * as messages from './messages.ts'
import { paperSubject, plannerSubject, requestsSubject, talkSubject } from './messages.ts'
import { talks } from './tables.ts'

/** Brings up to date what shows claims that lapsed in the day before `slot`. Nobody pressed anything, hence no deed does it. */
export async function lapsedShown(db: Db, slot: Date, now: Date): Promise<Statement[]> {
  const lapsing = slot.getTime() - LAPSES_AFTER_MS
  const [lapsed] = await lookUp(db, [
    db
      .select({ id: talks.id, a: talks.a, b: talks.b })
      .from(talks)
      .where(
        sql`${talks.claimedAt} > ${lapsing - DAY_MS} and ${talks.claimedAt} <= ${lapsing}
          and confirmed_at is null and denied_at is null and withdrawn_at is null`,
      ),
  ])
  const subjects = lapsed.flatMap(({ id, a, b }) => [
    talkSubject(id),
    paperSubject(id),
    ...[a, b].flatMap((one) => [requestsSubject(one), plannerSubject(one)]),
  ])
  return subjects.length > 0 ? [refreshAmong(db, { subjects, at: now })] : []
}

const lasting = inList([messages.talk, messages.talkRequests].map(({ view }) => view))

/**
 * The cards of unanswered claims that were posted up to `before`. The request is among them, and the claimer's card, which tells the answer. A
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
