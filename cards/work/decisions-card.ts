import type { GatheringAsItStands } from '../../db/gatherings/state.ts'
import { countOf, type Decided, type DecisionWritten } from '../../db/work/decided.ts'
import { button, type Card, card, coloured, drawnThatFit, type Element, fittingLines, lines, note, row } from '../../src/card.ts'
import { fittingOptions, form, input, type Option, pickDay, select, selectPerson } from '../../src/form.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { MOST_DECISIONS, MOST_TASK_WORDS } from '../../src/rules/work/tasks.ts'
import { spokenDay, spokenSpan } from '../../src/spoken.ts'
import { asWritten, both, clipped, labelled, type Text, t } from '../../src/text.ts'
import { addDecision, publishDecision, strikeDecision } from './buttons.ts'

interface Reading {
  it: GatheringAsItStands
  branch: string
  decided: Decided
}

interface Writing extends Reading {
  /** The minutes are on their way: nothing is changed any more. */
  isSettled: boolean
  /** The open_ids of those who can be owners. */
  people: readonly string[]
}

const LISTED_BYTES = 13_000
const VOTES_BYTES = 2_500

/** The people who lead the meeting write down what was decided: words, who, by when. */
export function decisionsCard({ it, branch, decided, isSettled, people }: Writing, now: Date): Card {
  const isOff = it.cancelledAt !== null || now < it.startsAt
  const isChanging = !isSettled && !isOff
  const ofCommittee = gatheringKinds[it.kind].roster === 'committee'
  const draw = (one: DecisionWritten) => [
    lines(decisionSaid(one, decided.written.indexOf(one) + 1, ofCommittee)),
    ...ownButtons(one, { gathering: it.id, branch }, isChanging, ofCommittee),
  ]
  const shown = drawnThatFit(decided.written, draw, LISTED_BYTES)
  const left = decided.written.length - shown.length
  return card(
    labelled(t('决定', 'Decisions'), gatheringKinds[it.kind].name, ' · '),
    [
      lines(spokenSpan(it.startsAt, it.endsAt)),
      opinionNote(it, branch),
      countOf(decided) === 0 ? lines(t('还没有记下决定。', 'No decision is written down yet.')) : null,
      ...shown.flat(),
      left > 0 ? note(t(`另有 ${left} 项太长，没有列在这里。`, `${left} more are too long to stand here.`)) : null,
      votesSaid(decided),
      isChanging && decided.written.length < MOST_DECISIONS ? decisionForm(it, branch, decided, people) : null,
      note(isSettled ? settledSaid : ofCommittee ? committeeSaid : howSaid),
    ],
    { colour: isChanging ? 'wathet' : 'grey', subtitle: asWritten(nameOf(it, branch)) },
  )
}

/** The same for whoever only reads. */
export function readingCard({ it, branch, decided }: Reading): Card {
  return card(
    labelled(t('会上的决定', 'What was decided'), gatheringKinds[it.kind].name, ' · '),
    [
      lines(spokenSpan(it.startsAt, it.endsAt)),
      opinionNote(it, branch),
      countOf(decided) === 0 ? lines(t('没有向支部公开的决定。', 'No decision is open to the branch.')) : null,
      decided.written.length > 0 ? lines(...decided.written.map((one, nth) => decisionSaid(one, nth + 1, false))) : null,
      votesSaid(decided),
    ],
    { colour: 'grey', subtitle: asWritten(nameOf(it, branch)) },
  )
}

const nameOf = (it: GatheringAsItStands, branch: string) => it.branches.find(({ id }) => id === branch)?.name ?? it.branchName

function opinionNote(it: GatheringAsItStands, branch: string): Element | null {
  const own = it.branches.find(({ id }) => id === branch)
  if (!it.closedAt || own?.isQuorate !== false) return null
  return lines(
    coloured(
      'orange',
      t(
        '到会人数不够：下面的只是意见，不是决定，也不派任务。',
        'Too few were there: these are opinions and no decisions, and become no tasks.',
      ),
    ),
  )
}

