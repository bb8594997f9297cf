import { sql } from 'drizzle-orm'
import type { GatheringKind } from '../../src/rules/gatherings/gatherings.ts'
import { committeeSeats } from '../branches/seats.ts'
import type { Db } from '../client.ts'
import { gatherings } from './tables.ts'

/**
 * The people who are expected, as a table expression of (member, votes, branch). The roster gives them until the close; then they are
 * frozen. A committee's meeting expects its seats, a group's its people, all others the branches' members in place. An open gathering
 * expects nobody: everybody who came counts.
 */
export const expectedPeople = (gathering: ReturnType<typeof sql>) => sql`(
  select e.member as member, e.votes as votes, coalesce(e.branch, g.branch) as branch from expectations e join gatherings g on g.id = e.gathering
    where e.gathering = ${gathering}
  union all
  select m.id, m.stage is 'full', m.branch from gatherings g join gathering_branches gb on gb.gathering = g.id join members m on m.branch = gb.branch
  where g.id = ${gathering} and not exists (select 1 from closures c where c.gathering = g.id)
    and m.left_on is null and (m.away_since is null or g.kind = 'activity')
    and case
      when g.kind in ('committee', 'committeeStudy') then exists (select 1 from seats s where s.member = m.id and s.branch = m.branch and s.until_at is null
        and s.role in ${committeeSeats})
      when g.kind = 'group' then m.group_id = g.group_id and m.stage in ('probationer', 'full')
      when g.kind = 'activity' then exists (select 1 from arrivals a where a.gathering = g.id and a.member = m.id)
      else m.stage in ('probationer', 'full') end)`

/** The people who may check in: the expected, and for an open gathering everybody of the branches that meet. */
export const welcomePeople = (gathering: ReturnType<typeof sql>) => sql`(
  select x.member as member, x.votes as votes, x.branch as branch from ${expectedPeople(gathering)} x where (select g.kind from gatherings g where g.id = ${gathering}) <> 'activity'
  union all
  select m.id, m.stage is 'full', m.branch from gatherings g join gathering_branches gb on gb.gathering = g.id join members m on m.branch = gb.branch
  where g.id = ${gathering} and g.kind = 'activity' and m.left_on is null)`

export interface Coming {
  kind: GatheringKind
  place: string
  startsAt: Date
}

/** The gatherings between two moments at which a person is expected, looked for among those of their own branch. */
export const comingFor = (db: Db, person: string, from: Date, to: Date) =>
  db
    .select({ kind: gatherings.kind, place: gatherings.place, startsAt: gatherings.startsAt })
    .from(gatherings)
    .where(
      sql`${gatherings.endsAt} > ${from.getTime()} and ${gatherings.startsAt} >= ${from.getTime()} and ${gatherings.startsAt} < ${to.getTime()}
        and ${gatherings.isSettled} = 0
        and ${gatherings.id} in (select gb.gathering from members p cross join gathering_branches gb on gb.branch = p.branch
          where p.unit in (select id from units) and p.open_id = ${person} and p.left_on is null)
        and exists (select 1 from ${expectedPeople(sql`"gatherings"."id"`)} x join members p on p.id = x.member where p.open_id = ${person} and p.left_on is null)`,
    )
    .orderBy(gatherings.startsAt, gatherings.id)
    .limit(5)
