import { sql } from 'drizzle-orm'
import type { Actor } from '../branches/members.ts'
import { members } from '../branches/tables.ts'
import { type Db, lookUp, prepared, type Statement, statementOf } from '../client.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { giveWay } from '../ledgers/renew.ts'
import { voterSubject } from './cast.ts'
import { voterCard } from './open.ts'
import { stillVotes } from './state.ts'
import { ballotResults, namedVotes } from './tables.ts'

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

/** Sends the voter's card once more; earlier cards say that a newer one exists. */
export const sendAgain = (
  db: Db,
  ballot: string,
  { id, openId }: Pick<Actor, 'id' | 'openId'>,
  occasion: string,
  at: Date,
): Statement[] => [
  ...giveWay(db, voterSubject(ballot, id), at),
  enqueue(db, { occasion, to: { person: openId }, ...voterCard(ballot, id), dueAt: at, lane: 'answer' }),
]

export interface NamedVote {
  name: string
  marks: readonly [subject: string, value: string][]
  writeIns: readonly string[]
}

/** The choices by name in a named ballot, once it is counted. */
export const namedVotesOf = (db: Db, ballot: string): Statement<NamedVote[]> => {
  const statement = statementOf(
    db
      .select({ name: members.name, said: namedVotes.said })
      .from(namedVotes)
      .innerJoin(members, sql`${members.id} = ${namedVotes.member}`)
      .where(sql`${namedVotes.ballot} = ${ballot} and ${namedVotes.said} is not null`)
      .orderBy(members.addedAt, members.id),
  )
  return {
    ...statement,
    map: (result) => statement.map(result).map(({ name, said }) => ({ name, marks: said?.marks ?? [], writeIns: said?.writeIns ?? [] })),
  }
}

interface Reminded {
  ballot: string
  member: string
  openId: string
}

/** The electors who have not voted. Only the clock knows them, for a reminder that nobody else sees. */
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

export const allOpen = (db: Db, now: Date) =>
  db
    .select({ id: sql<string>`b.id`, openedAt: sql<number>`b.opened_at`, closesAt: sql<number>`b.closes_at` })
    .from(sql`ballots b`)
    .where(
      sql`b.closes_at > ${now.getTime()} and b.wrapped_key is not null and not exists (select 1 from ballot_closures c where c.ballot = b.id)
        and not exists (select 1 from ballot_cancellations c where c.ballot = b.id)`,
    )
    .orderBy(sql`b.id`)

/** The ballots whose time is over and that nobody closed. */
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
