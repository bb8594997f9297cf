import { type Day, day, time } from '../../calendar.ts'
import { gatheringKinds, isOpen } from '../gatherings/gatherings.ts'
import { leaveReasonNames, leaveReasons } from '../gatherings/leaves.ts'
import { inStrokeOrder } from '../roster/surname-order.ts'
import type { EarlierTask, MinuteDecision, MinuteFacts } from './minutes-facts.ts'
import { electionLines, voteLine } from './minutes-votes.ts'

/** One row of the record: its heading, and what stands beside it. */
interface MinuteLine {
  head: string
  says: string[]
  /** Leave by its reasons is for the committee: its reader list was promised to whoever asked for leave. */
  isForCommittee?: true
}

export interface MinuteDraft {
  title: string
  lines: MinuteLine[]
}

/**
 * The minutes in the usual layout, in Chinese, the language of the document. Only what is known becomes a line. The page, the card, the
 * print and the docx all draw these lines.
 */
export function draftOf(it: MinuteFacts): MinuteDraft {
  return { title: `${it.branch}会议记录`, lines: [...head(it), ...people(it), ...matter(it)].filter(({ says }) => says.length > 0) }
}

const line = (head: string, ...says: (string | null | false | undefined)[]): MinuteLine => ({
  head,
  says: says.filter((one) => typeof one === 'string' && one !== '') as string[],
})
/** A full-width point: on a card, a number with a plain one begins a list. */
const numbered = (says: readonly string[]): string[] => (says.length === 1 ? [...says] : says.map((one, i) => `${i + 1}．${one}`))

const head = (it: MinuteFacts): MinuteLine[] => [
  line('会议名称', nameOf(it)),
  line('时间', span(it.from, it.until)),
  line('地点', it.place),
  line('联合召开', it.others.join('、')),
  line('召集人', it.calledBy !== it.host && it.calledBy),
  line('主持人', it.host),
  line('记录人', it.recorder),
]

/** The branch says that it is one already: 第一支部党员大会. */
const nameOf = ({ branch, group, kind }: MinuteFacts) =>
  `${branch}${group ? ` ${group} ` : ''}${gatheringKinds[kind].name.zh}`.replace('支部支部', '支部')

function span(from: number, until: number): string {
  const [start, end] = [new Date(from), new Date(until)]
  const [on, then] = [day(start), day(end)]
  return `${written(on)} ${time(start)}–${on === then ? '' : `${written(then)} `}${time(end)}`
}

const written = (on: Day) => `${Number(on.slice(0, 4))}年${Number(on.slice(5, 7))}月${Number(on.slice(8))}日`

function people(it: MinuteFacts): MinuteLine[] {
  const late = it.present.filter(({ isLate }) => isLate).length
  const came = `${it.present.length} 人${late > 0 ? `（迟到 ${late} 人）` : ''}`
  const there = line(
    '出席',
    inStrokeOrder(it.present)
      .map(({ name, isLate }) => `${name}${isLate ? '（迟到）' : ''}`)
      .join('、'),
  )
  if (isOpen(it.kind)) return [line('参加', came), there]
  const reasons = leaveReasons.flatMap((one) => (it.leaves[one] ? [`${leaveReasonNames[one].zh} ${it.leaves[one]} 人`] : []))
  const onLeave = leaveReasons.reduce((sum, one) => sum + (it.leaves[one] ?? 0), 0)
  const absent = it.expected - it.away - it.present.length - onLeave
  const missing = [absent > 0 && `缺席 ${absent} 人`, onLeave > 0 && `请假 ${onLeave} 人`, it.away > 0 && `外出 ${it.away} 人`].filter(
    Boolean,
  )
  return [
    line('应到', `${it.expected} 人`),
    line('实到', came),
    there,
    line('缺席、请假', missing.join('，')),
    { ...line('请假事由', reasons.join('、')), isForCommittee: true },
    line('补课', it.madeUp > 0 && `${it.madeUp} 人`),
    line('到会情况', it.isQuorate ? '到会人数符合规定' : '到会人数不足，会议不作数'),
  ]
}

const matter = (it: MinuteFacts): MinuteLine[] => [
  line('上次任务', ...it.earlier.map(taskLine)),
  line('议题', ...numbered(it.agenda.map(itemLine))),
  line('讨论要点', ...points(it)),
  line('表决', ...numbered(it.votes.map((one) => voteLine(one, it.votesStand)))),
  line('选举', ...it.elections.flatMap((one) => electionLines(one, it.votesStand))),
  line(it.isQuorate ? '决议、决定' : '意见（人数不足，不作决定）', ...numbered(it.decisions.map((one) => decisionLine(one, it.isQuorate)))),
  line('计入标准', it.credited.join('、')),
]

const itemLine = ({ words, wasHeld }: MinuteFacts['agenda'][number]) =>
  `${words}${wasHeld === false ? '（没有进行）' : wasHeld === null ? '（是否进行待主持人确认）' : ''}`

/** The points stand behind the number of their item. Each line that was typed stays a line. */
function points({ agenda, points: all }: MinuteFacts): string[] {
  const byItem = agenda.flatMap(({ points: said }, i) =>
    said ? linesOf(said).map((one, n) => (n === 0 && agenda.length > 1 ? `${i + 1}．${one}` : one)) : [],
  )
  return [...byItem, ...(all ? linesOf(all) : [])]
}

const linesOf = (typed: string) =>
  typed
    .split('\n')
    .map((one) => one.trim())
    .filter(Boolean)

/** Both sign the print. */
export const signatures = ['主持人签名', '记录人签名'] as const

const PAPER = '另有纸质记录'

/** In a meeting without a quorum nobody was given a task. */
function decisionLine({ words, owner, dueOn }: MinuteDecision, isQuorate: boolean): string {
  if (words === null) return PAPER
  const task = isQuorate ? [owner && `负责人 ${owner}`, dueOn && `${written(dueOn)}前完成`].filter(Boolean).join('，') : ''
  return task ? `${words}（${task}）` : words
}

const taskLine = ({ words, owner, dueOn, isDone }: EarlierTask) =>
  `${words}（${owner}，${written(dueOn)}）：${isDone ? '已办完' : '未办完'}`

/** Members read the record without what is for the committee alone. */
export const readableBy = ({ title, lines }: MinuteDraft, isOfCommittee: boolean): MinuteDraft => ({
  title,
  lines: isOfCommittee ? lines : lines.filter(({ isForCommittee }) => !isForCommittee),
})
