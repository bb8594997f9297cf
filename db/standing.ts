import { sql } from 'drizzle-orm'
import type { GatheringKind } from '../src/rules/gatherings.ts'
import { type Db, prepared } from './client.ts'
import { gatherings } from './gatherings.ts'
import { members } from './members.ts'
import { branches, lineage } from './units.ts'

/** A gathering as it stands at this moment, with its headcount: everything its card shows. */
export interface GatheringAsItStands {
  id: string
  branch: string
  branchName: string
  group: string | null
  groupName: string | null
  unit: string
  lineage: string[]
  kind: GatheringKind
  place: string
  roomSecret: string | null
  startsAt: Date
  endsAt: Date
  calledBy: string
  callerName: string
  closedAt: Date | null
  closedBy: string | null
  isQuorate: boolean | null
  /** Attendance was opened again after it was locked: the last time. */
  reopenedAt: Date | null
  cancelledAt: Date | null
  cancelReason: string | null
  expected: number
  present: number
  onTime: number
  late: number
  /** Of those who have not come, whose leave is confirmed. */
  onLeave: number
  expectedVoters: number
  presentVoters: number
}

/**
 * Who is expected, as a table expression of (member, votes): live from the roster until the gathering is closed, then as frozen.
 * A committee's meeting expects its seats, a group's its people, all others the branches' members in place. An open one expects nobody: whoever came counts.
 */
export const expectedPeople = (gathering: ReturnType<typeof sql>) => sql`(
  select e.member as member, e.votes as votes from expectations e where e.gathering = ${gathering}
  union all
  select m.id, m.stage is 'full' from gatherings g join gathering_branches gb on gb.gathering = g.id join members m on m.branch = gb.branch
  where g.id = ${gathering} and not exists (select 1 from closures c where c.gathering = g.id)
    and m.left_on is null and (m.away_since is null or g.kind = 'activity')
    and case
      when g.kind in ('committee', 'committeeStudy') then exists (select 1 from seats s where s.member = m.id and s.branch = m.branch and s.until_at is null
        and s.role in ('secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember'))
      when g.kind = 'group' then m.group_id = g.group_id and m.stage in ('probationer', 'full')
      when g.kind = 'activity' then exists (select 1 from arrivals a where a.gathering = g.id and a.member = m.id)
      else m.stage in ('probationer', 'full') end)`

/** Who may check in: the expected, and to an open gathering anybody of the branches that meet. */
export const welcomePeople = (gathering: ReturnType<typeof sql>) => sql`(
  select x.member as member, x.votes as votes from ${expectedPeople(gathering)} x where (select g.kind from gatherings g where g.id = ${gathering}) <> 'activity'
  union all
  select m.id, m.stage is 'full' from gatherings g join gathering_branches gb on gb.gathering = g.id join members m on m.branch = gb.branch
  where g.id = ${gathering} and g.kind = 'activity' and m.left_on is null)`

const moment = (column: ReturnType<typeof sql>) => sql`${column}`.mapWith((ms: number | null) => (ms === null ? null : new Date(ms)))

const asItStands = {
  id: gatherings.id,
  branch: gatherings.branch,
  branchName: branches.name,
  group: gatherings.group,
  groupName: sql<string | null>`(select gr.name from "groups" gr where gr.id = "gatherings"."group_id")`,
  unit: branches.unit,
  lineage,
  kind: gatherings.kind,
  place: gatherings.place,
  roomSecret: gatherings.roomSecret,
  startsAt: gatherings.startsAt,
  endsAt: gatherings.endsAt,
  calledBy: gatherings.calledBy,
  callerName: members.name,
  closedAt: moment(sql`(select c.at from closures c where c.gathering = "gatherings"."id")`) as ReturnType<typeof sql<Date | null>>,
  closedBy: sql<string | null>`(select c.by from closures c where c.gathering = "gatherings"."id")`,
  isQuorate: sql<boolean | null>`(select c.is_quorate from closures c where c.gathering = "gatherings"."id")`.mapWith(
    (is: number | null) => (is === null ? null : is === 1),
  ),
  reopenedAt: moment(sql`(select max(r.at) from reopenings r where r.gathering = "gatherings"."id")`) as ReturnType<
    typeof sql<Date | null>
  >,
  cancelledAt: moment(sql`(select c.at from cancellations c where c.gathering = "gatherings"."id")`) as ReturnType<typeof sql<Date | null>>,
  cancelReason: sql<string | null>`(select c.reason from cancellations c where c.gathering = "gatherings"."id")`,
  counts:
    sql<Counts>`(select json_object('expected', count(*), 'expectedVoters', sum(x.votes), 'present', count(a.member), 'presentVoters', sum(x.votes and a.member is not null),
    'onTime', sum(coalesce(a.standing, '') = 'on time'), 'late', sum(coalesce(a.standing, '') = 'late'),
    'onLeave', sum(a.member is null and l.member is not null))
    from ${expectedPeople(sql`"gatherings"."id"`)} x left join arrivals a on a.gathering = "gatherings"."id" and a.member = x.member
    left join leaves l on l.gathering = "gatherings"."id" and l.member = x.member and l.confirmed_at is not null)`.mapWith(
      (json: string) => JSON.parse(json) as Counts,
    ),
}

