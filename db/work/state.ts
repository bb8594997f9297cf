import { type SQL, sql } from 'drizzle-orm'
import type { Day } from '../../src/calendar.ts'
import type { Place } from '../../src/rules/branches/rights.ts'
import { type GatheringKind, gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import type { TaskOrigin } from '../../src/rules/work/origins.ts'
import { leads } from '../branches/answering.ts'
import { isPerson } from '../branches/assessors.ts'
import { committeesAbove } from '../branches/units.ts'
import { type Db, inList, lookUp, type Statement, statementOf } from '../client.ts'
import { isToDo, stands } from '../gatherings/work/in-force.ts'

const moment = (column: SQL) =>
  sql`${column}`.mapWith({ mapFromDriverValue: (ms: number | null) => (ms === null ? null : new Date(ms)) }) as SQL<Date | null>

/** A condition on owner `o` of task `t`: they are in the branch or one that met with it. */
const isOwnerHere = sql`(o.left_on is null and o.away_since is null and (o.branch = t.branch or exists (select 1 from decisions d
  join gathering_branches gb on gb.gathering = d.gathering where d.id = t.origin_id and gb.branch = o.branch)))`

/** A condition on task `t` of owner `o`: it waits for the secretary's answer. */
const isToSettle = sql`(${isToDo} and (t.cannot_at is not null or not ${isOwnerHere}))`

const columns = {
  id: sql<string>`t.id`,
  unit: sql<string>`t.unit`,
  branch: sql<string>`t.branch`,
  branchName: sql<string>`b.name`,
  lineage: sql<string[]>`(select json_group_array(id) from (select id from ${committeesAbove(sql`b.committee`)} order by depth))`.mapWith(
    (json: string) => JSON.parse(json) as string[],
  ),
  origin: sql<TaskOrigin>`t.origin`,
  originId: sql<string>`t.origin_id`,
  /** The meeting that gave it; null where none did. */
  meeting: sql<{
    id: string
    kind: GatheringKind
    startsAt: number
    group: string | null
  } | null>`(select json_object('id', g.id, 'kind', g.kind,
    'startsAt', g.starts_at, 'group', g.group_id) from gatherings g where g.id = coalesce((select d.gathering from decisions d where d.id = t.origin_id),
    (select p.gathering from life_problems p where p.id = t.origin_id)))`.mapWith({
    mapFromDriverValue: (json: string | null) =>
      json === null ? null : (JSON.parse(json) as { id: string; kind: GatheringKind; startsAt: number; group: string | null }),
  }),
  /** Its decision was made public to the branch by the committee. */
  isPublished: sql`exists (select 1 from decisions d where d.id = t.origin_id and d.public_at is not null)`.mapWith(
    Boolean,
  ) as SQL<boolean>,
  words: sql<string>`t.words`,
  owner: sql<string>`t.owner`,
  ownerName: sql<string>`o.name`,
  ownerOpenId: sql<string | null>`o.open_id`,
  isOwnerHere: isOwnerHere.mapWith(Boolean) as SQL<boolean>,
  dueOn: sql<Day>`t.due_on`,
  byName: sql<string>`(select m.name from members m where m.id = t."by")`,
  at: moment(sql`t.at`) as SQL<Date>,
  doneAt: moment(sql`t.done_at`),
  doneNote: sql<string | null>`t.done_note`,
  checkedAt: moment(sql`t.checked_at`),
  cannotAt: moment(sql`t.cannot_at`),
  cannotBecause: sql<string | null>`t.cannot_because`,
  droppedAt: moment(sql`t.dropped_at`),
  droppedBecause: sql<string | null>`t.dropped_because`,
  stands: stands.mapWith(Boolean) as SQL<boolean>,
  /** How often this owner moved the day: once is theirs. */
  ownMoves: sql<number>`(select count(*) from task_moves v where v.task = t.id and v."by" = t.owner and v.to_owner = t.owner and v.from_owner = t.owner)`,
}

const selected = (db: Db) => db.select(columns).from(sql`tasks t join branches b on b.id = t.branch join members o on o.id = t.owner`)

/** A task with everything that its card shows. */
export type TaskAsItStands = Awaited<ReturnType<typeof selected>>[number]

export function taskAsItStands(db: Db, task: string): Statement<TaskAsItStands | undefined> {
  const statement = statementOf(selected(db).where(sql`t.id = ${task}`))
  return { ...statement, map: (result) => statement.map(result)[0] }
}

const MOST_LISTED = 60

/** A person's tasks: what is to do, and what is done and no meeting has looked at. */
export const tasksOf = (db: Db, member: string) =>
  statementOf(
    selected(db)
      .where(sql`t.owner = ${member} and t.dropped_at is null and t.checked_at is null and ${stands}`)
      .orderBy(sql`t.done_at is not null, t.due_on, t.id`)
      .limit(MOST_LISTED),
  )

/** The tasks of a branch that are open, or done and not looked at. Those that wait for the secretary come first. */
export const tasksOfBranch = (db: Db, branch: string) =>
  statementOf(
    selected(db)
      .where(
        sql`t.branch = ${branch} and t.dropped_at is null and t.checked_at is null and ${stands} and (t.origin <> 'integrity' or ${isToSettle})`,
      )
      .orderBy(sql`t.done_at is not null, ${isToSettle} desc, t.due_on, t.id`)
      .limit(MOST_LISTED),
  )

/** The tasks that one meeting gave to a person and that are still to do. */
export const tasksGivenBy = (db: Db, gathering: string, member: string) =>
  statementOf(
    selected(db)
      .where(sql`t.owner = ${member} and ${isToDo} and t.origin_id in (select d.id from decisions d where d.gathering = ${gathering}
        union all select p.id from life_problems p where p.gathering = ${gathering})`)
      .orderBy(sql`t.due_on, t.id`),
  )

/** A condition on task `t`: no minutes tell its owner, as it was given by word or to another. */
const isGivenApart = sql`(t.told_at is null and (t.origin = 'plain' or exists (select 1 from task_moves v where v.task = t.id
  and v.to_owner = t.owner and v.from_owner <> t.owner)))`

/** The tasks of a person by open_id, or of some branches, whose day lies within a span. Those that nobody told the owner of come as well. */
export const tasksDue = (db: Db, who: { person: string } | { branches: readonly string[] }, { from, until }: { from: Day; until: Day }) =>
  db
    .select({
      id: sql<string>`t.id`,
      branch: sql<string>`t.branch`,
      words: sql<string>`t.words`,
      dueOn: sql<Day>`t.due_on`,
      isGivenApart: isGivenApart.mapWith(Boolean) as SQL<boolean>,
      person: sql<string>`o.open_id`,
    })
    .from(sql`members o join tasks t on t.owner = o.id and t.done_at is null and t.dropped_at is null and t.cannot_at is null`)
    .where(
      sql`${'person' in who ? sql`o.unit in (select id from units) and o.open_id = ${who.person}` : sql`t.branch in ${inList(who.branches)} and o.open_id is not null`}
        and o.left_on is null and (t.due_on >= ${from} and t.due_on <= ${until} or ${isGivenApart}) and ${stands} and ${isOwnerHere}`,
    )
    .orderBy(sql`t.due_on, t.id`)

/** The tasks of these branches that wait for whoever looks after the branch. */
export const toSettleIn = (db: Db, branches: readonly string[]) =>
  db
    .select({
      id: sql<string>`t.id`,
      branch: sql<string>`t.branch`,
      branchName: sql<string>`b.name`,
      words: sql<string>`t.words`,
      /** The day since which it waits; where the owner is away, the task's own. */
      since: sql<Day>`coalesce(date(t.cannot_at / 1000 + 28800, 'unixepoch'), t.due_on)`,
    })
    .from(sql`tasks t join members o on o.id = t.owner join branches b on b.id = t.branch`)
    .where(sql`t.branch in ${inList(branches)} and ${isToSettle}`)
    .orderBy(sql`t.due_on, t.id`)

export const placeOfTask = ({ unit, branch, lineage }: Pick<TaskAsItStands, 'unit' | 'branch' | 'lineage'>): Place => ({
  unit,
  branch,
  lineage,
})

/** The branch sees what its meetings decide. A committee's decision it sees once that is public; a problem of somebody it never sees. */
export const isOpenToBranch = ({ origin, meeting, isPublished }: Pick<TaskAsItStands, 'origin' | 'meeting' | 'isPublished'>): boolean =>
  origin === 'decision' && (isPublished || (meeting !== null && gatheringKinds[meeting.kind].roster !== 'committee'))

/** The branches that a person looks after. */
export const branchesLed = (db: Db, person: string) =>
  db
    .select({ branch: sql<string>`s.branch` })
    .from(sql`members m join seats s on s.member = m.id and s.until_at is null and s.branch is not null`)
    .where(sql`${isPerson(sql`${person}`)} and m.left_on is null and ${leads('s')}`)

/** Everything about tasks that waits for a person: their own, and those that they have to settle. */
export async function tasksWaiting(db: Db, person: string) {
  const [due, led] = await lookUp(db, [tasksDue(db, { person }, { from: '0000-01-01', until: '9999-12-31' }), branchesLed(db, person)])
  const ids = led.map(({ branch }) => branch)
  const [toSettle] = ids.length > 0 ? await lookUp(db, [toSettleIn(db, ids)]) : [[]]
  return { due, toSettle }
}
