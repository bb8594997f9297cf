import { type Db, lookUp } from '../../db/client.ts'
import type { toldTo } from '../../db/duties/alerts.ts'
import { toSettleIn } from '../../db/work/state.ts'
import { type Day, day } from '../../src/calendar.ts'
import { stepToTell } from '../../src/rules/work/tasks.ts'
import type { TaskLines } from '../../src/words/work/tasks.ts'

/** A request that waits long is said once, and so is a paper. */
export const isRepeated = (told: Awaited<ReturnType<typeof toldTo>>, what: string, today: Day) =>
  told.some(({ part, toldOn }) => part === what && toldOn < today)

interface Due {
  id: string
  words: string
  dueOn: Day
  isGivenApart: boolean
}

/** A task is told at each of its steps once, and one that waits for the secretary once. */
export async function tasksIn(
  db: Db,
  due: readonly Due[],
  led: readonly { branch: string }[],
  told: Awaited<ReturnType<typeof toldTo>>,
  now: Date,
  today: Day,
): Promise<TaskLines> {
  const isNews = ({ id, dueOn, isGivenApart }: Due) => {
    const step = stepToTell({ dueOn, isGivenApart }, day(now))
    return (
      step !== null && !told.some((one) => one.part === `task ${id}` && one.period === dueOn && one.step === step && one.toldOn < today)
    )
  }
  const [waiting] =
    led.length > 0
      ? await lookUp(db, [
          toSettleIn(
            db,
            led.map(({ branch }) => branch),
          ),
        ])
      : [[]]
  return { due: due.filter(isNews), toSettle: waiting.filter(({ id }) => !isRepeated(told, `taskToSettle ${id}`, today)) }
}
