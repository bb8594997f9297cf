import * as z from 'zod'
import { reviewSubject } from '../../db/assessment/assessments.ts'
import { assessedBranch } from '../../db/assessment/branch-quarter.ts'
import { judge } from '../../db/assessment/review.ts'
import { judgeRows, rowsOf } from '../../db/assessment/table.ts'
import { branchById } from '../../db/branches/units.ts'
import { lookUp, statementOf, together } from '../../db/client.ts'
import { isQuarter } from '../../src/calendar.ts'
import { foundOrRefuse, memberOrRefuse, placeOf, privately, reply } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { permilleOfPercent } from '../../src/rules/assessment/assessment.ts'
import { type Item, itemsOf, judgementsOf, readRow, type WrongCell } from '../../src/rules/assessment/sheet.ts'
import { dutyKey } from '../../src/rules/duties/duty.ts'
import { standards } from '../../src/rules/standards/standards.ts'
import { clipped, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { correctDuty, judgeAll, LONGEST, openAssessmentCorrections, openStandardToCorrect } from './buttons.ts'

const cards = () => import('./drawn.ts')

export const branchReview = view({
  name: 'branchReview',
  takes: z.object({ subject: z.string(), branch: id, quarter: z.string().refine(isQuarter) }),
  async show(db, { branch: of, quarter }, now) {
    const [[branch]] = await lookUp(db, [branchById(db, of)])
    return branch ? (await cards()).branchReviewCard(await assessedBranch(db, branch, quarter, now)) : null
  },
})

export const judgeAllPress = press({
  button: judgeAll,
  rights: ['assess'],
  fills: z.record(z.string(), z.string().nullish()),
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch))] as const,
  async answer(ctx, { quarter, upper, own, seen = null }, [[found]], filled) {
    const { actor, db, now, newId } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'assess', found, placeOf)
    const { rows, judged: count } = await rowsOf(db, [branch], quarter, now)
    const [row] = rows
    if (!row) refuse('没有找到这个支部。', 'There is no such branch here.')
    const items = itemsOf([row], quarter)
    const typed = new Map(
      items.flatMap((item) => {
        const key = dutyKey({ ...item, subject: '', nth: 1 })
        const said = filled[item.isOwn ? `s${own.indexOf(key)}` : `m${upper.indexOf(key)}`]
        return said ? [[item.key, said] as const] : []
      }),
    )
    const reason = clipped(filled.reason ?? '', LONGEST.reason)
    const read = readRow(row, items, { points: ({ key }) => typed.get(key), reason, seen, mayBeEmpty: true })
    const [wrong] = read.wrong
    if (wrong) refuse(saidOf(wrong, items).zh, saidOf(wrong, items).en)
    const [conflict] = read.conflicts
    if (conflict)
      return {
        toast: saidOf(conflict, items),
        mood: 'warning',
        card: (await cards()).branchReviewCard(await assessedBranch(db, branch, quarter, now), typed),
      }
    const judged = judgementsOf(
      read.changes.map(({ item, permille }) => ({ ...item, permille })),
      reason,
      newId,
    )
    if (judged.length === 0) return { toast: t('没有改动。', 'Nothing has changed.'), mood: 'info' }
    await judgeRows(db, quarter, [{ branch, judged }], { branches: [branch.id], judged: count }, actor, now)
    return { toast: t(`已保存 ${judged.length} 项评定。`, `${judged.length} saved.`), mood: 'success' }
  },
})

function saidOf({ key, why }: WrongCell, items: readonly Item[]): Text {
  const name = items.find((item) => item.key === key)?.name
  return name ? t(`「${name.zh}」${why.zh}`, `“${name.en}”: ${why.en}`) : why
}

export const openAssessmentCorrectionsPress = press({
  button: openAssessmentCorrections,
  rights: ['assess'],
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch))] as const,
  async answer(ctx, { quarter }, [[found]]) {
    const { actor, db } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'assess', found, placeOf)
    await together(db, [
      reply(privately(ctx), assessmentCorrections.args({ subject: reviewSubject(branch.id, quarter), branch: branch.id, quarter })),
    ])
    return { toast: t('已私聊发给你。', 'Sent to you in a direct message.'), mood: 'success' }
  },
})

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
    const { cardNow, named } = await cards()
    return { toast: named(standard.id), mood: 'info', card: await cardNow(db, branch, quarter, now, standard.id) }
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
