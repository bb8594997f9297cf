import { sql } from 'drizzle-orm'
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { addQuarters, day, quarter } from '../src/calendar.ts'
import { stepOf } from '../src/rules/alerts.ts'
import type { Duty } from '../src/rules/duties.ts'
import { type Db, lookUp } from './client.ts'
import { dutiesOfBranch } from './duties.ts'
import { members } from './members.ts'
import { seats } from './seats.ts'
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

export const tell = (db: Db, told: Alert[]) => db.insert(alerts).values(told).onConflictDoNothing()

export const toldTo = (db: Db, person: string) =>
  db
    .select({ branch: alerts.branch, part: alerts.part, period: alerts.period, step: alerts.step })
    .from(alerts)
    .where(sql`${alerts.person} = ${person}`)

/** An open duty that has reached a step of the ladder. */
export interface Alarm {
  branch: Branch
  duty: Duty
  step: number
}

/** What a secretary is to be alerted of at this moment, most pressing first: computed, so an alert stops the moment its duty is met. */
export async function alarmsFor(db: Db, person: string, now: Date): Promise<Alarm[]> {
  const alarms: Alarm[] = []
  for (const branch of await branchesInCareOf(db, person)) {
    for (const asked of [addQuarters(quarter(now), -1), quarter(now)]) {
      const { duties, rulebook } = await dutiesOfBranch(db, branch, asked, now)
      for (const duty of duties) {
        const step = stepOf(duty, day(now), rulebook)
        if (step !== null) alarms.push({ branch, duty, step })
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
