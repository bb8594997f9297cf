import { type SQL, sql } from 'drizzle-orm'
import type { Day } from '../../src/calendar.ts'
import { type Db, type Statement, statementOf } from '../client.ts'
import { isLookedAtIn, stands } from '../gatherings/work/in-force.ts'

export interface EarlierTask {
  words: string
  ownerName: string
  dueOn: Day
  isDone: boolean
}

/**
 * The tasks that a meeting looks at: open ones of earlier meetings of its kind, those done since. After the close
 * they stay on its card.
 */
export const earlierTasks = (db: Db, gathering: string, branch: string): Statement<EarlierTask[]> =>
  statementOf(
    db
      .select({
        words: sql<string>`t.words`,
        ownerName: sql<string>`o.name`,
        dueOn: sql<Day>`t.due_on`,
        isDone: sql`t.done_at is not null`.mapWith(Boolean) as SQL<boolean>,
      })
      .from(sql`gatherings g join tasks t on t.branch = ${branch} join members o on o.id = t.owner`)
      .where(
        sql`g.id = ${gathering} and t.at < g.starts_at and t.dropped_at is null and (t.checked_at is null or t.checked_in = g.id)
          and ${isLookedAtIn} and ${stands}`,
      )
      .orderBy(sql`t.done_at is not null, t.due_on, t.id`)
      .limit(60),
  )
