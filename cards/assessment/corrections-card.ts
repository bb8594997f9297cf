import { type Assessed, assessedBranch } from '../../db/assessment/branch-quarter.ts'
import { adjustmentSince } from '../../db/assessment/close.ts'
import type { Branch } from '../../db/branches/units.ts'
import type { Db } from '../../db/client.ts'
import type { Quarter } from '../../src/calendar.ts'
import { type Card, card, type Element, fittingLines, lines, note, oneMain, strong } from '../../src/card.ts'
import { fittingOptions, form, input, select } from '../../src/form.ts'
import type { Adjustment } from '../../src/rules/assessment/adjustment.ts'
import { type Duty, dutyKey, stateNames } from '../../src/rules/duties/duty.ts'
import { partOf, standards } from '../../src/rules/standards/standards.ts'
import { points, spokenQuarter } from '../../src/spoken.ts'
import { asWritten, labelled, type Text, t } from '../../src/text.ts'
import { told } from '../../src/words/duties.ts'
import { named } from '../../src/words/score.ts'
import { correctDuty, LONGEST, openStandardToCorrect } from './buttons.ts'
import { foundForm, LISTED_BYTES, withdrawForm } from './findings.ts'

/** An option costs two of the platform's 200 elements. */
const MOST_DUTIES = 60

const DUTIES_BYTES = 14_000

/** The seldom deeds: correct any duty with a reason, record an accident or a false record, withdraw either. */
export function assessmentCorrectionsCard(it: Assessed, adjustment: Adjustment | null, standard: number | null): Card {
  const { branch, quarter, assessment } = it
  const here = { branch: branch.id, quarter }
  const corrected = it.duties.filter(({ judged }) => judged?.byUpper && judged.reason !== '')
  return card(
    labelled(spokenQuarter(quarter), t('更正与记录', 'corrections and findings'), ' '),
    oneMain([
      assessment?.closedAt
        ? lines(
            t(
              '考核已结束：这里的更正只作为调整说明，不改结果。',
              'The assessment is closed: what is corrected here is shown as an adjustment, beside the result.',
            ),
          )
        : null,
      adjustment ? lines(adjustedTo(adjustment)) : null,
      form(
        'pick',
        [
          select('standard', t('哪一项标准', 'Which standard'), every(standard !== null), {
            chosen: standard === null ? undefined : String(standard),
            required: true,
          }),
        ],
        { label: t('打开这一项', 'Open it'), value: openStandardToCorrect.value(here) },
      ),
      ...(standard === null ? [] : ofStandard(it, standard)),
      corrected.length > 0 ? lines(t('**已更正**', '**Corrected**'), ...fittingLines(corrected.map(correctedLine), LISTED_BYTES)) : null,
      lines(strong(t('记录安全事故', 'Record an accident'))),
      foundForm('accident', t('记录事故', 'Record the accident'), { ...here, kind: 'accident' }),
      withdrawForm(it),
      note(
        t(
          '事故：本季得分低于 90。记录不实：该项和（30）记零分。更正和记录都写入审计。',
          'Accident: the quarter stays below 90. False record: its standard and (30) count nothing. Both are kept in the audit.',
        ),
      ),
    ]),
    { colour: 'grey', subtitle: asWritten(branch.name) },
  )
}

/** The standards by name, or by number where an opened standard takes the room. */
const every = (isShort: boolean) =>
  standards.map(({ id: one }) => ({ label: isShort ? t(`（${one}）`, `（${one}）`) : named(one), value: String(one) }))

/** One standard: its duties to correct, and the form that records it as false. */
function ofStandard(it: Assessed, standard: number): Element[] {
  const { branch, quarter, duties, names } = it
  const here = { branch: branch.id, quarter }
  const ours = told(
    duties.filter((one) => one.standard === standard),
    names,
  ).slice(0, MOST_DUTIES)
  const options = fittingOptions(
    ours.map(({ duty, name }) => ({
      label: labelled(name, stateNames[duty.state]),
      value: dutyKey(duty),
    })),
    DUTIES_BYTES,
  )
  return [
    lines(strong(labelled(named(standard), t('更正一件事', 'correct a duty'), ' · '))),
    options.length > 0
      ? form(
          'correct',
          [
            select('duty', t('更正哪一件', 'Which duty'), options, {
              chosen: options.length === 1 ? options[0]?.value : undefined,
              required: true,
            }),
            select('verdict', t('改为', 'Becomes'), verdicts, { required: true }),
            input('percent', t('得分率 0–100（%），改得分时填', 'Share 0–100 (%), for points'), { most: 6 }),
            input('reason', t('理由（支部看得到）', 'Reason (the branch sees it)'), { required: true, most: LONGEST.reason }),
          ],
          { label: t('更正', 'Correct'), value: correctDuty.value(here) },
        )
      : lines(t('这一项对这个支部没有要求。', 'Nothing of it is asked of this branch.')),
    lines(strong(t('记录这一项不实', 'Record it as false'))),
    foundForm('false', t('记录不实', 'Record it'), { ...here, kind: String(standard) }),
  ]
}

const verdicts = [
  { label: t('得分', 'Points'), value: 'points' },
  { label: t('免除（不计入）', 'Excused (left out)'), value: 'excused' },
  { label: t('不适用（不计入）', 'Not applicable (left out)'), value: 'not applicable' },
]

function correctedLine(duty: Duty): Text {
  const { name, standard } = partOf(duty.part)
  const to =
    duty.state === 'met' || duty.state === 'missed'
      ? t(`${(duty.judged?.permille ?? 0) / 10}%`, `${(duty.judged?.permille ?? 0) / 10}%`)
      : stateNames[duty.state]
  const why = asWritten(duty.judged?.reason ?? '')
  return t(`· （${standard}）${name.zh}：${to.zh}，${why.zh}`, `· (${standard}) ${name.en}: ${to.en}, ${why.en}`)
}

function adjustedTo({ before, after }: Adjustment): Text {
  const [was, would] = [before.tenths, after.tenths].map((tenths) => (tenths === null ? '–' : points(tenths)))
  return t(`结果 ${was} 分；按现在的事实为 ${would} 分（调整说明）。`, `Result ${was}; by the facts of now ${would} (adjustment).`)
}

export const cardNow = async (db: Db, branch: Branch, quarter: Quarter, now: Date, standard: number | null) =>
  assessmentCorrectionsCard(await assessedBranch(db, branch, quarter, now), await adjustmentSince(db, branch, quarter, now), standard)
