import { type Assessed, ownDuties, toAttest, toConfirm } from '../../db/assessment/branch-quarter.ts'
import { scoreOfAccount } from '../../db/duties/score.ts'
import { day } from '../../src/calendar.ts'
import { button, type Card, card, type Element, figures, folded, lines, note } from '../../src/card.ts'
import { form, select } from '../../src/form.ts'
import { type Answer, answerNames, answerOf, answerOfWord, answers } from '../../src/rules/assessment/assessment.ts'
import { proposedIn, unansweredIn, unjudgedIn } from '../../src/rules/assessment/publication.ts'
import { type Duty, dutyKey, isProved } from '../../src/rules/duties/duty.ts'
import type { Score } from '../../src/rules/duties/scoring.ts'
import { standardGroups } from '../../src/rules/duties/standard-groups.ts'
import { partOf } from '../../src/rules/standards/standards.ts'
import { points, spokenDay, spokenMoment, spokenQuarter } from '../../src/spoken.ts'
import { asWritten, joined, labelled, listed, type Text, t } from '../../src/text.ts'
import { fieldsFor } from '../../src/words/attest-fields.ts'
import { selfDaysSaid } from '../../src/words/matters.ts'
import { openAttest, termAsked } from '../duties/buttons.ts'
import { openAppeal, submitSelfAssessment } from './buttons.ts'

/** More entries than this go to a card of their own. */
const MOST_TOGETHER = 5

/** The branch checks its quarter, answers for the points that need a person, and sends it up with one button. */
export function selfAssessmentCard(it: Assessed, now: Date, answersOnly = false): Card {
  const { quarter, branch, assessment, submission } = it
  const score = scoreOfAccount(it)
  const isOpen = assessment !== null && !assessment.publishedAt
  const [own, open] = [ownDuties(it, quarter), answersOnly ? [] : toAttest(it, now)]
  return card(
    labelled(spokenQuarter(quarter), t('支部自评', 'self-assessment'), ' '),
    [
      figures(
        { figure: provedSaid(it), of: t('机器人已证明（分）', 'Proved (points)') },
        { figure: String(unansweredIn(it.duties, quarter).length), of: t('待自评', 'To answer') },
        { figure: String(open.length), of: t('待登记', 'To enter') },
        {
          figure: String(toConfirm(it).length + proposedIn(it.duties, quarter).length + unjudgedIn(it.duties, quarter).length),
          of: t('待上级', 'Upper level'),
        },
      ),
      submission ? lines(submittedSaid(submission.by, submission.at, isOpen)) : null,
      folded(t('八个方面的得分', 'Points in the eight groups'), [lines(...groupLines(score))]),
      ...(isOpen ? formFor(it, own, open) : []),
      note(deadlineSaid(it, now)),
      assessment?.publishedAt && !assessment.closedAt
        ? button(t('查看结果、申诉', 'Result and appeals'), openAppeal.value({ branch: branch.id, quarter }))
        : null,
    ],
    { colour: submission ? 'green' : 'blue', subtitle: asWritten(branch.name) },
  )
}

/** The points that our own records prove, without any answer of a person. */
function provedSaid(it: Assessed) {
  const duties = it.duties.map((duty) => (isMet(duty) && !isProved(duty) ? { ...duty, state: 'missed' as const } : duty))
  return points(scoreOfAccount({ ...it, duties }).standards.reduce((sum, { earnedTenths }) => sum + (earnedTenths ?? 0), 0))
}

const isMet = ({ state }: Duty) => state === 'met' || state === 'met late'

function submittedSaid(by: string, at: Date, isOpen: boolean): Text {
  const [who, when] = [asWritten(by), spokenMoment(at)]
  return t(
    `${who.zh}已于${when.zh}上报${isOpen ? '；公布前可以改了再报。' : '。'}`,
    `Sent up by ${who.en} on ${when.en}${isOpen ? '; until it is published it can be changed and sent again.' : '.'}`,
  )
}

