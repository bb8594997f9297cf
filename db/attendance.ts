import { sql } from 'drizzle-orm'
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { type Db, prepared } from './client.ts'
import { gatherings } from './gatherings.ts'
import { members } from './members.ts'
import { expectedPeople } from './standing.ts'

export const standings = ['on time', 'late'] as const

export const arrivals = sqliteTable(
  'arrivals',
  {
    gathering: text()
      .notNull()
      .references(() => gatherings.id),
    member: text()
      .notNull()
      .references(() => members.id),
    standing: text({ enum: standings }).notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    way: text({ enum: ['press', 'word', 'mark'] }).notNull(),
    /** Who entered it: the member, or the host who marked somebody without a phone. */
    by: text().notNull(),
  },
  (it) => [primaryKey({ columns: [it.gathering, it.member] })],
)

/** The roster as it was at the close; before that it is computed (see `expectedPeople`). */
export const expectations = sqliteTable(
  'expectations',
  {
    gathering: text()
      .notNull()
      .references(() => gatherings.id),
    member: text()
      .notNull()
      .references(() => members.id),
    votes: integer({ mode: 'boolean' }).notNull(),
  },
  (it) => [primaryKey({ columns: [it.gathering, it.member] })],
)

export const leaveReasons = ['sick', 'work', 'travel', 'study', 'family', 'other'] as const

export const leaves = sqliteTable(
  'leaves',
  {
    gathering: text()
      .notNull()
      .references(() => gatherings.id),
    member: text()
      .notNull()
      .references(() => members.id),
    reason: text({ enum: leaveReasons }).notNull(),
    askedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    confirmedBy: text().references(() => members.id),
    confirmedAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [primaryKey({ columns: [it.gathering, it.member] })],
)

export interface OwnPart {
  isExpected: boolean
  standing: (typeof standings)[number] | null
  at: Date | null
}

const part = prepared<
  { isExpected: number; standing: OwnPart['standing']; at: number | null }[],
  { gathering: string; tenantKey: string; openId: string }
>((db) =>
  db
    .select({
      isExpected: sql<number>`exists (select 1 from ${expectedPeople(sql`${sql.placeholder('gathering')}`)} x where x.member = ${members.id})`,
      standing: sql<
        OwnPart['standing']
      >`(select a.standing from arrivals a where a.gathering = ${sql.placeholder('gathering')} and a.member = ${members.id})`,
      at: sql<
        number | null
      >`(select a.at from arrivals a where a.gathering = ${sql.placeholder('gathering')} and a.member = ${members.id})`,
    })
    .from(members)
    .where(
      sql`${members.unit} = (select id from units where tenant_key = ${sql.placeholder('tenantKey')}) and ${members.openId} = ${sql.placeholder('openId')} and ${members.leftOn} is null`,
    ),
)

/** What one person has to do with a gathering: expected, and arrived when. */
export function ownPart(db: Db, gathering: string, person: { tenantKey: string; openId: string }) {
  const statement = part(db, { gathering, ...person })
  return {
    ...statement,
    map: (result: Parameters<typeof statement.map>[0]): OwnPart => {
      const [row] = statement.map(result)
      return { isExpected: row?.isExpected === 1, standing: row?.standing ?? null, at: row?.at ? new Date(row.at) : null }
    },
  }
}

const arriving = prepared<unknown, { gathering: string; member: string; standing: string; at: number; way: string; by: string }>((db) =>
  db.insert(arrivals).values({
    gathering: sql.placeholder('gathering'),
    member: sql.placeholder('member'),
    standing: sql.placeholder('standing'),
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
}

/** Who is still missing; for the host's eyes only. */
export const missingPeople = (db: Db, gathering: string) =>
  db
    .select({ id: members.id, name: members.name, votes: sql<boolean>`x.votes`.mapWith((votes: number) => votes === 1) })
    .from(members)
    .innerJoin(sql`${expectedPeople(sql`${gathering}`)} x`, sql`x.member = ${members.id}`)
    .where(sql`not exists (select 1 from arrivals a where a.gathering = ${gathering} and a.member = ${members.id})`)
    .orderBy(members.addedAt, members.id)

/** The roster, frozen in the batch that closes the gathering: must stand before the closure row. */
export const freezeRoster = (db: Db, gathering: string) =>
  db.insert(expectations).select(sql`select ${gathering}, x.member, x.votes from ${expectedPeople(sql`${gathering}`)} x where true`)
