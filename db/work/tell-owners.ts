import { sql } from 'drizzle-orm'
import { courteousFrom } from '../../src/rules/time/courtesy.ts'
import { type Db, type Statement, statementOf } from '../client.ts'
import { isToDo } from '../gatherings/work/in-force.ts'
import { lanes } from '../ledgers/outbox.ts'
import { outbox } from '../ledgers/tables.ts'
import { tasksGiven } from './messages.ts'
import { tasks } from './tables.ts'

/** Condition on task `t`: this meeting gave it, in that branch. */
const isOf = (gathering: string, branch: string) => sql`t.branch = ${branch} and t.origin_id in (select d.id from decisions d
  where d.gathering = ${gathering} and d.branch = ${branch} union all select p.id from life_problems p where p.gathering = ${gathering} and p.branch = ${branch})`

/**
 * For the batch that confirms the minutes: each owner hears of all tasks of that meeting by one message. The occasion names meeting and person
 * and nothing else. A second confirmation, or another branch's part in a joint meeting, hence sends nothing again.
 */
export function tellOwners(db: Db, gathering: string, branch: string, at: Date): Statement[] {
  const { view } = tasksGiven
  return [
    statementOf(
      db
        .insert(outbox)
        .select(
          sql`select null, 'tasks ' || ${gathering} || ' ' || m.id, ${lanes.bulk}, cast(${courteousFrom(at).getTime()} as integer), 'person', m.open_id,
            'person:' || m.open_id, ${view}, json_object('subject', 'tasksGiven ' || ${gathering} || ' ' || m.id, 'gathering', ${gathering}, 'member', m.id),
            0, 'waiting', 0, 0, null, null, null, null, null
          from members m where m.open_id is not null and m.left_on is null and m.away_since is null
            and m.id in (select t.owner from tasks t where ${isOf(gathering, branch)} and ${isToDo} and t.told_at is null)`,
        )
        .onConflictDoNothing(),
    ),
    statementOf(
      db
        .update(tasks)
        .set({ toldAt: at })
        .where(sql`${tasks.toldAt} is null and ${tasks.id} in (select t.id from tasks t where ${isOf(gathering, branch)} and ${isToDo})`),
    ),
  ]
}
