import { sql } from 'drizzle-orm'
import { LAPSES_AFTER_MS } from '../../src/rules/talks/state.ts'
import { leads } from '../branches/answering.ts'
import { type Db, inList } from '../client.ts'
import { isAwaited } from './state.ts'
import { talks } from './tables.ts'

/** The names and days of what waits for a person's yes or no, for their own list. */
export const talksWaiting = (db: Db, member: string, now: Date) =>
  db
    .select({
      branch: talks.branch,
      onDay: talks.onDay,
      name: sql<string>`(select m.name from members m where m.id = case when ${talks.a} = ${member} then ${talks.b} else ${talks.a} end)`,
    })
    .from(talks)
    .where(isAwaited(member, new Date(now.getTime() - LAPSES_AFTER_MS)))
    .orderBy(talks.claimedAt, talks.id)
    .limit(5)

/** Claims in these branches that nobody has answered since before a moment, each with the person who is asked. */
export const unansweredAmong = (db: Db, branches: readonly string[], claimedBefore: Date, now: Date) =>
  unanswered(db).where(
    sql`t.branch in ${inList(branches)} and t.claimed_at > ${now.getTime() - LAPSES_AFTER_MS} and t.claimed_at <= ${claimedBefore.getTime()}`,
  )

/** The same for one person, by open_id. */
export const unansweredBy = (db: Db, person: string, claimedBefore: Date, now: Date) =>
  unanswered(db).where(
    sql`m.open_id = ${person} and t.claimed_at > ${now.getTime() - LAPSES_AFTER_MS} and t.claimed_at <= ${claimedBefore.getTime()}`,
  )

const unanswered = (db: Db) =>
  db
    .select({
      talk: sql<string>`t.id`,
      branch: sql<string>`t.branch`,
      claimedAt: sql<Date>`t.claimed_at`.mapWith((at: number) => new Date(at)),
      person: sql<string>`m.open_id`,
      name: sql<string>`o.name`,
      onDay: sql<string>`t.on_day`,
    })
    .from(sql`talks t join members o on o.id = t.claimed_by
      join members m on m.id = case when t.claimed_by = t.a then t.b else t.a end and m.left_on is null and m.open_id is not null
        and t.confirmed_at is null and t.denied_at is null and t.withdrawn_at is null`)

/** The branches that a person leads, by open_id. */
export const ledBy = (db: Db, person: string) =>
  db
    .select({ branch: sql<string>`s.branch` })
    .from(sql`members m join seats s on s.member = m.id and s.until_at is null and s.branch is not null`)
    .where(sql`m.open_id = ${person} and m.left_on is null and ${leads('s')}`)
