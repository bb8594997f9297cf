import { sql } from 'drizzle-orm'
import { notByNight } from '../../src/rules/time/courtesy.ts'
import { type Db, lookUp, type Statement, statementOf } from '../client.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refresh } from '../ledgers/refresh.ts'
import { giveWay } from '../ledgers/renew.ts'
import { posts } from '../ledgers/tables.ts'
import * as messages from './messages.ts'
import { paperSubject, plannerSubject, requestsSubject, talkSubject } from './messages.ts'

const LASTING_MS = 10 * 60_000

/** Requests to one person within ten minutes are one card, and none arrives at night. */
export async function asking(db: Db, to: { id: string; openId: string }, now: Date): Promise<Statement[]> {
  const subject = requestsSubject(to.id)
  const [lately] = await lookUp(db, [
    db
      .select({ at: posts.postedAt })
      .from(posts)
      .where(sql`${posts.subject} = ${subject} and ${posts.postedAt} > ${now.getTime() - LASTING_MS}`)
      .limit(1),
  ])
  const again = refresh(db, { subject, at: now, afterPress: true })
  if (lately.length > 0) return [again]
  const dueAt = notByNight(now)
  return [
    ...giveWay(db, subject, dueAt),
    statementOf(
      enqueue(db, {
        occasion: `${subject} ${Math.floor(dueAt.getTime() / LASTING_MS)}`,
        to: { person: to.openId },
        ...messages.talkRequests({ subject, member: to.id }),
        dueAt,
      }),
    ),
  ]
}

/** Both cards about a talk, and the lists on which it stands. */
export const shownAnew = (db: Db, talk: string, { a, b }: { a: string; b: string }, at: Date): Statement[] =>
  [talkSubject(talk), paperSubject(talk), requestsSubject(a), requestsSubject(b), plannerSubject(a), plannerSubject(b)].map((subject) =>
    refresh(db, { subject, at, afterPress: true }),
  )

/** The paper's card for one of the committee, once a talk and purpose. */
export const papering = (db: Db, { id }: { id: string }, to: { id: string; openId: string }, what: 'ask' | 'back', now: Date) =>
  enqueue(db, {
    occasion: `talkPaper ${what} ${id}`,
    to: { person: to.openId },
    ...messages.talkPaper({ subject: paperSubject(id), talk: id, viewer: to.id }),
    dueAt: notByNight(now),
  })
