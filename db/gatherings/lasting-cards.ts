import { sql } from 'drizzle-orm'
import { DAY_MS } from '../../src/calendar.ts'
import { type Db, inList, type Statement, statementOf } from '../client.ts'
import { isLast, isStillSeated, type OldCard, oldCard } from '../ledgers/renew.ts'
import { posts } from '../ledgers/tables.ts'
import { chatsOfGathering } from './gatherings.ts'
import * as messages from './messages.ts'

/** These cards are pressed on the day of the meeting. They have to outlive the fortnight in which Feishu lets a card be updated. */
const lasting = inList([messages.gathering, messages.host, messages.ownBranch, messages.invitation].map(({ view }) => view))

/** A host's card needs one day more: attendance is corrected for 24 hours after the end. */
const lasts = sql`case when ${posts.view} in ${inList([messages.host.view, messages.ownBranch.view])} then ${13 * DAY_MS} else ${14 * DAY_MS} end`

type OldGatheringCard = OldCard & { gathering: string }

/**
 * Cards of meetings still to come that were posted up to `before`, at most 500, the oldest first. A viewer who has lost the seat gets
 * none, nor does a branch that has answered its invitation.
 */
export const gatheringCardsBefore = (db: Db, before: Date, now: Date): Statement<OldGatheringCard[]> =>
  statementOf(
    db
      .select({ ...oldCard, gathering: sql<string>`g.id` })
      .from(posts)
      .innerJoin(sql`gatherings g`, sql`g.id = coalesce(${posts.args} ->> 'gathering', ${posts.args} ->> 'subject')`)
      .where(
        sql`${posts.view} in ${lasting} and ${posts.postedAt} <= ${before.getTime()} and g.ends_at > ${now.getTime()}
          and g.ends_at > ${posts.postedAt} + ${lasts}
          and g.is_settled = 0
          and ${isLast} and ${isStillSeated}
          and (${posts.view} <> ${messages.invitation.view} or exists (select 1 from gathering_invitations i
            where i.gathering = g.id and i.branch = ${posts.args} ->> 'branch' and i.answer is null))`,
      )
      .orderBy(posts.postedAt, posts.messageId)
      .limit(500),
  )

/** The chats that belong to a branch of the meeting today; a chat that was bound anew since is not among them. */
export const chatsStill = (db: Db, { gathering }: OldGatheringCard) => statementOf(chatsOfGathering(db, gathering))
