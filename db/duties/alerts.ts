import { sql } from 'drizzle-orm'
import { addDays, addQuarters, type Day, day, firstDayOf, quarter } from '../../src/calendar.ts'
import { isAlerting, ladderFor, type RecipientRole, saidSince, stepOf } from '../../src/rules/duties/alerts.ts'
import type { Called } from '../../src/rules/duties/cheapest.ts'
import { type Duty, dutyKey } from '../../src/rules/duties/duty.ts'
import { onItsWay } from '../../src/rules/duties/on-its-way.ts'
import { evaluatingFor } from '../../src/rules/evaluation/evaluation.ts'
import type { GatheringKind } from '../../src/rules/gatherings/gatherings.ts'
import { type Opened, openedFor } from '../../src/rules/rulebook/modules.ts'
import type { Rulebook } from '../../src/rules/rulebook/rulebook.ts'
import { partOf } from '../../src/rules/standards/standards.ts'
import { groups } from '../branches/tables.ts'
import type { Branch } from '../branches/units.ts'
import { type Db, inList, lookUp, prepared } from '../client.ts'
import { evaluationsUnderWay } from '../evaluation/under-way.ts'
import { agendaItems, gatheringBranches, gatherings } from '../gatherings/tables.ts'
import { accountsIn, type LiveAccount } from './account.ts'
import { type ActivistOwed, activistIn, activistsOwed } from './activists.ts'
import { branchesHeardBy, hearersOf, type Recipient } from './hearers.ts'
import { alerts } from './tables.ts'

export type Alert = typeof alerts.$inferInsert

export const tell = (db: Db, told: readonly Alert[]) =>
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

/** A duty is asked in its quarter and the next. After this many days nobody is told a step of it again. */
const KEPT_DAYS = 400

export const forgetAlerts = (db: Db, today: Day) => db.delete(alerts).where(sql`${alerts.toldOn} < ${addDays(today, -KEPT_DAYS)}`)

/** The steps that people were told. A digest that never went out told nothing. */
export const toldTo = (db: Db, people: readonly string[]) =>
  db
    .select({
      branch: alerts.branch,
      part: alerts.part,
      period: alerts.period,
      step: alerts.step,
      person: alerts.person,
      toldOn: alerts.toldOn,
    })
    .from(alerts)
    .where(
      sql`${alerts.person} in ${inList(people)} and not exists (
        select 1 from outbox o where o.occasion = 'digest ' || ${alerts.toldOn} || ' ' || ${alerts.person} and o.state in ('moot', 'dead'))`,
    )

/** Whether a line that says the same as this alarm was told, and before a day where one is given. */
export const saidBefore = (
  { branch, duty: { part, subject, period }, since, step }: Alarm,
  told: readonly Pick<Alert, 'branch' | 'part' | 'period' | 'step' | 'toldOn'>[],
  today?: Day,
) =>
  told.some(
    (one) =>
      one.branch === branch.id &&
      one.part === (subject === '' ? part : `${part} ${subject}`) &&
      one.period === period &&
      one.step >= since &&
      one.step <= step &&
      (today === undefined || one.toldOn < today),
  )

/** An open duty that has reached a step of somebody's ladder. */
export interface Alarm {
  branch: Branch
  duty: Duty
  step: number
  /** The first step that said the same. A line that was told since then is not told again. */
  since: number
  hearing: RecipientRole
  /** The group that owes the duty. */
  group: string | null
  /** The activist whom the duty is about. */
  activist: ActivistOwed | null
  /** The module whose own card meets the duty. */
  opening: Opened | null
  /** The meetings that the branch has called and not yet held: an item may be added to them. */
  called: readonly Called[]
  /** The state of the evaluation that would prove the duty; null for any other duty. */
  evaluating: 'to begin' | 'under way' | null
}

/**
 * The alerts of a person at this moment, most pressing first. They are computed, so an alert stops the moment its duty is met. A duty
 * whose meeting is called in time raises none.
 */
export async function alarmsFor(db: Db, person: string, now: Date): Promise<Alarm[]> {
  const [ours] = await lookUp(db, [branchesHeardBy(db, { person })])
  const alarms = (await alarmsAmong(db, ours, now)).get(person) ?? []
  return alarms.sort(mostPressingFirst)
}

/** The alarms without the muted kinds, the most pressing first. */
export const wanted = (alarms: readonly Alarm[], muted: readonly { kind: string }[]): Alarm[] =>
  alarms.filter(({ duty }) => !muted.some(({ kind }) => kind === duty.part)).sort(mostPressingFirst)

const mostPressingFirst = (a: Alarm, b: Alarm) =>
  a.duty.dueOn < b.duty.dueOn ? -1 : a.duty.dueOn > b.duty.dueOn ? 1 : a.duty.standard - b.duty.standard

