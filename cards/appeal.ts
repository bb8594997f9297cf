import * as z from 'zod'
import { type AppealAsItStands, answerAppeal, appeal, appealById, appealSubject, sayOver } from '../db/appeals.ts'
import { type Assessed, assessedBranch } from '../db/assessed.ts'
import { notesTo } from '../db/assessing.ts'
import { assessmentOfBranch, assessorsOf, nearest, resultSubject, secretariesOf } from '../db/assessments.ts'
import { lookUp, statementOf, together } from '../db/client.ts'
import { adjustmentSince, resultOf } from '../db/closing.ts'
import { accountOf } from '../db/duties.ts'
import { scoreOfAccount } from '../db/scores.ts'
import { branchById } from '../db/units.ts'
import { isQuarter } from '../src/calendar.ts'
import { type Card, card, figures, fittingLines, form, input, lines, note, select } from '../src/card.ts'
import { known, placeOf, privately, reply, theirs } from '../src/context.ts'
import { id, press } from '../src/press.ts'
import { refuse } from '../src/refusal.ts'
import { type Adjustment, frozenScore, thawed } from '../src/rules/adjustment.ts'
import { appealRefused, dutyKey, permilleOfPercent } from '../src/rules/assessment.ts'
import { courteousFrom } from '../src/rules/courtesy.ts'
import { type Duty, stateNames } from '../src/rules/duties.ts'
import type { Score } from '../src/rules/scoring.ts'
import { partOf, standardOf } from '../src/rules/standards.ts'
import { points, spokenDay, spokenPeriod, spokenQuarter } from '../src/spoken.ts'
import { asWritten, both, clipped, type Text, t } from '../src/text.ts'
import { view } from '../src/view.ts'

const LONGEST_WORDS = 300
const MOST_DUTIES = 20
const APPEALS_BYTES = 7_000

/** A published quarter, to its secretary: the score, what was lost, and how to object. */
export function resultCard(it: Assessed, score: Score<Duty>, adjustment: Adjustment | null, now: Date): Card {
  const { branch, quarter, assessment, appeals } = it
  const lost = score.standards.filter(({ percentTenths }) => percentTenths !== null && percentTenths < 1000)
  const out = score.standards.filter(({ percentTenths }) => percentTenths === null)
  const isOpen = assessment !== null && appealRefused(assessment, now) === null
  const free = lost.filter(({ standard }) => !appeals.some((one) => one.standard === standard))
  return card(
    both((l) => `${spokenQuarter(quarter)[l]} ${{ zh: '考核结果', en: 'assessment result' }[l]}`),
    [
      figures(
        {
          figure: score.tenths === null ? '–' : points(score.tenths),
          of: assessment?.closedAt ? t('得分', 'Score') : t('公布得分', 'As published'),
        },
        { figure: String(lost.length), of: t('扣分项', 'Below full') },
        { figure: String(out.length), of: t('不计入', 'Left out') },
      ),
      adjustment ? lines(adjustmentSaid(adjustment)) : null,
      lost.length > 0
        ? lines(t('**扣分的标准**', '**Below full marks**'), ...lost.map(lostLine))
        : lines(t('没有扣分的标准。', 'Nothing is below full marks.')),
      appeals.length > 0 ? lines(t('**申诉**', '**Appeals**'), ...fittingLines(appeals.map(appealLine), APPEALS_BYTES)) : null,
      isOpen && free.length > 0
        ? form(
            'appeal',
            [
              select(
                'standard',
                t('对哪一项有异议', 'Which standard'),
                free.map(({ standard }) => ({ label: standardNamed(standard), value: String(standard) })),
                { required: true },
              ),
              input('words', t('理由和依据', 'Reason and reference'), { required: true, most: LONGEST_WORDS, rows: 3 }),
            ],
            { label: t('提出申诉', 'Appeal'), value: submitAppeal.value({ branch: branch.id, quarter }) },
          )
        : null,
      note(windowSaid(it, isOpen)),
    ],
    { colour: 'turquoise', subtitle: asWritten(branch.name) },
  )
}

const standardNamed = (standard: number): Text => {
  const { zh, en } = standardOf(standard).name
  return t(`（${standard}）${zh}`, `(${standard}) ${en}`)
}

function lostLine({ standard, weight, earnedTenths }: Score<Duty>['standards'][number]): Text {
  const { zh, en } = standardNamed(standard)
  const got = points(earnedTenths ?? 0)
  return t(`· ${zh}　${got} / ${weight} 分`, `· ${en}  ${got} of ${weight}`)
}

