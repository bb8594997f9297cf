import { type SQL, sql } from 'drizzle-orm'
import type { GatheringKind } from '../../src/rules/gatherings/gatherings.ts'
import type { ExclusionScope } from '../../src/rules/voters/exclusions.ts'
import { committeeSeats } from '../branches/seats.ts'
import type { Db } from '../client.ts'
import { gatherings } from './tables.ts'

/**
 * A fact about member `m` as it stood at a moment. The first change noted since then has kept it; without one the roster says it. A change that is
 * entered later moves no base.
 */
const asOf = (moment: SQL, kept: SQL, now: SQL) =>
  sql`coalesce((select ${kept} from person_changes c where c.member = m.id and c.at > ${moment} order by c.at, c.rowid limit 1), ${now})`

/** Away (人不在) is frozen at the call. */
const wasAway = asOf(sql`g.called_at`, sql`c.before ->> 'awaySince' is not null`, sql`m.away_since is not null`)

const wasFullBefore = (branch: SQL) =>
  sql`c.before ->> 'stage' is 'full' and c.before ->> 'branch' is ${branch} and c.before ->> 'leftOn' is null`

/** A condition on member `m`: a full member of a branch, as of a moment. */
export const wasFullIn = (branch: SQL, moment: SQL) =>
  asOf(moment, wasFullBefore(branch), sql`(m.stage is 'full' and m.branch is ${branch} and m.left_on is null)`)

/** A full member is taken at the announced start. */
const keptFull = wasFullBefore(sql`gb.branch`)
const wasFull = sql`(m.added_at <= g.starts_at and ${asOf(sql`g.starts_at`, keptFull, sql`m.stage is 'full'`)})`

/** The day of the meeting in Beijing. */
export const heldOn = sql`date(g.starts_at / 1000 + 28800, 'unixepoch')`
export const coversIt = (row: 'o' | 'u') => {
  const of = sql.raw(row)
  return sql`${of}.from_on <= ${heldOn} and (${of}.until_on is null or ${of}.until_on >= ${heldOn})`
}

/** A suspension counts where it was entered before the announced start. */
const suspendedIn = (member: SQL) => sql`exists (select 1 from suspensions u where u.member = ${member}
  and u.entered_at <= g.starts_at and (u.ended_at is null or u.ended_at > g.starts_at) and ${coversIt('u')})`

/** An exclusion counts where the assessor confirmed it before the call. */
const excludedIn = (member: SQL, scope: ExclusionScope) => sql`exists (select 1 from exclusions o where o.member = ${member}
  and o.scope = ${scope} and o.branch = g.branch and o.confirmed_at <= g.called_at
  and (o.ended_at is null or o.ended_at > g.called_at) and ${coversIt('o')})`

const rowOf = (member: SQL, { votes, branch, isAway }: { votes: SQL; branch: SQL; isAway: SQL }) =>
  sql`select ${member} as member, ${votes} as votes, ${branch} as branch, ${isAway} as is_away,
    ${votes} and not ${excludedIn(member, 'elections')} as elects, ${votes} and not ${excludedIn(member, 'admissions')} as admits`

/**
 * The people who are expected, as a table expression of (member, votes, branch, is_away, elects, admits). The roster gives them until the
 * close; then they are frozen. A committee's meeting expects its seats, a group's its people, all others the branches' members. An open
 * gathering expects nobody: everybody who came counts. `votes` is the base of resolutions; `elects` and `admits` leave out the excluded.
 */
