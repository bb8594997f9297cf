import * as z from 'zod'
import { type Assessed, assessedBranch, ownDuties, toConfirm, upperDuties } from '../db/assessed.ts'
import { notesTo } from '../db/assessing.ts'
import { reviewSubject, secretariesOf } from '../db/assessments.ts'
import { lookUp, statementOf, together } from '../db/client.ts'
import { confirmAttestations, type Judgement, judge, refuseAttestation } from '../db/reviews.ts'
import { scoreOfAccount } from '../db/scores.ts'
import type { AttestedAsItStands } from '../db/self-assessments.ts'
import { branchById } from '../db/units.ts'
import { isQuarter } from '../src/calendar.ts'
import { button, type Card, card, type Element, figures, fittingLines, form, input, lines, note, select } from '../src/card.ts'
import { known, placeOf, privately, reply, theirs } from '../src/context.ts'
import { id, press } from '../src/press.ts'
import { refuse } from '../src/refusal.ts'
import { answerNames, answerOf, dutyKey, permilleOfPoints, pointsSaid } from '../src/rules/assessment.ts'
import type { Duty } from '../src/rules/duties.ts'
import { weightOf } from '../src/rules/rulebook.ts'
import { partOf, standardOf } from '../src/rules/standards.ts'
import { points, spokenDay, spokenMoment, spokenPeriod, spokenQuarter } from '../src/spoken.ts'
import { asWritten, both, clipped, type Text, t } from '../src/text.ts'
import { view } from '../src/view.ts'
import { showAppeal } from './appeal.ts'
import { corrections } from './assessment-corrections.ts'

const LONGEST_REASON = 100
const LISTED_BYTES = 5_000
const MOST_APPEALS = 4

/** One branch before its assessor: points for what the upper level judges, the branch's own answers to correct, entries to confirm. */
export function branchReviewCard(it: Assessed): Card {
  const { branch, quarter, submission, appeals } = it
  const { tenths } = scoreOfAccount(it)
  const [upper, own, waiting] = [upperDuties(it, quarter), ownDuties(it, quarter), toConfirm(it)]
  return card(
    both((l) => `${spokenQuarter(quarter)[l]} ${{ zh: '评定', en: 'review' }[l]}`),
    [
      figures(
        { figure: tenths === null ? '–' : points(tenths), of: t('目前得分', 'So far') },
        { figure: String(waiting.length), of: t('待确认', 'To confirm') },
        { figure: String([...upper, ...own].filter(({ judged }) => !judged).length), of: t('未评定', 'Not judged') },
      ),
      lines(
        submission
          ? submittedSaid(submission.by, submission.at)
          : t('支部还没有上报自评。', 'The branch has not sent its assessment up yet.'),
      ),
      ...(waiting.length > 0 ? attestationsOf(it, waiting) : []),
      upper.length + own.length > 0 ? judgeForm(it, upper, own) : null,
      ...appeals
        .filter(({ isUpheld }) => isUpheld === null)
        .slice(0, MOST_APPEALS)
        .map(({ id, standard }) =>
          button(t(`答复申诉（${standard}）`, `Answer the appeal (${standard})`), showAppeal.value({ appeal: id }), { type: 'primary' }),
        ),
      button(t('更正其他项、记录事故或不实', 'Correct others, record a finding'), openCorrections.value({ branch: branch.id, quarter })),
      note(
        t(
          '没有评定的项目不计入，不扣分；更正要写理由，支部看得到。',
          'What is not judged is left out and costs nothing; a correction needs a reason, which the branch sees.',
        ),
      ),
    ],
    { subtitle: asWritten(branch.name) },
  )
}

function submittedSaid(by: string, at: Date): Text {
  const [who, when] = [asWritten(by), spokenMoment(at)]
  return t(`${who.zh} ${when.zh}上报。`, `Sent up by ${who.en}, ${when.en}.`)
}

