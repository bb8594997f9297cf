import { type SQL, sql } from 'drizzle-orm'
import type { Day } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { type Actor, addMember } from '../branches/members.ts'
import { committees, members, seats } from '../branches/tables.ts'
import { committeesAbove } from '../branches/units.ts'
import { type Db, onConstraint, type Statement, statementOf, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { tellOfSeats } from './seat-notices.ts'

/** A seat above the branches: assessor of a committee, or (without one) administrator of the unit. */
export interface Office {
  role: 'assessor' | 'admin'
  committee: string | null
}

export interface Holding extends Office {
  seat: string
  member: string
  openId: string | null
  name: string
  committeeName: string | null
}

const holdings = (db: Db, where: ReturnType<typeof sql>) =>
  db
    .select({
      seat: seats.id,
      role: sql<Office['role']>`${seats.role}`,
      committee: seats.committee,
      committeeName: committees.name,
      member: members.id,
      openId: members.openId,
      name: members.name,
    })
    .from(seats)
    .innerJoin(members, sql`${members.id} = ${seats.member} and ${members.leftOn} is null`)
    .leftJoin(committees, sql`${committees.id} = ${seats.committee}`)
    .where(sql`${seats.until} is null and ${seats.role} in ('assessor', 'admin') and ${where}`)
    .orderBy(sql`${seats.role} = 'admin'`, seats.from, seats.id)

export const holdingsOfUnit = (db: Db, unit: string) => holdings(db, sql`${members.unit} = ${unit}`)
export const holdingBySeat = (db: Db, unit: string, seat: string) => holdings(db, sql`${members.unit} = ${unit} and ${seats.id} = ${seat}`)

/** A committee with its unit and those above it, nearest first. */
export const committeeById = (db: Db, committee: string) =>
  db
    .select({
      id: committees.id,
      unit: committees.unit,
      name: committees.name,
      lineage: sql<
        string[]
      >`(select json_group_array(id) from (select id from ${committeesAbove(sql`"committees"."id"`)} order by depth))`.mapWith(
        (json: string) => JSON.parse(json) as string[],
      ),
    })
    .from(committees)
    .where(sql`${committees.id} = ${committee}`)

export const committeesFromTop = (db: Db, unit: string) =>
  db
    .select({ id: committees.id, name: committees.name })
    .from(committees)
    .where(sql`${committees.unit} = ${unit}`)
    .orderBy(sql`${committees.parent} is not null`, committees.name)

/** People of the unit whose name contains these characters, with their branch. */
export const peopleNamed = (db: Db, unit: string, part: string, most: number) =>
  db
    .select({
      id: members.id,
      name: members.name,
      branchName: sql<string | null>`(select name from branches where id = ${members.branch})`,
    })
    .from(members)
    .where(
      sql`${members.unit} = ${unit} and ${members.leftOn} is null and ${members.openId} is not null and instr(${members.name}, ${part}) > 0`,
    )
    .orderBy(sql`${members.name} <> ${part}`, members.name, members.id)
    .limit(most)

/** A person who is given a seat: known to the unit, or made known by being named in a chat. */
interface Candidate {
  id: string
  name: string
  openId: string
  isNew: boolean
}

export const candidateById = (db: Db, unit: string, member: string) =>
  db
    .select({ id: members.id, name: members.name, openId: sql<string>`${members.openId}` })
    .from(members)
    .where(sql`${members.unit} = ${unit} and ${members.id} = ${member} and ${members.leftOn} is null and ${members.openId} is not null`)

interface Granting {
  /** The id of the seat. */
  id: string
  actor: Actor
  now: Date
  today: Day
  causes?: readonly Statement[]
}

export async function grantOffice(
  db: Db,
  person: Candidate,
  { role, committee }: Office,
  { id, actor, now, today, causes = [] }: Granting,
) {
  const { openId, name } = person
  await together(db, [
    ...(person.isNew
      ? [statementOf(addMember(db, { id: person.id, unit: actor.unit, branch: null, openId, name, stage: null, on: today, at: now }))]
      : []),
    db.insert(seats).values({ id, member: person.id, role, committee, from: now }),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'seat.grant', subject: id }),
    ...tellOfSeats(db, openId, [{ id, wasHeld: false }], actor.id, now),
    ...causes,
  ]).catch(
    onConstraint('seats_held_once', () =>
      refuse('这个人已经有这项授权，不用再授。', 'They hold that role already; there is nothing to grant.'),
    ),
  )
}

/** A unit keeps an administrator, and nobody gives up the last seat of a committee themself. The batch asks, for two may press at once. */
export async function revokeOffice(db: Db, held: Holding, actor: Actor, now: Date, causes: readonly Statement[] = []) {
  await together(db, [
    db.update(seats).set({ until: now }).where(sql`${seats.id} = ${held.seat} and ${seats.until} is null`),
    ...(held.role === 'admin' ? [failIfNobody(db, sql`s.role = 'admin' and m.unit = ${actor.unit}`, refuseLastAdmin)] : []),
    ...(held.role === 'assessor' && held.member === actor.id
      ? [failIfNobody(db, sql`s.role = 'assessor' and s.committee = ${held.committee}`, refuseLastAssessor)]
      : []),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'seat.vacate', subject: held.seat }),
    ...tellOfSeats(db, held.openId, [{ id: held.seat, wasHeld: true }], actor.id, now),
    ...causes,
  ])
}

/** The guard stands after the end of the seat in the batch. */
const failIfNobody = (db: Db, who: SQL, otherwise: () => never) =>
  failIf(
    db,
    sql`not exists (select 1 from seats s join members m on m.id = s.member
      where s.until_at is null and m.left_on is null and m.open_id is not null and ${who})`,
    otherwise,
  )

function refuseLastAdmin(): never {
  return refuse('这是最后一位管理员，请先授予另一位。', 'This is the last administrator; please appoint another first.')
}

function refuseLastAssessor(): never {
  return refuse('你是这个党委最后一位考核人，请先授予另一位。', 'You are this committee’s last assessor; please appoint another first.')
}
