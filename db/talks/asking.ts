import { sql } from 'drizzle-orm'
import { notByNight } from '../../src/rules/time/courtesy.ts'
import { type Db, type Statement, statementOf } from '../client.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refresh } from '../ledgers/refresh.ts'
import { giveWay } from '../ledgers/renew.ts'
import { outbox } from '../ledgers/tables.ts'
import * as messages from './messages.ts'
import { paperSubject, plannerSubject, requestsSubject, talkSubject } from './messages.ts'

const LASTING_MS = 10 * 60_000

/** A row that was tried so lately may be on its way, drawn before the new request. */
const UNDER_WAY_MS = 60_000

/**
 * Requests to one person within ten minutes are one card, and none arrives at night. The batch itself asks whether a card waits or has
 * just come. Two requests at once see each other there.
 */
export function asking(db: Db, to: { id: string; openId: string }, now: Date): Statement[] {
  const subject = requestsSubject(to.id)
  const dueAt = notByNight(now)
  const before = new Date(now.getTime() - LASTING_MS)
  const occasion = `${subject} ${now.getTime()}`
  const { view, args } = messages.talkRequests({ subject, member: to.id })
  return [
    ...giveWay(db, subject, dueAt, before),
    refresh(db, { subject, at: now, afterPress: true }),
    statementOf(enqueue(db, { occasion, to: { person: to.openId }, view, args, dueAt })),
    statementOf(
      db.delete(outbox).where(sql`${outbox.occasion} = ${occasion} and ${outbox.state} = 'waiting' and ${outbox.triedAt} is null
        and (exists (select 1 from posts p where p.subject = ${subject} and p.posted_at > ${before.getTime()})
          or exists (select 1 from outbox o where o.state = 'waiting' and o.to_kind = 'person' and o.to_id = ${to.openId} and o.view = ${view}
            and o.occasion <> ${occasion} and coalesce(o.tried_at, 0) < ${now.getTime() - UNDER_WAY_MS}))`),
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