/** No activist by name here: that is the secretary's. */
function attestationsOf({ branch, quarter }: Assessed, waiting: readonly AttestedAsItStands[]): Element[] {
  const listed = fittingLines(waiting.map(waitingLine), LISTED_BYTES)
  const shown = waiting.slice(0, listed.length)
  return [
    lines(t('**登记待确认**', '**Entries to confirm**'), ...listed),
    button(
      t(`确认全部（${shown.length}）`, `Confirm all (${shown.length})`),
      confirmAll.value({ branch: branch.id, quarter, attestations: shown.map((one) => one.id) }),
      { type: 'primary' },
    ),
    form(
      'refuse',
      [
        select(
          'attestation',
          t('退回哪一条', 'Which to return'),
          shown.map((one, i) => ({ label: both((l) => `${i + 1}. ${waitingNamed(one)[l]}`), value: one.id })),
          { required: true },
        ),
        input('because', t('退回的理由（支部看得到）', 'Reason (the branch sees it)'), { required: true, most: LONGEST_REASON }),
      ],
      { label: t('退回', 'Return it'), value: refuseOne.value({ branch: branch.id, quarter }) },
    ),
  ]
}

function waitingNamed({ part, period }: AttestedAsItStands): Text {
  const [{ name, standard }, spoken] = [partOf(part), spokenPeriod(period)]
  return t(`（${standard}）${name.zh} · ${spoken.zh}`, `(${standard}) ${name.en} · ${spoken.en}`)
}

function waitingLine(one: AttestedAsItStands, i: number): Text {
  const [what, on, reference] = [waitingNamed(one), spokenDay(one.on), asWritten(one.reference)]
  return t(`${i + 1}\\. ${what.zh}：${on.zh}，${reference.zh}`, `${i + 1}\\. ${what.en}: ${on.en}, ${reference.en}`)
}

const weightIn = ({ rulebook }: Assessed, { standard }: Duty) => weightOf(standard, standardOf(standard).weight, rulebook)

function judgeForm(it: Assessed, upper: readonly Duty[], own: readonly Duty[]): Element {
  const { branch, quarter } = it
  return form(
    'judge',
    [
      ...upper.map((duty, i) => input(`m${i}`, upperLabel(it, duty), { value: pointsIn(it, duty), most: 6 })),
      ...own.map((duty, i) => input(`s${i}`, ownLabel(it, duty), { value: pointsIn(it, duty), most: 6 })),
      input('reason', t('更正支部自评时写理由', 'Reason, where a branch’s answer is corrected'), { most: LONGEST_REASON }),
    ],
    {
      label: t('保存评定', 'Save'),
      value: judgeAll.value({ branch: branch.id, quarter, upper: upper.map(dutyKey), own: own.map(dutyKey) }),
    },
  )
}

const pointsIn = (it: Assessed, duty: Duty) =>
  duty.judged && duty.state !== 'not applicable' && duty.state !== 'excused'
    ? pointsSaid(duty.judged.permille, weightIn(it, duty))
    : undefined

function upperLabel(it: Assessed, duty: Duty): Text {
  const { zh, en } = partOf(duty.part).name
  return t(`（${duty.standard}）${zh}，0–${weightIn(it, duty)} 分`, `(${duty.standard}) ${en}, 0–${weightIn(it, duty)}`)
}

function ownLabel(it: Assessed, duty: Duty): Text {
  const [label, answer] = [upperLabel(it, duty), answerOf(duty)]
  const said = duty.judged?.byUpper ? t('已更正', 'corrected') : answer ? answerNames[answer] : t('支部未答', 'not answered')
  return t(`${label.zh} · 自评：${said.zh}`, `${label.en} · branch: ${said.en}`)
}

export const branchReview = view({
  name: 'branchReview',
  takes: z.object({ subject: z.string(), branch: id, quarter: z.string().refine(isQuarter) }),
  async show(db, { branch: of, quarter }, now) {
    const [[branch]] = await lookUp(db, [branchById(db, of)])
    return branch ? branchReviewCard(await assessedBranch(db, branch, quarter, now)) : null
  },
})

const sent = z.object({ branch: id, quarter: z.string().refine(isQuarter) })
const keys = z.array(z.string().max(80)).max(40)