function groupLines({ standards }: Score<Duty>): Text[] {
  return standardGroups.map(({ name, standards: ours }) => {
    const scored = standards.filter(({ standard }) => ours.some((one) => one.id === standard))
    const earned = scored.reduce((sum, { earnedTenths }) => sum + (earnedTenths ?? 0), 0)
    const weight = scored.reduce((sum, one) => sum + one.weight, 0)
    const open = scored.filter(({ earnedTenths }) => earnedTenths === null).map(({ standard }) => t(`（${standard}）`, `(${standard})`))
    const named = joined(open, '', ' ')
    const waiting = open.length > 0 ? t(`，还没有计分：${named.zh}`, `, not counted yet: ${named.en}`) : t('', '')
    return t(`**${name.zh}** ${points(earned)} / ${weight}${waiting.zh}`, `**${name.en}** ${points(earned)} of ${weight}${waiting.en}`)
  })
}

function formFor(it: Assessed, own: readonly Duty[], open: readonly Duty[]): Element[] {
  const { branch, quarter } = it
  // A term has a form of its own.
  const dated = open.filter(({ part }) => part !== '4.term')
  const together = dated.length <= MOST_TOGETHER ? dated : []
  const value = submitSelfAssessment.value({ branch: branch.id, quarter, own: own.map(dutyKey), given: together.map(dutyKey) })
  return [
    dated.length > together.length
      ? button(
          t(`先登记日期和依据（${dated.length} 项）`, `First enter dates and references (${dated.length})`),
          openAttest.value({ branch: branch.id, quarter }),
        )
      : null,
    termAsked(branch.id, open),
    form('self', [...own.flatMap((duty, i) => [lines(asked(duty)), choose(it, duty, i)]), ...fieldsFor(together, it.names)], {
      label: it.submission ? t('重新上报', 'Send up again') : t('上报', 'Send up'),
      value,
    }),
  ].filter((element) => element !== null)
}

/** The question, and beside it the facts that the bot has gathered. */
function asked({ part, gathered = [] }: Duty): Text {
  const { name, standard } = partOf(part)
  const held = listed([...new Set(gathered.map(({ at }) => day(at)))].slice(-6).map(spokenDay))
  const found = gathered.length > 0 ? t(`　已收集：${held.zh}`, `  gathered: ${held.en}`) : t('', '')
  return t(`（${standard}）**${name.zh}**${found.zh}`, `(${standard}) **${name.en}**${found.en}`)
}

const choose = (it: Assessed, duty: Duty, i: number) =>
  select(
    `s${i}`,
    t('请选择', 'Please choose'),
    answers.map((answer) => ({ label: answerNames[answer], value: answer })),
    { chosen: prefilled(it, duty) ?? undefined, required: true },
  )

/** The branch's answer of this time or the last, else a draft from gathered facts. Nothing is filled in that nobody said or recorded. */
function prefilled({ before }: Assessed, duty: Duty): Answer | null {
  if (duty.proposed || duty.judged) return answerOf(duty)
  const last = before.get(`${duty.part} ${duty.period}`)
  if (last) return answerOfWord(last)
  return duty.gathered ? 'fully' : null
}

function deadlineSaid({ assessment, submission }: Assessed, now: Date): Text {
  if (!assessment) return t('本季度的考核还没有开始。', 'This quarter’s assessment has not begun.')
  if (assessment.closedAt) return t('考核已结束。', 'The assessment is closed.')
  if (assessment.publishedAt) return t('考核已公布。', 'The assessment is published.')
  if (submission) return t('机器人能证明的不用填。', 'What the bot can prove needs no filling in.')
  const until = selfDaysSaid(assessment.selfUntil, day(now))
  return t(`请上报，${until.zh}；机器人能证明的不用填。`, `Please send it up, ${until.en}; what the bot can prove needs no filling in.`)
}
