import { type Day, day } from '../../src/calendar.ts'
import { button, type Card, card, coloured, lines, note, row } from '../../src/card.ts'
import { form, input, pickDay, selectPerson } from '../../src/form.ts'
import { MOST_TASK_WORDS } from '../../src/rules/work/tasks.ts'
import { asWritten, clipped, labelled, t } from '../../src/text.ts'
import { dueSaid } from '../../src/words/work/tasks.ts'
import { editTask, giveTask } from './buttons.ts'

/** A line that was said, before anything is given. */
export interface TaskLine {
  /** The id that the task will have. */
  task: string
  branch: string
  branchName: string
  words: string
  owner: { id: string; name: string } | null
  dueOn: Day | null
  /** The open_ids of those who can be picked. */
  people: readonly string[]
  isUnclear: boolean
}

/** Reads the line back with one button; what is missing or unclear opens it as a form. */
export function taskLineCard(line: TaskLine, now: Date, isOpen: boolean): Card {
  const { task, branch, words, owner, dueOn } = line
  const sent = { task, branch, words: clipped(words, 200), ...(owner ? { owner: owner.id } : {}), ...(dueOn ? { dueOn } : {}) }
  const isWhole = words !== '' && owner !== null && dueOn !== null && !line.isUnclear
  return card(
    t('派一项任务', 'Give a task'),
    isWhole && !isOpen
      ? [
          lines(
            asWritten(clipped(words, MOST_TASK_WORDS)),
            labelled(t('**负责人**', '**Owner**'), asWritten(owner.name), '  '),
            labelled(t('**日期**', '**Day**'), dueSaid(dueOn, day(now)), '  '),
          ),
          row(
            button(t('派给他', 'Give it'), giveTask.value(sent), { type: 'primary_filled' }),
            button(t('改一改…', 'Change…'), editTask.value(sent)),
          ),
        ]
      : [
          line.isUnclear
            ? lines(coloured('orange', t('日期没看懂，请选一下是哪天前。', 'I did not understand the day; please choose it.')))
            : null,
          form(
            'give',
            [
              input('words', t('要办什么（120 字以内）', 'What is to be done (120 characters)'), {
                value: clipped(words, MOST_TASK_WORDS),
                most: MOST_TASK_WORDS,
                rows: 2,
                required: true,
              }),
              ...(owner ? [lines(labelled(t('负责人', 'Owner'), asWritten(owner.name)))] : []),
              selectPerson(
                'owner',
                owner ? t('换一位负责人（不选则不换）', 'Another owner (else as above)') : t('谁负责', 'Who does it'),
                line.people,
              ),
              pickDay('on', t('哪天前办完', 'By when'), { ...(dueOn ? { chosen: dueOn } : {}), required: true }),
            ],
            { label: t('派给他', 'Give it'), value: giveTask.value(sent) },
          ),
          note(t('负责人在「任务」里看到，到期前会提醒。', 'The owner sees it under “task”, and is reminded before the day.')),
        ],
    { colour: 'blue', subtitle: asWritten(line.branchName) },
  )
}
