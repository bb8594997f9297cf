import { type SQL, sql } from 'drizzle-orm'
import { addQuarters, type Day, day, quarter } from '../../src/calendar.ts'
import { isAlerting, isOnItsWay, ladderFor, type RecipientRole, stepOf } from '../../src/rules/duties/alerts.ts'
import type { Called } from '../../src/rules/duties/cheapest.ts'
import type { Duty } from '../../src/rules/duties/duty.ts'
import { evaluatingFor } from '../../src/rules/evaluation/evaluation.ts'
import type { GatheringKind } from '../../src/rules/gatherings/gatherings.ts'
import type { Rulebook } from '../../src/rules/rulebook/rulebook.ts'
import { branches, groups, members, seats } from '../branches/tables.ts'
import { type Branch, branchesOf, branchesOfIds, committeesAbove } from '../branches/units.ts'
import { type Db, inList, lookUp, prepared } from '../client.ts'
import { evaluationsUnderWay } from '../evaluation/under-way.ts'
import { agendaItems, gatheringBranches, gatherings } from '../gatherings/tables.ts'
import { type Account, accountsOf } from './account.ts'
import { alerts } from './tables.ts'

export type Alert = typeof alerts.$inferInsert

export const tell = (db: Db, told: Alert[]) =>
  telling(db, {
    told: JSON.stringify(told.map(({ branch, part, period, step, person, toldOn }) => [branch, part, period, step, person, toldOn])),
  })
const telling = prepared((db) =>
  db
    .insert(alerts)
    .select(
      sql`select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 from json_each(${sql.placeholder('told')}) where true`,
    )
    .onConflictDoUpdate({
      target: [alerts.branch, alerts.part, alerts.period, alerts.step, alerts.person],
      set: { toldOn: sql`excluded.told_on` },
    }),
)

/** The steps that people were told of. A digest that never went out told nothing. */
export const toldTo = (db: Db, people: readonly string[]) =>
  db
    .select({ branch: alerts.branch, part: alerts.part, period: alerts.period, step: alerts.step, person: alerts.person })
    .from(alerts)
    .where(
      sql`${alerts.person} in ${inList(people)} and not exists (
        select 1 from outbox o where o.occasion = 'digest ' || ${alerts.toldOn} || ' ' || ${alerts.person} and o.state in ('moot', 'dead'))`,
    )

/** An open duty that has reached a step of somebody's ladder. */
export interface Alarm {
  branch: Branch
  duty: Duty
  step: number
  hearing: RecipientRole
  /** The group it is about. */
  group: string | null
  /** What the branch has called and not yet held: where an item may be added. */
  called: readonly Called[]
  /** Of a duty that an evaluation would prove, whether that is under way; null of any other. */
  evaluating: 'to begin' | 'under way' | null
}

/** Somebody hears of a branch: all of it, as its secretary or from above, or what one group of it owes. */
interface Recipient {
  person: string
  branch: string
  hearing: 'secretary' | 'upper' | 'leader'
  group: string | null
}

/**
 * What a person is to be alerted of at this moment, most pressing first: computed, so an alert stops the moment its duty is met. What is
 * called in time already is on its way, and nobody is nagged about it.
 */
export async function alarmsFor(db: Db, person: string, now: Date): Promise<Alarm[]> {
  const [own] = await lookUp(db, [branchesHeardBy(db, { person })])
  const heard = [...new Set(own.map(({ branch }) => branch))]
  const [ears, ours] = await lookUp(db, [hearersOf(db, { branches: JSON.stringify(heard) }), branchesOfIds(db, heard)])
  const alarms: Alarm[] = []
  for (const [committee, some] of Map.groupBy(ours, ({ committee }) => committee))
    alarms.push(...((await alarmsAmong(db, committee, some, ears, now)).get(person) ?? []))
  return alarms.sort(mostPressingFirst)
}

/** What is muted stays out; the most pressing comes first. */
export const wanted = (alarms: readonly Alarm[], muted: readonly { kind: string }[]): Alarm[] =>
  alarms.filter(({ duty }) => !muted.some(({ kind }) => kind === duty.part)).sort(mostPressingFirst)

const mostPressingFirst = (a: Alarm, b: Alarm) =>
  a.duty.dueOn < b.duty.dueOn ? -1 : a.duty.dueOn > b.duty.dueOn ? 1 : a.duty.standard - b.duty.standard

