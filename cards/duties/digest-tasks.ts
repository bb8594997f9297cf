import { type Db, lookUp } from '../../db/client.ts'
import type { toldTo } from '../../db/duties/alerts.ts'
import type { recordsLeftLying } from '../../db/papers/records.ts'
import { ofUsing } from '../../db/rulebook/using.ts'
import { toSettleIn } from '../../db/work/state.ts'
import { type Day, day } from '../../src/calendar.ts'
import type { Element } from '../../src/card.ts'
import { stepToTell } from '../../src/rules/work/tasks.ts'
import { t } from '../../src/text.ts'
import { recordsAskedShown } from '../../src/words/papers/records-asked.ts'
import type { TaskLines } from '../../src/words/work/tasks.ts'
import { answerRecord } from '../papers/buttons.ts'

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

export const whyTasks = t(
  '任务来自会议的决定，或支委会直接派的；到期前后各提醒两次，办不了的转书记定。',
  'Tasks come of what a meeting decided, or from the committee. Each is told twice before its day and twice after; the secretary settles what cannot be done.',
)

/** A request to confirm a record is repeated once. */
export async function recordsIn(
  db: Db,
  asking: Awaited<ReturnType<typeof recordsLeftLying>>,
  told: Awaited<ReturnType<typeof toldTo>>,
  now: Date,
  today: Day,
): Promise<Element[]> {
  const lying = asking.filter(({ id }) => !isRepeated(told, `record ${id}`, today))
  return recordsAskedShown(await ofUsing(db, 'papers', lying, now), (record, isTrue) => answerRecord.value({ record, isTrue }))
}