export const judgeAll = press({
  name: 'review.judge',
  rights: ['assess'],
  sends: sent.extend({ upper: keys, own: keys }),
  fills: z.record(z.string(), z.string().nullish()),
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch))] as const,
  async answer(ctx, { quarter, upper, own }, [[found]], filled) {
    const { actor, db, now, newId } = known(ctx)
    const branch = theirs(actor, 'assess', found, placeOf)
    const it = await assessedBranch(db, branch, quarter, now)
    const reason = clipped(filled.reason ?? '', LONGEST_REASON)
    const read = (key: string, name: string) => changedPoints(it, key, filled[name] ?? '')
    const judged = upper.flatMap((key, i) => read(key, `m${i}`) ?? [])
    const corrected = own.flatMap((key, i) => read(key, `s${i}`) ?? [])
    if (corrected.length > 0 && reason === '') refuse('更正支部自评的要写理由。', 'Correcting a branch’s answer needs a reason.')
    const all: Judgement[] = [
      ...judged.map((one) => ({ ...one, id: newId(), reason })),
      ...corrected.map((one) => ({ ...one, id: newId(), reason })),
    ]
    if (all.length === 0) return { toast: t('没有改动。', 'Nothing has changed.'), mood: 'info' }
    await judge(db, branch, quarter, all, actor, now)
    return { toast: t(`已保存 ${all.length} 项评定。`, `${all.length} saved.`), mood: 'success' }
  },
})

/** What was typed for a duty, if it says something new. */
function changedPoints(it: Assessed, key: string, said: string): Omit<Judgement, 'id' | 'reason'> | null {
  const duty = it.duties.find((one) => dutyKey(one) === key)
  if (!duty || said.trim() === '') return null
  const weight = weightIn(it, duty)
  const permille = permilleOfPoints(said, weight)
  const { zh, en } = partOf(duty.part).name
  if (permille === null)
    refuse(`「${zh}」请填 0 到 ${weight} 的分数，可带一位小数。`, `“${en}” takes 0 to ${weight} points, with one decimal at most.`)
  if (duty.judged && said.trim() === pointsIn(it, duty)) return null
  return { part: duty.part, subject: duty.subject, period: duty.period, verdict: 'points', permille }
}

export const confirmAll = press({
  name: 'review.confirm',
  rights: ['assess'],
  sends: sent.extend({ attestations: z.array(id).max(40) }),
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch))] as const,
  async answer(ctx, { quarter, attestations }, [[found]]) {
    const { actor, db, now } = known(ctx)
    const branch = theirs(actor, 'assess', found, placeOf)
    const waiting = toConfirm(await assessedBranch(db, branch, quarter, now)).filter((one) => attestations.includes(one.id))
    if (waiting.length === 0) return { toast: t('这些登记都已处理。', 'These entries are settled already.'), mood: 'info' }
    await confirmAttestations(
      db,
      branch,
      quarter,
      waiting.map((one) => one.id),
      actor,
      now,
    )
    return { toast: t(`已确认 ${waiting.length} 项。`, `${waiting.length} confirmed.`), mood: 'success' }
  },
})

export const refuseOne = press({
  name: 'review.refuse',
  rights: ['assess'],
  sends: sent,
  fills: z.object({ attestation: id.nullish(), because: z.string().nullish() }),
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch)), statementOf(secretariesOf(db, [branch]))] as const,
  async answer(ctx, { quarter }, [[found], secretaries], filled) {
    const { actor, db, now } = known(ctx)
    const branch = theirs(actor, 'assess', found, placeOf)
    const reason = clipped(filled.because ?? '', LONGEST_REASON)
    if (reason === '') refuse('请写明退回的理由。', 'Please give the reason.')
    const one = toConfirm(await assessedBranch(db, branch, quarter, now)).find(({ id }) => id === filled.attestation)
    if (!one) refuse('请选择一条还没有处理的登记。', 'Please choose an entry that is not settled yet.')
    await refuseAttestation(db, { branch, quarter, attestation: one.id, reason }, notesTo(secretaries, now), actor, now)
    return { toast: t('已退回，并告诉了支部。', 'Returned, and the branch is told.'), mood: 'success' }
  },
})

export const openCorrections = press({
  name: 'review.more',
  rights: ['assess'],
  sends: sent,
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch))] as const,
  async answer(ctx, { quarter }, [[found]]) {
    const { actor, db } = known(ctx)
    const branch = theirs(actor, 'assess', found, placeOf)
    await together(db, [
      reply(privately(ctx), corrections.args({ subject: reviewSubject(branch.id, quarter), branch: branch.id, quarter })),
    ])
    return { toast: t('已私聊发给你。', 'Sent to you in a direct message.'), mood: 'success' }
  },
})