/** Everybody's alarms of a committee's branches: each branch is read once, however many hear of it. */
export async function alarmsOfCommittee(db: Db, committee: string, now: Date): Promise<Map<string, Alarm[]>> {
  const [ours, ears] = await lookUp(db, [branchesOf(db, committee), hearersUnder(db, { committee })])
  return ours.length === 0 ? new Map() : alarmsAmong(db, committee, ours, ears, now)
}

async function alarmsAmong(
  db: Db,
  committee: string,
  ours: readonly Branch[],
  ears: readonly Recipient[],
  now: Date,
): Promise<Map<string, Alarm[]>> {
  const accounts = [
    ...(await accountsOf(db, committee, ours, addQuarters(quarter(now), -1), now)),
    ...(await accountsOf(db, committee, ours, quarter(now), now)),
  ]
  const ids = ours.map(({ id }) => id)
  const [called, underWay, names] = await lookUp(db, [calledBy(db, ids, now), evaluationsUnderWay(db, ids), groupNames(db, ids)])
  const [calledOf, earsAt] = [Map.groupBy(called, ({ branch }) => branch), Map.groupBy(ears, ({ branch }) => branch)]
  const underWayOf = Map.groupBy(underWay, ({ branch }) => branch)
  const dutiesOf = Map.groupBy(accounts, ({ branch }) => branch.id)
  const today = day(now)
  const nameOf = new Map(names.map(({ id, name }) => [id, name]))
  const heard = new Map<string, Map<string, Alarm>>()
  for (const account of accounts) {
    const theirs = calledOf.get(account.branch.id) ?? []
    const begun = underWayOf.get(account.branch.id) ?? []
    const open = account.duties.filter((one) => isOpen(one, account.rulebook, today))
    const all = open.length > 0 ? (dutiesOf.get(account.branch.id) ?? []).flatMap(({ duties }) => duties) : []
    for (const duty of open) {
      if (isOnItsWay(duty, theirs, all, account.rulebook)) continue
      const evaluating = evaluatingFor(duty, begun, account.rulebook)
      // What is left are the appeals, and nobody can hurry them.
      if (evaluating === 'told') continue
      for (const ear of earsAt.get(account.branch.id) ?? []) {
        const alarm = alarmOf(account, duty, ear, earsAt.get(account.branch.id) ?? [], today)
        if (!alarm) continue
        const own = heard.get(ear.person) ?? new Map<string, Alarm>()
        const key = `${duty.part} ${duty.subject} ${duty.period} ${duty.nth} ${account.branch.id}`
        // Whoever leads a group and the branch hears of a duty once, as its owner.
        if (own.get(key)?.hearing !== 'owner')
          own.set(key, { ...alarm, group: nameOf.get(duty.subject) ?? null, called: theirs, evaluating })
        heard.set(ear.person, own)
      }
    }
  }
  return new Map([...heard].map(([person, alarms]) => [person, [...alarms.values()]]))
}

/** Whoever owns a duty hears at every step that anybody hears at. */
const isOpen = (duty: Duty, { ladder }: Rulebook, today: Day) => isAlerting(duty) && stepOf(duty, today, { ladder }) !== null

function alarmOf(
  { branch, rulebook }: Account,
  duty: Duty,
  ear: Recipient,
  all: readonly Recipient[],
  today: Day,
): Omit<Alarm, 'group' | 'called' | 'evaluating'> | null {
  if (ear.hearing === 'leader' && ear.group !== duty.subject) return null
  const isLed = duty.subject !== '' && all.some(({ hearing, group }) => hearing === 'leader' && group === duty.subject)
  const hearing: RecipientRole = ear.hearing === 'upper' ? 'upper' : ear.hearing === 'leader' || !isLed ? 'owner' : 'secretary'
  const step = stepOf(duty, today, { ladder: ladderFor(hearing, rulebook.ladder) })
  return step === null ? null : { branch, duty, step, hearing }
}

