import * as z from 'zod'
import { receiptsOf } from '../../db/ballots/voter-cards.ts'
import type { Db } from '../../db/client.ts'
import { appealGrade, mayAppeal } from '../../db/evaluation/appeals.ts'
import { ownGradeSubject } from '../../db/evaluation/grade.ts'
import * as messages from '../../db/evaluation/messages.ts'
import { type EvaluationAsItStands, evaluationById, gradeOf, type PersonEvaluated } from '../../db/evaluation/state.ts'
import { button, type Card, card, lines, note } from '../../src/card.ts'
import { form, input } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { gradeNames } from '../../src/rules/ballots/uses.ts'
import { appealsUntil } from '../../src/rules/evaluation/evaluation.ts'
import { spokenMoment } from '../../src/spoken.ts'
import { asWritten, clipped, labelled, literal, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { fingerprintSaid } from '../../src/words/ballot-export.ts'
import { evaluationName } from '../../src/words/evaluations.ts'
import { cancelledCard, ownPartIn } from './guards.ts'

const LONGEST_WORDS = 300

interface Shown {
  now: Date
  isWriting?: boolean
  /** The receipts of the vote, for its fingerprint: a voter's card of the vote may be too old to change. */
  receipts: readonly string[]
}

const shownNow = async (db: Db, { ballot }: EvaluationAsItStands, now: Date): Promise<Shown> => ({
  now,
  receipts: ballot ? await receiptsOf(db, ballot.id) : [],
})

/** A person's own result, for that person alone. */
export function ownGradeCard(it: EvaluationAsItStands, own: PersonEvaluated, { now, isWriting, receipts }: Shown): Card {
  const { grade, appeal } = own
  const fingerprint = fingerprintSaid(it.ballot, receipts)
  const stands = gradeOf(own) ?? 'qualified'
  const isOpen = mayAppeal(it, own, now)
  return card(
    labelled(t('你的评议结果', 'Your result'), evaluationName(it.period), ' · '),
    [
      lines(
        t(`等次：**${gradeNames[stands].zh}**`, `Grade: **${gradeNames[stands].en}**`),
        grade?.reason ? reasonSaid(grade.reason) : null,
        appeal ? appealSaid(appeal) : null,
      ),
      isOpen && isWriting
        ? form(
            'appeal',
            [
              input('words', t('为什么有异议', 'Why you object'), {
                required: true,
                most: LONGEST_WORDS,
                rows: 3,
                hint: t('写清事实，比如请假、补课的情况', 'The facts, for example of leave or make-ups'),
              }),
            ],
            {
              label: t('提出申诉', 'Appeal'),
              value: submitGradeAppeal.value({ evaluation: it.id }),
            },
          )
        : null,
      isOpen && !isWriting ? button(t('我要申诉…', 'Appeal…'), openGradeAppeal.value({ evaluation: it.id })) : null,
      note(noteSaid(it, own, isOpen)),
      fingerprint ? note(labelled(t('民主测评', 'The vote'), fingerprint, ' · ')) : null,
    ],
    { colour: 'turquoise', subtitle: asWritten(it.branchName) },
  )
}

const reasonSaid = (reason: string): Text => t(`支委说明：${literal(reason)}`, `The committee’s reason: ${literal(reason)}`)

function appealSaid({ words, grade, answer, answeredAt }: NonNullable<PersonEvaluated['appeal']>): Text {
  const asked = t(`你的申诉：${literal(words)}`, `Your appeal: ${literal(words)}`)
  if (!answeredAt) return t(`${asked.zh}\n等待答复。`, `${asked.en}\nWaiting for an answer.`)
  const said = literal(answer ?? '')
  const now = gradeNames[grade ?? 'qualified']
  return t(`${asked.zh}\n答复（等次：${now.zh}）：${said}`, `${asked.en}\nAnswer (grade: ${now.en}): ${said}`)
}

function noteSaid(it: EvaluationAsItStands, { grade, appeal }: PersonEvaluated, isOpen: boolean): Text {
  if (isOpen && grade?.toldAt) {
    const until = spokenMoment(new Date(appealsUntil(grade.toldAt, it.rulebook.appealWorkdays).getTime() - 1))
    return t(
      `只告诉你本人，群里不公布。有异议可在${until.zh}前申诉一次。`,
      `For you alone; it is not shown in the group. You may appeal once, until ${until.en}.`,
    )
  }
  if (appeal && !appeal.answeredAt) return t('支委会答复，答复也只发给你。', 'The committee will answer, to you alone.')
  return t('只告诉你本人，群里不公布。', 'For you alone; it is not shown in the group.')
}

export const ownGrade = view({
  message: messages.ownGrade,
  async show(db, { evaluation, member }, now) {
    const it = await evaluationById(db, evaluation)
    if (!it) return cancelledCard()
    const own = it.people.find((one) => one.member === member)
    return own?.grade?.toldAt ? ownGradeCard(it, own, await shownNow(db, it, now)) : null
  },
})

export const ownGradeOf = (evaluation: string, member: string) =>
  ownGrade.args({ subject: ownGradeSubject(evaluation, member), evaluation, member })

const sends = z.object({ evaluation: id })

/** The same card with room for an appeal, which most people never want. */
export const openGradeAppeal = press({
  name: 'ownGrade.appeal',
  rights: ['beEvaluated'],
  isPersonal: true,
  sends,
  async answer(ctx, { evaluation }) {
    const { db, it, own, now } = await ownPartIn(ctx, evaluation)
    if (!own.grade?.toldAt)
      refuse('结果还没有告知，收到结果后可以申诉。', 'You have not been told the result yet; you may appeal after that.')
    if (!mayAppeal(it, own, now)) refuse('申诉期已过，或已经申诉过。', 'The time for appeals is over, or you have appealed already.')
    return {
      toast: t('请写明理由。', 'Please give your reason.'),
      mood: 'info',
      card: ownGradeCard(it, own, { ...(await shownNow(db, it, now)), isWriting: true }),
    }
  },
})

export const submitGradeAppeal = press({
  name: 'ownGrade.submit',
  rights: ['beEvaluated'],
  isPersonal: true,
  sends,
  fills: z.object({ words: z.string().max(2_000).nullish() }),
  async answer(ctx, { evaluation }, _seen, filled) {
    const { db, actor, it, own, now } = await ownPartIn(ctx, evaluation)
    const words = clipped(filled.words ?? '', LONGEST_WORDS)
    await appealGrade(db, it, own, words, actor, now)
    const appeal = { words, at: now, grade: null, answer: null, answeredAt: null }
    return {
      toast: t('申诉已提出，答复只发给你。', 'Your appeal is made; the answer comes to you alone.'),
      mood: 'success',
      card: ownGradeCard(it, { ...own, appeal }, await shownNow(db, it, now)),
    }
  },
})
