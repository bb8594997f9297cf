import { secretariesOfBranches } from '../../../db/branches/answering.ts'
import type { Branch } from '../../../db/branches/units.ts'
import { type Db, lookUp, statementOf } from '../../../db/client.ts'
import type { Alert } from '../../../db/duties/alerts.ts'
import { tasksDue, toSettleIn } from '../../../db/work/state.ts'
import { day } from '../../calendar.ts'
import { daysReached, stepToTell } from '../../rules/work/tasks.ts'

/** The lines about tasks in today's digest: each owner's at their steps, and those that wait for the secretary. */
export async function taskAlerts(db: Db, branches: readonly Branch[], now: Date): Promise<Alert[]> {
  const [ids, today] = [branches.map(({ id }) => id), day(now)]
  const [due, waiting] = await lookUp(db, [
    statementOf(tasksDue(db, { branches: ids }, daysReached(today))),
    statementOf(toSettleIn(db, ids)),
  ])
  const own = due.flatMap(({ id, branch, dueOn, isGivenApart, person }) => {
    const step = stepToTell({ dueOn, isGivenApart }, today)
    return step === null ? [] : [{ branch, part: `task ${id}`, period: dueOn, step, person, toldOn: today }]
  })
  if (waiting.length === 0) return own
  const [leading] = await lookUp(db, [secretariesOfBranches(db, [...new Set(waiting.map(({ branch }) => branch))])])
  const toSettle = waiting.flatMap(({ id, branch, since }) =>
    leading
      .filter((one) => one.branch === branch)
      .map(({ openId }) => ({ branch, part: `taskToSettle ${id}`, period: since, step: 0, person: openId, toldOn: today })),
  )
  return [...own, ...toSettle]
}