/** All alarms of some branches, by person. Each branch is read once, however many people hear of it. */
export async function alarmsAmong(db: Db, ours: readonly Branch[], now: Date): Promise<Map<string, Alarm[]>> {
  if (ours.length === 0) return new Map()
  const ids = ours.map(({ id }) => id)
  // Asked for at once, they share round trips.
  const [accounts, [ears, called, underWay, names]] = await Promise.all([
    accountsIn(db, ours, [addQuarters(quarter(now), -1), quarter(now)], now),
    lookUp(db, [
      hearersOf(db, { branches: JSON.stringify(ids) }),
      calledBy(db, ids, now),
      evaluationsUnderWay(db, ids),
      groupNames(db, ids),
    ]),
  ])
  const owed = accounts.flatMap(activistsOf)
  const [activists] = owed.length > 0 ? await lookUp(db, [activistsOwed(db, owed, firstDayOf(addQuarters(quarter(now), -1)), now)]) : [[]]
  const [calledAt, underWayAt, earsAt] = [byBranch(called), byBranch(underWay), byBranch(ears)]
  const nameOf = new Map(names.map(({ id, name }) => [id, name]))
  const activistOf = new Map(activists.map((one) => [one.id, one]))
  const today = day(now)
  const heard = new Map<string, Map<string, Alarm>>()
  for (const account of accounts) {
    const { id } = account.branch
    const [theirs, there] = [calledAt.get(id) ?? [], earsAt.get(id) ?? []]
    for (const { duty, evaluating } of pressing(account, theirs, underWayAt.get(id) ?? [], today)) {
      const about = {
        group: nameOf.get(duty.subject) ?? null,
        activist: activistIn(activistOf, duty.subject, duty.period),
        opening: openedFor(duty.part, account.rulebook),
      }
      for (const ear of there) {
        const alarm = alarmOf(account, duty, ear, there, today)
        if (alarm) hear(heard, ear.person, { ...alarm, ...about, called: theirs, evaluating })
      }
    }
  }
  return new Map([...heard].map(([person, alarms]) => [person, [...alarms.values()]]))
}

const byBranch = <T extends { branch: string }>(rows: readonly T[]) => Map.groupBy(rows, ({ branch }) => branch)

/** The activists for whom a duty of their own is open. */
const activistsOf = ({ duties }: LiveAccount) =>
  duties.flatMap(({ part, subject, state }) => (partOf(part).per === 'activist' && state !== 'met' ? [subject] : []))

/** The open duties of an account that somebody can still further. */
function pressing(
  { duties, rulebook, supposing }: LiveAccount,
  called: Parameters<typeof onItsWay>[0],
  underWay: Parameters<typeof evaluatingFor>[1],
  today: Day,
) {
  const open = duties.filter((one) => isOpen(one, rulebook, today))
  const coming = open.length > 0 ? onItsWay(called, supposing) : new Set()
  return open
    .filter((duty) => !coming.has(dutyKey(duty)))
    .flatMap((duty) => {
      const evaluating = evaluatingFor(duty, underWay, rulebook)
      // Only appeals are left then, and nobody can hurry them.
      return evaluating === 'told' ? [] : [{ duty, evaluating }]
    })
}

/** A person who leads a group and the branch hears of a duty once, as its owner. */
function hear(heard: Map<string, Map<string, Alarm>>, person: string, alarm: Alarm) {
  const { duty, branch } = alarm
  const own = heard.get(person) ?? new Map<string, Alarm>()
  const key = `${duty.part} ${duty.subject} ${duty.period} ${duty.nth} ${branch.id}`
  if (own.get(key)?.hearing !== 'owner') own.set(key, alarm)
  heard.set(person, own)
}

/** The owner is told at every step of the ladder. */
const isOpen = (duty: Duty, { ladder }: Rulebook, today: Day) => isAlerting(duty, today) && stepOf(duty, today, { ladder }) !== null

function alarmOf(
  { branch, rulebook }: LiveAccount,
  duty: Duty,
  ear: Recipient,
  all: readonly Recipient[],
  today: Day,
): Omit<Alarm, 'group' | 'activist' | 'opening' | 'called' | 'evaluating'> | null {
  const isOwner = ({ hearing, subject }: Recipient) =>
    subject === duty.subject && (hearing === 'leader' || (hearing === 'contact' && openedFor(duty.part, rulebook) === 'talks'))
  if (ear.subject !== null && !isOwner(ear)) return null
  const isLed = duty.subject !== '' && all.some(isOwner)
  const hearing: RecipientRole = ear.hearing === 'upper' ? 'upper' : isOwner(ear) || !isLed ? 'owner' : 'secretary'
  const ladder = ladderFor(hearing, rulebook.ladder)
  const step = stepOf(duty, today, { ladder })
  return step === null ? null : { branch, duty, step, since: saidSince(step, hearing, ladder), hearing }
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
        and ${gatherings.isSettled} = 0`,
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
