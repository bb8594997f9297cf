import { sql } from 'drizzle-orm'
import type { Db } from '../../client.ts'
import { tasks } from '../../work/tables.ts'

/** A condition on decision `d`: its show of hands was corrected, and carries it no more. Counts by card and on paper are not asked here. */
const isLost = sql`exists (select 1 from resolutions r where r.id = d.resolution and r.approvals is not null and 2 * r.approvals <= r.expected_voters)`

/**
 * A condition on task `t`: it stands. A decision's task stands while nobody struck the decision and its branch had a quorum at the close.
 * Corrections of attendance thus decide it too. A problem needs no quorum: it was found all the same.
 */
export const stands = sql`case t.origin
  when 'decision' then exists (select 1 from decisions d join gathering_branches gb on gb.gathering = d.gathering and gb.branch = d.branch
    where d.id = t.origin_id and d.struck_at is null and gb.is_quorate = 1 and not ${isLost})
  when 'lifeProblem' then exists (select 1 from life_problems p join closures c on c.gathering = p.gathering
    where p.id = t.origin_id and p.struck_at is null)
  else true end`

/** A condition on task `t`: somebody still has it to do. */
export const isToDo = sql`(t.done_at is null and t.dropped_at is null and ${stands})`

/** A condition on task `t` and gathering `g`: the meeting looks at it. Tasks that no meeting gave are the committee's to look at. */
export const isLookedAtIn = sql`case t.origin
  when 'decision' then exists (select 1 from decisions d join gatherings o on o.id = d.gathering
    where d.id = t.origin_id and o.kind = g.kind and o.group_id is g.group_id)
  when 'lifeProblem' then g.kind = 'life'
  when 'integrity' then false
  else g.kind = 'committee' end`

/** For the batch of a close: tasks that were done before the meeting began count as looked at. */
export const lookAtTasks = (db: Db, gathering: string, at: Date) =>
  db
    .update(tasks)
    .set({ checkedAt: at, checkedIn: gathering })
    .where(
      sql`${tasks.id} in (select t.id from gatherings g join gathering_branches b on b.gathering = g.id join tasks t on t.branch = b.branch
        where g.id = ${gathering} and t.done_at < g.starts_at and t.checked_at is null and t.dropped_at is null and ${isLookedAtIn} and ${stands})`,
    )