/** Facts that came after the close: shown beside the score, which stays. */
export function adjustmentSaid({ before, after, changed }: Adjustment): Text {
  const [was, would] = [before.tenths, after.tenths].map((tenths) => (tenths === null ? '–' : points(tenths)))
  const names = [...new Set(changed.map(({ before: duty }) => duty.standard))].map((one) => `（${one}）`).join('')
  return t(
    `结束后又有事实变化${names}：按现在的事实应为 ${would} 分，结果仍为 ${was} 分，另作调整说明。`,
    `Facts came after the close ${names}: by them it would be ${would}; the result stays ${was}, with this adjustment beside it.`,
  )
}

function appealLine({ standard, isUpheld, answer }: AppealAsItStands): Text {
  const what = standardNamed(standard)
  if (isUpheld === null) return t(`· ${what.zh}：等答复`, `· ${what.en}: waiting for an answer`)
  const said = asWritten(answer ?? '')
  return isUpheld
    ? t(`· ${what.zh}：成立。${said.zh}`, `· ${what.en}: upheld. ${said.en}`)
    : t(`· ${what.zh}：不成立。${said.zh}`, `· ${what.en}: not upheld. ${said.en}`)
}

function windowSaid({ assessment }: Assessed, isOpen: boolean): Text {
  if (!assessment?.appealsUntil) return t('还没有公布。', 'Not published yet.')
  const until = spokenDay(assessment.appealsUntil)
  if (assessment.closedAt) return t('考核已结束，结果不再变动。', 'The assessment is closed; the result does not change any more.')
  if (!isOpen) return t('申诉期已过，等上级结束考核。', 'The time for appeals is over; the upper level will close the assessment.')
  return t(
    `有异议可在${until.zh}前申诉，一项一次；没有评定的项目不计入，不扣分。`,
    `Objections can be made until ${until.en}, once a standard; what was not judged is left out and costs nothing.`,
  )
}

export const result = view({
  name: 'result',
  takes: z.object({ subject: z.string(), branch: id, quarter: z.string().refine(isQuarter) }),
  async show(db, { branch: of, quarter }, now) {
    const [[branch], [closed]] = await lookUp(db, [branchById(db, of), resultOf(db, of, quarter)])
    if (!branch) return null
    const it = await assessedBranch(db, branch, quarter, now)
    if (!it.assessment?.publishedAt) return null
    const score = closed ? frozenScore(thawed(closed.result.account)) : scoreOfAccount(it)
    return resultCard(it, score, await adjustmentSince(db, branch, quarter, now), now)
  },
})

/** For the score card and the self-assessment card: the result, in the chat where it was asked for. */
export const openAppeal = press({
  name: 'appeal.open',
  rights: ['appeal'],
  sends: z.object({ branch: id, quarter: z.string().refine(isQuarter) }),
  look: ({ db }, { branch, quarter }) =>
    [statementOf(branchById(db, branch)), statementOf(assessmentOfBranch(db, branch, quarter))] as const,
  async answer(ctx, { quarter }, [[found], [assessment]]) {
    const { actor, db } = known(ctx)
    const branch = theirs(actor, 'appeal', found, placeOf)
    if (!assessment?.publishedAt) refuse('还没有公布，公布后可以申诉。', 'It is not published yet; appeals come after that.')
    const shown = result.args({ subject: resultSubject(branch.id, quarter), branch: branch.id, quarter })
    await together(db, [reply(privately(ctx), shown)])
    return { toast: t('已私聊发给你。', 'Sent to you in a direct message.'), mood: 'success' }
  },
})

export const submitAppeal = press({
  name: 'appeal.submit',
  rights: ['appeal'],
  sends: z.object({ branch: id, quarter: z.string().refine(isQuarter) }),
  fills: z.object({ standard: z.string().nullish(), words: z.string().nullish() }),
  look: ({ db }, { branch, quarter }) =>
    [statementOf(branchById(db, branch)), statementOf(assessmentOfBranch(db, branch, quarter))] as const,
  async answer(ctx, { quarter }, [[found], [assessment]], filled) {
    const { actor, db, now, newId } = known(ctx)
    const branch = theirs(actor, 'appeal', found, placeOf)
    const refusal = assessment ? appealRefused(assessment, now) : 'not published'
    if (!assessment || refusal === 'not published')
      refuse('还没有公布，公布后可以申诉。', 'It is not published yet; appeals come after that.')
    if (refusal === 'over') sayOver()
    const [standard, words] = [Number(filled.standard ?? ''), clipped(filled.words ?? '', LONGEST_WORDS)]
    if (!Number.isInteger(standard) || standard < 1 || standard > 30) refuse('请选择对哪一项有异议。', 'Please choose the standard.')
    if (words === '') refuse('请写明理由和依据。', 'Please give the reason and a reference.')
    const [assessors] = await lookUp(db, [assessorsOf(db, assessment.committee)])
    const toTell = nearest(assessors).map(({ openId }) => ({ openId, dueAt: courteousFrom(now) }))
    await appeal(db, { id: newId(), branch, quarter, standard, words }, toTell, actor, now)
    return { toast: t('申诉已提出，等上级答复。', 'Your appeal is made; the upper level will answer.'), mood: 'success' }
  },
})

