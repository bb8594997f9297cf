import * as z from 'zod'
import { type Assessed, assessedBranch } from '../../db/assessment/branch-quarter.ts'
import { find, withdrawFinding } from '../../db/assessment/review.ts'
import { branchById } from '../../db/branches/units.ts'
import { statementOf } from '../../db/client.ts'
import { isQuarter } from '../../src/calendar.ts'
import type { Element } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { fittingOptions, form, input, select } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { standardOf, standards } from '../../src/rules/standards/standards.ts'
import { asWritten, clipped, type Text, t } from '../../src/text.ts'
import { LONGEST } from './buttons.ts'

export const LISTED_BYTES = 3_000

const ofBranch = z.object({ branch: id, quarter: z.string().refine(isQuarter) })

export const foundForm = (name: string, label: Text, sent: { branch: string; quarter: string; kind: string }): Element =>
  form(
    name,
    [input(`reason_${name}`, t('依据（支部看得到）', 'Reference (the branch sees it)'), { required: true, most: LONGEST.reason })],
    {
      label,
      value: recordFinding.value(sent),
    },
  )

/** Null where nothing is recorded. */
export const withdrawForm = ({ branch, quarter, findingsInForce }: Assessed): Element | null =>
  findingsInForce.length === 0
    ? null
    : form(
        'withdraw',
        [
          select(
            'finding',
            t('撤销哪一条记录', 'Which to withdraw'),
            fittingOptions(
              findingsInForce.map((one) => ({ label: foundShortly(one), value: one.id })),
              LISTED_BYTES,
            ),
            { required: true },
          ),
        ],
        { label: t('撤销', 'Withdraw it'), value: withdrawFindingPress.value({ branch: branch.id, quarter }) },
      )

function foundShortly({ kind, standard, reason }: Assessed['findingsInForce'][number]): Text {
  const what = kind === 'accident' ? t('事故', 'Accident') : t(`（${standard}）记录不实`, `(${standard}) false record`)
  const why = asWritten(clipped(reason, 30))
  return t(`${what.zh}：${why.zh}`, `${what.en}: ${why.en}`)
}

export const recordFinding = press({
  name: 'findings.record',
  rights: ['assess'],
  sends: ofBranch.extend({ kind: z.enum(['accident', ...standards.map(({ id: one }) => String(one))]) }),
  fills: z.object({ reason_accident: z.string().nullish(), reason_false: z.string().nullish() }),
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch))] as const,
  async answer(ctx, { quarter, kind }, [[found]], filled) {
    const { actor, db, now, newId } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'assess', found, placeOf)
    const isAccident = kind === 'accident'
    const reason = clipped((isAccident ? filled.reason_accident : filled.reason_false) ?? '', LONGEST.reason)
    if (reason === '') refuse('请写明依据。', 'Please give a reference.')
    const standard = isAccident ? null : standardOf(Number(kind)).id
    await find(db, branch, quarter, { id: newId(), kind: isAccident ? 'accident' : 'false record', standard, reason }, actor, now)
    return { toast: t('已记录。', 'Recorded.'), mood: 'success' }
  },
})

export const withdrawFindingPress = press({
  name: 'findings.withdraw',
  rights: ['assess'],
  sends: ofBranch,
  fills: z.object({ finding: id.nullish() }),
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch))] as const,
  async answer(ctx, { quarter }, [[found]], filled) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'assess', found, placeOf)
    const { findingsInForce } = await assessedBranch(db, branch, quarter, now)
    const one = findingsInForce.find(({ id }) => id === filled.finding)
    if (!one) refuse('请选择一条记录。', 'Please choose a finding.')
    await withdrawFinding(db, branch, quarter, one.id, actor, now)
    return { toast: t('已撤销。', 'Withdrawn.'), mood: 'success' }
  },
})
