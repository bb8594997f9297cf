import { sql } from 'drizzle-orm'
import { type Db, type Statement, statementOf } from '../../db/client.ts'
import { decisions, tasks } from '../../db/work/tables.ts'
import { addDays, type Day, day } from '../calendar.ts'
import { branchSeats } from '../rules/branches/rights.ts'
import { workdayOnOrAfter } from '../rules/time/workdays.ts'
import type { MadeBranch } from './people.ts'

/** The last committee meeting of a sample branch decided two things, and somebody has each of them to do. */
export function workOf(db: Db, unit: string, { id, people }: Pick<MadeBranch, 'id' | 'people'>, until: Date): Statement[] {
  const [secretary, second = secretary] = people.filter(({ roles }) => branchSeats.some((seat) => roles.some((role) => role === seat)))
  if (!secretary || !second) return []
  const given = [
    { words: '拟定下季度学习计划', owner: secretary, dueOn: dayAfter(until, 9) },
    { words: '整理党员活动室', owner: second, dueOn: dayAfter(until, 16) },
  ]
  return given.flatMap(({ words, owner, dueOn }, nth) => {
    const [decision, task] = [`decision-${id}-${nth + 1}`, `task-${id}-${nth + 1}`]
    return [
      statementOf(
        db.insert(decisions).select(
          sql`select ${decision}, g.id, g.branch, ${nth + 1}, ${words}, null, null, ${owner.id}, ${dueOn}, ${secretary.id}, g.starts_at + 1800000, null, null, null, null
              from gatherings g join gathering_branches gb on gb.gathering = g.id and gb.branch = g.branch
              where g.branch = ${id} and g.kind = 'committee' and gb.is_quorate = 1 and g.ends_at < ${until.getTime()} order by g.starts_at desc limit 1`,
        ),
      ),
      statementOf(
        db.insert(tasks).select(
          sql`select ${task}, ${unit}, d.branch, 'decision', d.id, 1, d.words, d.owner, d.due_on, d."by", d.at, null, null, null, null, null, null, null,
              null, null, null, null, null from decisions d where d.id = ${decision}`,
        ),
      ),
    ]
  })
}

const dayAfter = (until: Date, days: number): Day => workdayOnOrAfter(addDays(day(until), days))
