import { type SQL, sql } from 'drizzle-orm'
import type { ExclusionScope } from '../../src/rules/voters/exclusions.ts'
import { coversIt, wasFullIn } from './expected.ts'

/** People out of a base of votes, as everybody may know it: how many, by whose word and when. Who and why is the host's to know. */
export interface BaseMove {
  /** Null for a suspended right, which leaves every base. */
  scope: ExclusionScope | null
  people: number
  by: string
  byName: string
  at: Date
  confirmedBy: string | null
  confirmedByName: string | null
  confirmedAt: Date | null
}

const nameOf = (member: string) => sql.raw(`(select p.name from members p where p.id = ${member})`)

/** JSON of rows of (scope, people, by, at, confirmed_by, confirmed_at). Its order is fixed, because a fingerprint covers it. */
export const movesJson = (
  rows: SQL,
) => sql`(select json_group_array(json_object('scope', v.scope, 'people', v.people, 'by', v.by, 'byName', ${nameOf('v.by')}, 'at', v.at,
    'confirmedBy', v.confirmed_by, 'confirmedByName', ${nameOf('v.confirmed_by')}, 'confirmedAt', v.confirmed_at))
  from (select * from (${rows}) order by scope desc, at, by, confirmed_by) v)`

const isThere = wasFullIn(sql`g.branch`, sql`g.starts_at`)

/** The moves that count in a meeting, or in a vote of one scope in it. Somebody who has left the branch moves nothing. */
export const movesIn = (
  gathering: SQL,
  scope = sql`o.scope`,
) => sql`select o.scope as scope, count(*) as people, o.requested_by as by, max(o.requested_at) as at, o.confirmed_by as confirmed_by, max(o.confirmed_at) as confirmed_at
    from gatherings g join exclusions o on o.branch = g.branch join members m on m.id = o.member and ${isThere}
    where g.id = ${gathering} and o.scope = ${scope} and o.confirmed_at <= g.called_at and (o.ended_at is null or o.ended_at > g.called_at) and ${coversIt('o')}
    group by o.scope, o.requested_by, o.confirmed_by
  union all
  select null, count(*), u.entered_by, max(u.entered_at), null, null from gatherings g join suspensions u on u.branch = g.branch
    join members m on m.id = u.member and ${isThere}
    where g.id = ${gathering} and u.entered_at <= g.starts_at and (u.ended_at is null or u.ended_at > g.starts_at) and ${coversIt('u')}
    group by u.entered_by`

type Row = Omit<BaseMove, 'at' | 'confirmedAt'> & { at: number; confirmedAt: number | null }

export const movesRead = (moves: SQL) =>
  moves.mapWith((json: string) =>
    (JSON.parse(json) as Row[]).map(({ at, confirmedAt, ...move }) => ({
      ...move,
      at: new Date(at),
      confirmedAt: confirmedAt === null ? null : new Date(confirmedAt),
    })),
  ) as SQL<BaseMove[]>
