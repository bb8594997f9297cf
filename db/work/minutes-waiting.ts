import { sql } from 'drizzle-orm'
import type { Day } from '../../src/calendar.ts'
import type { GatheringKind } from '../../src/rules/gatherings/gatherings.ts'
import { type Db, statementOf } from '../client.ts'

const MOST = 3

export interface MinutesWaiting {
  gathering: string
  branch: string
  kind: GatheringKind
  startsAt: Date
  dueOn: Day
  /** The member records them; otherwise they wait for the member's confirmation. */
  isOwn: boolean
}

const isToWrite = (member: string) => sql`i.recorder = ${member} and i.submitted_at is null`

/** The recorder and the sender confirm nothing; one of the committee who was there does. */
const isToConfirm = (member: string) => sql`i.submitted_at is not null and i.recorder <> ${member} and i.submitted_by <> ${member}
  and exists (select 1 from arrivals a where a.gathering = i.gathering and a.member = ${member})
  and exists (select 1 from seats s where s.member = ${member} and s.until_at is null and (s.branch = i.branch or s.group_id = g.group_id))`

/** The minutes that a member is to write or to confirm, the nearest day first. */
export const minutesWaiting = (db: Db, member: string, branch: string | null) =>
  statementOf(
    db
      .select({
        gathering: sql<string>`w.gathering`,
        branch: sql<string>`w.branch`,
        kind: sql<GatheringKind>`w.kind`,
        startsAt: sql<Date>`w.starts_at`.mapWith((at: number) => new Date(at)),
        dueOn: sql<Day>`w.due_on`,
        isOwn: sql<boolean>`w.is_own`.mapWith(Boolean),
      })
      .from(
        sql`(select i.gathering, i.branch, g.kind, g.starts_at, i.due_on, 1 as is_own from minutes i join gatherings g on g.id = i.gathering
            where i.confirmed_at is null and ${isToWrite(member)}
          union all select i.gathering, i.branch, g.kind, g.starts_at, i.due_on, 0 from minutes i join gatherings g on g.id = i.gathering
            where i.branch = ${branch ?? ''} and i.confirmed_at is null and ${isToConfirm(member)}) w`,
      )
      .orderBy(sql`w.due_on, w.gathering`)
      .limit(MOST),
  )
