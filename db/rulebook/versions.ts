import { type SQL, sql } from 'drizzle-orm'
import { type Day, day, moment, periodEnd, periodStart, type Quarter, quarter as quarterAt } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { inForce, type OwnRulebook, ownRulebook, type Rulebook, rulebookOf, sumOfWeights } from '../../src/rules/rulebook/rulebook.ts'
import type { Actor } from '../branches/members.ts'
import { committees } from '../branches/tables.ts'
import { committeesAbove } from '../branches/units.ts'
import { type Db, lookUp, onDuplicate, prepared, type Statement, statementOf, together } from '../client.ts'
import { record } from '../ledgers/audit.ts'
import { refresh } from '../ledgers/refresh.ts'
import { rulebooks } from './tables.ts'

interface VersionAbove {
  committee: string
  depth: number
  from: Day
  version: number
  said: OwnRulebook
}

/** The versions of a committee and of those above it, nearest first. */
const versionsAbove = (whose: SQL) =>
  prepared((db) =>
    db
      .select({
        committee: rulebooks.committee,
        depth: sql<number>`u.depth`,
        from: rulebooks.from,
        version: rulebooks.version,
        said: rulebooks.said,
      })
      .from(rulebooks)
      .innerJoin(sql`${committeesAbove(whose)} u`, sql`u.id = ${rulebooks.committee}`)
      .orderBy(sql`u.depth`, rulebooks.version),
  )
const aboveCommittee = versionsAbove(sql`${sql.placeholder('committee')}`)
export const rulebooksAbove = (db: Db, committee: string) => aboveCommittee(db, { committee })

/** The same for the committee of a branch. */
export const rulebooksAboveBranch = versionsAbove(sql`(select committee from branches where id = ${sql.placeholder('branch')})`)

/** The rulebook for a quarter: for each committee above, the version in force on the quarter's last day. */
export function rulebookFor(above: readonly VersionAbove[], quarter: Quarter): Rulebook {
  const lastDay = lastDayOf(quarter)
  const byCommittee = [...Map.groupBy(above, ({ depth }) => depth).entries()].sort(([a], [b]) => a - b)
  return rulebookOf(byCommittee.map(([, versions]) => inForce(versions, lastDay)?.said))
}

/** A committee, those above it and those below, with all versions of each. */
export interface Family {
  committees: { id: string; parent: string | null; name: string; unit: string }[]
  versions: { committee: string; from: Day; version: number; said: OwnRulebook; at: Date; byName: string | null }[]
}

const around = (committee: string) => sql`(select id from ${committeesAbove(sql`${committee}`)}
  union select id from (with recursive down(id, depth) as (select ${committee}, 0 union all
    select c.id, depth + 1 from committees c join down on c.parent = down.id where depth < 20) select id from down))`

export const familyOf = (db: Db, committee: string) =>
  db
    .select({ id: committees.id, parent: committees.parent, name: committees.name, unit: committees.unit })
    .from(committees)
    .where(sql`${committees.id} in ${around(committee)}`)

export const versionsAround = (db: Db, committee: string) =>
  db
    .select({
      committee: rulebooks.committee,
      from: rulebooks.from,
      version: rulebooks.version,
      said: rulebooks.said,
      at: rulebooks.at,
      byName: sql<string | null>`(select m.name from members m where m.id = ${rulebooks.by})`,
    })
    .from(rulebooks)
    .where(sql`${rulebooks.committee} in ${around(committee)}`)
    .orderBy(rulebooks.committee, rulebooks.version)

/** The last quarter that is closed for a branch of the committee, or of one below it. */
export const lastClosed = (db: Db, committee: string) =>
  db
    .select({ quarter: sql<Quarter | null>`max(r.quarter)` })
    .from(sql`results r`)
    .where(
      sql`r.committee in (with recursive down(id, depth) as (select ${committee}, 0 union all
        select c.id, depth + 1 from committees c join down on c.parent = down.id where depth < 20) select id from down)`,
    )

/** Everything by which the rules' cards show and judge. */
export const rulesAsked = (db: Db, committee: string) =>
  [statementOf(familyOf(db, committee)), statementOf(versionsAround(db, committee)), statementOf(lastClosed(db, committee))] as const

export async function rulesOf(db: Db, committee: string) {
  const [committees, versions, [closed]] = await lookUp(db, rulesAsked(db, committee))
  return { family: { committees, versions }, closed: closed?.quarter ?? null }
}

/** The place where rights over a committee's rules are asked. */
export const placeIn = (family: Pick<Family, 'committees'>, committee: string) => ({
  unit: family.committees.find((one) => one.id === committee)?.unit ?? '',
  lineage: lineageIn(family, committee).map((one) => one.id),
})

/** A committee and those above it, nearest first. */
export function lineageIn({ committees: all }: Pick<Family, 'committees'>, committee: string): Family['committees'] {
  const byId = new Map(all.map((one) => [one.id, one]))
  const lineage = []
  for (let at = byId.get(committee); at && lineage.length < 20; at = byId.get(at.parent ?? '')) lineage.push(at)
  return lineage
}

const lastDayOf = (quarter: Quarter) => day(new Date(periodEnd(quarter).getTime() - 1))

