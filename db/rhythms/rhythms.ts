import { sql } from 'drizzle-orm'
import { moment } from '../../src/calendar.ts'
import type { Occurrence } from '../../src/rules/rhythms/rhythms.ts'
import { branches } from '../branches/tables.ts'
import { lineage } from '../branches/units.ts'
import type { Db } from '../client.ts'
import { rhythms } from './tables.ts'

export const rhythmColumns = {
  id: rhythms.id,
  branch: rhythms.branch,
  branchName: branches.name,
  unit: branches.unit,
  lineage,
  group: rhythms.group,
  groupName: sql<string | null>`(select gr.name from "groups" gr where gr.id = "rhythms"."group_id")`,
  kind: rhythms.kind,
  place: rhythms.place,
  inRoom: rhythms.inRoom,
  rule: rhythms.rule,
  time: rhythms.time,
  setBy: rhythms.setBy,
  endedAt: rhythms.endedAt,
}

const all = (db: Db) => db.select(rhythmColumns).from(rhythms).innerJoin(branches, sql`${branches.id} = ${rhythms.branch}`)

export type Rhythm = Awaited<ReturnType<typeof openRhythms>>[number]

export const rhythmById = (db: Db, id: string) => all(db).where(sql`${rhythms.id} = ${id}`)

/** All that are gone by; a group that is dissolved meets no more. */
export const openRhythms = (db: Db) =>
  all(db)
    .where(
      sql`${rhythms.endedAt} is null and not exists (select 1 from "groups" gr where gr.id = ${rhythms.group} and gr.ended_on is not null)`,
    )
    .orderBy(rhythms.branch, rhythms.id)

/** Those that a branch goes by, and those stopped since that nothing has taken the place of: they can be taken up again. */
export const rhythmsOf = (db: Db, branch: string, stoppedSince: Date) =>
  all(db)
    .where(
      sql`${rhythms.branch} = ${branch} and (${rhythms.endedAt} is null or ${rhythms.endedAt} > ${stoppedSince.getTime()} and not exists (
        select 1 from rhythms later where later.branch = ${rhythms.branch} and later.kind = ${rhythms.kind} and later.group_id is ${rhythms.group}
          and later.id <> ${rhythms.id} and (later.ended_at is null or later.ended_at > ${rhythms.endedAt})))`,
    )
    .orderBy(rhythms.group, rhythms.kind, rhythms.setAt)

/** Every time it comes round, as a moment. */
export const startOf = ({ time }: Pick<Rhythm, 'time'>, { on }: Occurrence) => moment(on, time)

/** The list of a branch's rhythms, as a card that is kept up to date. */
export const rhythmList = (branch: string) => `rhythms ${branch}`
