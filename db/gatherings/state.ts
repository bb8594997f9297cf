import { type SQL, sql } from 'drizzle-orm'
import type { AgendaTag } from '../../src/rules/gatherings/agenda.ts'
import type { GatheringKind } from '../../src/rules/gatherings/gatherings.ts'
import type { Headcount } from '../../src/rules/gatherings/quorum.ts'
import { branches, members } from '../branches/tables.ts'
import { committeesAbove, lineage } from '../branches/units.ts'
import { type Db, prepared } from '../client.ts'
import { type BaseMove, movesIn, movesJson, movesRead } from './base-moves.ts'
import { expectedPeople, isInRoom, votesInRoom } from './expected.ts'
import { gatherings } from './tables.ts'
import { type ElectionThere, electionsJson, electionsOf, type ResolutionThere, resolutionsJson, resolutionsOf } from './votes-held.ts'

/** One of the branches that meet, with its own headcount. */
export interface BranchThere extends Headcount {
  id: string
  name: string
  lineage: string[]
  /** The judgement at the close; null before, and for gatherings closed before branches met jointly. */
  isQuorate: boolean | null
}

/** A branch that was asked to join and has not joined. */
interface BranchAsked {
  id: string
  name: string
  answer: 'declined' | 'withdrawn' | null
}

interface VotersInRoom {
  voters: number
  electing: number
  admitting: number
}

interface AgendaItem {
  position: number
  words: string
  tags: AgendaTag[]
  /** Null until the host has said. */
  wasHeld: boolean | null
}

/** A gathering at this moment, with its headcount: everything its card shows. */
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
  /** The last time that locked attendance was opened again. */
  reopenedAt: Date | null
  cancelledAt: Date | null
  cancelReason: string | null
  expected: number
  /** The expected people who are away and did not come. */
  away: number
  present: number
  onTime: number
  late: number
  /** The number of absent people whose leave is confirmed. */
  onLeave: number
  expectedVoters: number
  presentVoters: number
  /** The people with a vote in elections, and in admissions and conversions: all voters but the excluded. */
  electing: number
  admitting: number
  /** The same three, as far as somebody vouches that they are in the room. */
  inRoom: VotersInRoom
  /** The meeting elects, admits or converts: voters are then present in the room alone. */
  votesInRoom: boolean
  /** The people whom a confirmed exclusion or a suspended right keeps out of a base. */
  baseMoves: BaseMove[]
  /** All branches that meet, the branch that called it first. */
  branches: BranchThere[]
  asked: BranchAsked[]
  agenda: AgendaItem[]
  /** The branches whose minutes are confirmed, and whether those of the branch that called it are. */
  minuted: string[]
  isMinuted: boolean
  /** The votes and elections held in it. */
  resolutions: ResolutionThere[]
  elections: ElectionThere[]
}

const maybe = <Raw, T>(column: SQL, made: (raw: Raw) => T) =>
  sql`${column}`.mapWith((raw: Raw | null) => (raw === null ? null : made(raw))) as SQL<T | null>

const moment = (column: SQL) => maybe(column, (ms: number) => new Date(ms))

/** A list within the row: read as JSON, and made into the objects that a card shows. */
const list = <Row, T>(column: SQL, made: (rows: Row[]) => T[]) =>
  sql`${column}`.mapWith((text: string) => made(JSON.parse(text) as Row[])) as SQL<T[]>

const asRead = <Row>(rows: Row[]) => rows

type ItemRow = Omit<AgendaItem, 'wasHeld'> & { held: number; struck: number }

