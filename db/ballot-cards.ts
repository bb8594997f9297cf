import { sql } from 'drizzle-orm'
import { DAY_MS } from '../src/calendar.ts'
import { stillVotes } from './ballot-standing.ts'
import { voterCard } from './balloting.ts'
import { ballotResults } from './ballots.ts'
import { type Db, lookUp, prepared, type Statement, statementOf } from './client.ts'
import type { Actor } from './members.ts'
import { enqueue, retire, type To } from './outbox.ts'
import { voterSubject } from './voting.ts'

const receipts = prepared<{ receipts: string[] }[], { ballot: string }>((db) =>
  db
    .select({ receipts: ballotResults.receipts })
    .from(ballotResults)
    .where(sql`${ballotResults.ballot} = ${sql.placeholder('ballot')}`),
)

/** All receipts of a counted ballot, sorted. */
export async function receiptsOf(db: Db, ballot: string): Promise<readonly string[]> {
  const [[row]] = await lookUp(db, [receipts(db, { ballot })])
  return row?.receipts ?? []
}

/** The voter's card once more; those that stand say so. */
export const sendAgain = (
  db: Db,
  ballot: string,
  { id, openId }: Pick<Actor, 'id' | 'openId'>,
  occasion: string,
  at: Date,
): Statement[] => [
  ...retire(db, voterSubject(ballot, id), at).map(statementOf),
  enqueue(db, { occasion, to: { person: openId }, ...voterCard(ballot, id), dueAt: at, lane: 'answer' }),
]

export interface Reminded {
  ballot: string
  member: string
  openId: string
}

/** Who has a vote in a ballot and has not cast it: known to the clock alone, for a reminder that nobody else sees. */
export const notVoted = (db: Db, ballot: string): Statement<Reminded[]> =>
  statementOf(
    db
      .select({ ballot: sql<string>`b.id`, member: sql<string>`m.id`, openId: sql<string>`m.open_id` })
      .from(sql`ballots b join electorates e on e.ballot = b.id join members m on m.id = e.member`)
      .where(
        sql`b.id = ${ballot} and ${stillVotes} and m.open_id is not null
          and not exists (select 1 from turnout t where t.ballot = b.id and t.member = m.id)`,
      )
      .orderBy(sql`m.id`),
  )

/** The ballots that are open. */
export const allOpen = (db: Db, now: Date) =>
  db
    .select({ id: sql<string>`b.id`, openedAt: sql<number>`b.opened_at`, closesAt: sql<number>`b.closes_at` })
    .from(sql`ballots b`)
    .where(
      sql`b.closes_at > ${now.getTime()} and not exists (select 1 from ballot_closures c where c.ballot = b.id)
        and not exists (select 1 from ballot_cancellations c where c.ballot = b.id)`,
    )
    .orderBy(sql`b.id`)

/** Their time is over, and nobody closed them. */
export const dueToClose = (db: Db, at: Date) =>
  db
    .select({
      id: sql<string>`b.id`,
      unit: sql<string>`b.unit`,
      gathering: sql<string | null>`b.gathering`,
      closesAt: sql<number>`b.closes_at`,
    })
    .from(sql`ballots b`)
    .where(
      sql`b.closes_at <= ${at.getTime()} and b.wrapped_key is not null and not exists (select 1 from ballot_closures c where c.ballot = b.id)
        and not exists (select 1 from ballot_cancellations c where c.ballot = b.id)`,
    )
    .orderBy(sql`b.closes_at, b.id`)
    .limit(100)

const RENEWED_AFTER_MS = 12 * DAY_MS

export interface Ageing {
  messageId: string
  recipient: string
  view: string
  subject: string
  args: Record<string, unknown>
}

/** Cards of open ballots that will soon be too old to be pressed: those of voters who are done are left alone. */
export const ageingCards = (db: Db, now: Date) =>
  db
    .select({
      messageId: sql<string>`p.message_id`,
      recipient: sql<string>`p.recipient`,
      view: sql<string>`p.view`,
      subject: sql<string>`p.subject`,
      args: sql<Record<string, unknown>>`p.args`.mapWith((json: string) => JSON.parse(json) as Record<string, unknown>),
    })
    .from(sql`posts p join ballots b on b.id = p.args ->> '$.ballot'`)
    .where(
      sql`p.posted_at <= ${now.getTime() - RENEWED_AFTER_MS} and p.view in ('ballot', 'turnout', 'ballotHost') and p.args ->> '$.isRetired' is null
        and b.closes_at > ${now.getTime()} and not exists (select 1 from ballot_closures c where c.ballot = b.id)
        and not exists (select 1 from ballot_cancellations c where c.ballot = b.id)
        and not exists (select 1 from posts n where n.subject = p.subject and n.recipient = p.recipient and n.view = p.view and n.posted_at > p.posted_at)
        and (p.view <> 'ballot' or not b.is_secret or not exists (select 1 from turnout t where t.ballot = b.id and t.member = p.args ->> '$.member'))`,
    )
    .orderBy(sql`p.message_id`)
    .limit(5_000)

/** The recipient of a post, as the outbox is told it. */
export const toOf = (recipient: string): To =>
  recipient.startsWith('chat:') ? { chat: recipient.slice('chat:'.length) } : { person: recipient.slice('person:'.length) }
