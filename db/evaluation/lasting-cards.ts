import { sql } from 'drizzle-orm'
import { DAY_MS } from '../../src/calendar.ts'
import { type Db, inList, type Statement, statementOf } from '../client.ts'
import { isLast, isStillSeated, type OldCard, oldCard } from '../ledgers/renew.ts'
import { posts } from '../ledgers/tables.ts'
import * as messages from './messages.ts'

/** An evaluation that nobody ends is left alone after 90 days. */
const EVALUATED_WITHIN_DAYS = 90

/** The card for one's own form is not among them: a reminder brings it again anyway. */
const lasting = inList([messages.evaluation, messages.groupView, messages.grading, messages.gradeAppeal].map(({ view }) => view))

/** At most 5,000 cards of open evaluations, posted up to `before`, whose viewers still have something to do there. */
export const evaluationCardsBefore = (db: Db, before: Date, now: Date): Statement<OldCard[]> =>
  statementOf(
    db
      .select(oldCard)
      .from(posts)
      .innerJoin(sql`evaluations e`, sql`e.id = ${posts.args} ->> 'evaluation'`)
      .where(
        sql`${posts.view} in ${lasting} and ${posts.postedAt} <= ${before.getTime()}
          and e.closed_at is null and e.opened_at > ${now.getTime() - EVALUATED_WITHIN_DAYS * DAY_MS} and ${isLast} and ${isStillSeated}
          and (${posts.view} <> ${messages.groupView.view} or not exists (select 1 from member_grades g where g.evaluation = e.id))
          and (${posts.view} <> ${messages.grading.view} or not exists (
            select 1 from member_grades g where g.evaluation = e.id and g.told_at is not null))
          and (${posts.view} <> ${messages.gradeAppeal.view} or exists (select 1 from grade_appeals a
            where a.evaluation = e.id and a.member = ${posts.args} ->> 'member' and a.answered_at is null))`,
      )
      .orderBy(posts.postedAt, posts.messageId)
      .limit(5_000),
  )
