import { sql } from 'drizzle-orm'
import { addDays, day, moment } from '../../src/calendar.ts'
import { LAPSES_AFTER_MS } from '../../src/rules/talks/state.ts'
import { committeeSeats } from '../branches/seats.ts'
import { type Db, inList } from '../client.ts'
import { paperSubject } from './messages.ts'

/** A claim is open for 30 days at most, and its talk at most 60 days before it. */
const OLDEST_DAYS = 91

/** The order in which those of a committee, the seats `s`, are asked to look at a paper. */
export const attesting = sql`case s.role when 'secretary' then 0 when 'deputy' then 1 when 'organisation' then 2 else 3 end`

/** One of the talk's committee who is in Feishu and not of the pair, the secretary first. */
const attester = sql`(select s.member from seats s join members p on p.id = s.member and p.left_on is null and p.open_id is not null
  where s.branch = t.branch and s.until_at is null and s.role in ${committeeSeats} and s.member not in (t.a, t.b) order by ${attesting}, s.member limit 1)`

const getsNoMessages = sql`(o.open_id is null or o.left_on is not null or exists (select 1 from unreachable u where u.recipient = 'person:' || o.open_id))`

/** Claims that a signed paper alone can confirm, as the other gets no messages. Each has the one of the committee who is to look at it. */
const papers = (db: Db, now: Date) =>
  db
    .select({
      talk: sql<string>`t.id`,
      branch: sql<string>`t.branch`,
      claimedAt: sql<Date>`t.claimed_at`.mapWith((at: number) => new Date(at)),
      onDay: sql<string>`t.on_day`,
      person: sql<string>`m.open_id`,
      name: sql<string>`c.name`,
      otherName: sql<string>`o.name`,
    })
    .from(sql`talks t join members c on c.id = t.claimed_by
      join members o on o.id = case when t.claimed_by = t.a then t.b else t.a end and ${getsNoMessages}
      join members m on m.id = ${attester} and t.kind <> 'care' and t.on_day >= ${addDays(day(now), -OLDEST_DAYS)}
        and t.claimed_at > ${now.getTime() - LAPSES_AFTER_MS} and t.confirmed_at is null and t.denied_at is null and t.withdrawn_at is null`)

/** The claim is of an earlier day, and its claimer did not have the card of the paper sent. A digest tells of these. */
const isUntold = (now: Date) => sql`(t.claimed_at < ${moment(day(now)).getTime()}
  and not exists (select 1 from outbox x where x.occasion = 'talkPaper ask ' || t.id)
  and not exists (select 1 from posts x where x.subject = ${paperSubject('')} || t.id))`

/** The papers of these branches of which nobody was told. */
export const papersAmong = (db: Db, branches: readonly string[], now: Date) =>
  papers(db, now).where(sql`t.branch in ${inList(branches)} and ${isUntold(now)}`)

const seatedIn = (
  person: string,
) => sql`(select s.branch from members p join seats s on s.member = p.id and s.until_at is null and s.branch is not null
  where p.open_id = ${person})`

/** The papers that one person is to look at, by open_id; `isNews` leaves out those that are no news for a digest. */
export const papersOf = (db: Db, person: string, now: Date, isNews = false) =>
  papers(db, now).where(sql`t.branch in ${seatedIn(person)} and m.open_id = ${person} ${isNews ? sql`and ${isUntold(now)}` : sql``}`)
