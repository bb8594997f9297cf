import * as z from 'zod'
import { actorById } from '../../db/branches/members.ts'
import { lookUp } from '../../db/client.ts'
import { answerGradeAppeal, gradeAppealSubject } from '../../db/evaluation/appeals.ts'
import * as messages from '../../db/evaluation/messages.ts'
import { type EvaluationAsItStands, evaluationById, type PersonEvaluated } from '../../db/evaluation/state.ts'
import { type Card, card, lines, note } from '../../src/card.ts'
import { form, input, select } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { gradeNames, grades } from '../../src/rules/ballots/uses.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { betterThan } from '../../src/rules/evaluation/evaluation.ts'
import { asWritten, clipped, labelled, literal, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { evaluationName } from '../../src/words/evaluations.ts'
import { evaluationFor, placeOfEvaluation } from './guards.ts'

const LONGEST_WORDS = 200

/** One appeal: another committee member answers it, and all of them can read it afterwards. */
export function gradeAppealCard(it: EvaluationAsItStands, person: PersonEvaluated): Card {
  const { appeal, grade, view, self } = person
  const given = gradeNames[grade?.grade ?? 'qualified']
  const isOpen = appeal !== null && !appeal.answeredAt
  return card(
    labelled(t('等次申诉', 'An appeal'), evaluationName(it.period), ' · '),
    [
      lines(
        t(`**${literal(person.name)}**　评定等次：${given.zh}`, `**${literal(person.name)}**  Grade set: ${given.en}`),
        grade?.reason ? t(`评定理由：${literal(grade.reason)}`, `Reason then: ${literal(grade.reason)}`) : null,
        self ? t(`自评：${gradeNames[self.grade].zh}`, `Own view: ${gradeNames[self.grade].en}`) : null,
        view ? t(`小组意见：${gradeNames[view.grade].zh}`, `The group’s view: ${gradeNames[view.grade].en}`) : null,
        appeal ? t(`**申诉**：${literal(appeal.words)}`, `**Appeal**: ${literal(appeal.words)}`) : null,
        appeal?.answeredAt ? answerSaid(person, appeal) : null,
      ),
      isOpen
        ? form(
            'answer',
            [
              lines(t('答复', 'Your answer')),
              select(
                'verdict',
                t('请选择', 'Please choose'),
                [
                  { label: t('不成立，等次不变', 'Not upheld, the grade stands'), value: 'no' },
                  ...betterThan(grade?.grade ?? 'qualified').map((one) => ({
                    label: t(`成立，改为${gradeNames[one].zh}`, `Upheld: ${gradeNames[one].en}`),
                    value: one,
                  })),
                ],
                { required: true },
              ),
              input('words', t('理由（会告诉本人）', 'Reason (the person is told)'), {
                required: true,
                most: LONGEST_WORDS,
                rows: 2,
                hint: t('支委会怎么看、依据是什么', 'What the committee found, and on what it rests'),
              }),
            ],
            { label: t('答复', 'Answer'), value: submitGradeAnswer.value({ evaluation: it.id, member: person.member }) },
          )
        : null,
      note(
        t(
          '请按支委会讨论的意见答复；本人只看到自己的结果。',
          'Please answer as the committee has decided; the person sees their own result alone.',
        ),
      ),
    ],
    { colour: isOpen ? 'orange' : 'green', subtitle: asWritten(it.branchName) },
  )
}

function answerSaid({ grade }: PersonEvaluated, appeal: NonNullable<PersonEvaluated['appeal']>): Text {
  const isUpheld = appeal.grade !== grade?.grade
  const now = gradeNames[appeal.grade ?? 'qualified']
  const words = literal(appeal.answer ?? '')
  return isUpheld
    ? t(`**成立，改为${now.zh}**：${words}`, `**Upheld, now ${now.en}**: ${words}`)
    : t(`**不成立**：${words}`, `**Not upheld**: ${words}`)
}

export const gradeAppeal = view({
  message: messages.gradeAppeal,
  async show(db, { evaluation, member, viewer }) {
    const it = await evaluationById(db, evaluation)
    const person = it?.people.find((one) => one.member === member)
    if (!it || !person?.appeal || member === viewer) return null
    const [[actor]] = await lookUp(db, [actorById(db, viewer)])
    return may(actor ?? null, 'setGrades', placeOfEvaluation(it)) ? gradeAppealCard(it, person) : null
  },
})

export const gradeAppealOf = (evaluation: string, member: string, viewer: string) =>
  gradeAppeal.args({ subject: gradeAppealSubject(evaluation, member), evaluation, member, viewer })

export const submitGradeAnswer = press({
  name: 'gradeAppeal.answer',
  rights: ['setGrades'],
  isPersonal: true,
  sends: z.object({ evaluation: id, member: id }),
  fills: z.object({
    verdict: z
      .enum(['no', ...grades])
      .nullish()
      .catch(null),
    words: z.string().max(2_000).nullish(),
  }),
  async answer(ctx, { evaluation, member }, _seen, { verdict, words }) {
    const { db, actor, now, it } = await evaluationFor(ctx, evaluation, 'setGrades')
    const person = it.people.find((one) => one.member === member)
    if (!person?.appeal || !person.grade) refuse('没有找到这件申诉。', 'There is no such appeal.')
    if (!verdict) refuse('请选择怎么答复。', 'Please choose your answer.')
    const grade = verdict === 'no' ? person.grade.grade : verdict
    const answer = clipped(words ?? '', LONGEST_WORDS)
    await answerGradeAppeal(db, it, person, { grade, answer }, actor, now)
    return {
      toast: t('已答复，并告诉了本人。', 'Answered, and the person is told.'),
      mood: 'success',
      card: gradeAppealCard(it, { ...person, appeal: { ...person.appeal, grade, answer, answeredAt: now } }),
    }
  },
})
