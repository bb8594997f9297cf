import { sql } from 'drizzle-orm'
import type { AgendaTag } from '../../src/rules/gatherings/agenda.ts'
import type { GatheringKind } from '../../src/rules/gatherings/gatherings.ts'
import type { Headcount } from '../../src/rules/gatherings/quorum.ts'
import { branches, members } from '../branches/tables.ts'
import { committeesAbove, lineage } from '../branches/units.ts'
import { type Db, prepared } from '../client.ts'
import { expectedPeople } from './expected.ts'
import { gatherings } from './tables.ts'
import {
  type ElectionRow,
  type ElectionThere,
  electionsJson,
  electionsOf,
  type ResolutionRow,
  type ResolutionThere,
  resolutionsJson,
  resolutionsOf,
} from './votes-held.ts'

/** One of the branches that meet, with its own headcount. */
export interface BranchThere extends Headcount {
  id: string
  name: string
  lineage: string[]
  /** As it was judged at the close; null before, and of what was closed before branches met jointly. */
  isQuorate: boolean | null
}

/** A branch that was asked to join and is not in it. */
export interface BranchAsked {
  id: string
  name: string
  answer: 'declined' | 'withdrawn' | null
}

export interface AgendaItem {
  position: number
  words: string
  tags: AgendaTag[]
  /** Null while nobody has said. */
  wasHeld: boolean | null
}

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
  /** Who all meets, the branch that called it first. */
  branches: BranchThere[]
  asked: BranchAsked[]
  agenda: AgendaItem[]
  /** What it voted on, and whom it elected. */
  resolutions: ResolutionThere[]
  elections: ElectionThere[]
}

const moment = (column: ReturnType<typeof sql>) => sql`${column}`.mapWith((ms: number | null) => (ms === null ? null : new Date(ms)))

const json = <T>(column: ReturnType<typeof sql>) =>
  sql`${column}`.mapWith((text: string) => JSON.parse(text) as T) as ReturnType<typeof sql<T>>

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
  parts: json<CountedPart[]>(sql`(select json_group_array(json_object('branch', p.branch, 'expected', p.expected, 'present', p.present,
    'expectedVoters', p.expectedVoters, 'presentVoters', p.presentVoters, 'onTime', p.onTime, 'late', p.late, 'onLeave', p.onLeave))
    from (select x.branch, count(*) as expected, sum(x.votes) as expectedVoters, count(a.member) as present,
      sum(x.votes and a.member is not null) as presentVoters, sum(coalesce(a.punctuality, '') = 'on time') as onTime,
      sum(coalesce(a.punctuality, '') = 'late') as late, sum(a.member is null and l.member is not null) as onLeave
      from ${expectedPeople(sql`"gatherings"."id"`)} x left join arrivals a on a.gathering = "gatherings"."id" and a.member = x.member
      left join leaves l on l.gathering = "gatherings"."id" and l.member = x.member and l.confirmed_at is not null group by x.branch) p)`),
  there: json<Omit<BranchThere, keyof Headcount>[]>(sql`(select json_group_array(json_object('id', gb.branch, 'name', b.name,
    'isQuorate', json(case gb.is_quorate when 1 then 'true' when 0 then 'false' else 'null' end), 'lineage', json(case when gb.branch = "gatherings"."branch" then '[]'
      else (select json_group_array(id) from (select id from ${committeesAbove(sql`b.committee`)} order by depth)) end)))
    from gathering_branches gb join branches b on b.id = gb.branch where gb.gathering = "gatherings"."id")`),
  asked: json<BranchAsked[]>(sql`(select json_group_array(json_object('id', i.branch, 'name', b.name, 'answer', i.answer))
    from gathering_invitations i join branches b on b.id = i.branch where i.gathering = "gatherings"."id" and i.answer is not 'joined')`),
  items: json<
    (Omit<AgendaItem, 'wasHeld'> & { held: number; struck: number })[]
  >(sql`(select json_group_array(json_object('position', i.position,
    'words', i.words, 'tags', json(i.tags), 'held', i.held_at is not null, 'struck', i.struck_at is not null))
    from agenda_items i where i.gathering = "gatherings"."id")`),
  resolved: json<ResolutionRow[]>(resolutionsJson),
  elected: json<ElectionRow[]>(electionsJson),
}