export const calledBy = (db: Db, ids: readonly string[], now: Date) => calledIn(db, { branches: JSON.stringify(ids), now: now.getTime() })
const calledIn = prepared((db) =>
  db
    .select({
      branch: gatheringBranches.branch,
      gathering: gatherings.id,
      kind: sql<GatheringKind>`${gatherings.kind}`,
      group: gatherings.group,
      startsAt: gatherings.startsAt,
      tags: sql<string[]>`(select coalesce(json_group_array(tag.value), '[]') from ${agendaItems} a, json_each(a.tags) tag
        where a.gathering = ${gatherings.id})`.mapWith((json: string) => JSON.parse(json) as string[]),
    })
    .from(gatheringBranches)
    .innerJoin(gatherings, sql`${gatherings.id} = ${gatheringBranches.gathering}`)
    .where(
      sql`${gatheringBranches.branch} in ${inList(sql.placeholder('branches'))} and ${gatherings.endsAt} > ${sql.placeholder('now')}
        and not exists (select 1 from closures c where c.gathering = ${gatherings.id}) and not exists (select 1 from cancellations c where c.gathering = ${gatherings.id})`,
    )
    .orderBy(gatherings.startsAt, gatherings.id),
)

const groupNames = (db: Db, ids: readonly string[]) => groupsNamed(db, { branches: JSON.stringify(ids) })
const groupsNamed = prepared((db) =>
  db
    .select({ id: groups.id, name: groups.name })
    .from(groups)
    .where(sql`${groups.branch} in ${inList(sql.placeholder('branches'))}`),
)

const isThere = sql`m.left_on is null and m.open_id is not null`
/** A deputy where nobody is secretary. */
const leads = sql`(s.role = 'secretary' or s.role = 'deputy' and not exists (select 1 from seats o join members om on om.id = o.member and om.left_on is null
  and om.open_id is not null where o.branch = s.branch and o.role = 'secretary' and o.until_at is null))`

/** Few, and a table of its own: the limit keeps it from being asked for anew for each branch. */
const assessors = sql`(select s.committee, m.open_id from ${seats} s join ${members} m on m.id = s.member and ${isThere}
  where s.role = 'assessor' and s.until_at is null limit -1)`
/** Of some committees, the nearest at or above it that has an assessor: whoever assesses a branch hears of it. */
const nearestAssessed = (some: SQL) => sql`(select c.id as committee, (select u.id from ${committeesAbove(sql`c.id`)} u
  join ${assessors} a on a.committee = u.id order by u.depth limit 1) as assessed from committees c where ${some} limit -1)`

/**
 * Who hears of which branch: its secretary (or deputy where there is none), its groups' leaders, the assessors of its committee. Each by a
 * way of its own through the indexes: asked in one go of thousands of branches it would go through all seats for each of them.
 */
const hearers = (isWhom: (person: SQL) => SQL, among: SQL) =>
  prepared((db) =>
    db
      .select({
        person: sql<string>`h.person`,
        branch: sql<string>`h.branch`,
        hearing: sql<Recipient['hearing']>`h.hearing`,
        group: sql<string | null>`h.group_id`,
      })
      .from(sql`(
        select m.open_id as person, b.id as branch, 'secretary' as hearing, null as group_id
          from ${seats} s join ${members} m on m.id = s.member and ${isThere} join ${branches} b on b.id = s.branch
          where ${isWhom(sql`m.open_id`)} and s.until_at is null and ${leads}
        union all
        select m.open_id, b.id, 'leader', g.id
          from ${members} m join ${seats} s on s.member = m.id join ${groups} g on g.id = s.group_id join ${branches} b on b.id = g.branch and b.id = m.branch
          where ${isWhom(sql`m.open_id`)} and ${isThere} and s.until_at is null and s.role = 'leader'
        union all
        select a.open_id, b.id, 'upper', null
          from ${assessors} a join ${nearestAssessed(among)} n on n.assessed = a.committee join ${branches} b on b.committee = n.committee
          where ${isWhom(sql`a.open_id`)}) h`)
      .orderBy(sql`h.branch, h.person`),
  )
const these = inList(sql.placeholder('branches'))
const branchesHeardBy = hearers((person) => sql`${person} = ${sql.placeholder('person')}`, sql`true`)
const hearersUnder = hearers(() => sql`b.committee = ${sql.placeholder('committee')}`, sql`c.id = ${sql.placeholder('committee')}`)
const hearersOf = hearers(() => sql`b.id in ${these}`, sql`c.id in (select committee from branches where id in ${these})`)
