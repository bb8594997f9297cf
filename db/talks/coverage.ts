import { sql } from 'drizzle-orm'
import type { Year } from '../../src/calendar.ts'
import { type PlannedTalk, timeOfCoverage } from '../../src/rules/talks/planner.ts'
import { isUncovered } from '../../src/rules/talks/reminders.ts'
import { committeeSeats } from '../branches/seats.ts'
import { members } from '../branches/tables.ts'
import { type Db, inList, lookUp, prepared } from '../client.ts'
import { ofUsing } from '../rulebook/using.ts'
import { talks } from './tables.ts'

/** A condition on a talk `t`: both have confirmed it, and neither took it back. */
export const counted = sql`t.confirmed_at is not null and t.withdrawn_at is null`

/** A condition on a talk `t`: others than the two may know of it. */
export const isKnown = sql`t.kind <> 'care'`

/** The talks of a branch between two days that others of its committee may know of. */
export const talksBetween = (db: Db, branch: string, from: string, to: string) =>
  db
    .select({ a: talks.a, b: talks.b, onDay: talks.onDay, kind: talks.kind })
    .from(talks)
    .where(
      sql`${talks.branch} = ${branch} and ${talks.onDay} between ${from} and ${to} and ${talks.confirmedAt} is not null
        and ${talks.withdrawnAt} is null and ${talks.kind} <> 'care'`,
    )
    .orderBy(talks.onDay, talks.id)

export type KnownTalk = PlannedTalk & { kind: string }

/** The number of care talks of a branch's year: all that others learn of them. */
export const careOfYear = (db: Db, branch: string, year: Year) =>
  db
    .select({ times: sql<number>`count(*)` })
    .from(talks)
    .where(
      sql`${talks.branch} = ${branch} and ${talks.onDay} between ${`${year}-01-01`} and ${`${year}-12-31`} and ${talks.confirmedAt} is not null
        and ${talks.withdrawnAt} is null and ${talks.kind} = 'care'`,
    )

/** The number of pairs of a branch that talked between two days. */
export const pairsBetween = (db: Db, branch: string, from: string, to: string) =>
  db
    .select({ pairs: sql<number>`count(distinct ${talks.a} || ' ' || ${talks.b})` })
    .from(talks)
    .where(
      sql`${talks.branch} = ${branch} and ${talks.onDay} between ${from} and ${to} and ${talks.confirmedAt} is not null
        and ${talks.withdrawnAt} is null and ${talks.kind} <> 'care'`,
    )

/** A person's own talks of a year, care talks among them: for that person alone. */
export const ownTalksOf = (db: Db, member: string, year: Year) =>
  db
    .select({
      id: talks.id,
      onDay: talks.onDay,
      kind: talks.kind,
      other: sql<string>`case when ${talks.a} = ${member} then ${talks.b} else ${talks.a} end`,
      name: sql<string>`(select m.name from members m where m.id = case when ${talks.a} = ${member} then ${talks.b} else ${talks.a} end)`,
      claimedBy: talks.claimedBy,
      claimedAt: talks.claimedAt,
      confirmedAt: talks.confirmedAt,
      deniedAt: talks.deniedAt,
      withdrawnAt: talks.withdrawnAt,
    })
    .from(talks)
    .where(
      sql`(${talks.a} = ${member} or ${talks.b} = ${member}) and ${talks.onDay} between ${`${year}-01-01`} and ${`${year}-12-31`}
        and ${talks.withdrawnAt} is null and ${talks.deniedAt} is null`,
    )
    .orderBy(sql`${talks.onDay} desc`, talks.id)
    .limit(40)

export interface Coverage {
  branch: string
  name: string
  /** Activists of the quarter, and those talked to. */
  activists: number
  activistsMet: number
  /** Members on the roster, and those with a talk in the year. */
  members: number
  membersMet: number
  /** The committee's pairs, and those that talked in the year. */
  pairs: number
  pairsMet: number
}

const quarterTalk = sql`t.on_day between ${sql.placeholder('quarterFrom')} and ${sql.placeholder('quarterTo')}`
const yearTalk = sql`t.on_day between ${sql.placeholder('yearFrom')} and ${sql.placeholder('yearTo')}`

/** Members under development as activists in the quarter; whoever was promoted in it is among them. */
const isActivist = sql`(m.stage = 'activist' or m.activist_on is not null and m.prospect_on > ${sql.placeholder('quarterFrom')}) and m.left_on is null
  and coalesce(m.activist_on, m.joined_on) <= ${sql.placeholder('today')}`
const isMember = sql`m.stage in ('full', 'probationer') and m.left_on is null`

const on = (of: typeof isMember) => sql`from members m where m.branch = "branches"."id" and ${of}`
const met = (which: typeof isMember) => sql`exists (select 1 from talks t where t.branch = "branches"."id" and (t.a = m.id or t.b = m.id)
  and ${counted} and ${isKnown} and ${which})`

const sitting = sql`select distinct s.member from seats s join members o on o.id = s.member and o.left_on is null
  where s.branch = "branches"."id" and s.until_at is null and s.role in ${committeeSeats}`

/** Coverage as numbers: it names no person and no kind. Care talks stay out, else a missing name would show them. */
const covering = prepared<Coverage[]>((db) =>
  db
    .select({
      branch: sql<string>`"branches"."id"`,
      name: sql<string>`"branches"."name"`,
      activists: sql<number>`(select count(*) ${on(isActivist)})`,
      activistsMet: sql<number>`(select count(*) ${on(isActivist)} and ${met(sql`t.kind = 'activist' and ${quarterTalk}`)})`,
      members: sql<number>`(select count(*) ${on(isMember)})`,
      membersMet: sql<number>`(select count(*) ${on(isMember)} and ${met(yearTalk)})`,
      pairs: sql<number>`(select count(*) * (count(*) - 1) / 2 from (${sitting}))`,
      pairsMet: sql<number>`(select count(distinct t.a || ' ' || t.b) from talks t where t.branch = "branches"."id" and ${counted} and ${isKnown}
        and ${yearTalk} and t.a in (${sitting}) and t.b in (${sitting}))`,
    })
    .from(sql`"branches"`)
    .where(sql`"branches"."id" in ${inList(sql.placeholder('branches'))}`)
    .orderBy(sql`"branches"."name"`, sql`"branches"."id"`),
)

interface Time {
  quarterFrom: string
  quarterTo: string
  year: Year
  today: string
}

export const coverageOf = (db: Db, branches: readonly string[], { quarterFrom, quarterTo, year, today }: Time) =>
  covering(db, {
    branches: JSON.stringify(branches),
    quarterFrom,
    quarterTo,
    yearFrom: `${year}-01-01`,
    yearTo: `${year}-12-31`,
    today,
  })

/** Those of a branch's committee, once each. */
export const committeeOf = (db: Db, branch: string) =>
  db
    .selectDistinct({ id: members.id, name: members.name })
    .from(members)
    .innerJoin(sql`seats s`, sql`s.member = ${members.id} and s.until_at is null and s.branch = ${branch} and s.role in ${committeeSeats}`)
    .where(sql`${members.leftOn} is null`)
    .orderBy(members.id)

/** The branches that use talks and have some of the year before them. */
export async function uncoveredNow(db: Db, branches: readonly string[], now: Date): Promise<Coverage[]> {
  const [covered] = await lookUp(db, [coverageOf(db, branches, timeOfCoverage(now))])
  return ofUsing(db, 'talks', covered.filter(isUncovered), now)
}
