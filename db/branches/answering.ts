import { type SQL, sql } from 'drizzle-orm'
import { branchSeats } from '../../src/rules/branches/rights.ts'
import { type Db, inList } from '../client.ts'
import { members, seats } from './tables.ts'
import { committeesAbove } from './units.ts'

/**
 * A condition on a seat: it leads its branch, as secretary, or as deputy where nobody in Feishu is secretary.
 * @param seat the seat's name in the query
 * @param but a further condition on the secretary, `om` by name
 */
export const leads = (seat: 's' | 'seats', but: SQL = sql`true`) => {
  const of = sql.raw(`"${seat}"`)
  return sql`(${of}.role = 'secretary' or ${of}.role = 'deputy' and not exists (select 1 from seats o join members om on om.id = o.member
    where o.branch = ${of}.branch and o.role = 'secretary' and o.until_at is null and om.left_on is null and om.open_id is not null and ${but}))`
}

/** The people who are asked for each branch: its secretary, or the deputy where there is none. */
export const secretariesOfBranches = (db: Db, ids: readonly string[]) =>
  db
    .select({ branch: sql<string>`${seats.branch}`, member: members.id, openId: sql<string>`${members.openId}`, name: members.name })
    .from(seats)
    .innerJoin(members, sql`${members.id} = ${seats.member}`)
    .where(
      sql`${seats.branch} in ${inList(ids)} and ${seats.until} is null and ${members.leftOn} is null and ${members.openId} is not null
        and ${leads('seats')}`,
    )
    .orderBy(seats.branch, members.id)

/** The people who sit in the committee of each branch, in any seat: each of them may answer for it. */
export const committeesOfBranches = (db: Db, ids: readonly string[]) =>
  db
    .selectDistinct({ branch: sql<string>`${seats.branch}`, openId: sql<string>`${members.openId}` })
    .from(seats)
    .innerJoin(members, sql`${members.id} = ${seats.member}`)
    .where(
      sql`${seats.branch} in ${inList(ids)} and ${seats.role} in ${inList(branchSeats)} and ${seats.until} is null
        and ${members.leftOn} is null and ${members.openId} is not null`,
    )
    .orderBy(seats.branch, members.openId)

/** The assessors of a committee; where it has none, those of the nearest committee above that has some. */
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

/** The secretaries of a branch, then its deputies: the first role found is the one that answers. */
export const secretariesOf = (db: Db, branch: string) =>
  db
    .select({ id: members.id, openId: sql<string>`${members.openId}`, role: seats.role })
    .from(seats)
    .innerJoin(members, sql`${members.id} = ${seats.member}`)
    .where(
      sql`${seats.branch} = ${branch} and ${seats.role} in ('secretary', 'deputy') and ${seats.until} is null and ${members.leftOn} is null and ${members.openId} is not null`,
    )
    .orderBy(sql`${seats.role} = 'deputy'`, members.id)

/** The administrators of a unit. */
export const adminsOf = (db: Db, unit: string) =>
  db
    .selectDistinct({ openId: sql<string>`${members.openId}` })
    .from(seats)
    .innerJoin(members, sql`${members.id} = ${seats.member}`)
    .where(
      sql`${seats.role} = 'admin' and ${members.unit} = ${unit} and ${seats.until} is null and ${members.leftOn} is null and ${members.openId} is not null`,
    )
