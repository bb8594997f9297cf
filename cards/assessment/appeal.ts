import * as z from 'zod'
import { type AppealAsItStands, answerAppeal, appealById, appealSubject } from '../../db/assessment/appeals.ts'
import * as messages from '../../db/assessment/messages.ts'
import { notesTo } from '../../db/assessment/open-and-close.ts'
import { findingsInForce } from '../../db/assessment/review.ts'
import { namesOf } from '../../db/assessment/self-assessment.ts'
import { secretariesOfBranches } from '../../db/branches/answering.ts'
import { branchById } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { accountOf } from '../../db/duties/account.ts'
import { type Card, card, fittingLines, lines, strong } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOf, privately, reply } from '../../src/context.ts'
import { fittingOptions, form, input, select } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { permilleOfPercent } from '../../src/rules/assessment/assessment.ts'
import { dutyKey, stateNames } from '../../src/rules/duties/duty.ts'
import { concerned } from '../../src/rules/duties/scoring.ts'
import { spokenQuarter } from '../../src/spoken.ts'
import { asWritten, both, clipped, labelled, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { told } from '../../src/words/duties.ts'
import { foundSaid, named } from '../../src/words/score.ts'

const LONGEST_WORDS = 300

/** An option costs two of the platform's 200 elements. */
const MOST_DUTIES = 60
const DUTIES_BYTES = 9_000
const FOUND_BYTES = 3_000

type AppealTold = ReturnType<typeof told>[number]

/** One appeal: the assessor answers it, and afterwards both sides can read it. */
function appealCard(it: AppealAsItStands, duties: readonly AppealTold[], found: readonly Found[]): Card {
  const state = it.isUpheld === null ? t('待答复', 'To answer') : it.isUpheld ? t('成立', 'Upheld') : t('不成立', 'Not upheld')
  return card(
    labelled(t('申诉', 'Appeal'), spokenQuarter(it.quarter), ' · '),
    [
      lines(
        both((l) => `**${named(it.standard)[l]}** — ${state[l]}`),
        labelled(asWritten(it.by), asWritten(it.words)),
        it.answer !== null && labelled(strong(t('答复', 'Answer')), asWritten(it.answer)),
      ),
      it.isUpheld === null ? answerForm(it, duties, found) : null,
    ],
    { colour: it.isUpheld === null ? 'orange' : 'green', subtitle: asWritten(it.branchName) },
  )
}

const answerForm = (it: AppealAsItStands, duties: readonly AppealTold[], found: readonly Found[]) =>
  form(
    'answer',
    [
      lines(
        ...fittingLines(duties.map(dutyLine), DUTIES_BYTES),
        ...fittingLines(
          found.map((one) => both((l) => `· ${foundSaid(one)[l]}`)),
          FOUND_BYTES,
        ),
      ),
      select(
        'verdict',
        t('怎么答复', 'Your answer'),
        verdicts.filter(({ value }) => value !== 'withdraw' || found.length > 0),
        { required: true },
      ),
      select(
        'duty',
        t('成立时：更正哪一件', 'If upheld: which duty'),
        fittingOptions(
          duties.slice(0, MOST_DUTIES).map(({ duty, name }) => ({ label: name, value: dutyKey(duty) })),
          DUTIES_BYTES,
        ),
        { chosen: duties.length === 1 && duties[0] ? dutyKey(duties[0].duty) : undefined },
      ),
      input('percent', t('改为得分率 0–100（%）', 'New share 0–100 (%)'), { most: 6 }),
      input('words', t('理由', 'Reason'), { required: true, most: LONGEST_WORDS, rows: 2 }),
    ],
    { label: t('答复', 'Answer'), value: submitAnswer.value({ appeal: it.id }) },
  )

const verdicts = [
  { label: t('成立，改得分', 'Upheld, with new points'), value: 'points' },
  { label: t('成立，免除（不计入）', 'Upheld, excused'), value: 'excused' },
  { label: t('成立，不适用（不计入）', 'Upheld, not applicable'), value: 'not applicable' },
  { label: t('成立，撤销查实的记录', 'Upheld, the finding withdrawn'), value: 'withdraw' },
  { label: t('不成立', 'Not upheld'), value: 'no' },
]

const dutyLine = ({ duty, name }: AppealTold): Text =>
  labelled(
    both((l) => `· ${name[l]}`),
    stateNames[duty.state],
  )

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
    return appealCard(it, told(ours, new Map(names.map(({ id: of, name }) => [of, name]))), await foundIn(db, it))
  },
})

type Found = Awaited<ReturnType<typeof foundIn>>[number]

/** The findings that touch the appealed standard: an accident for (3), a false record for its own. */
async function foundIn(db: Db, { branch, quarter, standard }: AppealAsItStands) {
  const [all] = await lookUp(db, [findingsInForce(db, branch, quarter)])
  return all.filter((one) => concerned(one) === standard)
}

export const showAppeal = press({
  name: 'appeal.show',
  rights: ['answerAppeal'],
  sends: z.object({ appeal: id }),
  look: ({ db }, sent) => [statementOf(appealById(db, sent.appeal))] as const,
  async answer(ctx, sent, [[found]]) {
    const { actor, db } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'answerAppeal', found, placeOfAppeal)
    await together(db, [reply(privately(ctx), appealView.args({ subject: appealSubject(it.id), appeal: sent.appeal }))])
    return { toast: t('已私聊发给你。', 'Sent to you in a direct message.'), mood: 'success' }
  },
})

const placeOfAppeal = ({ branch, unit, lineage }: AppealAsItStands) => placeOf({ id: branch, unit, lineage })

export const submitAnswer = press({
  name: 'appeal.answer',
  rights: ['answerAppeal'],
  sends: z.object({ appeal: id }),
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
    const words = clipped(filled.words ?? '', LONGEST_WORDS)
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
      card: appealCard({ ...it, isUpheld, answer: words, answeredAt: now }, [], []),
    }
  },
})
