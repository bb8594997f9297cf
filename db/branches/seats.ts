import { sql } from 'drizzle-orm'
import { branchSeats, type SeatRole } from '../../src/rules/branches/rights.ts'
import { type Db, inList, lookUp } from '../client.ts'
import { leads } from './answering.ts'
import { members, seats } from './tables.ts'
import { unitByTenant } from './units.ts'

/** The seats of a branch's committee, for `role in`. */
export const committeeSeats = sql.raw(`(${branchSeats.map((role) => `'${role}'`).join(', ')})`)

interface NewSeat {
  id: string
  member: string
  role: SeatRole
  branch?: string
  committee?: string
  group?: string
  at: Date
}

export const grant = (db: Db, { at, ...seat }: NewSeat) => db.insert(seats).values({ ...seat, from: at })

export const vacate = (db: Db, seat: { member: string; role: SeatRole; branch: string | null; at: Date }) =>
  db
    .update(seats)
    .set({ until: seat.at })
    .where(
      sql`${seats.member} = ${seat.member} and ${seats.role} = ${seat.role} and ${seats.branch} is ${seat.branch} and ${seats.until} is null`,
    )

/** The open_ids of the administrators. */
export async function adminOpenIds(db: Db): Promise<string[]> {
  const rows = await db
    .selectDistinct({ openId: members.openId })
    .from(seats)
    .innerJoin(members, sql`${members.id} = ${seats.member}`)
    .where(sql`${seats.role} = 'admin' and ${seats.until} is null and ${members.leftOn} is null and ${members.openId} is not null`)
  return rows.map(({ openId }) => openId as string)
}

/** The people who look after somebody's branch: its secretary, or the deputy where there is no other secretary. */
export const lookAfter = (db: Db, openIds: readonly string[]) =>
  db
    .select({ of: sql<string>`p.open_id`, openId: sql<string>`m.open_id` })
    .from(sql`members p join seats s on s.branch = p.branch and s.until_at is null join members m on m.id = s.member and m.left_on is null`)
    .where(
      sql`p.open_id in ${inList(openIds)} and p.left_on is null and m.open_id is not null and m.id <> p.id
        and ${leads('s', sql`om.id <> p.id`)}`,
    )
    .orderBy(sql`p.open_id, m.open_id`)

/** True for a tenant that is not ours. While there is no administrator, a new tenant may still become ours. */
export async function isForeign(db: Db, tenantKey: string): Promise<boolean> {
  const [[unit]] = await lookUp(db, [unitByTenant(db, { tenantKey })])
  return !unit && (await adminOpenIds(db)).length > 0
}
