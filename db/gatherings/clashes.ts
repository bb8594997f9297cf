import { sql } from 'drizzle-orm'
import { type Clash, takesRoom } from '../../src/rules/gatherings/clashes.ts'
import { type GatheringKind, gatheringKinds, isOpen } from '../../src/rules/gatherings/gatherings.ts'
import { learn } from '../../src/rules/time/holidays.ts'
import { committeeSeats } from '../branches/seats.ts'
import { branches } from '../branches/tables.ts'
import { type Db, lookUp } from '../client.ts'
import { holidaysImported } from '../rulebook/holidays.ts'
import { expectedPeople } from './expected.ts'
import { gatherings } from './tables.ts'

export interface Planned {
  id: string
  branch: string
  group: string | null
  kind: GatheringKind
  place: string
  startsAt: Date
}

/**
 * The meetings of the branch at the same time. A branch that is invited answers for its own people, and every branch has a 党员活动室 of its own.
 * The days off of the year are learnt on the way.
 */
export async function clashesOf(db: Db, planned: Planned): Promise<Clash[]> {
  const [clashes, years] = await lookUp(db, [clashesWith(db, planned), holidaysImported(db, {})])
  learn(years)
  return clashes
}

function clashesWith(db: Db, planned: Planned) {
  const { id, kind, place, startsAt } = planned
  const endsAt = startsAt.getTime() + gatheringKinds[kind].defaultMinutes * 60_000
  const isSamePlace = takesRoom(place)
    ? sql<boolean>`(lower(replace(${gatherings.place}, ' ', '')) = ${place.toLowerCase().replace(/\s+/gu, '')})`
    : sql<boolean>`0`
  const shared = isOpen(kind)
    ? sql<number>`0`
    : sql<number>`(select count(*) from ${expectedPeople(sql`${gatherings.id}`)} x join members m on m.id = x.member where ${comesTo(planned)})`
  return db
    .select({
      id: gatherings.id,
      kind: gatherings.kind,
      branchName: branches.name,
      startsAt: gatherings.startsAt,
      endsAt: gatherings.endsAt,
      place: gatherings.place,
      isSamePlace: isSamePlace.mapWith(Boolean),
      shared: shared.mapWith(Number),
    })
    .from(gatherings)
    .innerJoin(branches, sql`${branches.id} = ${gatherings.branch}`)
    .where(
      sql`${gatherings.isSettled} = 0 and ${gatherings.endsAt} > ${startsAt.getTime()} and ${gatherings.startsAt} < ${endsAt}
        and ${gatherings.id} <> ${id} and ${gatherings.id} in (select gb.gathering from gathering_branches gb where gb.branch = ${planned.branch})`,
    )
    .orderBy(gatherings.startsAt, gatherings.id)
    .limit(20)
}

/** A condition on member `m`: the meeting that is planned expects them, by the same rule as `expectedPeople`. */
function comesTo(planned: Planned) {
  const among = sql`m.branch = ${planned.branch} and m.left_on is null`
  const { kind, group } = planned
  if (kind === 'group') return sql`${among} and m.group_id = ${group} and m.stage in ('probationer', 'full')`
  if (gatheringKinds[kind].roster !== 'committee') return sql`${among} and m.stage in ('probationer', 'full')`
  return sql`${among} and exists (select 1 from seats s where s.member = m.id and s.branch = m.branch and s.until_at is null
    and s.role in ${committeeSeats})`
}
