import { sql } from 'drizzle-orm'
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { addQuarters, day, periodEnd, periodStart, quarter } from '../src/calendar.ts'
import { stepOf } from '../src/rules/alerts.ts'
import type { Duty } from '../src/rules/duties.ts'
import { partOf } from '../src/rules/standards.ts'
import { type Db, lookUp } from './client.ts'
import { dutiesOfBranch } from './duties.ts'
import { members } from './members.ts'
import { seats } from './seats.ts'
import { openGatherings } from './standing.ts'
import { type Branch, branchById, branches } from './units.ts'

/** Which step of a duty's ladder a person has been told, so that no step is told twice. */
export const alerts = sqliteTable(
  'alerts',
  {
    branch: text()
      .notNull()
      .references(() => branches.id),
    part: text().notNull(),
    period: text().notNull(),
    step: integer().notNull(),
    person: text().notNull(),
    toldOn: text().notNull(),
  },
  (it) => [primaryKey({ columns: [it.branch, it.part, it.period, it.step, it.person] })],
)

export type Alert = typeof alerts.$inferInsert

export const tell = (db: Db, told: Alert[]) =>
  db
    .insert(alerts)
    .values(told)
    .onConflictDoUpdate({
      target: [alerts.branch, alerts.part, alerts.period, alerts.step, alerts.person],
      set: { toldOn: sql`excluded.told_on` },
    })

/** The steps a person was told of. A digest that never went out told nothing. */
export const toldTo = (db: Db, person: string) =>
  db
    .select({ branch: alerts.branch, part: alerts.part, period: alerts.period, step: alerts.step })
    .from(alerts)
    .where(
      sql`${alerts.person} = ${person} and not exists (
        select 1 from outbox o where o.occasion = 'digest ' || ${alerts.toldOn} || ' ' || ${alerts.person} and o.state in ('moot', 'dead'))`,
    )

/** An open duty that has reached a step of the ladder. */
export interface Alarm {
  branch: Branch
  duty: Duty
  step: number
}

/**
 * What a secretary is to be alerted of at this moment, most pressing first: computed, so an alert stops the moment its duty is met. What
 * is called in time already is on its way, and nobody is nagged about it.
 */
export async function alarmsFor(db: Db, person: string, now: Date): Promise<Alarm[]> {
  const alarms: Alarm[] = []
  for (const branch of await branchesInCareOf(db, person)) {
    const called = await openGatherings(db, branch.id, now)
    for (const asked of [addQuarters(quarter(now), -1), quarter(now)]) {
      const { duties, rulebook } = await dutiesOfBranch(db, branch, asked, now)
      for (const duty of duties) {
        const step = stepOf(duty, day(now), rulebook)
        const by = periodEnd(duty.period)
        const isOnItsWay = called.some(
          ({ kind, startsAt }) => kind === partOf(duty.part).gathering && startsAt >= periodStart(duty.period) && startsAt < by,
        )
        if (step !== null && !isOnItsWay) alarms.push({ branch, duty, step })
      }
    }
  }
  return alarms.sort((a, b) => (a.duty.dueOn < b.duty.dueOn ? -1 : a.duty.dueOn > b.duty.dueOn ? 1 : 0))
}

/** The branches whose alerts go to this person: as secretary, or as deputy where there is none. */
async function branchesInCareOf(db: Db, person: string): Promise<Branch[]> {
  const held = await db
    .select({ branch: sql<string>`${seats.branch}` })
    .from(seats)
    .innerJoin(members, sql`${members.id} = ${seats.member}`)
    .where(
      sql`${members.openId} = ${person} and ${members.leftOn} is null and ${seats.until} is null and ${seats.branch} is not null and (${seats.role} = 'secretary'
        or (${seats.role} = 'deputy' and not exists (select 1 from seats s join members m on m.id = s.member and m.left_on is null and m.open_id is not null
          where s.branch = ${seats.branch} and s.role = 'secretary' and s.until_at is null)))`,
    )
    .orderBy(seats.branch)
  const branchRows: Branch[] = []
  for (const { branch } of held) branchRows.push(...(await lookUp(db, [branchById(db, branch)]))[0])
  return branchRows
}

/** Everybody who looks after a branch, in a steady order. */
export const caretakers = (db: Db) =>
  db
    .selectDistinct({ openId: sql<string>`${members.openId}` })
    .from(seats)
    .innerJoin(members, sql`${members.id} = ${seats.member}`)
    .where(
      sql`${seats.role} in ('secretary', 'deputy') and ${seats.until} is null and ${members.leftOn} is null and ${members.openId} is not null`,
    )
    .orderBy(members.openId)
