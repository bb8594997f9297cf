import { type SQL, sql } from 'drizzle-orm'
import { DAY_MS } from '../../src/calendar.ts'
import { stillVotes } from '../ballots/state.ts'
import { type Db, type Statement, statementOf, together } from '../client.ts'
import { chatsOfGathering } from '../gatherings/gatherings.ts'
import { enqueue, lanes, type To } from './outbox.ts'
import { outbox, posts } from './tables.ts'

/** What people still have to press when it comes to it: these cards outlive the fortnight in which the platform lets them. */
const lasting = sql.raw(`('gathering', 'host', 'ownBranch', 'invitation')`)

/** The platform's fourteen days; on the host's cards attendance is corrected for one more after the end. */
const lasts = sql`case when ${posts.view} in ('host', 'ownBranch') then ${13 * DAY_MS} else ${14 * DAY_MS} end`

/** Of several about the same in one chat the last: the others are history. */
const isLast = sql`not exists (select 1 from posts later where later.subject = "posts"."subject" and later.recipient = "posts"."recipient"
  and later.view = "posts"."view" and later.posted_at > "posts"."posted_at")`
/** Whoever looks at it still has a seat, where it is for one person. */
const isStillSeated = sql`(${posts.args} ->> 'viewer' is null
  or exists (select 1 from seats s where s.member = ${posts.args} ->> 'viewer' and s.until_at is null))`

export interface OldCard {
  messageId: string
  recipient: string
  view: string
  args: Record<string, unknown>
  gathering: string
}

/** Cards about what is still to come, posted before a moment. Whose seat has ended is not sent one anew, nor who has answered an invitation. */
export const openCardsBefore = (db: Db, before: Date, now: Date): Statement<OldCard[]> =>
  statementOf(
    db
      .select({
        messageId: posts.messageId,
        recipient: posts.recipient,
        view: posts.view,
        args: posts.args,
        gathering: sql<string>`g.id`,
      })
      .from(posts)
      .innerJoin(sql`gatherings g`, sql`g.id = coalesce(${posts.args} ->> 'gathering', ${posts.args} ->> 'subject')`)
      .where(
        sql`${posts.view} in ${lasting} and ${posts.postedAt} <= ${before.getTime()} and g.ends_at > ${now.getTime()}
          and g.ends_at > ${posts.postedAt} + ${lasts}
          and not exists (select 1 from closures c where c.gathering = g.id) and not exists (select 1 from cancellations c where c.gathering = g.id)
          and ${isLast} and ${isStillSeated}
          and (${posts.view} <> 'invitation' or exists (select 1 from gathering_invitations i
            where i.gathering = g.id and i.branch = ${posts.args} ->> 'branch' and i.answer is null))`,
      )
      .orderBy(posts.postedAt, posts.messageId)
      .limit(500),
  )

/** The chats in which a gathering is told by now: a chat that has become another's gets nothing. */
export const chatsStill = (db: Db, { gathering }: OldCard) => statementOf(chatsOfGathering(db, gathering))

/** The same of ballots that are open: of voters' cards those that can still be voted on, in chats that are still the ballot's. */
export const openBallotCardsBefore = (db: Db, before: Date, now: Date): Statement<Omit<OldCard, 'gathering'>[]> =>
  statementOf(
    db
      .select({ messageId: posts.messageId, recipient: posts.recipient, view: posts.view, args: posts.args })
      .from(posts)
      .innerJoin(sql`ballots b`, sql`b.id = ${posts.args} ->> 'ballot'`)
      .where(
        sql`${posts.view} in ('ballot', 'turnout', 'ballotHost') and ${posts.postedAt} <= ${before.getTime()} and b.closes_at > ${now.getTime()}
          and b.closes_at > ${posts.postedAt} + ${14 * DAY_MS}
          and not exists (select 1 from ballot_closures c where c.ballot = b.id) and not exists (select 1 from ballot_cancellations c where c.ballot = b.id)
          and ${isLast} and ${isStillSeated}
          and (${posts.view} <> 'ballot' or exists (select 1 from members m where m.id = ${posts.args} ->> 'member' and ${stillVotes}
            and not (b.is_secret and exists (select 1 from turnout t where t.ballot = b.id and t.member = m.id))))
          and (${posts.recipient} not like 'chat:%' or exists (select 1 from chats c where 'chat:' || c.chat_id = ${posts.recipient}
            and (c.branch = b.branch or c.committee = b.committee)))`,
      )
      .orderBy(posts.postedAt, posts.messageId)
      .limit(5_000),
  )

/** An evaluation that nobody has brought to its end by then is not brought up again and again. */
const EVALUATED_WITHIN_DAYS = 90

/** The same of evaluations that are open, for those who still have something to do in them; everybody’s own form is reminded of already. */
export const openEvaluationCardsBefore = (db: Db, before: Date, now: Date): Statement<Omit<OldCard, 'gathering'>[]> =>
  statementOf(
    db
      .select({ messageId: posts.messageId, recipient: posts.recipient, view: posts.view, args: posts.args })
      .from(posts)
      .innerJoin(sql`evaluations e`, sql`e.id = ${posts.args} ->> 'evaluation'`)
      .where(
        sql`${posts.view} in ('evaluation', 'groupView', 'grading', 'gradeAppeal') and ${posts.postedAt} <= ${before.getTime()}
          and e.closed_at is null and e.opened_at > ${now.getTime() - EVALUATED_WITHIN_DAYS * DAY_MS} and ${isLast} and ${isStillSeated}
          and (${posts.view} <> 'groupView' or not exists (select 1 from member_grades g where g.evaluation = e.id))
          and (${posts.view} <> 'grading' or not exists (select 1 from member_grades g where g.evaluation = e.id and g.told_at is not null))
          and (${posts.view} <> 'gradeAppeal' or exists (select 1 from grade_appeals a
            where a.evaluation = e.id and a.member = ${posts.args} ->> 'member' and a.answered_at is null))`,
      )
      .orderBy(posts.postedAt, posts.messageId)
      .limit(5_000),
  )

/** The same card once more, at the end of the chat. */
export const renew = (db: Db, { messageId, recipient, view, args }: Omit<OldCard, 'gathering'>, dueAt: Date) =>
  together(db, [
    enqueue(db, { occasion: `renew ${messageId}`, to: toOf(recipient), view, args, dueAt, lane: 'bulk' }),
    ...retire(db, sql`message_id = ${messageId}`, dueAt),
  ])

function toOf(recipient: string): To {
  const [kind = '', id = ''] = recipient.split(':')
  return kind === 'chat' ? { chat: id } : { person: id }
}

/** The cards about something give way to one that is sent now: they say so, and are kept up to date no longer. */
export const giveWay = (db: Db, subject: string, at: Date) => retire(db, sql`subject = ${subject}`, at)

/** Under the occasion of its refreshes, so that what was still to be refreshed gives way to it. */
function retire(db: Db, which: SQL, dueAt: Date): Statement[] {
  const renewed = { view: 'renewed', args: {}, dueAt, state: 'waiting' as const, attempts: 0, unsureSince: null }
  return [
    statementOf(
      db
        .insert(outbox)
        .select(
          sql`select null, 'refresh ' || message_id, ${lanes.call}, cast(${dueAt.getTime()} as integer), 'card', message_id, recipient, 'renewed', '{}', 0,
            'waiting', 1, 0, null, null, null, null, null from posts where ${which}`,
        )
        .onConflictDoUpdate({ target: outbox.occasion, set: { ...renewed, version: sql`version + 1` } }),
    ),
    statementOf(db.delete(posts).where(which)),
  ]
}
