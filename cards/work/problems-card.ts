import type { GatheringAsItStands } from '../../db/gatherings/state.ts'
import type { ProblemThere } from '../../db/work/problems.ts'
import { button, type Card, card, drawnThatFit, type Element, lines, note } from '../../src/card.ts'
import { form, input, pickDay, selectPerson } from '../../src/form.ts'
import { MOST_TASK_WORDS } from '../../src/rules/work/tasks.ts'
import { spokenDay, spokenSpan } from '../../src/spoken.ts'
import { asWritten, both, type Text, t } from '../../src/text.ts'
import { addProblem, strikeProblem } from './buttons.ts'

interface Problems {
  it: GatheringAsItStands
  branch: string
  found: readonly ProblemThere[]
  isSettled: boolean
  /** The open_ids of those who can be named. */
  people: readonly string[]
}

const LISTED_BYTES = 12_000

/** The problems of a life meeting, each with who puts it right. The committee alone reads all of them. */
export function problemsCard({ it, branch, found, isSettled, people }: Problems, now: Date): Card {
  const isChanging = !isSettled && it.cancelledAt === null && now >= it.startsAt
  const sent = { gathering: it.id, branch }
  const shown = drawnThatFit(found, (one) => problemElements(one, sent, isChanging), LISTED_BYTES)
  return card(
    t('查摆的问题', 'Problems found'),
    [
      lines(spokenSpan(it.startsAt, it.endsAt)),
      found.length === 0 ? lines(t('还没有记下问题。', 'No problem is written down yet.')) : null,
      ...shown.flat(),
      found.length > shown.length ? note(t(`另有 ${found.length - shown.length} 个。`, `And ${found.length - shown.length} more.`)) : null,
      isChanging ? problemForm(sent, people) : null,
      note(
        t(
          '个人的问题只有本人和支委会看得到；会后成为整改任务，没改好的排在下次组织生活会最前面。',
          'A person’s problem is seen by them and the committee alone; it becomes a task after the close, and what is open heads the next life meeting.',
        ),
      ),
    ],
    { colour: isChanging ? 'wathet' : 'grey', subtitle: asWritten(it.branches.find(({ id }) => id === branch)?.name ?? it.branchName) },
  )
}

type Sent = { gathering: string; branch: string }

const problemElements = (one: ProblemThere, sent: Sent, isChanging: boolean): Element[] => [
  lines(problemSaid(one)),
  ...(isChanging ? [button(t('删去', 'Take off'), strikeProblem.value({ ...sent, problem: one.id }), { type: 'text' })] : []),
]

function problemSaid({ nth, words, memberName, ownerName, dueOn, isPutRight }: ProblemThere): Text {
  const whose = memberName === null ? t('班子', 'the committee') : asWritten(memberName)
  const [what, who, by] = [asWritten(words), asWritten(ownerName), spokenDay(dueOn)]
  return both((l) =>
    l === 'zh'
      ? `${nth}．${whose.zh}：${what.zh} — ${who.zh}，${by.zh}前${isPutRight ? '，已整改' : ''}`
      : `${nth}．${whose.en}: ${what.en} — ${who.en}, by ${by.en}${isPutRight ? ', put right' : ''}`,
  )
}

const problemForm = (sent: Sent, people: readonly string[]): Element =>
  form(
    'problem',
    [
      input('words', t('查摆出的问题（120 字以内）', 'The problem (120 characters)'), { most: MOST_TASK_WORDS, rows: 2, required: true }),
      selectPerson('member', t('谁的问题（不选则是班子的）', 'Whose it is (else the committee’s)'), people),
      selectPerson('owner', t('谁整改（个人的不选则由本人）', 'Who puts it right (else the person)'), people),
      pickDay('on', t('哪天前改好', 'By when'), { required: true }),
    ],
    { label: t('记下', 'Note it'), value: addProblem.value(sent) },
  )
