import type { TaskAsItStands } from '../../db/work/state.ts'
import { type Day, day } from '../../src/calendar.ts'
import { button, type Card, card, coloured, type Element, lines, note, row } from '../../src/card.ts'
import { form, input, pickDay, selectPerson } from '../../src/form.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import type { TaskOrigin } from '../../src/rules/work/origins.ts'
import { latestOwnMove, MOST_TASK_WORDS, mayUndo, stateOfTask, type TaskState } from '../../src/rules/work/tasks.ts'
import { spokenDay } from '../../src/spoken.ts'
import { asWritten, labelled, type Text, t } from '../../src/text.ts'
import { dueSaid } from '../../src/words/work/tasks.ts'
import { askOfTask, cannotTask, dropTask, finishTask, moveTask, settleTask, showTask, type taskForms, undoTask } from './buttons.ts'

type TaskForm = (typeof taskForms)[number]

/** The reader's part in a task. */
export interface TaskReader {
  isOwner: boolean
  /** One of the committee, who answers where the owner cannot. */
  isOverseer: boolean
}

export function taskCard(
  it: TaskAsItStands,
  reader: TaskReader,
  now: Date,
  asks: TaskForm | null = null,
  people: readonly string[] = [],
): Card {
  const state = stateOfTask(it)
  return card(
    asWritten(it.words),
    [
      lines(
        labelled(t('**负责人**', '**Owner**'), asWritten(it.ownerName), '  '),
        labelled(t('**日期**', '**Day**'), dueShown(it, state, day(now)), '  '),
        labelled(t('**来自**', '**From**'), fromSaid(it), '  '),
        ...stateSaid(it, state),
      ),
      ...(asks && isOpen(state) ? [formFor(asks, it, people), back(it)] : buttonsFor(it, state, reader, now)),
      asks ? null : noteFor(it, state, reader),
    ],
    { colour: colours[state], subtitle: asWritten(it.branchName) },
  )
}

const isOpen = (state: TaskState) => state === 'open' || state === 'cannot'

const colours: Record<TaskState, 'blue' | 'orange' | 'green' | 'turquoise' | 'grey'> = {
  open: 'blue',
  cannot: 'orange',
  done: 'green',
  checked: 'turquoise',
  dropped: 'grey',
  void: 'grey',
}

const dueShown = ({ dueOn }: TaskAsItStands, state: TaskState, today: Day): Text =>
  isOpen(state) ? dueSaid(dueOn, today) : spokenDay(dueOn)

const origins: Readonly<Record<TaskOrigin, Text>> = {
  decision: t('会议决定', 'a decision'),
  lifeProblem: t('组织生活会查摆的问题', 'a problem found by a life meeting'),
  voice: t('反映', 'something that was raised'),
  analysis: t('思想动态分析', 'the analysis of opinion'),
  integrity: t('廉政检查', 'the integrity check'),
  plain: t('直接派的', 'given directly'),
}

function fromSaid({ origin, meeting, byName, at }: TaskAsItStands): Text {
  if (meeting === null) return labelled(origins[origin], labelled(asWritten(byName), spokenDay(day(at)), ' '), '，', ', ')
  const [when, { name }] = [spokenDay(day(new Date(meeting.startsAt))), gatheringKinds[meeting.kind]]
  return t(`${when.zh}${name.zh}`, `${name.en}, ${when.en}`)
}

function stateSaid(it: TaskAsItStands, state: TaskState): (Text | false)[] {
  const why = asWritten((state === 'dropped' ? it.droppedBecause : it.cannotBecause) ?? '')
  switch (state) {
    case 'cannot':
      return [coloured('orange', t(`**办不了**：${why.zh}`, `**Cannot be done**: ${why.en}`))]
    case 'done':
      return [t('**已办完**，等下次会过一遍。', '**Done**; the next meeting looks at it.'), noteSaid(it)]
    case 'checked':
      return [t('**已办完，会上已过。**', '**Done, and a meeting has looked at it.**'), noteSaid(it)]
    case 'dropped':
      return [t(`**不办了**：${why.zh}`, `**Dropped**: ${why.en}`)]
    case 'void':
      return [
        t(
          '**还不是任务**：会议没有结束、人数不够，或者决定已删去。',
          '**No task**: the meeting is not closed, had no quorum, or the decision was taken off.',
        ),
      ]
    default:
      return [!it.isOwnerHere && coloured('orange', t('负责人不在岗，请书记另定。', 'The owner is away; the secretary decides.'))]
  }
}