interface CountedPart extends Headcount {
  branch: string
  onTime: number
  late: number
  onLeave: number
}

const stateOf = (db: Db) =>
  db
    .select(asItStands)
    .from(gatherings)
    .innerJoin(branches, sql`${branches.id} = ${gatherings.branch}`)
    .innerJoin(members, sql`${members.id} = ${gatherings.calledBy}`)

type Derived = keyof Headcount | 'onTime' | 'late' | 'onLeave' | 'branches' | 'agenda' | 'resolutions' | 'elections'

type StateRow = Omit<GatheringAsItStands, Derived> & {
  parts: CountedPart[]
  there: Omit<BranchThere, keyof Headcount>[]
  items: (Omit<AgendaItem, 'wasHeld'> & { held: number; struck: number })[]
  resolved: ResolutionRow[]
  elected: ElectionRow[]
}

const gatheringRow = prepared<StateRow[], { gathering: string }>((db) =>
  stateOf(db).where(sql`${gatherings.id} = ${sql.placeholder('gathering')}`),
)

/** One gathering with its counts, as a statement: to be read before a deed, or at the end of its batch for the answer. */
export function gatheringAsItStands(db: Db, gathering: string) {
  const statement = gatheringRow(db, { gathering })
  return { ...statement, map: (result: Parameters<typeof statement.map>[0]) => flattened(statement.map(result)[0]) }
}

function flattened(row: StateRow | undefined): GatheringAsItStands | undefined {
  if (!row) return undefined
  const { parts, there, items, resolved, elected, ...gathering } = row
  const sum = (of: Exclude<keyof CountedPart, 'branch'>) => parts.reduce((all, part) => all + part[of], 0)
  return {
    ...gathering,
    expected: sum('expected'),
    present: sum('present'),
    onTime: sum('onTime'),
    late: sum('late'),
    onLeave: sum('onLeave'),
    expectedVoters: sum('expectedVoters'),
    presentVoters: sum('presentVoters'),
    branches: there
      .map((one) => ({ ...one, ...countedOf(parts, one.id), lineage: one.id === row.branch ? row.lineage : one.lineage }))
      .sort((a, b) => Number(b.id === row.branch) - Number(a.id === row.branch) || (a.name < b.name ? -1 : 1)),
    agenda: items
      .map(({ held, struck, ...item }) => ({ ...item, wasHeld: held ? true : struck ? false : null }))
      .sort((a, b) => a.position - b.position),
    resolutions: resolutionsOf(resolved),
    elections: electionsOf(elected),
  }
}

function countedOf(parts: readonly CountedPart[], branch: string): Headcount {
  const { expected = 0, present = 0, expectedVoters = 0, presentVoters = 0 } = parts.find((part) => part.branch === branch) ?? {}
  return { expected, present, expectedVoters, presentVoters }
}

/** What a branch is holding or about to hold, the one under way or next first. */
export async function openGatherings(db: Db, branch: string, since: Date): Promise<GatheringAsItStands[]> {
  const rows = await stateOf(db)
    .where(
      sql`${gatherings.id} in (select gathering from gathering_branches where branch = ${branch}) and ${gatherings.endsAt} > ${since.getTime()}
        and not exists (select 1 from closures c where c.gathering = ${gatherings.id}) and not exists (select 1 from cancellations c where c.gathering = ${gatherings.id})`,
    )
    .orderBy(gatherings.startsAt, gatherings.id)
    .limit(20)
  return rows.flatMap((row) => flattened(row) ?? [])
}
