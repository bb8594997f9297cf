import { type SQL, sql } from 'drizzle-orm'
import { type Db, inList, prepared } from '../client.ts'
import { branches, committees, groups, units } from './tables.ts'

export interface Branch {
  id: string
  unit: string
  committee: string
  name: string
  since: string
  /** The branch's committee and those above, nearest first. */
  lineage: readonly string[]
}

/** A committee and those above it, as a table expression of (id, depth), nearest first by depth. */
export const committeesAbove = (committee: SQL) => sql`(with recursive up(id, depth) as (select ${committee}, 0 union all
  select c.parent, depth + 1 from up join committees c on c.id = up.id where c.parent is not null and depth < 20) select id, depth from up)`

/** A committee and those below it, as a table expression of (id, depth), the nearest first by depth. */
export const committeesBelow = (committee: SQL) => sql`(with recursive down(id, depth) as (select ${committee}, 0 union all
  select c.id, depth + 1 from committees c join down on c.parent = down.id where depth < 20) select id, depth from down)`

/** The committees above a branch, nearest first. */
export const lineage = sql<string[]>`(select json_group_array(id) from (
  select id from ${committeesAbove(sql`${branches.committee}`)} order by depth))`.mapWith((json: string) => JSON.parse(json) as string[])

export const branchColumns = {
  id: branches.id,
  unit: branches.unit,
  committee: branches.committee,
  name: branches.name,
  since: branches.since,
  lineage,
}

export const branchById = (db: Db, branch: string) => db.select(branchColumns).from(branches).where(sql`${branches.id} = ${branch}`)

export const branchesOfIds = (db: Db, ids: readonly string[]) => ofIds(db, { ids: JSON.stringify(ids) })
const ofIds = prepared((db) =>
  db
    .select(branchColumns)
    .from(branches)
    .where(sql`${branches.id} in ${inList(sql.placeholder('ids'))}`)
    .orderBy(branches.name),
)

export const branchesOfUnit = (db: Db, unit: string) =>
  db.select(branchColumns).from(branches).where(sql`${branches.unit} = ${unit}`).orderBy(branches.name)

export const branchesOf = (db: Db, committee: string) => ofCommittee(db, { committee })
const ofCommittee = prepared((db) =>
  db
    .select(branchColumns)
    .from(branches)
    .where(sql`${branches.committee} = ${sql.placeholder('committee')}`)
    .orderBy(branches.name),
)

export const branchesOfCommittees = (db: Db, ids: readonly string[]) => ofCommittees(db, { ids: JSON.stringify(ids) })
const ofCommittees = prepared((db) =>
  db
    .select(branchColumns)
    .from(branches)
    .where(sql`${branches.committee} in ${inList(sql.placeholder('ids'))}`)
    .orderBy(branches.committee, branches.name),
)

/** A committee and those below it, from the top. */
export const committeesUnder = (db: Db, committee: string) =>
  db
    .select({ id: committees.id, name: committees.name })
    .from(committees)
    .innerJoin(sql`${committeesBelow(sql`${committee}`)} d`, sql`d.id = ${committees.id}`)
    .orderBy(sql`d.depth`, committees.name)

/** The branches of a committee and of those below it. */
export const branchesUnder = (db: Db, committee: string) =>
  db
    .select(branchColumns)
    .from(branches)
    .where(sql`${branches.committee} in (select id from ${committeesBelow(sql`${committee}`)})`)
    .orderBy(branches.name)

/** A place among all branches, which are gone through committee by committee. */
export type BranchPlace = readonly [committee: string, branch: string]

/** The next branches after a place; null begins with the first. */
export const branchesAfter = (db: Db, place: BranchPlace | null, most: number) =>
  after(db, { committee: place?.[0] ?? '', branch: place?.[1] ?? '', most })
const after = prepared((db) =>
  db
    .select(branchColumns)
    .from(branches)
    .where(sql`(${branches.committee}, ${branches.id}) > (${sql.placeholder('committee')}, ${sql.placeholder('branch')})`)
    .orderBy(branches.committee, branches.id)
    .limit(sql.placeholder('most')),
)

export const unitByTenant = prepared<(typeof units.$inferSelect)[], { tenantKey: string }>((db) =>
  db
    .select()
    .from(units)
    .where(sql`${units.tenantKey} = ${sql.placeholder('tenantKey')}`),
)

export const groupsOf = (db: Db, branch: string) =>
  db.select().from(groups).where(sql`${groups.branch} = ${branch} and ${groups.endedOn} is null`).orderBy(groups.name)

export const topCommittee = (db: Db, unit: string) =>
  db
    .select({ id: committees.id, name: committees.name })
    .from(committees)
    .where(sql`${committees.unit} = ${unit} and ${committees.parent} is null`)
    .orderBy(committees.id)
    .limit(1)

export const committeesOf = (db: Db, unit: string) =>
  db
    .select({ id: committees.id, name: committees.name, parent: committees.parent })
    .from(committees)
    .where(sql`${committees.unit} = ${unit}`)
    .orderBy(committees.name)

export const unitById = (db: Db, unit: string) => db.select().from(units).where(sql`${units.id} = ${unit}`)

const lineageOfCommittee = sql<string[]>`(select json_group_array(id) from (
  select id from ${committeesAbove(sql`${committees.id}`)} order by depth))`.mapWith((json: string) => JSON.parse(json) as string[])

export const committeeById = (db: Db, committee: string) =>
  db
    .select({ id: committees.id, unit: committees.unit, name: committees.name, lineage: lineageOfCommittee })
    .from(committees)
    .where(sql`${committees.id} = ${committee}`)

/** Every committee of a unit, with those above it. */
export const committeesWithLineage = (db: Db, unit: string) =>
  db
    .select({ id: committees.id, name: committees.name, lineage: lineageOfCommittee })
    .from(committees)
    .where(sql`${committees.unit} = ${unit}`)
    .orderBy(committees.name)

/** A committee and those above it, nearest first. */
export const committeeLineage = (db: Db, committee: string) =>
  db
    .select({ id: sql<string>`u.id` })
    .from(sql`${committeesAbove(sql`${committee}`)} u`)
    .orderBy(sql`u.depth`)

export const allCommittees = (db: Db) => db.select({ id: committees.id }).from(committees).orderBy(committees.id)

export const groupById = (db: Db, group: string) =>
  db.select({ id: groups.id, branch: groups.branch }).from(groups).where(sql`${groups.id} = ${group}`)