const agendaOf = (rows: ItemRow[]): AgendaItem[] =>
  rows
    .map(({ held, struck, ...item }) => ({ ...item, wasHeld: held ? true : struck ? false : null }))
    .sort((a, b) => a.position - b.position)

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
  closedAt: moment(sql`(select c.at from closures c where c.gathering = "gatherings"."id")`),
  closedBy: sql<string | null>`(select c.by from closures c where c.gathering = "gatherings"."id")`,
  isQuorate: maybe(sql`(select c.is_quorate from closures c where c.gathering = "gatherings"."id")`, (is: number) => is === 1),
  reopenedAt: moment(sql`(select max(r.at) from reopenings r where r.gathering = "gatherings"."id")`),
  cancelledAt: moment(sql`(select c.at from cancellations c where c.gathering = "gatherings"."id")`),
  cancelReason: sql<string | null>`(select c.reason from cancellations c where c.gathering = "gatherings"."id")`,
  counted: list(
    sql`(select json_group_array(json_object('branch', p.branch, 'expected', p.expected, 'away', p.away, 'present', p.present,
    'expectedVoters', p.expectedVoters, 'presentVoters', p.presentVoters, 'onTime', p.onTime, 'late', p.late, 'onLeave', p.onLeave,
    'electing', p.electing, 'admitting', p.admitting, 'roomVoters', p.roomVoters, 'roomElecting', p.roomElecting, 'roomAdmitting', p.roomAdmitting))
    from (select x.branch, count(*) as expected, sum(x.is_away and a.member is null) as away, sum(x.votes) as expectedVoters,
      count(a.member) as present, sum(x.votes and a.member is not null) as presentVoters, sum(coalesce(a.punctuality, '') = 'on time') as onTime,
      sum(coalesce(a.punctuality, '') = 'late') as late, sum(a.member is null and l.member is not null and not x.is_away) as onLeave,
      sum(x.elects) as electing, sum(x.admits) as admitting, sum(x.votes and coalesce(${isInRoom}, 0)) as roomVoters,
      sum(x.elects and coalesce(${isInRoom}, 0)) as roomElecting, sum(x.admits and coalesce(${isInRoom}, 0)) as roomAdmitting
      from ${expectedPeople(sql`"gatherings"."id"`)} x left join arrivals a on a.gathering = "gatherings"."id" and a.member = x.member
      left join leaves l on l.gathering = "gatherings"."id" and l.member = x.member and l.confirmed_at is not null group by x.branch) p)`,
    asRead<CountedPart>,
  ),
  votesInRoom: sql`(select ${votesInRoom} from gatherings g where g.id = "gatherings"."id")`.mapWith(Boolean) as SQL<boolean>,
  baseMoves: movesRead(movesJson(movesIn(sql`"gatherings"."id"`))),
  there: list(
    sql`(select json_group_array(json_object('id', gb.branch, 'name', b.name,
    'isQuorate', json(case gb.is_quorate when 1 then 'true' when 0 then 'false' else 'null' end), 'lineage', json(case when gb.branch = "gatherings"."branch" then '[]'
      else (select json_group_array(id) from (select id from ${committeesAbove(sql`b.committee`)} order by depth)) end)))
    from gathering_branches gb join branches b on b.id = gb.branch where gb.gathering = "gatherings"."id")`,
    asRead<Omit<BranchThere, keyof Headcount>>,
  ),
  asked: list(
    sql`(select json_group_array(json_object('id', i.branch, 'name', b.name, 'answer', i.answer))
    from gathering_invitations i join branches b on b.id = i.branch where i.gathering = "gatherings"."id" and i.answer is not 'joined')`,
    asRead<BranchAsked>,
  ),
  agenda: list(
    sql`(select json_group_array(json_object('position', i.position,
    'words', i.words, 'tags', json(i.tags), 'held', i.held_at is not null, 'struck', i.struck_at is not null))
    from agenda_items i where i.gathering = "gatherings"."id")`,
    agendaOf,
  ),
  minuted: list(
    sql`(select json_group_array(i.branch) from minutes i where i.gathering = "gatherings"."id" and i.confirmed_at is not null)`,
    asRead<string>,
  ),
  resolutions: list(resolutionsJson, resolutionsOf),
  elections: list(electionsJson, electionsOf),
}

interface CountedPart extends Headcount {
  branch: string
  onTime: number
  late: number
  onLeave: number
  electing: number
  admitting: number
  roomVoters: number
  roomElecting: number
  roomAdmitting: number
}

const stateOf = (db: Db) =>
  db
    .select(asItStands)
    .from(gatherings)
    .innerJoin(branches, sql`${branches.id} = ${gatherings.branch}`)
    .innerJoin(members, sql`${members.id} = ${gatherings.calledBy}`)

type StateRow = Omit<GatheringAsItStands, keyof Omit<CountedPart, 'branch'> | 'branches' | 'inRoom' | 'isMinuted'> & {
  counted: CountedPart[]
  there: Omit<BranchThere, keyof Headcount>[]
}

const gatheringRow = prepared<StateRow[], { gathering: string }>((db) =>
  stateOf(db).where(sql`${gatherings.id} = ${sql.placeholder('gathering')}`),
)

/** One gathering with its counts, as a statement. It is read before a deed, or at the end of its batch for the answer. */
export function gatheringAsItStands(db: Db, gathering: string) {
  const statement = gatheringRow(db, { gathering })
  return { ...statement, map: (result: Parameters<typeof statement.map>[0]) => statement.map(result).map(summed)[0] }
}

/** People are counted by branch: the gathering has their sum, and each branch its own. */
function summed({ counted, there, ...gathering }: StateRow): GatheringAsItStands {
  const sum = (of: Exclude<keyof CountedPart, 'branch'>) => counted.reduce((all, part) => all + part[of], 0)
  return {
    ...gathering,
    isMinuted: gathering.minuted.includes(gathering.branch),
    expected: sum('expected'),
    away: sum('away'),
    present: sum('present'),
    onTime: sum('onTime'),
    late: sum('late'),
    onLeave: sum('onLeave'),
    expectedVoters: sum('expectedVoters'),
    presentVoters: sum('presentVoters'),
    electing: sum('electing'),
    admitting: sum('admitting'),
    inRoom: { voters: sum('roomVoters'), electing: sum('roomElecting'), admitting: sum('roomAdmitting') },
    branches: there
      .map((one) => ({ ...one, ...headcountOf(counted, one.id), lineage: one.id === gathering.branch ? gathering.lineage : one.lineage }))
      .sort((a, b) => Number(b.id === gathering.branch) - Number(a.id === gathering.branch) || (a.name < b.name ? -1 : 1)),
  }
}

function headcountOf(parts: readonly CountedPart[], branch: string): Headcount {
  const { expected = 0, away = 0, present = 0, expectedVoters = 0, presentVoters = 0 } = parts.find((part) => part.branch === branch) ?? {}
  return { expected, away, present, expectedVoters, presentVoters }
}

/** The gatherings that a branch holds or is about to hold, the one under way or next first. */
export async function openGatherings(db: Db, branch: string, since: Date): Promise<GatheringAsItStands[]> {
  const rows = await stateOf(db)
    .where(
      sql`${gatherings.id} in (select gathering from gathering_branches where branch = ${branch}) and ${gatherings.endsAt} > ${since.getTime()}
        and ${gatherings.isSettled} = 0`,
    )
    .orderBy(gatherings.startsAt, gatherings.id)
    .limit(20)
  return rows.map(summed)
}
