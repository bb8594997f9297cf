import type { TaskAsItStands } from '../../db/work/state.ts'
import { type Day, day } from '../../src/calendar.ts'
import { button, type Card, card, coloured, drawnThatFit, type Element, lines, listed, note, row } from '../../src/card.ts'
import { fittingOptions, form, select } from '../../src/form.ts'
import { mayUndo } from '../../src/rules/work/tasks.ts'
import { asWritten, clipped, joined, type Text, t } from '../../src/text.ts'
import { taskSaid } from '../../src/words/work/tasks.ts'
import { finishListed, openBranchTasks, openTask, pickTask, undoTask } from './buttons.ts'

/** A card holds 30 KB and 200 elements; a task with its buttons takes six of them. */
const MOST_BYTES = 20_000
const MOST_SHOWN = 24
const MOST_UNDONE = 3
const OPTIONS_BYTES = 7_000

/** A person's own tasks, the most pressing first. `led` is the branch whose tasks they may see too. */
export function ownTasksCard(name: string, all: readonly TaskAsItStands[], now: Date, led: string | null, gathering?: string): Card {
  const open = all.filter(({ doneAt }) => !doneAt)
  const shown = drawnThatFit(open.slice(0, MOST_SHOWN), (one) => ownTask(one, day(now), gathering), MOST_BYTES)
  const done = all.length - open.length
  return card(
    t(`${asWritten(name).zh}的任务`, `${asWritten(name).en}’s tasks`),
    [
      open.length === 0 ? lines(t('没有要办的任务。', 'There is nothing to do.')) : null,
      ...shown.flat(),
      open.length > shown.length
        ? note(t(`另有 ${open.length - shown.length} 项，办完几项再看。`, `And ${open.length - shown.length} more, once some are done.`))
        : null,
      done > 0 ? doneNote(done) : null,
      ...all
        .filter((one) => mayUndo(one, now))
        .slice(-MOST_UNDONE)
        .map(({ id, words }) =>
          button(joined([t('还没办完', 'Not done after all'), asWritten(clipped(words, 20))], '：', ': '), undoTask.value({ task: id }), {
            type: 'text',
          }),
        ),
      led ? row(button(t('支部的任务', 'The branch’s tasks'), openBranchTasks.value({ branch: led }))) : null,
    ],
    { colour: 'wathet' },
  )
}

const ownTask = (one: TaskAsItStands, today: Day, gathering?: string): Element[] => [
  lines(taskSaid(one, today), one.cannotAt !== null && cannotSaid),
  row(
    button(t('办完了', 'Done'), finishListed.value({ task: one.id, ...(gathering ? { gathering } : {}) }), { type: 'primary' }),
    button(t('改日期、办不了…', 'Another day, cannot…'), openTask.value({ task: one.id })),
  ),
]

const cannotSaid: Text = coloured('orange', t('办不了，等书记定', 'cannot be done; the secretary decides'))

const LISTED_BYTES = 8_000

/** The tasks of a branch, for its committee: first those that wait for an answer. Nobody is ranked. */
export function branchTasksCard(branch: { id: string; name: string }, all: readonly TaskAsItStands[], now: Date): Card {
  const open = all.filter(({ doneAt }) => !doneAt)
  const [waiting, going] = [open.filter(isWaiting), open.filter((one) => !isWaiting(one))]
  const shown = drawnThatFit(waiting.slice(0, MOST_SHOWN), (one) => waitingTask(one, day(now)), MOST_BYTES / 2)
  const done = all.length - open.length
  const left = waiting.length - shown.length
  return card(
    t('支部的任务', 'The branch’s tasks'),
    [
      open.length === 0 ? lines(t('没有未办完的任务。', 'Nothing is left to do.')) : null,
      ...shown.flat(),
      left > 0 ? note(t(`另有 ${left} 项等处理。`, `And ${left} more to settle.`)) : null,
      listed(
        t('**正在办的**', '**Under way**'),
        going.map((one) => taskSaid({ ...one, who: one.ownerName }, day(now))),
        LISTED_BYTES,
      ),
      going.length > 0 ? pickForm(branch.id, going) : null,
      done > 0 ? doneNote(done) : null,
      note(t('派任务说「/任务 整理活动室 王芳 12月20日」。', 'To give one, say “/task tidy the room Wang Fang 20 Dec”.')),
    ],
    { colour: waiting.length > 0 ? 'orange' : 'wathet', subtitle: asWritten(branch.name) },
  )
}

const doneNote = (done: number): Element => note(t(`已办完 ${done} 项，等下次会过一遍。`, `${done} done; the next meeting looks at them.`))

const isWaiting = ({ cannotAt, isOwnerHere }: TaskAsItStands) => cannotAt !== null || !isOwnerHere

const waitingTask = (one: TaskAsItStands, today: Day): Element[] => [
  lines(taskSaid({ ...one, who: one.ownerName }, today), whyWaiting(one)),
  row(button(t('处理…', 'Settle…'), openTask.value({ task: one.id }), { type: 'primary' })),
]

const whyWaiting = ({ cannotAt, cannotBecause }: TaskAsItStands): Text =>
  cannotAt === null
    ? coloured('orange', t('负责人不在岗', 'the owner is away'))
    : coloured('orange', joined([t('办不了', 'cannot be done'), asWritten(cannotBecause ?? '')], '：', ': '))

const pickForm = (branch: string, going: readonly TaskAsItStands[]): Element =>
  form(
    'pick',
    [
      select(
        'task',
        t('换人、改日期、不办了：选一项', 'Another owner or day, or drop: choose one'),
        fittingOptions(
          going.map(({ id, words, ownerName }) => {
            const label = clipped(`${ownerName} ${words}`, 24)
            return { value: id, label: t(label, label) }
          }),
          OPTIONS_BYTES,
        ),
        { required: true },
      ),
    ],
    { label: t('打开', 'Open it'), value: pickTask.value({ branch }), type: 'default' },
  )
