import type { Review } from '../../db/assessment/progress.ts'
import { day } from '../../src/calendar.ts'
import { button, type Card, card, type Element, figures, lines, note, oneMain, row } from '../../src/card.ts'
import { form, select } from '../../src/form.ts'
import { spokenQuarter } from '../../src/spoken.ts'
import { asWritten, both, counted, labelled, type Text, t } from '../../src/text.ts'
import { untilSaid } from '../../src/words/matters.ts'
import { figuresSaid, isAnythingOpen, isSelfOpen, type Left, leftIn, openSaid, publishSaid } from '../../src/words/publication.ts'
import { branchOptions } from '../../src/words/review.ts'
import { closeReview, openReview, openWaitingList, publishReview } from './buttons.ts'
import { handOutSheet, openTable } from './review-table.ts'

/** The progress of a committee's assessment: counts, a branch to open, and the two steps that end it. */
export function reviewCard(it: Review, now: Date, isOnWeb = false): Card {
  const { branches, assessment, quarter, committee } = it
  const submitted = branches.filter(({ isSubmitted }) => isSubmitted).length
  const left = leftIn(branches)
  const options = branchOptions(it)
  return card(
    labelled(spokenQuarter(quarter), t('考核评定', 'assessment review'), ' '),
    oneMain([
      branches.length > 0
        ? figures(
            { figure: `${submitted}/${branches.length}`, of: t('支部已上报', 'Sent up') },
            { figure: String(left.toConfirm), of: t('登记待确认', 'To confirm') },
            { figure: String(left.toDecide), of: t('自评待采纳', 'To decide') },
            { figure: String(left.toJudge), of: t('待评定', 'To judge') },
          )
        : null,
      lines(stateSaid(it, now), ...progressSaid(it, left, now)),
      ...decidingSteps(it, left),
      it.below.length > 0 ? lines(t('**下级党委**', '**Committees below**'), ...it.below.slice(0, 20).map(belowLine)) : null,
      options.length > 0
        ? form('open', [select('of', t('选择支部', 'Choose a branch'), options, { required: true })], {
            label: t('打开', 'Open'),
            value: openReview.value({ quarter }),
          })
        : null,
      branches.length > options.length
        ? note(
            t(
              `共 ${branches.length} 个支部，先列出要办的；其他的说「评定 支部名」。`,
              `${branches.length} branches, those with something to do first; for others say “review” and the branch’s name.`,
            ),
          )
        : null,
      ...tableSteps(it, isOnWeb),
      ...stepsOf(it, left, now),
      note(
        t(
          '得分是给评定的人参考的；机器人不处分，也不把名次发到支部群。',
          'The score is an aid to those who judge; the bot punishes nobody, and posts no order to branches.',
        ),
      ),
    ]),
    { subtitle: asWritten(committee.name), colour: assessment?.closedAt ? 'green' : 'blue' },
  )
}

/** Many branches are quicker to judge in the table on the web, or in the same table as a file. */
function tableSteps({ committee, quarter, branches }: Review, isOnWeb: boolean): Element[] {
  if (branches.length === 0) return []
  const sent = { committee: committee.id, quarter }
  const table = button(t('在网页上评定', 'Judge on the web'), openTable.value(sent))
  return [row(...(isOnWeb ? [table] : []), button(t('用 Excel 评定', 'Judge by Excel file'), handOutSheet.value(sent)))]
}

/** Before publication: what it would leave open. Afterwards: who is still to follow, and the appeals. */
function progressSaid(it: Review, left: Left, now: Date): Text[] {
  const { assessment } = it
  if (!assessment || assessment.closedAt) return []
  const appeals = left.appeals > 0 ? [t(`申诉待答复 ${left.appeals} 件。`, `${counted(left.appeals, 'appeal')} to answer.`)] : []
  if (assessment.publishedAt)
    return left.undecided > 0
      ? [
          ...appeals,
          t(
            `待定的支部 ${left.undecided} 个，确认后各自公布。`,
            `${counted(left.undecided, 'branch is undecided and follows', 'branches are undecided and follow')} when decided.`,
          ),
        ]
      : appeals
  const figures = figuresSaid(left)
  return isAnythingOpen(left, isSelfOpen(it, now)) ? [t(`${figures.zh}。`, `${figures.en}.`), ...openSaid(it, now)] : []
}

/** The main button while something waits: one press confirms a chosen list over all branches. */
function decidingSteps({ assessment, committee, quarter }: Review, { toConfirm, toDecide }: Left): Element[] {
  if (!assessment || toConfirm + toDecide === 0) return []
  const label = t(`处理待确认（${toConfirm + toDecide}）`, `Decide what waits (${toConfirm + toDecide})`)
  return [button(label, openWaitingList.value({ committee: committee.id, quarter }), { type: 'primary_filled', wide: true })]
}

const belowLine = ({ name, isPublished, isClosed }: Review['below'][number]): Text => {
  const state = isClosed ? t('已结束', 'closed') : isPublished ? t('已公布', 'published') : t('评定中', 'under way')
  return both((l) => `· ${asWritten(name)[l]} — ${state[l]}`)
}

function stateSaid({ assessment }: Review, now: Date): Text {
  if (!assessment)
    return t('本级没有直接考核的支部，或考核还没有开始。', 'No branch is assessed at this level itself, or it has not begun.')
  if (assessment.closedAt) return t('**考核已结束**，结果不再变动。', '**Closed**: the results do not change any more.')
  if (assessment.closingAt) return t('**正在结束**，一两分钟内完成。', '**Closing**: done within a minute or two.')
  const today = day(now)
  const until = assessment.appealsUntil && untilSaid(assessment.appealsUntil, today)
  if (until)
    return t(
      `**已公布**，申诉${until.zh}；之后没有待答复的申诉就自动结束。`,
      `**Published**; appeals ${until.en}. After that it closes by itself when no appeal waits.`,
    )
  const [self, review] = [untilSaid(assessment.selfUntil, today), untilSaid(assessment.reviewUntil, today)]
  return t(`支部自评${self.zh}；上级评定${review.zh}。`, `Branches ${self.en}; review ${review.en}.`)
}

function stepsOf(it: Review, left: Left, now: Date): Element[] {
  const { assessment, committee, quarter } = it
  if (!assessment || assessment.closingAt) return []
  if (assessment.publishedAt)
    return left.appeals > 0
      ? []
      : [
          row(
            button(t('结束考核', 'Close the assessment'), closeReview.value({ committee: committee.id, quarter }), {
              confirm: {
                title: t('结束考核？', 'Close the assessment?'),
                text: t('申诉期过后才能结束；结束后结果不再变动。', 'Possible after the appeals; the results do not change afterwards.'),
              },
            }),
          ),
        ]
  const isOpen = isAnythingOpen(left, isSelfOpen(it, now))
  return [
    button(t('公布', 'Publish'), publishReview.value({ committee: committee.id, quarter }), {
      ...(isOpen ? {} : { type: 'primary_filled' as const, wide: true }),
      confirm: { title: t('公布本季度考核？', 'Publish this quarter?'), text: publishSaid(it, now) },
    }),
  ]
}
