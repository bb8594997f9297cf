import { type SQL, sql } from 'drizzle-orm'
import type { Year } from '../../src/calendar.ts'
import { committeeSeats } from '../branches/seats.ts'
import { committeesAbove } from '../branches/units.ts'
import { type Db, statementOf } from '../client.ts'

export interface PledgePoint {
  nth: number
  words: string
  isKept: boolean | null
  because: string | null
}

const moment = (column: SQL) =>
  sql`${column}`.mapWith({ mapFromDriverValue: (ms: number | null) => (ms === null ? null : new Date(ms)) }) as SQL<Date | null>

type Row = [number, string, number | null, string | null]

const points = sql<
  PledgePoint[]
>`(select json_group_array(json_array(o.nth, o.words, o.is_kept, o.because)) from (select * from pledge_points
  where pledge = p.id order by nth) o)`.mapWith((json: string) =>
  (JSON.parse(json) as Row[]).map(
    ([nth, words, kept, because]): PledgePoint => ({
      nth,
      words,
      isKept: kept === null ? null : kept === 1,
      because,
    }),
  ),
) as SQL<PledgePoint[]>

const columns = {
  id: sql<string>`p.id`,
  branch: sql<string>`p.branch`,
  member: sql<string>`p.member`,
  memberName: sql<string>`m.name`,
  memberOpenId: sql<string | null>`m.open_id`,
  year: sql<Year>`p.year`,
  version: sql<number>`p.version`,
  submittedAt: moment(sql`p.submitted_at`) as SQL<Date>,
  /** Somebody typed the paper sheet of a person without a phone. */
  isTyped: sql<boolean>`p.entered_by <> p.member`.mapWith(Boolean) as SQL<boolean>,
  reviewedAt: moment(sql`p.reviewed_at`),
  returnedBecause: sql<string | null>`p.returned_because`,
  replacedAt: moment(sql`p.replaced_at`),
  points,
}

const selected = (db: Db) => db.select(columns).from(sql`pledges p join members m on m.id = p.member`)

export type Pledge = Awaited<ReturnType<typeof selected>>[number]

export const isAccepted = ({ reviewedAt, returnedBecause }: Pick<Pledge, 'reviewedAt' | 'returnedBecause'>) =>
  reviewedAt !== null && returnedBecause === null

export const isWaiting = ({ reviewedAt, replacedAt }: Pick<Pledge, 'reviewedAt' | 'replacedAt'>) =>
  reviewedAt === null && replacedAt === null

/** All versions of a person's pledge in some years, the oldest first. */
export const pledgesOf = (db: Db, member: string, years: readonly Year[]) =>
  statementOf(
    selected(db)
      .where(sql`p.member = ${member} and p.year in (select value from json_each(${JSON.stringify(years)}))`)
      .orderBy(sql`p.year, p.version`),
  )

/** A condition on pledge `p`: it is in force, as the newest version that was accepted. */
const isInForce = sql`(p.reviewed_at is not null and p.returned_because is null and not exists (select 1 from pledges n
  where n.member = p.member and n.year = p.year and n.version > p.version and n.reviewed_at is not null and n.returned_because is null))`

/** The pledges of a branch's people that are in force, by the order in which they joined: nobody is ranked. */
export const pledgesInForce = (db: Db, branch: string, year: Year) =>
  statementOf(
    selected(db)
      .where(sql`m.branch = ${branch} and m.left_on is null and p.year = ${year} and ${isInForce}`)
      .orderBy(sql`m.added_at, m.id`),
  )

/** How many of a branch pledge, of those who are asked: full members and probationers who are not away. */
export const pledgedOf = (db: Db, branch: string, year: Year) =>
  db
    .select({
      of: sql<number>`count(*)`,
      pledged: sql<number>`count(*) filter (where exists (select 1 from pledges p where p.member = m.id and p.year = ${year}
        and p.reviewed_at is not null and p.returned_because is null))`,
    })
    .from(sql`members m`)
    .where(sql`m.branch = ${branch} and m.left_on is null and m.away_since is null and m.stage in ('full', 'probationer')`)

/** A condition: member `x` sits on the committee of branch `of` and can be reached. */
const sits = (x: string, of: SQL) => sql`exists (select 1 from seats s join members sm on sm.id = s.member where s.member = ${sql.raw(x)}
  and s.branch = ${of} and s.until_at is null and s.role in ${committeeSeats} and sm.left_on is null and sm.open_id is not null)`

/** A condition on pledge `p` by `m`: nobody of the committee but the author could review it. */
const isAlone = sql`not exists (select 1 from seats s join members sm on sm.id = s.member where s.branch = m.branch and s.until_at is null
  and s.role in ${committeeSeats} and s.member <> m.id and sm.left_on is null and sm.open_id is not null)`

/** A condition on pledge `p` by `m`: that person reviews it. One of the committee does, or the assessor where it has nobody else. */
export const isReviewedBy = (reviewer: string): SQL =>
  sql`(p.member <> ${reviewer} and m.left_on is null and exists (select 1 from members v where v.id = ${reviewer} and v.left_on is null and
    (${sits('v.id', sql`m.branch`)} or ${isAlone} and exists (select 1 from seats a where a.member = v.id and a.role = 'assessor' and a.until_at is null
      and a.committee in (select u.id from ${committeesAbove(sql`(select b.committee from branches b where b.id = m.branch)`)} u)))))`

/** The pledges that wait for this reviewer, the oldest first. */
export const pledgesToReview = (db: Db, reviewer: string) =>
  statementOf(
    selected(db)
      .where(sql`p.reviewed_at is null and p.replaced_at is null and ${isReviewedBy(reviewer)}`)
      .orderBy(sql`p.submitted_at, p.id`),
  )

/** The people of a branch who are not in Feishu, whose paper sheet another one types. */
export const peopleOnPaper = (db: Db, branch: string) =>
  db
    .select({ id: sql<string>`m.id`, name: sql<string>`m.name` })
    .from(sql`members m`)
    .where(
      sql`m.branch = ${branch} and m.left_on is null and m.open_id is null and m.stage in ('full', 'probationer', 'prospect', 'activist')`,
    )
    .orderBy(sql`m.added_at, m.id`)
