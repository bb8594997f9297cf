import * as z from 'zod'
import { assessedBranch } from '../../db/assessment/branch-quarter.ts'
import { judge } from '../../db/assessment/review.ts'
import { branchById } from '../../db/branches/units.ts'
import { lookUp, statementOf } from '../../db/client.ts'
import { isQuarter } from '../../src/calendar.ts'
import { foundOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { permilleOfPercent } from '../../src/rules/assessment/assessment.ts'
import { dutyKey } from '../../src/rules/duties/duty.ts'
import { standards } from '../../src/rules/standards/standards.ts'
import { clipped, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { named } from '../../src/words/score.ts'
import { correctDuty, LONGEST, openStandardToCorrect } from './buttons.ts'

const cards = () => import('./corrections-card.ts')

export const assessmentCorrections = view({
  name: 'assessmentCorrections',
  takes: z.object({ subject: z.string(), branch: id, quarter: z.string().refine(isQuarter) }),
  async show(db, { branch: of, quarter }, now) {
    const [[branch]] = await lookUp(db, [branchById(db, of)])
    return branch ? (await cards()).cardNow(db, branch, quarter, now, null) : null
  },
})

/** Thirty standards have more duties than a card holds, hence one is opened at a time. */
export const openStandardToCorrectPress = press({
  button: openStandardToCorrect,
  rights: ['assess'],
  fills: z.object({ standard: z.string().nullish() }),
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch))] as const,
  async answer(ctx, { quarter }, [[found]], filled) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'assess', found, placeOf)
    const standard = standards.find(({ id: one }) => String(one) === filled.standard)
    if (!standard) refuse('请先选一项标准。', 'Please choose a standard first.')
    return { toast: named(standard.id), mood: 'info', card: await (await cards()).cardNow(db, branch, quarter, now, standard.id) }
  },
})

export const correctDutyPress = press({
  button: correctDuty,
  rights: ['assess'],
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
    const reason = clipped(filled.reason ?? '', LONGEST.reason)
    if (!duty || !verdict) refuse('请选择更正哪一件、改为什么。', 'Please choose which duty, and what it becomes.')
    if (reason === '') refuse('请写明理由。', 'Please give the reason.')
    const permille = verdict === 'points' ? permilleOfPercent(filled.percent ?? '') : 0
    if (permille === null) refuse('得分率请填 0 到 100。', 'The share is a number from 0 to 100.')
    const { part, subject, period } = duty
    await judge(db, branch, quarter, [{ id: newId(), part, subject, period, verdict, permille, reason }], actor, now)
    return { toast: t('已更正。', 'Corrected.'), mood: 'success' }
  },
})
