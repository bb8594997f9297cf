import { sql } from 'drizzle-orm'
import { DAY_MS, type Day, quarter } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { type GatheringKind, gatheringKindNames, gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { type Excuse, MAKE_UP_DAYS, type MakeUpWay, makeUpDueOn } from '../../src/rules/gatherings/make-ups.ts'
import { courteousFrom } from '../../src/rules/time/courtesy.ts'
import type { Actor } from '../branches/members.ts'
import { committeeSeats } from '../branches/seats.ts'
import { branches, members } from '../branches/tables.ts'
import { type Db, lookUp, onDuplicate, type Statement, statementOf, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { enqueue, refresh } from '../ledgers/outbox.ts'
import { rulebookFor, rulebooksAbove } from '../rulebook/versions.ts'
import * as messages from './messages.ts'
import { makeUps } from './tables.ts'

export interface MakeUp {
  gathering: string
  member: string
  kind: GatheringKind
  branchName: string
  startsAt: Date
  closedAt: Date
  dueOn: Day
  /** What the member says was done, and the host has yet to confirm. */
  way: MakeUpWay | null
}

const rigidKinds = gatheringKindNames.filter((kind) => gatheringKinds[kind].rigid)

/** Attendance can be corrected for a day first; and nobody is asked for ever. */
const LONGEST_BACK_MS = 100 * DAY_MS

/** A gathering to which nobody at all came was not held: there is nothing to make up. Whoever has moved owes their former branch nothing. */
const isMissed = (now: Date) => sql`g.kind in ${rigidKinds} and c.present > 0
  and c.at <= ${now.getTime() - DAY_MS} and c.at > ${now.getTime() - LONGEST_BACK_MS}
  and not exists (select 1 from arrivals a where a.gathering = e.gathering and a.member = e.member)
  and m.left_on is null and m.away_since is null and m.branch = coalesce(e.branch, g.branch)`

interface Row {
  gathering: string
  member: string
  kind: GatheringKind
  branchName: string
  startsAt: number
  closedAt: number
  way: MakeUpWay | null
}

/** Nothing where the rulebook gives no days. */
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

/**
 * What a person, as Feishu knows them, has to make up, the oldest first; what waits for the host's word has a `way`.
 * The unit is named so that the index on unit and person is used.
 */
export const makeUpsOf = (db: Db, person: string, now: Date, days = MAKE_UP_DAYS) =>
  owed(db, sql`m.unit in (select id from units) and m.open_id = ${person}`, now, days)

export const makeUpsOfMember = (db: Db, member: string, now: Date, days = MAKE_UP_DAYS) => owed(db, sql`m.id = ${member}`, now, days)

/** The days that the committee above gives somebody for making up; 0 asks for nothing. */
export async function makeUpDaysOf(db: Db, member: string, now: Date): Promise<number> {
  const [[home]] = await lookUp(db, [
    db
      .select({ committee: branches.committee })
      .from(members)
      .innerJoin(branches, sql`${branches.id} = ${members.branch}`)
      .where(sql`${members.id} = ${member}`),
  ])
  return home ? makeUpDaysUnder(db, home.committee, now) : MAKE_UP_DAYS
}

export async function makeUpDaysUnder(db: Db, committee: string, now: Date): Promise<number> {
  const [above] = await lookUp(db, [rulebooksAbove(db, committee)])
  return rulebookFor(above, quarter(now)).makeUpDays
}

/** Everybody who has said nothing yet of a meeting that they missed, for the daily digest. */
export const missedByAll = (db: Db, now: Date) =>
  db
    .select({
      person: sql<string>`m.open_id`,
      branch: sql<string>`m.branch`,
      committee: sql<string>`(select b.committee from branches b where b.id = m.branch)`,
      gathering: sql<string>`e.gathering`,
      closedAt: sql<Date>`c.at`.mapWith((ms: number) => new Date(ms)),
    })
    .from(
      sql`closures c join gatherings g on g.id = c.gathering join expectations e on e.gathering = c.gathering join members m on m.id = e.member
        left join make_ups u on u.gathering = e.gathering and u.member = e.member`,
    )
    .where(sql`${isMissed(now)} and u.at is null and m.open_id is not null and m.branch is not null`)
    .orderBy(sql`m.open_id, c.at, e.gathering`)

export interface Absentee {
  id: string
  name: string
  way: MakeUpWay | null
  excuse: Excuse | null
  isSettled: boolean
}

/** Who missed it and how that stands; for the host's eyes only. */
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
 * Who confirms: the host while they hold a seat for that place, else the secretary, the deputy, another of the committee, and last an
 * administrator. Nobody confirms their own.
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

/** What the host's card, and a member's own, are known by. */
export const makeUpsSubject = (gathering: string) => `makeUps ${gathering}`
export const makeUpSubject = (member: string) => `makeUp ${member}`

/** A card can be brought up to date for 14 days: what is said later comes on a new one. */
const CARD_MS = 12 * DAY_MS

export async function sayMadeUp(db: Db, makeUp: MakeUp, way: MakeUpWay, host: Confirmer | undefined, actor: Actor, now: Date) {
  const { gathering, member, closedAt } = makeUp
  const asked = Math.floor((now.getTime() - closedAt.getTime()) / CARD_MS)
  await together(db, [
    db.insert(makeUps).values({ gathering, member, way, at: now }),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'makeUp.say', subject: gathering }),
    ...shownAnew(db, gathering, [member], now),
    ...(host
      ? [
          enqueue(db, {
            occasion: `makeUps ${gathering} ${asked} ${host.id}`,
            to: { person: host.openId },
            ...messages.makeUps({ subject: makeUpsSubject(gathering), gathering, viewer: host.id }),
            dueAt: courteousFrom(now),
          }),
        ]
      : []),
  ]).catch(onDuplicate(makeUps, () => refuse('你已经报过了，等主持人确认。', 'You have said so already; the host has yet to confirm.')))
}

