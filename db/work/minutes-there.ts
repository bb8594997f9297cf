import { sql } from 'drizzle-orm'
import type { SeatRole } from '../../src/rules/branches/rights.ts'
import type { There } from '../../src/rules/work/minutes-state.ts'
import { type Db, statementOf } from '../client.ts'

/** Somebody who was there, with the seats of today: rights are asked of today's seats as well. */
export interface ThereRow extends There {
  branch: string
  openId: string | null
  isLate: boolean
}

/** The people who came, each with the branch for which they count. */
export const peopleThere = (db: Db, gathering: string) =>
  statementOf(
    db
      .select({
        id: sql<string>`m.id`,
        name: sql<string>`m.name`,
        openId: sql<string | null>`case when m.left_on is null then m.open_id end`,
        branch: sql<string>`coalesce(e.branch, g.branch)`,
        isFull: sql<boolean>`m.stage is 'full' and m.left_on is null`.mapWith(Boolean),
        isLate: sql<boolean>`a.punctuality = 'late'`.mapWith(Boolean),
        roles: sql<SeatRole[]>`(select json_group_array(s.role) from seats s where s.member = m.id and s.until_at is null
          and (s.branch = coalesce(e.branch, g.branch) or s.group_id = g.group_id))`.mapWith(
          (json: string) => JSON.parse(json) as SeatRole[],
        ),
      })
      .from(
        sql`arrivals a join gatherings g on g.id = a.gathering join members m on m.id = a.member
          left join expectations e on e.gathering = a.gathering and e.member = a.member`,
      )
      .where(sql`a.gathering = ${gathering}`)
      .orderBy(sql`a.at, m.id`),
  )
