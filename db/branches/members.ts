import { sql } from 'drizzle-orm'
import type { SeatRole } from '../../src/rules/branches/rights.ts'
import { type Db, prepared } from '../client.ts'
import { members, type stages } from './tables.ts'

export type Stage = (typeof stages)[number]

export interface Seat {
  role: SeatRole
  branch: string | null
  committee: string | null
  group: string | null
}

/** A member's seats stand in the same row. Every press looks up rights, and pays no further round trip for them. */
export const seatsJson = sql<
  Seat[]
>`(select json_group_array(json_object('role', s.role, 'branch', s.branch, 'committee', s.committee, 'group', s.group_id))
  from seats s where s.member = "members"."id" and s.until_at is null)`.mapWith((json: string) => JSON.parse(json) as Seat[])

/** The person who acts, as the database knows them at this very press. */
export interface Actor {
  id: string
  unit: string
  branch: string | null
  group: string | null
  openId: string
  name: string
  stage: Stage | null
  seats: readonly Seat[]
}

const actorColumns = {
  id: members.id,
  unit: members.unit,
  branch: members.branch,
  group: members.group,
  openId: sql<string>`${members.openId}`,
  name: members.name,
  stage: members.stage,
  seats: seatsJson,
}

export const actorByOpenId = prepared<Actor[], { tenantKey: string; openId: string }>((db) =>
  db
    .select(actorColumns)
    .from(members)
    .where(
      sql`${members.unit} = (select id from units where tenant_key = ${sql.placeholder('tenantKey')}) and ${members.openId} = ${sql.placeholder('openId')} and ${members.leftOn} is null`,
    ),
)

export const memberById = (db: Db, unit: string, member: string) =>
  db.select(actorColumns).from(members).where(sql`${members.unit} = ${unit} and ${members.id} = ${member} and ${members.leftOn} is null`)

export const actorById = (db: Db, member: string) =>
  db.select(actorColumns).from(members).where(sql`${members.id} = ${member} and ${members.leftOn} is null`)

interface NewMember {
  id: string
  unit: string
  branch: string | null
  openId: string
  name: string
  stage: Stage | null
  on: string
  at: Date
}

/** The unique key on unit and person refuses a person who is on a roster already. */
export const addMember = (db: Db, { id, unit, branch, openId, name, stage, on, at }: NewMember) =>
  db.insert(members).values({ id, unit, branch, openId, name, stage, joinedOn: on, addedAt: at })