/** By the member who pressed too soon, or by the host, who may take back their own word too: it is owed again. */
export async function takeBackMadeUp(
  db: Db,
  gathering: string,
  people: readonly string[],
  by: Actor,
  now: Date,
  which: 'said' | 'settled too' = 'said',
) {
  await together(db, [
    stillThere(db, gathering, people, which),
    db.delete(makeUps).where(sql`${makeUps.gathering} = ${gathering} and ${makeUps.member} in ${[...people]}`),
    record(db, { at: now, unit: by.unit, actor: by.id, deed: 'makeUp.takeBack', subject: gathering }),
    ...shownAnew(db, gathering, people, now),
  ])
}

export async function confirmMadeUp(db: Db, gathering: string, people: readonly string[], host: Actor, now: Date) {
  await together(db, [
    stillThere(db, gathering, people, 'said'),
    db
      .update(makeUps)
      .set({ confirmedBy: host.id, confirmedAt: now })
      .where(sql`${makeUps.gathering} = ${gathering} and ${makeUps.member} in ${[...people]}`),
    record(db, { at: now, unit: host.unit, actor: host.id, deed: 'makeUp.confirm', subject: gathering }),
    ...shownAnew(db, gathering, people, now),
  ])
}

/** What was said and not confirmed gives way to it. */
export async function excuseMakeUp(db: Db, gathering: string, member: string, excuse: Excuse, host: Actor, now: Date) {
  await together(db, [
    db.delete(makeUps).where(sql`${makeUps.gathering} = ${gathering} and ${makeUps.member} = ${member} and ${makeUps.confirmedAt} is null`),
    db.insert(makeUps).values({ gathering, member, excuse, at: now, confirmedBy: host.id, confirmedAt: now }),
    record(db, { at: now, unit: host.unit, actor: host.id, deed: 'makeUp.excuse', subject: gathering }),
    ...shownAnew(db, gathering, [member], now),
  ]).catch(onDuplicate(makeUps, refuseMoved))
}

/** What another press has settled at the same moment fails the batch. */
const stillThere = (db: Db, gathering: string, people: readonly string[], which: 'said' | 'settled too') =>
  failIf(
    db,
    sql`${people.length} <> (select count(*) from make_ups u
      where u.gathering = ${gathering} and u.member in ${[...people]} and (u.confirmed_at is null or ${which === 'said' ? 0 : 1}))`,
    refuseMoved,
  )

function refuseMoved(): never {
  return refuse('刚刚有变化，请看更新后的卡片再按。', 'This has just changed; please look at the updated card and press again.')
}

const shownAnew = (db: Db, gathering: string, people: readonly string[], at: Date) =>
  [makeUpsSubject(gathering), ...people.map(makeUpSubject)].map((subject) => refresh(db, { subject, at, afterPress: true }))
