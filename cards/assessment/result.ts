import * as z from 'zod'
import { type AppealAsItStands, answerAppeal, appeal, appealById, appealSubject, sayOver } from '../../db/assessment/appeals.ts'
import { assessmentOfBranch, resultSubject } from '../../db/assessment/assessments.ts'
import { assessedBranch } from '../../db/assessment/branch-quarter.ts'
import { adjustmentSince, resultOf } from '../../db/assessment/close.ts'
import * as messages from '../../db/assessment/messages.ts'
import { notesTo } from '../../db/assessment/open-and-close.ts'
import { namesOf } from '../../db/assessment/self-assessment.ts'
import { assessorsOf, nearest, secretariesOfBranches } from '../../db/branches/answering.ts'
import { branchById } from '../../db/branches/units.ts'
import { lookUp, statementOf, together } from '../../db/client.ts'
import { accountOf } from '../../db/duties/account.ts'
import { scoreOfAccount } from '../../db/duties/score.ts'
import { foundOrRefuse, memberOrRefuse, placeOf, privately, reply } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { frozenScore, thawed } from '../../src/rules/assessment/adjustment.ts'
import { appealRefused, permilleOfPercent } from '../../src/rules/assessment/assessment.ts'
import { dutyKey } from '../../src/rules/duties/duty.ts'
import { courteousFrom } from '../../src/rules/time/courtesy.ts'
import { clipped, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { LONGEST, openAppeal, showAppeal, submitAnswer, submitAppeal } from './buttons.ts'

const cards = () => import('./drawn.ts')

export const assessmentResult = view({
  message: messages.result,
  async show(db, { branch: of, quarter }, now) {
    const [[branch], [closed]] = await lookUp(db, [branchById(db, of), resultOf(db, of, quarter)])
    if (!branch) return null
    const it = await assessedBranch(db, branch, quarter, now)
    const { assessmentResultCard, undecidedCard } = await cards()
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

export const appealView = view({
  message: messages.appeal,
  async show(db, args, now) {
    const [[it]] = await lookUp(db, [appealById(db, args.appeal)])
    if (!it) return null
    const [[branch]] = await lookUp(db, [branchById(db, it.branch)])
    if (!branch) return null
    const { duties } = await accountOf(db, branch, it.quarter, now)
    const [names] = await lookUp(db, [namesOf(db, branch.id)])
    const ours = duties.filter(({ standard }) => standard === it.standard)
    const { appealCard, foundIn } = await cards()
    return appealCard(it, ours, new Map(names.map(({ id: of, name }) => [of, name])), await foundIn(db, it))
  },
})

export const showAppealPress = press({
  button: showAppeal,
  rights: ['answerAppeal'],
  look: ({ db }, sent) => [statementOf(appealById(db, sent.appeal))] as const,
  async answer(ctx, sent, [[found]]) {
    const { actor, db } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'answerAppeal', found, placeOfAppeal)
    await together(db, [reply(privately(ctx), appealView.args({ subject: appealSubject(it.id), appeal: sent.appeal }))])
    return { toast: t('已私聊发给你。', 'Sent to you in a direct message.'), mood: 'success' }
  },
})

const placeOfAppeal = ({ branch, unit, lineage }: AppealAsItStands) => placeOf({ id: branch, unit, lineage })

export const submitAnswerPress = press({
  button: submitAnswer,
  rights: ['answerAppeal'],
  fills: z.object({
    verdict: z.string().nullish(),
    duty: z.string().nullish(),
    percent: z.string().nullish(),
    words: z.string().nullish(),
  }),
  look: ({ db }, sent) => [statementOf(appealById(db, sent.appeal))] as const,
  async answer(ctx, _sent, [[found]], filled) {
    const { actor, db, now, newId } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'answerAppeal', found, placeOfAppeal)
    const words = clipped(filled.words ?? '', LONGEST.appeal)
    const { appealCard, foundIn, verdicts } = await cards()
    const verdict = verdicts.find(({ value }) => value === filled.verdict)?.value
    if (!verdict) refuse('请选择怎么答复。', 'Please choose your answer.')
    if (words === '') refuse('请写明理由。', 'Please give your reason.')
    const [[branch], secretaries] = await lookUp(db, [branchById(db, it.branch), secretariesOfBranches(db, [it.branch])])
    if (!branch) refuse('没有找到这个支部。', 'There is no such branch here.')
    const withdrawn = verdict === 'withdraw' ? await foundIn(db, it) : []
    if (verdict === 'withdraw' && withdrawn.length === 0) refuse('没有可以撤销的记录。', 'There is no finding to withdraw.')
    const duty =
      verdict === 'no' || verdict === 'withdraw'
        ? null
        : (await accountOf(db, branch, it.quarter, now)).duties.find((one) => one.standard === it.standard && dutyKey(one) === filled.duty)
    if (duty === undefined) refuse('请选择更正哪一件。', 'Please choose which duty is corrected.')
    const permille = verdict === 'points' ? permilleOfPercent(filled.percent ?? '') : 0
    if (permille === null) refuse('得分率请填 0 到 100。', 'The share is a number from 0 to 100.')
    const correction = duty && {
      id: newId(),
      part: duty.part,
      subject: duty.subject,
      period: duty.period,
      verdict: verdict as 'points' | 'excused' | 'not applicable',
      permille,
      reason: words,
    }
    const isUpheld = verdict !== 'no'
    const answer = { isUpheld, answer: words, correction, withdrawn: withdrawn.map((one) => one.id) }
    await answerAppeal(db, it, answer, notesTo(secretaries, now), actor, now)
    return {
      toast: t('已答复，并告诉了支部。', 'Answered, and the branch is told.'),
      mood: 'success',
      card: appealCard({ ...it, isUpheld, answer: words, answeredAt: now }, [], new Map(), []),
    }
  },
})
