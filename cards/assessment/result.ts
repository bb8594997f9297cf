import * as z from 'zod'
import { appeal, sayOver } from '../../db/assessment/appeals.ts'
import { assessmentOfBranch, resultSubject } from '../../db/assessment/assessments.ts'
import { assessedBranch } from '../../db/assessment/branch-quarter.ts'
import { adjustmentSince, resultOf } from '../../db/assessment/close.ts'
import * as messages from '../../db/assessment/messages.ts'
import { assessorsOf, nearest } from '../../db/branches/answering.ts'
import { branchById } from '../../db/branches/units.ts'
import { lookUp, statementOf, together } from '../../db/client.ts'
import { scoreOfAccount } from '../../db/duties/score.ts'
import { foundOrRefuse, memberOrRefuse, placeOf, privately, reply } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { frozenScore, thawed } from '../../src/rules/assessment/adjustment.ts'
import { appealRefused } from '../../src/rules/assessment/assessment.ts'
import { courteousFrom } from '../../src/rules/time/courtesy.ts'
import { clipped, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { LONGEST, openAppeal, submitAppeal } from './buttons.ts'

export const assessmentResult = view({
  message: messages.result,
  async show(db, { branch: of, quarter }, now) {
    const [[branch], [closed]] = await lookUp(db, [branchById(db, of), resultOf(db, of, quarter)])
    if (!branch) return null
    const it = await assessedBranch(db, branch, quarter, now)
    const { assessmentResultCard, undecidedCard } = await import('./result-card.ts')
    if (!it.assessment?.publishedAt) return it.assessment?.committeePublishedAt ? undecidedCard(it) : null
    const score = closed ? frozenScore(thawed(closed.result.account)) : scoreOfAccount(it)
    return assessmentResultCard(it, score, await adjustmentSince(db, branch, quarter, now), now)
  },
})

/** The score card and the self-assessment card lead here. The result is shown in the chat where it was asked for. */
export const openAppealPress = press({
  button: openAppeal,
  rights: ['appeal'],
  look: ({ db }, { branch, quarter }) =>
    [statementOf(branchById(db, branch)), statementOf(assessmentOfBranch(db, branch, quarter))] as const,
  async answer(ctx, { quarter }, [[found], [assessment]]) {
    const { actor, db } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'appeal', found, placeOf)
    if (!assessment?.committeePublishedAt) refuse('还没有公布，公布后可以申诉。', 'It is not published yet; appeals come after that.')
    const shown = assessmentResult.args({ subject: resultSubject(branch.id, quarter), branch: branch.id, quarter })
    await together(db, [reply(privately(ctx), shown)])
    return { toast: t('已私聊发给你。', 'Sent to you in a direct message.'), mood: 'success' }
  },
})

export const submitAppealPress = press({
  button: submitAppeal,
  rights: ['appeal'],
  fills: z.object({ standard: z.string().nullish(), words: z.string().nullish() }),
  look: ({ db }, { branch, quarter }) =>
    [statementOf(branchById(db, branch)), statementOf(assessmentOfBranch(db, branch, quarter))] as const,
  async answer(ctx, { quarter }, [[found], [assessment]], filled) {
    const { actor, db, now, newId } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'appeal', found, placeOf)
    const refusal = assessment ? appealRefused(assessment, now) : 'not published'
    if (!assessment || refusal === 'not published')
      refuse('还没有公布，公布后可以申诉。', 'It is not published yet; appeals come after that.')
    if (refusal === 'over') sayOver()
    const [standard, words] = [Number(filled.standard ?? ''), clipped(filled.words ?? '', LONGEST.appeal)]
    if (!Number.isInteger(standard) || standard < 1 || standard > 30) refuse('请选择对哪一项有异议。', 'Please choose the standard.')
    if (words === '') refuse('请写明理由和依据。', 'Please give the reason and a reference.')
    const [assessors] = await lookUp(db, [assessorsOf(db, assessment.committee)])
    const toTell = nearest(assessors).map(({ openId }) => ({ openId, dueAt: courteousFrom(now) }))
    await appeal(db, { id: newId(), branch, quarter, standard, words }, toTell, actor, now)
    return { toast: t('申诉已提出，等上级答复。', 'Your appeal is made; the upper level will answer.'), mood: 'success' }
  },
})