/** The committee's own words for a quarter, and the whole rulebook in force for it. */
export function inQuarter(family: Family, committee: string, quarter: Quarter): { own: OwnRulebook; rulebook: Rulebook; version: number } {
  const said = lineageIn(family, committee).map(({ id }) =>
    inForce(
      family.versions.filter((one) => one.committee === id),
      lastDayOf(quarter),
    ),
  )
  return { own: said[0]?.said ?? {}, rulebook: rulebookOf(said.map((one) => one?.said)), version: latestOf(family, committee) }
}

/** The version that the committee itself made begin with a quarter, if any. */
export const versionFrom = ({ versions }: Pick<Family, 'versions'>, committee: string, quarter: Quarter) => {
  const first = day(periodStart(quarter))
  return versions.findLast((one) => one.committee === committee && one.from === first)
}

export const latestOf = ({ versions }: Pick<Family, 'versions'>, committee: string): number =>
  Math.max(0, ...versions.filter((one) => one.committee === committee).map(({ version }) => version))

/** The committee from which each figure comes. */
export function originsOf(family: Family, committee: string, quarter: Quarter): { name: string; isOwn: boolean; said: OwnRulebook }[] {
  return lineageIn(family, committee).flatMap(({ id, name }) => {
    const version = inForce(
      family.versions.filter((one) => one.committee === id),
      lastDayOf(quarter),
    )
    return version ? [{ name, isOwn: id === committee, said: version.said }] : []
  })
}

/**
 * Returns the first committee whose weights would not sum to 100, with that sum. The committee itself is asked first, then those below,
 * in each quarter in which a version begins. Others inherit the words of one committee, and add their own.
 */
export function unbalancedBy(family: Family, committee: string, added: Change['added']): { name: string; sum: number } | null {
  const changed: Family = {
    ...family,
    versions: [
      ...family.versions,
      ...added.map((one) => ({ ...one, committee, version: Number.POSITIVE_INFINITY, at: new Date(0), byName: null })),
    ],
  }
  const days = added.flatMap(({ from: first }) => [first, ...changed.versions.flatMap(({ from }) => (from > first ? [from] : []))])
  const quarters = [...new Set(days.map((on) => quarterAt(moment(on))))]
  const itselfFirst = family.committees.toSorted((a, b) => Number(b.id === committee) - Number(a.id === committee))
  for (const { id, name } of itselfFirst) {
    if (!lineageIn(family, id).some((one) => one.id === committee)) continue
    for (const quarter of quarters) {
      const sum = sumOfWeights(inQuarter(changed, id, quarter).rulebook)
      if (sum !== 100) return { name, sum }
    }
  }
  return null
}

export interface Change {
  committee: string
  /** Each version begins on the first day of a quarter; the earliest comes first. */
  added: readonly { from: Day; said: OwnRulebook }[]
  /** The version that was looked at: if there is a later one, nothing is written. */
  after: number
}

/** Adds versions to a committee's rules. A closed quarter stays as it was reckoned; scores that stand in chats follow. */
export async function changeRulebook(
  db: Db,
  family: Family,
  change: Change,
  actor: Actor,
  now: Date,
  causes: readonly Statement[] = [],
): Promise<void> {
  const { committee, added, after } = change
  const [[closed], posted] = await lookUp(db, [lastClosed(db, committee), postedUnder(db, committee)])
  if (closed?.quarter && added.some(({ from }) => (closed.quarter ?? '') >= quarterAt(moment(from))))
    refuse('这个季度已经结账，规则只能从下一个季度起生效。', 'That quarter is closed; the rules can change from the next one on.')
  const unbalanced = unbalancedBy(family, committee, added)
  if (unbalanced)
    refuse(
      `「${unbalanced.name}」三十项权重合计为 ${unbalanced.sum}，须为 100，请调整后再提交。`,
      `The weights of “${unbalanced.name}” sum to ${unbalanced.sum}; please make them 100.`,
    )
  await together(db, [
    db.insert(rulebooks).values(
      added.map(({ from, said }, i) => ({
        committee,
        version: after + 1 + i,
        from,
        said: ownRulebook.parse(said),
        by: actor.id,
        at: now,
      })),
    ),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'rulebook.change', subject: committee }),
    ...posted.map(({ subject }) => refresh(db, { subject, at: now, afterPress: false })),
    ...causes,
  ]).catch(
    onDuplicate(rulebooks, () =>
      refuse('规则刚刚被别人改过，请重新打开「/规则」再改。', 'Somebody has just changed the rules; please open “/rules” again.'),
    ),
  )
}

/** The scores and orders that stand in chats and go by this committee's rules. */
const postedUnder = (db: Db, committee: string) =>
  db
    .selectDistinct({ subject: sql<string>`p.subject` })
    .from(sql`posts p`)
    .where(
      sql`p.subject in (with recursive down(id, depth) as (select ${committee}, 0 union all
          select c.id, depth + 1 from committees c join down on c.parent = down.id where depth < 20)
        select 'order ' || id from down union all select 'order ' || id from ${committeesAbove(sql`${committee}`)}
        union all select 'score ' || b.id from branches b join down on down.id = b.committee)`,
    )