const noteSaid = ({ doneNote }: TaskAsItStands): Text | false => doneNote !== null && labelled(t('说明', 'Note'), asWritten(doneNote))

function buttonsFor(it: TaskAsItStands, state: TaskState, { isOwner, isOverseer }: TaskReader, now: Date): Element[] {
  const sent = { task: it.id }
  const asks = (what: TaskForm) => askOfTask.value({ ...sent, what })
  if (state === 'done' && isOwner && mayUndo(it, now))
    return [button(t('还没办完（24 小时内可撤回）', 'Not done after all (24 h)'), undoTask.value(sent), { type: 'text' })]
  if (!isOpen(state)) return []
  const mayFinish = isOwner || (isOverseer && it.ownerOpenId === null)
  return [
    ...(mayFinish ? [button(t('办完了', 'Done'), finishTask.value(sent), { type: 'primary_filled', wide: true })] : []),
    row(
      ...(mayFinish ? [button(t('办完了，写一句…', 'Done, with a note…'), asks('done'))] : []),
      ...(isOwner && state === 'open' && it.ownMoves === 0 ? [button(t('改日期…', 'Another day…'), asks('move'))] : []),
      ...(isOwner && state === 'open' ? [button(t('办不了…', 'Cannot…'), asks('cannot'))] : []),
      ...(isOverseer
        ? [
            button(t('换人、改日期…', 'Another owner or day…'), asks('settle'), mayFinish ? {} : { type: 'primary' }),
            button(t('不办了…', 'Drop…'), asks('drop'), { type: 'text' }),
          ]
        : []),
    ),
  ].filter((one) => one.tag !== 'column_set' || (one.columns as unknown[]).length > 0)
}

const back = ({ id }: TaskAsItStands): Element => button(t('返回', 'Back'), showTask.value({ task: id }), { type: 'text' })

const why = (label: Text, required = true): Element => input('why', label, { most: MOST_TASK_WORDS, required })

function formFor(asks: TaskForm, it: TaskAsItStands, people: readonly string[]): Element {
  const sent = { task: it.id }
  switch (asks) {
    case 'done':
      return form('task', [why(t('办得怎样（120 字以内）', 'How it went (120 characters)'))], {
        label: t('办完了', 'Done'),
        value: finishTask.value(sent),
      })
    case 'move': {
      const latest = spokenDay(latestOwnMove(it.dueOn))
      return form(
        'task',
        [pickDay('on', t(`改到哪天（最晚${latest.zh}）`, `To which day (${latest.en} at the latest)`), { required: true })],
        {
          label: t('改日期', 'Move it'),
          value: moveTask.value(sent),
        },
      )
    }
    case 'cannot':
      return form('task', [why(t('为什么办不了（支委会看得到）', 'Why not (the committee reads it)'))], {
        label: t('告诉书记', 'Tell the secretary'),
        value: cannotTask.value(sent),
      })
    case 'settle':
      return form(
        'task',
        [
          selectPerson('owner', t('换谁负责（不选则不换）', 'Another owner (else as it is)'), people),
          pickDay('on', t('改到哪天（不选则不改）', 'Another day (else as it is)')),
          why(t('说明（可不填）', 'A word on it (optional)'), false),
        ],
        { label: t('改', 'Change'), value: settleTask.value(sent) },
      )
    case 'drop':
      return form('task', [why(t('为什么不办了', 'Why it is given up'))], {
        label: t('不办了', 'Drop it'),
        value: dropTask.value(sent),
        type: 'danger',
      })
  }
}

function noteFor({ ownMoves }: TaskAsItStands, state: TaskState, { isOwner, isOverseer }: TaskReader): Element | null {
  if (!isOpen(state)) return null
  if (isOwner && !isOverseer)
    return note(
      ownMoves === 0
        ? t('日期可以自己改一次，最多往后 10 个工作日。', 'You may move the day once, by ten working days at most.')
        : t(
            '日期已经自己改过一次；再改请按「办不了…」，由书记定。',
            'You have moved the day once; for more press “Cannot…”, and the secretary decides.',
          ),
    )
  return null
}
