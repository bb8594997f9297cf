import { sql } from 'drizzle-orm'
import type { LeaveReason } from '../../src/rules/gatherings/leaves.ts'
import { members } from '../branches/tables.ts'
import { type Db, prepared, statementOf } from '../client.ts'
import { expectedPeople, isInRoom, welcomePeople } from './expected.ts'
import { arrivals, expectations, type punctualities } from './tables.ts'

interface Leave {
  reason: LeaveReason
  isConfirmed: boolean
}

export interface OwnPart {
  /** True also for a person who is welcome where nobody is expected. */
  isExpected: boolean
  punctuality: (typeof punctualities)[number] | null
  /** Somebody vouches that they are in the room, by the code or as a scrutineer. */
  isInRoom: boolean
  at: Date | null
  leave: Leave | null
}

interface PartRow {
  isExpected: number
  isInRoom: number | null
  punctuality: OwnPart['punctuality']
  at: number | null
  leave: string | null
}

const partColumns = (gathering: ReturnType<typeof sql>) => ({
  // The check-in does not ask `welcomePeople`: its nested union would list the whole branch first.
  isExpected: sql<number>`exists (select 1 from ${expectedPeople(gathering)} x where x.member = ${members.id})
    or exists (select 1 from gatherings g join gathering_branches gb on gb.gathering = g.id
      where g.id = ${gathering} and g.kind = 'activity' and gb.branch = "members"."branch")`,
  punctuality: sql<
    OwnPart['punctuality']
  >`(select a.punctuality from arrivals a where a.gathering = ${gathering} and a.member = ${members.id})`,
  isInRoom: sql<number | null>`(select ${isInRoom} from arrivals a where a.gathering = ${gathering} and a.member = ${members.id})`,
  at: sql<number | null>`(select a.at from arrivals a where a.gathering = ${gathering} and a.member = ${members.id})`,
  leave: leaveJson(gathering),
})

const leaveJson = (gathering: ReturnType<typeof sql>) =>
  sql<string | null>`(select json_object('reason', l.reason, 'confirmed', l.confirmed_at is not null) from leaves l
    where l.gathering = ${gathering} and l.member = ${members.id})`

function leaveOf(json: string | null): Leave | null {
  if (!json) return null
  const { reason, confirmed } = JSON.parse(json) as { reason: LeaveReason; confirmed: number }
  return { reason, isConfirmed: confirmed === 1 }
}

const partOf = (row: PartRow | undefined): OwnPart => ({
  isExpected: row?.isExpected === 1,
  punctuality: row?.punctuality ?? null,
  isInRoom: row?.isInRoom === 1,
  at: row?.at ? new Date(row.at) : null,
  leave: leaveOf(row?.leave ?? null),
})

const part = prepared<PartRow[], { gathering: string; tenantKey: string; openId: string }>((db) =>
  db
    .select(partColumns(sql`${sql.placeholder('gathering')}`))
    .from(members)
    .where(
      sql`${members.unit} = (select id from units where tenant_key = ${sql.placeholder('tenantKey')}) and ${members.openId} = ${sql.placeholder('openId')} and ${members.leftOn} is null`,
    ),
)

/** The same for a member by id, for a card that is theirs. */
export function partOfMember(db: Db, gathering: string, member: string) {
  const statement = statementOf(
    db
      .select(partColumns(sql`${gathering}`))
      .from(members)
      .where(sql`${members.id} = ${member} and ${members.leftOn} is null`),
  )
  return { ...statement, map: (result: Parameters<typeof statement.map>[0]) => partOf(statement.map(result)[0]) }
}

/** One person's part in a gathering: whether they are expected, and when they arrived. */
export function ownPart(db: Db, gathering: string, person: { tenantKey: string; openId: string }) {
  const statement = part(db, { gathering, ...person })
  return {
    ...statement,
    map: (result: Parameters<typeof statement.map>[0]): OwnPart => partOf(statement.map(result)[0]),
  }
}

const arriving = prepared<unknown, { gathering: string; member: string; punctuality: string; at: number; way: string; by: string }>((db) =>
  db.insert(arrivals).values({
    gathering: sql.placeholder('gathering'),
    member: sql.placeholder('member'),
    punctuality: sql.placeholder('punctuality'),
    at: sql`${sql.placeholder('at')}`,
    way: sql.placeholder('way'),
    by: sql.placeholder('by'),
  }),
)

export type Arrival = typeof arrivals.$inferInsert

export const arrive = (db: Db, arrival: Arrival) => arriving(db, { ...arrival, at: arrival.at.getTime() })

export interface Missing {
  id: string
  name: string
  votes: boolean
  isAway: boolean
  branch: string
  leave: Leave | null
}

/** The people who are still missing; for an open gathering, everybody else who might have come. For the host's eyes only. */
export const missingPeople = (db: Db, gathering: string) => missing(db, { gathering })

const missing = prepared((db) => {
  const gathering = sql`${sql.placeholder('gathering')}`
  return db
    .select({
      id: members.id,
      name: members.name,
      votes: sql<boolean>`x.votes`.mapWith((votes: number) => votes === 1),
      isAway: sql<boolean>`x.is_away`.mapWith((is: number) => is === 1),
      branch: sql<string>`x.branch`,
      leave: leaveJson(gathering).mapWith(leaveOf) as ReturnType<typeof sql<Leave | null>>,
    })
    .from(members)
    .innerJoin(sql`${welcomePeople(gathering)} x`, sql`x.member = ${members.id}`)
    .where(sql`not exists (select 1 from arrivals a where a.gathering = ${gathering} and a.member = ${members.id})`)
    .orderBy(members.addedAt, members.id)
})

/** The people who came, as their marks can be taken back. For the host's eyes only. */
export const presentPeople = (db: Db, gathering: string) =>
  db
    .select({
      id: members.id,
      name: members.name,
      votes: sql<boolean>`x.votes`.mapWith((votes: number) => votes === 1),
      isAway: sql<boolean>`x.is_away`.mapWith((is: number) => is === 1),
      branch: sql<string>`x.branch`,
    })
    .from(members)
    .innerJoin(sql`${expectedPeople(sql`${gathering}`)} x`, sql`x.member = ${members.id}`)
    .innerJoin(arrivals, sql`${arrivals.gathering} = ${gathering} and ${arrivals.member} = ${members.id}`)
    .orderBy(arrivals.at, members.id)

/** Freezes the roster in the batch that closes the gathering: it must stand before the closure row. */
export const freezeRoster = (db: Db, gathering: string) =>
  db
    .insert(expectations)
    .select(sql`select ${gathering}, x.member, x.votes, x.is_away, x.branch from ${expectedPeople(sql`${gathering}`)} x where true`)