const outcomes = { open: t('未办完', 'to do'), done: t('已办完', 'done'), dropped: t('不办了', 'dropped') } as const

function decisionSaid(
  { words, ownerName, dueOn, task, isPublished, isOverturned }: Decided['written'][number],
  nth: number,
  tellsPublic: boolean,
): Text {
  const what = words === null ? t('另有纸质记录', 'on paper') : asWritten(words)
  const who = ownerName === null ? null : asWritten(ownerName)
  const by = dueOn === null ? null : spokenDay(dueOn)
  return both((l) => {
    const parts = [who?.[l], by && { zh: `${by.zh}前`, en: `by ${by.en}` }[l], task && outcomes[task][l]].filter((one) => !!one)
    const lost = isOverturned ? { zh: '（更正后没有通过，请删去）', en: ' (not carried after a correction: take it off)' }[l] : ''
    const open = tellsPublic && isPublished ? { zh: '（已公开）', en: ' (open to the branch)' }[l] : ''
    // A full-width point: a plain one begins a list on a card.
    return `${nth}．${what[l]}${parts.length > 0 ? ` — ${parts.join({ zh: '，', en: ', ' }[l])}` : ''}${open}${lost}`
  })
}

function votesSaid({ votes }: Decided): Element | null {
  if (votes.length === 0) return null
  return lines(
    t('**表决、选举的结果也是决定**', '**What was voted is decided too**'),
    ...fittingLines(
      votes.map(({ words }) => asWritten(`· ${words}`)),
      VOTES_BYTES,
    ),
  )
}

type Sent = { gathering: string; branch: string }

function ownButtons({ id, words, isPublished }: DecisionWritten, sent: Sent, isChanging: boolean, ofCommittee: boolean): Element[] {
  const open = button(
    isPublished ? t('收回公开', 'Close to the branch') : t('公开', 'Open to the branch'),
    publishDecision.value({ ...sent, decision: id, isPublic: !isPublished }),
    {
      type: 'text',
    },
  )
  const shown = [
    ...(isChanging ? [button(t('删去', 'Take off'), strikeDecision.value({ ...sent, decision: id }), { type: 'text' })] : []),
    ...(ofCommittee && words !== null ? [open] : []),
  ]
  return shown.length > 0 ? [row(...shown)] : []
}

const PAPER: Option = {
  value: 'paper',
  label: t('人事、纪律等事项：另有纸质记录，这里不写内容', 'Personnel, discipline: on paper, nothing is written here'),
}

const decisionForm = (it: GatheringAsItStands, branch: string, { votes }: Decided, people: readonly string[]): Element =>
  form(
    'decision',
    [
      input('words', t('决定了什么（120 字以内）', 'What was decided (120 characters)'), { most: MOST_TASK_WORDS, rows: 2 }),
      selectPerson('owner', t('谁负责（不选则只是决定）', 'Who does it (else it is a decision alone)'), people),
      pickDay('on', t('哪天前办完', 'By when')),
      select('about', t('落实哪项表决，或另有纸质记录', 'Carry out a vote, or on paper'), [
        ...fittingOptions(
          votes.map(({ id, words }) => ({ value: id, label: t(clipped(words, 30), clipped(words, 30)) })),
          VOTES_BYTES,
        ),
        PAPER,
      ]),
    ],
    { label: t('记下', 'Note it'), value: addDecision.value({ gathering: it.id, branch }) },
  )

const settledSaid = t('会议记录已经送确认，决定不再改。', 'The minutes are submitted; the decisions stay as they are.')
const committeeSaid = t(
  '支委会的决定只有支委会看得到，按「公开」后本支部看得到；写了负责人和日期的，会后成为任务。',
  'A committee’s decisions are its own; with “Open” the branch reads one. With an owner and a day it becomes a task after the close.',
)
const howSaid = t(
  '写了负责人和日期的，会后成为任务；送确认前可以增删。',
  'With an owner and a day it becomes a task after the close; all can be changed until the minutes are submitted.',
)
