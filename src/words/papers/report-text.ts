import { agendaTagNames } from '../../rules/gatherings/agenda.ts'
import { gatheringKinds } from '../../rules/gatherings/gatherings.ts'
import type { PaperFacts } from '../../rules/papers/facts.ts'
import { topicNames } from '../../rules/papers/topics.ts'
import { drafted } from '../../rules/papers/words.ts'
import { type PartId, partOf } from '../../rules/standards/standards.ts'
import { points, spokenDay, spokenQuarter } from '../../spoken.ts'
import { listed, type Text, t } from '../../text.ts'

/** The five parts of the committee's report to the members, and of the year's summary. */
export const reportTitles: readonly Text[] = [
  t('组织生活和学习', 'Meetings and study'),
  t('决定和落实', 'Decisions, and what became of them'),
  t('队伍建设', 'Members'),
  t('标准完成情况', 'Standards'),
  t('下一步', 'Next'),
]

/** The three parts of the secretary's work report. */
export const workReportTitles: readonly Text[] = [t('做了什么', 'Done'), t('不足', 'Lacking'), t('下一步', 'Next')]

/** A line for a figure that is not zero; where nothing is known there is no line. */
const count = (of: number, zh: string, en: string): Text[] => (of > 0 ? [t(`${zh} ${of} 次`, `${en}: ${of}`)] : [])
const people = (of: number, zh: string, en: string): Text[] => (of > 0 ? [t(`${zh} ${of} 名`, `${en}: ${of}`)] : [])
const some = (texts: readonly Text[], zh: string, en: string): Text[] => {
  const said = listed(texts)
  return texts.length > 0 ? [t(`${zh}${said.zh}。`, `${en}${said.en}.`)] : []
}

const meetingLines = ({ gatherings, studies, subjects }: PaperFacts): Text[] => [
  ...some(
    gatherings.flatMap(({ kind, times }) => count(times, gatheringKinds[kind].name.zh, gatheringKinds[kind].name.en)),
    '召开',
    'Held: ',
  ),
  ...some(count(studies, '其中学习', 'with study'), '', 'Among them '),
  ...some(
    subjects.flatMap(({ tag, times }) => count(times, agendaTagNames[tag].zh, agendaTagNames[tag].en)),
    '议题：',
    'On the agenda: ',
  ),
]

const recordLines = ({ records, moreRecords }: PaperFacts): Text[] => [
  ...records.map(({ topic, on, words }) => {
    const [what, when] = [topicNames[topic], spokenDay(on)]
    return t(`· ${what.zh}，${when.zh}：${words}`, `· ${what.en}, ${when.en}: ${words}`)
  }),
  ...(moreRecords > 0 ? [t(`另有 ${moreRecords} 项。`, `And ${moreRecords} more.`)] : []),
]

const decisionLines = ({ decisions, tasks: { given, done } }: PaperFacts): Text[] => [
  ...(decisions > 0 ? [t(`作出决定 ${decisions} 项。`, `Decisions: ${decisions}.`)] : []),
  ...(given > 0
    ? [
        done === given
          ? t(`任务 ${given} 项，全部办完。`, `Tasks: ${given}, all done.`)
          : t(`任务 ${given} 项，办完 ${done} 项，未完 ${given - done} 项。`, `Tasks: ${given}, done ${done}, open ${given - done}.`),
      ]
    : []),
]

const memberLines = ({ steps, talks }: PaperFacts): Text[] => [
  ...some(
    [
      ...people(steps.activist, '确定入党积极分子', 'new activists'),
      ...people(steps.prospect, '确定发展对象', 'new prospects'),
      ...people(steps.probationer, '接收预备党员', 'probationers admitted'),
      ...people(steps.full, '预备党员转正', 'conversions'),
    ],
    '',
    'Development: ',
  ),
  ...(talks && talks.activists > 0
    ? [
        t(
          `与积极分子谈心：${talks.activists} 名中谈了 ${talks.activistsMet} 名。`,
          `Talks with activists: ${talks.activistsMet} of ${talks.activists}.`,
        ),
      ]
    : []),
  ...(talks && talks.membersMet > 0
    ? [t(`党员谈心：${talks.members} 名中谈了 ${talks.membersMet} 名。`, `Talks with members: ${talks.membersMet} of ${talks.members}.`)]
    : []),
]

const doneLines = ({ duties: { met, late, missed }, scores }: PaperFacts): Text[] => [
  ...some(
    [
      ...(met > 0 ? [t(`按期完成 ${met} 项`, `met ${met}`)] : []),
      ...(late > 0 ? [t(`逾期补办 ${late} 项`, `met late ${late}`)] : []),
      ...(missed > 0 ? [t(`未完成 ${missed} 项`, `missed ${missed}`)] : []),
    ],
    '应办事项：',
    'Duties: ',
  ),
  ...scores.map(({ quarter, tenths }) => {
    const { zh, en } = spokenQuarter(quarter)
    return t(`${zh}得分 ${points(tenths)} 分。`, `Score of ${en}: ${points(tenths)}.`)
  }),
]

const named = (parts: readonly PartId[]): Text[] => [...new Set(parts)].map((part) => partOf(part).name)
const behindLines = ({ late, missed }: PaperFacts): Text[] => [
  ...some(named(missed), '未完成：', 'Missed: '),
  ...some(named(late), '逾期补办：', 'Met late: '),
]

const nextLines = ({ open }: PaperFacts): Text[] =>
  open.map(({ part, dueOn }) => {
    const [what, due] = [partOf(part).name, spokenDay(dueOn)]
    return t(`· ${what.zh}，${due.zh}前`, `· ${what.en}, by ${due.en}`)
  })

/** The committee's report, and the year's summary, as far as the facts can write it. */
export const draftReport = (facts: PaperFacts): Text[] =>
  [
    [...meetingLines(facts), ...recordLines(facts)],
    decisionLines(facts),
    memberLines(facts),
    [...doneLines(facts), ...behindLines(facts)],
    nextLines(facts),
  ].map(drafted)

/** The secretary's work report: the same facts in three parts. */
export const draftWorkReport = (facts: PaperFacts): Text[] =>
  [
    [...meetingLines(facts), ...decisionLines(facts), ...memberLines(facts), ...doneLines(facts), ...recordLines(facts)],
    behindLines(facts),
    nextLines(facts),
  ].map(drafted)
