import { type Day, daysBetween } from '../../calendar.ts'
import { button, coloured, type Element, lines, note } from '../../card.ts'
import { spokenDay } from '../../spoken.ts'
import { asWritten, both, type Text, t } from '../../text.ts'

/** `12月20日（周日）前`, or how long it is over. */
export function dueSaid(dueOn: Day, today: Day): Text {
  const { zh, en } = spokenDay(dueOn)
  const late = daysBetween(dueOn, today)
  if (late <= 0) return late === 0 ? t(`今天（${zh}）前`, `due today, ${en}`) : t(`${zh}前`, `by ${en}`)
  return coloured('orange', t(`${zh}到期，已过 ${late} 天`, `was due ${en}, ${late} ${late === 1 ? 'day' : 'days'} ago`))
}

/** A line of a list: what, who where that is not the reader, and by when. */
export function taskSaid({ words, dueOn, who }: { words: string; dueOn: Day; who?: string }, today: Day): Text {
  const [what, due, name] = [asWritten(words), dueSaid(dueOn, today), who === undefined ? null : asWritten(who)]
  return both((l) => `· ${what[l]} — ${name ? `${name[l]}${{ zh: '，', en: ', ' }[l]}` : ''}${due[l]}`)
}

/** The lines about tasks in a digest and on a person's own list. */
export interface TaskLines {
  due: readonly { words: string; dueOn: Day }[]
  /** Tasks that wait for the reader's answer, as they look after the branch. */
  toSettle: readonly { branch: string; branchName: string; words: string }[]
}

export const noTasks: TaskLines = { due: [], toSettle: [] }

export const areNoTasks = ({ due, toSettle }: TaskLines): boolean => due.length + toSettle.length === 0

export const tasksTitle = ({ due, toSettle }: TaskLines): Text =>
  due.length > 0
    ? t(`有 ${due.length} 项任务到期`, `${due.length} ${due.length === 1 ? 'task' : 'tasks'} due`)
    : t(`${toSettle.length} 项任务等你定`, `${toSettle.length} ${toSettle.length === 1 ? 'task waits' : 'tasks wait'} for you`)

const MOST_SHOWN = 5

interface TaskButtons {
  own: object
  branch(branch: string): object
}

export function tasksShown({ due, toSettle }: TaskLines, { own, branch }: TaskButtons, today: Day): Element[] {
  const branches = [...Map.groupBy(toSettle, (one) => one.branch).values()].slice(0, MOST_SHOWN)
  return [
    ...(due.length > 0
      ? [
          lines(t('**任务**', '**Tasks**'), ...due.slice(0, MOST_SHOWN).map((one) => taskSaid(one, today))),
          ...(due.length > MOST_SHOWN ? [note(t(`另有 ${due.length - MOST_SHOWN} 项。`, `And ${due.length - MOST_SHOWN} more.`))] : []),
          button(t('看任务', 'My tasks'), own, { type: 'primary' }),
        ]
      : []),
    ...branches.flatMap((those) => {
      const [{ branch: id, branchName, words }] = those as [(typeof those)[number]]
      const [name, what] = [asWritten(branchName), asWritten(words)]
      return [
        lines(
          t(
            `**任务办不了、负责人不在岗** ${those.length} 项 · ${name.zh}：${what.zh}${those.length > 1 ? ' 等' : ''}`,
            `**Tasks that cannot be done, or whose owner is away**: ${those.length}, ${name.en}: ${what.en}${those.length > 1 ? ' …' : ''}`,
          ),
        ),
        button(t('去处理', 'Settle'), branch(id), { type: 'primary' }),
      ]
    }),
  ]
}