export const expectedPeople = (gathering: SQL) => sql`(
  ${rowOf(sql`e.member`, { votes: sql`e.votes`, branch: sql`coalesce(e.branch, g.branch)`, isAway: sql`e.is_away` })}
  from expectations e join gatherings g on g.id = e.gathering where e.gathering = ${gathering}
  union all
  ${rowOf(sql`m.id`, { votes: sql`(${wasFull} and not ${suspendedIn(sql`m.id`)})`, branch: sql`m.branch`, isAway: sql`(g.kind <> 'activity' and ${wasAway})` })}
  from gatherings g join gathering_branches gb on gb.gathering = g.id join members m on m.branch = gb.branch
  where g.id = ${gathering} and not exists (select 1 from closures c where c.gathering = g.id) and m.left_on is null
    and case
      when g.kind in ('committee', 'committeeStudy') then exists (select 1 from seats s where s.member = m.id and s.branch = m.branch and s.until_at is null
        and s.role in ${committeeSeats})
      when g.kind = 'group' then m.group_id = g.group_id and m.stage in ('probationer', 'full')
      when g.kind = 'activity' then exists (select 1 from arrivals a where a.gathering = g.id and a.member = m.id)
      else m.stage in ('probationer', 'full') or ${wasFull} end
  union all
  ${takenOffSince(gathering)})`

/** A full member who is taken off the roster after the start of a general meeting stays in its base. */
function takenOffSince(gathering: SQL) {
  return sql`${rowOf(sql`m.id`, { votes: sql`(not ${suspendedIn(sql`m.id`)})`, branch: sql`gb.branch`, isAway: wasAway })}
  from gatherings g join gathering_branches gb on gb.gathering = g.id join person_changes c on c.branch = gb.branch and c.at > g.starts_at
    join members m on m.id = c.member
  where g.id = ${gathering} and g.kind = 'general' and not exists (select 1 from closures l where l.gathering = g.id)
    and (m.branch is not gb.branch or m.left_on is not null) and ${keptFull}
    and c.rowid = (select f.rowid from person_changes f where f.member = m.id and f.at > g.starts_at order by f.at, f.rowid limit 1)`
}

/** The people who may check in: the expected, and for an open gathering everybody of the branches that meet. */
export const welcomePeople = (gathering: SQL) => sql`(
  select x.member as member, x.votes as votes, x.branch as branch, x.is_away as is_away
  from ${expectedPeople(gathering)} x where (select g.kind from gatherings g where g.id = ${gathering}) <> 'activity'
  union all
  select m.id, m.stage is 'full', m.branch, 0 from gatherings g join gathering_branches gb on gb.gathering = g.id join members m on m.branch = gb.branch
  where g.id = ${gathering} and g.kind = 'activity' and m.left_on is null)`

/**
 * A condition on gathering `g`: it elects, admits or converts, by its agenda or by a vote that was opened. Voters are then present by the
 * room code, or by the host's mark that a scrutineer confirmed. A press from far away is attendance alone.
 */
export const votesInRoom = sql`(g.kind = 'general' and (exists (select 1 from elections v where v.gathering = g.id)
  or exists (select 1 from resolutions v where v.gathering = g.id and v.matter <> 'ordinary')
  or exists (select 1 from agenda_items i join json_each(i.tags) tag where i.gathering = g.id and i.struck_at is null
    and tag.value in ('election', 'admission'))))`

/** A condition on arrival `a`: somebody vouches that the person is in the room. */
export const isInRoom = sql`(a.way = 'code' or a.way = 'mark' and a.confirmed_at is not null)`

export interface Coming {
  kind: GatheringKind
  place: string
  startsAt: Date
}

/** The gatherings of their own branch of which a person is reminded, between two moments. Nobody who is away is reminded. */
export const comingFor = (db: Db, person: string, from: Date, to: Date) =>
  db
    .select({ kind: gatherings.kind, place: gatherings.place, startsAt: gatherings.startsAt })
    .from(gatherings)
    .where(
      sql`${gatherings.endsAt} > ${from.getTime()} and ${gatherings.startsAt} >= ${from.getTime()} and ${gatherings.startsAt} < ${to.getTime()}
        and ${gatherings.isSettled} = 0
        and ${gatherings.id} in (select gb.gathering from members p cross join gathering_branches gb on gb.branch = p.branch
          where p.unit in (select id from units) and p.open_id = ${person} and p.left_on is null)
        and exists (select 1 from ${expectedPeople(sql`"gatherings"."id"`)} x join members p on p.id = x.member where p.open_id = ${person} and p.left_on is null and not x.is_away)`,
    )
    .orderBy(gatherings.startsAt, gatherings.id)
    .limit(5)
