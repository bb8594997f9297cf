import * as z from 'zod'
import { type Assessed, assessedBranch } from '../../db/assessment/branch-quarter.ts'
import { adjustmentSince } from '../../db/assessment/close.ts'
import { judge } from '../../db/assessment/review.ts'
import { type Branch, branchById } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf } from '../../db/client.ts'
import { isQuarter, type Quarter } from '../../src/calendar.ts'
import { type Card, card, type Element, fittingLines, lines, note, strong } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { fittingOptions, form, input, select } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import type { Adjustment } from '../../src/rules/assessment/adjustment.ts'
import { permilleOfPercent } from '../../src/rules/assessment/assessment.ts'
import { type Duty, dutyKey, stateNames } from '../../src/rules/duties/duty.ts'
import { partOf, standards } from '../../src/rules/standards/standards.ts'
import { points, spokenQuarter } from '../../src/spoken.ts'
import { asWritten, clipped, labelled, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { told } from '../../src/words/duties.ts'
import { named } from '../../src/words/score.ts'
import { foundForm, LISTED_BYTES, LONGEST_REASON, withdrawForm } from './findings.ts'

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
    [
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
    ],
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
            input('reason', t('理由（支部看得到）', 'Reason (the branch sees it)'), { required: true, most: LONGEST_REASON }),
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

export const assessmentCorrections = view({
  name: 'assessmentCorrections',
  takes: z.object({ subject: z.string(), branch: id, quarter: z.string().refine(isQuarter) }),
  async show(db, { branch: of, quarter }, now) {
    const [[branch]] = await lookUp(db, [branchById(db, of)])
    return branch ? cardNow(db, branch, quarter, now, null) : null
  },
})

const cardNow = async (db: Db, branch: Branch, quarter: Quarter, now: Date, standard: number | null) =>
  assessmentCorrectionsCard(await assessedBranch(db, branch, quarter, now), await adjustmentSince(db, branch, quarter, now), standard)

/** Thirty standards have more duties than a card holds, hence one is opened at a time. */
export const openStandardToCorrect = press({
  name: 'assessmentCorrections.pick',
  rights: ['assess'],
  sends: z.object({ branch: id, quarter: z.string().refine(isQuarter) }),
  fills: z.object({ standard: z.string().nullish() }),
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch))] as const,
  async answer(ctx, { quarter }, [[found]], filled) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'assess', found, placeOf)
    const standard = standards.find(({ id: one }) => String(one) === filled.standard)
    if (!standard) refuse('请先选一项标准。', 'Please choose a standard first.')
    return { toast: named(standard.id), mood: 'info', card: await cardNow(db, branch, quarter, now, standard.id) }
  },
})

export const correctDuty = press({
  name: 'assessmentCorrections.correct',
  rights: ['assess'],
  sends: z.object({ branch: id, quarter: z.string().refine(isQuarter) }),
  fills: z.object({
    duty: z.string().nullish(),
    verdict: z.string().nullish(),
    percent: z.string().nullish(),
    reason: z.string().nullish(),
  }),
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch))] as const,
  async answer(ctx, { quarter }, [[found]], filled) {
    const { actor, db, now, newId } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'assess', found, placeOf)
    const { duties } = await assessedBranch(db, branch, quarter, now)
    const duty = duties.find((one) => dutyKey(one) === filled.duty)
    const verdict = (['points', 'excused', 'not applicable'] as const).find((one) => one === filled.verdict)
    const reason = clipped(filled.reason ?? '', LONGEST_REASON)
    if (!duty || !verdict) refuse('请选择更正哪一件、改为什么。', 'Please choose which duty, and what it becomes.')
    if (reason === '') refuse('请写明理由。', 'Please give the reason.')
    const permille = verdict === 'points' ? permilleOfPercent(filled.percent ?? '') : 0
    if (permille === null) refuse('得分率请填 0 到 100。', 'The share is a number from 0 to 100.')
    const { part, subject, period } = duty
    await judge(db, branch, quarter, [{ id: newId(), part, subject, period, verdict, permille, reason }], actor, now)
    return { toast: t('已更正。', 'Corrected.'), mood: 'success' }
  },
})
