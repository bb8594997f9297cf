import { sql } from 'drizzle-orm'
import { DAY_MS, type Day, quarter } from '../../src/calendar.ts'
import { type GatheringKind, gatheringKindNames, gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { type Excuse, MAKE_UP_DAYS, type MakeUpWay, makeUpDueOn } from '../../src/rules/gatherings/make-ups.ts'
import { isPerson } from '../branches/assessors.ts'
import { committeeSeats } from '../branches/seats.ts'
import { branches, members } from '../branches/tables.ts'
import { type Db, inList, lookUp, type Statement, statementOf } from '../client.ts'
import { rulebookFor, rulebooksAbove } from '../rulebook/versions.ts'

export interface MakeUp {
  gathering: string
  member: string
  kind: GatheringKind
  branchName: string
  startsAt: Date
  closedAt: Date
  dueOn: Day
  /** The way in which the member says it was made up; the host has yet to confirm it. */
  way: MakeUpWay | null
}

const rigidKinds = gatheringKindNames.filter((kind) => gatheringKinds[kind].rigid)

/** Attendance can be corrected for a day first, and nobody is asked for ever. */
const LONGEST_BACK_MS = 100 * DAY_MS

/** A gathering to which nobody came was not held: there is nothing to make up. A member who has moved owes their former branch nothing. */
const isMissed = (now: Date) => sql`g.kind in ${rigidKinds} and c.present > 0
  and c.at <= ${now.getTime() - DAY_MS} and c.at > ${now.getTime() - LONGEST_BACK_MS}
  and not exists (select 1 from arrivals a where a.gathering = e.gathering and a.member = e.member)
  and m.left_on is null and m.away_since is null and not e.is_away and m.branch = coalesce(e.branch, g.branch)`

interface Row {
  gathering: string
  member: string
  kind: GatheringKind
  branchName: string
  startsAt: number
  closedAt: number
  way: MakeUpWay | null
}

/** Empty where the rulebook gives no days. */
function owed(db: Db, whose: ReturnType<typeof sql>, now: Date, days: number): Statement<MakeUp[]> {
  const statement = statementOf(
    db
      .select({
        gathering: sql<string>`e.gathering`,
        member: sql<string>`e.member`,
        kind: sql<GatheringKind>`g.kind`,
        branchName: sql<string>`b.name`,
        startsAt: sql<number>`g.starts_at`,
        closedAt: sql<number>`c.at`,
        way: sql<MakeUpWay | null>`u.way`,
      })
      .from(
        sql`members m join expectations e on e.member = m.id join gatherings g on g.id = e.gathering join closures c on c.gathering = g.id
          join branches b on b.id = g.branch left join make_ups u on u.gathering = e.gathering and u.member = e.member`,
      )
      .where(sql`${whose} and ${isMissed(now)} and u.confirmed_at is null and ${days} > 0`)
      .orderBy(sql`c.at`, sql`g.id`)
      .limit(20),
  )
  const made = ({ startsAt, closedAt, ...row }: Row): MakeUp => ({
    ...row,
    startsAt: new Date(startsAt),
    closedAt: new Date(closedAt),
    dueOn: makeUpDueOn(new Date(closedAt), days),
  })
  return { ...statement, map: (result) => (statement.map(result) as Row[]).map(made) }
}

/** The gatherings that a person, by open_id, has to make up, the oldest first. One that waits for the host has a `way`. */
export const makeUpsOf = (db: Db, person: string, now: Date, days = MAKE_UP_DAYS) => owed(db, isPerson(sql`${person}`), now, days)

export const makeUpsOfMember = (db: Db, member: string, now: Date, days = MAKE_UP_DAYS) => owed(db, sql`m.id = ${member}`, now, days)

/** The days for making up, as the committee above gives them; 0 asks for nothing. */
export async function makeUpDaysOf(db: Db, member: string, now: Date): Promise<number> {
  const [[home]] = await lookUp(db, [
    db
      .select({ committee: branches.committee })
      .from(members)
      .innerJoin(branches, sql`${branches.id} = ${members.branch}`)
      .where(sql`${members.id} = ${member}`),
  ])
  return (home && (await makeUpDaysUnder(db, [home.committee], now)).get(home.committee)) ?? MAKE_UP_DAYS
}

export async function makeUpDaysUnder(db: Db, committees: readonly string[], now: Date): Promise<Map<string, number>> {
  const above = await lookUp(
    db,
    committees.map((committee) => statementOf(rulebooksAbove(db, committee))),
  )
  return new Map(committees.map((committee, nth) => [committee, rulebookFor(above[nth] ?? [], quarter(now)).makeUpDays]))
}

/** The members of some branches who have said nothing yet of a meeting that they missed, for the daily digest. */
export const missedAmong = (db: Db, branches: readonly string[], now: Date) =>
  db
    .select({
      person: sql<string>`m.open_id`,
      branch: sql<string>`m.branch`,
      gathering: sql<string>`e.gathering`,
      closedAt: sql<Date>`c.at`.mapWith((ms: number) => new Date(ms)),
    })
    // Crossed, so that the few gatherings of each branch are read before anybody who was expected there.
    .from(
      sql`gathering_branches gb cross join gatherings g on g.id = gb.gathering cross join closures c on c.gathering = g.id
        cross join expectations e on e.gathering = g.id join members m on m.id = e.member and m.branch = gb.branch
        left join make_ups u on u.gathering = e.gathering and u.member = e.member`,
    )
    .where(
      sql`gb.branch in ${inList(branches)} and g.ends_at > ${now.getTime() - LONGEST_BACK_MS - DAY_MS} and ${isMissed(now)} and u.at is null
        and m.open_id is not null`,
    )
    .orderBy(sql`m.open_id, c.at, e.gathering`)

export interface Absentee {
  id: string
  name: string
  way: MakeUpWay | null
  excuse: Excuse | null
  isSettled: boolean
}

/** The absentees and the state of each make-up. For the host's eyes only. */
export const absenteesOf = (db: Db, gathering: string, now: Date) =>
  db
    .select({
      id: sql<string>`m.id`,
      name: sql<string>`m.name`,
      way: sql<MakeUpWay | null>`u.way`,
      excuse: sql<Excuse | null>`u.excuse`,
      isSettled: sql<boolean>`u.confirmed_at is not null`.mapWith((is: number) => is === 1),
    })
    .from(
      sql`expectations e join members m on m.id = e.member join gatherings g on g.id = e.gathering join closures c on c.gathering = g.id
        left join make_ups u on u.gathering = e.gathering and u.member = e.member`,
    )
    .where(sql`e.gathering = ${gathering} and ${isMissed(now)}`)
    .orderBy(sql`m.added_at`, sql`m.id`)

/**
 * The person who confirms a make-up. The host does while they hold a seat for that place. Then the secretary, the deputy and others of the
 * committee follow, and last an administrator. Nobody confirms their own.
 */
export const confirmerOf = (db: Db, gathering: string, absentee: string) =>
  db
    .select({
      id: sql<string>`h.id`,
      openId: sql<string>`h.open_id`,
      isHost: sql<boolean>`h.id = g.called_by`.mapWith((is: number) => is === 1),
    })
    .from(
      sql`gatherings g join branches b on b.id = g.branch join members h on h.unit = b.unit and h.left_on is null and h.open_id is not null
        join seats s on s.member = h.id and s.until_at is null
          and (s.role = 'admin' or s.branch = g.branch and s.role in ${committeeSeats} or s.role = 'leader' and s.group_id = g.group_id)`,
    )
    .where(sql`g.id = ${gathering} and h.open_id <> ${absentee}`)
    .orderBy(sql`h.id <> g.called_by, case s.role when 'secretary' then 0 when 'deputy' then 1 when 'admin' then 3 else 2 end, h.id`)
    .limit(1)

export type Confirmer = Awaited<ReturnType<typeof confirmerOf>>[number]

/** The subjects of the host's card, and of a member's own. */
export const makeUpsSubject = (gathering: string) => `makeUps ${gathering}`

export const makeUpSubject = (member: string) => `makeUp ${member}`
