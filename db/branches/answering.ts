import { sql } from 'drizzle-orm'
import { type Db, inList } from '../client.ts'
import { members, seats } from './tables.ts'
import { committeesAbove } from './units.ts'

/** Of each branch, who is asked: its secretary, or the deputy where there is none. */
export const secretariesOfBranches = (db: Db, ids: readonly string[]) =>
  db
    .select({ branch: sql<string>`${seats.branch}`, member: members.id, openId: sql<string>`${members.openId}`, name: members.name })
    .from(seats)
    .innerJoin(members, sql`${members.id} = ${seats.member}`)
    .where(
      sql`${seats.branch} in ${inList(ids)} and ${seats.until} is null and ${members.leftOn} is null and ${members.openId} is not null
        and (${seats.role} = 'secretary' or (${seats.role} = 'deputy' and not exists (select 1 from seats s join members m on m.id = s.member
          where s.branch = "seats"."branch" and s.role = 'secretary' and s.until_at is null and m.left_on is null and m.open_id is not null)))`,
    )
    .orderBy(seats.branch, members.id)

/** The assessors of a committee; where it has none, those of the nearest committee above that has. */
export const assessorsOf = (db: Db, committee: string) =>
  db
    .select({ openId: sql<string>`${members.openId}`, member: members.id, depth: sql<number>`u.depth` })
    .from(seats)
    .innerJoin(members, sql`${members.id} = ${seats.member}`)
    .innerJoin(sql`${committeesAbove(sql`${committee}`)} u`, sql`u.id = ${seats.committee}`)
    .where(sql`${seats.role} = 'assessor' and ${seats.until} is null and ${members.leftOn} is null and ${members.openId} is not null`)
    .orderBy(sql`u.depth`, members.id)

export const nearest = <A extends { depth: number }>(assessors: readonly A[]): A[] =>
  assessors.filter(({ depth }) => depth === assessors[0]?.depth)

/** Whom a branch's alerts go to: its secretary, or the deputy where there is none. */
export const secretariesOf = (db: Db, branch: string) =>
  db
    .select({ id: members.id, openId: sql<string>`${members.openId}`, role: seats.role })
    .from(seats)
    .innerJoin(members, sql`${members.id} = ${seats.member}`)
    .where(
      sql`${seats.branch} = ${branch} and ${seats.role} in ('secretary', 'deputy') and ${seats.until} is null and ${members.leftOn} is null and ${members.openId} is not null`,
    )
    .orderBy(sql`${seats.role} = 'deputy'`, members.id)