/** One appeal: for the assessor to answer, and afterwards for both to read. */
function appealCard(it: AppealAsItStands, duties: readonly Duty[]): Card {
  const state = it.isUpheld === null ? t('待答复', 'To answer') : it.isUpheld ? t('成立', 'Upheld') : t('不成立', 'Not upheld')
  return card(
    both((l) => `${{ zh: '申诉', en: 'Appeal' }[l]} · ${spokenQuarter(it.quarter)[l]}`),
    [
      lines(
        both((l) => `**${standardNamed(it.standard)[l]}** — ${state[l]}`),
        both((l) => `${asWritten(it.by)[l]}${colon[l]}${asWritten(it.words)[l]}`),
        it.answer !== null && both((l) => `**${{ zh: '答复', en: 'Answer' }[l]}**${colon[l]}${asWritten(it.answer ?? '')[l]}`),
      ),
      it.isUpheld === null ? answerForm(it, duties) : null,
    ],
    { colour: it.isUpheld === null ? 'orange' : 'green', subtitle: asWritten(it.branchName) },
  )
}

const answerForm = (it: AppealAsItStands, duties: readonly Duty[]) =>
  form(
    'answer',
    [
      lines(...duties.map(dutyLine)),
      select('verdict', t('怎么答复', 'Your answer'), verdicts, { required: true }),
      select(
        'duty',
        t('成立时：更正哪一件', 'If upheld: which duty'),
        duties.slice(0, MOST_DUTIES).map((duty) => ({ label: dutyNamed(duty), value: dutyKey(duty) })),
        { chosen: duties.length === 1 && duties[0] ? dutyKey(duties[0]) : undefined },
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
  { label: t('不成立', 'Not upheld'), value: 'no' },
]

const dutyNamed = ({ part, period }: Duty): Text => both((l) => `${partOf(part).name[l]} · ${spokenPeriod(period)[l]}`)
const dutyLine = (duty: Duty): Text => both((l) => `· ${dutyNamed(duty)[l]}${colon[l]}${stateNames[duty.state][l]}`)
const colon = t('：', ': ')

export const appealView = view({
  name: 'appeal',
  takes: z.object({ subject: z.string(), appeal: id }),
  async show(db, args, now) {
    const [[it]] = await lookUp(db, [appealById(db, args.appeal)])
    if (!it) return null
    const [[branch]] = await lookUp(db, [branchById(db, it.branch)])
    if (!branch) return null
    const { duties } = await accountOf(db, branch, it.quarter, now)
    return appealCard(
      it,
      duties.filter(({ standard }) => standard === it.standard),
    )
  },
})

export const showAppeal = press({
  name: 'appeal.show',
  rights: ['answerAppeal'],
  sends: z.object({ appeal: id }),
  look: ({ db }, sent) => [statementOf(appealById(db, sent.appeal))] as const,
  async answer(ctx, sent, [[found]]) {
    const { actor, db } = known(ctx)
    const it = theirs(actor, 'answerAppeal', found, placeOfAppeal)
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
    const { actor, db, now, newId } = known(ctx)
    const it = theirs(actor, 'answerAppeal', found, placeOfAppeal)
    const words = clipped(filled.words ?? '', LONGEST_WORDS)
    const verdict = verdicts.find(({ value }) => value === filled.verdict)?.value
    if (!verdict) refuse('请选择怎么答复。', 'Please choose your answer.')
    if (words === '') refuse('请写明理由。', 'Please give your reason.')
    const [[branch], secretaries] = await lookUp(db, [branchById(db, it.branch), secretariesOf(db, [it.branch])])
    if (!branch) refuse('没有找到这个支部。', 'There is no such branch here.')
    const duty =
      verdict === 'no'
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
    await answerAppeal(db, it, { isUpheld: duty !== null, answer: words, correction }, notesTo(secretaries, now), actor, now)
    return {
      toast: t('已答复，并告诉了支部。', 'Answered, and the branch is told.'),
      mood: 'success',
      card: appealCard({ ...it, isUpheld: duty !== null, answer: words, answeredAt: now }, []),
    }
  },
})