interface Counts {
  expected: number
  present: number
  onTime: number | null
  late: number | null
  onLeave: number | null
  expectedVoters: number | null
  presentVoters: number | null
}

const standing = (db: Db) =>
  db
    .select(asItStands)
    .from(gatherings)
    .innerJoin(branches, sql`${branches.id} = ${gatherings.branch}`)
    .innerJoin(members, sql`${members.id} = ${gatherings.calledBy}`)

type Standing = Omit<GatheringAsItStands, keyof Counts> & { counts: Counts }

const gatheringRow = prepared<Standing[], { gathering: string }>((db) =>
  standing(db).where(sql`${gatherings.id} = ${sql.placeholder('gathering')}`),
)

/** One gathering with its counts, as a statement: to be read before a deed, or at the end of its batch for the answer. */
export function gatheringAsItStands(db: Db, gathering: string) {
  const statement = gatheringRow(db, { gathering })
  return { ...statement, map: (result: Parameters<typeof statement.map>[0]) => flattened(statement.map(result)[0]) }
}

function flattened(row: Standing | undefined): GatheringAsItStands | undefined {
  if (!row) return undefined
  const { counts, ...gathering } = row
  return {
    ...gathering,
    expected: counts.expected,
    present: counts.present,
    onTime: counts.onTime ?? 0,
    late: counts.late ?? 0,
    onLeave: counts.onLeave ?? 0,
    expectedVoters: counts.expectedVoters ?? 0,
    presentVoters: counts.presentVoters ?? 0,
  }
}

export interface Coming {
  kind: GatheringKind
  place: string
  startsAt: Date
}

/** The gatherings between two moments at which a person is expected. */
export const comingFor = (db: Db, person: string, from: Date, to: Date) =>
  db
    .select({ kind: gatherings.kind, place: gatherings.place, startsAt: gatherings.startsAt })
    .from(gatherings)
    .where(
      sql`${gatherings.endsAt} > ${from.getTime()} and ${gatherings.startsAt} >= ${from.getTime()} and ${gatherings.startsAt} < ${to.getTime()}
        and not exists (select 1 from cancellations c where c.gathering = ${gatherings.id})
        and exists (select 1 from ${expectedPeople(sql`"gatherings"."id"`)} x join members p on p.id = x.member where p.open_id = ${person} and p.left_on is null)`,
    )
    .orderBy(gatherings.startsAt, gatherings.id)
    .limit(5)

/** What a branch is holding or about to hold, the one under way or next first. */
export async function openGatherings(db: Db, branch: string, since: Date): Promise<GatheringAsItStands[]> {
  const rows = await standing(db)
    .where(
      sql`${gatherings.id} in (select gathering from gathering_branches where branch = ${branch}) and ${gatherings.endsAt} > ${since.getTime()}
        and not exists (select 1 from closures c where c.gathering = ${gatherings.id}) and not exists (select 1 from cancellations c where c.gathering = ${gatherings.id})`,
    )
    .orderBy(gatherings.startsAt, gatherings.id)
    .limit(20)
  return rows.flatMap((row) => flattened(row) ?? [])
}
