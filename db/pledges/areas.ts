import { sql } from 'drizzle-orm'
import { type Day, day, type Quarter, quarter } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { MOST_AREA_NAME, MOST_CHECK_NOTE, MOST_PLACE } from '../../src/rules/pledges/showing.ts'
import { clipped, nameFrom } from '../../src/text.ts'
import type { Actor } from '../branches/members.ts'
import { branches, members } from '../branches/tables.ts'
import { type Branch, lineage } from '../branches/units.ts'
import { type Db, inList, lookUp, onDuplicate, type Statement, statementOf, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { creditAreas } from '../ledgers/credits.ts'
import { refresh } from '../ledgers/refresh.ts'
import { refreshScores } from '../ledgers/refresh-scores.ts'
import { areasSubject, boardSubject } from './board-messages.ts'
import { areaChecks, areaMembers, areas } from './tables.ts'

interface AreaPerson {
  id: string
  name: string
}

/** Somebody who left the branch is no longer in its areas; their row stays. */
const peopleOfArea = sql<
  AreaPerson[]
>`(select json_group_array(json_object('id', m.id, 'name', m.name)) from (select p.id, p.name from area_members a
  join members p on p.id = a.member and p.left_on is null and p.branch = "areas"."branch"
  where a.area = "areas"."id" and a.until_on is null order by p.added_at, p.id) m)`.mapWith(
  (json: string) => JSON.parse(json) as AreaPerson[],
)

const columns = {
  id: areas.id,
  branch: areas.branch,
  unit: branches.unit,
  lineage,
  name: areas.name,
  place: areas.place,
  people: peopleOfArea,
}

const running = (db: Db) => db.select(columns).from(areas).innerJoin(branches, sql`${branches.id} = ${areas.branch}`)

export const areasOf = (db: Db, branch: string) =>
  running(db).where(sql`${areas.branch} = ${branch} and ${areas.endedAt} is null`).orderBy(areas.at, areas.id)

export const areaById = (db: Db, area: string) => running(db).where(sql`${areas.id} = ${area} and ${areas.endedAt} is null`)

export type Area = Awaited<ReturnType<typeof areasOf>>[number]

export const areaCheckOf = (db: Db, branch: string, of: Quarter) =>
  db
    .select({ at: areaChecks.at, note: areaChecks.note, byName: members.name })
    .from(areaChecks)
    .innerJoin(members, sql`${members.id} = ${areaChecks.by}`)
    .where(sql`${areaChecks.branch} = ${branch} and ${areaChecks.quarter} = ${of}`)

export type AreaCheck = Awaited<ReturnType<typeof areaCheckOf>>[number]

type Place = Pick<Branch, 'id' | 'unit'>

const seen = (db: Db, branch: Place, deed: string, subject: string, actor: Actor, now: Date): Statement[] => [
  statementOf(record(db, { at: now, unit: branch.unit, actor: actor.id, deed, subject })),
  ...[areasSubject(branch.id), boardSubject(branch.id)].map((one) => statementOf(refresh(db, { subject: one, at: now, afterPress: true }))),
]

const ofTheBranch = (db: Db, branch: string, people: readonly string[]) =>
  failIf(
    db,
    sql`(select count(*) from members m where m.id in ${inList(people)} and m.branch = ${branch} and m.left_on is null) < ${people.length}`,
    () => refuse('名单里有人已不在本支部，请重新打开再选。', 'Somebody chosen is no longer of this branch; please open it again.'),
  )

const moving = (db: Db, area: string, people: readonly string[], on: Day): Statement[] =>
  people.map((member) =>
    statementOf(
      db
        .insert(areaMembers)
        .values({ area, member, fromOn: on })
        // Taken out and put back on one day, the person never left.
        .onConflictDoUpdate({ target: [areaMembers.area, areaMembers.member, areaMembers.fromOn], set: { untilOn: null } }),
    ),
  )

export async function addArea(
  db: Db,
  branch: Branch,
  { id, people, ...said }: { id: string; name: string; place: string; people: readonly string[] },
  actor: Actor,
  now: Date,
) {
  const [name, place] = [nameFrom(said.name, MOST_AREA_NAME), nameFrom(said.place, MOST_PLACE)]
  if (name === '' || place === '') refuse('请写明责任区的名称和地点。', 'Please give the area’s name and its place.')
  await together(db, [
    ofTheBranch(db, branch.id, people),
    statementOf(db.insert(areas).values({ id, branch: branch.id, name, place, by: actor.id, at: now })),
    ...moving(db, id, people, day(now)),
    ...seen(db, branch, 'area.add', id, actor, now),
  ]).catch(onDuplicate(areas, () => refuse('已经有这个名称的责任区。', 'There is an area of that name already.')))
}

/** The people of an area as they are from today on. */
export async function manArea(db: Db, it: Area, people: readonly string[], actor: Actor, now: Date) {
  const before = it.people.map(({ id }) => id)
  const [come, gone] = [people.filter((one) => !before.includes(one)), before.filter((one) => !people.includes(one))]
  if (come.length + gone.length === 0) refuse('人员没有变。', 'The people are as they were.')
  await together(db, [
    ofTheBranch(db, it.branch, people),
    statementOf(
      db
        .update(areaMembers)
        .set({ untilOn: day(now) })
        .where(sql`${areaMembers.area} = ${it.id} and ${areaMembers.member} in ${inList(gone)} and ${areaMembers.untilOn} is null`),
    ),
    ...moving(db, it.id, come, day(now)),
    ...seen(db, { id: it.branch, unit: it.unit }, 'area.man', it.id, actor, now),
  ])
}

export async function endArea(db: Db, it: Area, actor: Actor, now: Date) {
  await together(db, [
    db.update(areas).set({ endedAt: now }).where(sql`${areas.id} = ${it.id} and ${areas.endedAt} is null`),
    db
      .update(areaMembers)
      .set({ untilOn: day(now) })
      .where(sql`${areaMembers.area} = ${it.id} and ${areaMembers.untilOn} is null`),
    ...seen(db, { id: it.branch, unit: it.unit }, 'area.end', it.id, actor, now),
  ])
}

/** Somebody went through the areas. The quarter has one check, and it is shown when the standard is judged. */
export async function checkAreas(db: Db, branch: Branch, note: string, actor: Actor, now: Date) {
  const [[any]] = await lookUp(db, [areasOf(db, branch.id)])
  if (!any) refuse('还没有责任区，请先新设。', 'There is no duty area yet; please add one first.')
  const of = quarter(now)
  await together(db, [
    db.insert(areaChecks).values({ branch: branch.id, quarter: of, by: actor.id, at: now, note: clipped(note, MOST_CHECK_NOTE) || null }),
    ...seen(db, branch, 'area.check', `${branch.id} ${of}`, actor, now),
    ...creditAreas(db, branch.id),
    ...refreshScores(db, { branch: branch.id, lineage: branch.lineage }, now).map((one) => statementOf(one)),
  ]).catch(onDuplicate(areaChecks, () => refuse('这个季度已经检查过了。', 'This quarter’s check is done already.')))
}
