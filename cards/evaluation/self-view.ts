import * as z from 'zod'
import { together } from '../../db/client.ts'
import * as messages from '../../db/evaluation/messages.ts'
import { refuseGraded, selfViewFor, selfViewSubject } from '../../db/evaluation/run.ts'
import { type EvaluationAsItStands, evaluationById, type PersonEvaluated } from '../../db/evaluation/state.ts'
import { saveSelfView } from '../../db/evaluation/views.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { giveWay } from '../../db/ledgers/renew.ts'
import { type Card, card, coloured, form, input, lines, note, select } from '../../src/card.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { gradeNames, grades } from '../../src/rules/ballots/uses.ts'
import { isYearEnd } from '../../src/rules/evaluation/evaluation.ts'
import { spokenMoment } from '../../src/spoken.ts'
import { asWritten, both, capital, clipped, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { evaluationName } from '../../src/words/evaluations.ts'
import { cancelledCard, ownPartIn } from './guards.ts'

const LONGEST_WORDS = 300

type Self = Pick<PersonEvaluated, 'self' | 'isGone'>

/** What somebody says of themself: a few words and a grade. */
export function selfViewCard(it: EvaluationAsItStands, { self, isGone }: Self, reminder = false): Card {
  const isOpen = !it.closedAt && !isGone && it.people.every(({ grade }) => grade === null)
  const until = spokenMoment(new Date(it.selfUntil.getTime() - 1))
  return card(
    both((l) => `${{ zh: '自评', en: 'Your own view' }[l]} · ${evaluationName(it.period)[l]}`),
    [
      reminder && !self && isOpen
        ? lines(coloured('orange', t('还没有写自评，提醒一下。', 'A reminder: your own view is not written yet.')))
        : null,
      self
        ? lines(
            t(`**已交**　自评等次：${gradeNames[self.grade].zh}`, `**Handed in**  Your grade: ${gradeNames[self.grade].en}`),
            isOpen ? null : asWritten(self.words),
          )
        : null,
      isOpen
        ? form(
            'self',
            [
              input('words', t('做了什么、还有什么不足（几句话就够）', 'What you did, and what is still lacking (a few sentences)'), {
                value: self?.words,
                required: true,
                most: LONGEST_WORDS,
                rows: 4,
                hint: t('比如：带头攻关……；计划性还要加强', 'For example: led the project …; should plan further ahead'),
              }),
              lines(t('给自己的等次', 'The grade you give yourself')),
              select(
                'grade',
                t('请选择', 'Please choose'),
                grades.map((grade) => ({ label: capital(gradeNames[grade]), value: grade })),
                { chosen: self?.grade, required: true },
              ),
            ],
            {
              label: self ? t('改好了，再交一次', 'Hand in again') : t('提交自评', 'Hand in'),
              value: submitSelfView.value({ evaluation: it.id }),
            },
          )
        : null,
      note(
        isOpen
          ? t(
              `请在${until.zh}前交；支委评定等次之前都可以改。${readersSaid(it).zh}`,
              `Please hand it in by ${until.en}; it can be changed until the committee sets the grades. ${readersSaid(it).en}`,
            )
          : t('支委已经评定等次，自评不能再改。', 'The committee has set the grades; this can no longer be changed.'),
      ),
    ],
    { colour: isOpen ? (self ? 'green' : 'blue') : 'grey', subtitle: asWritten(it.branchName) },
  )
}

const readersSaid = ({ period }: EvaluationAsItStands) =>
  isYearEnd(period)
    ? t('组长和支委看得到自评；之后的测评是无记名的。', 'Your group’s leader and the committee read it; the vote that follows is secret.')
    : t('组长和支委看得到自评。', 'Your group’s leader and the committee read it.')

export const selfView = view({
  message: messages.selfView,
  async show(db, { evaluation, member, reminder }) {
    const it = await evaluationById(db, evaluation)
    const own = it?.people.find((one) => one.member === member)
    if (!it || !own) return cancelledCard()
    return selfViewCard(it, own, reminder)
  },
})

export const submitSelfView = press({
  name: 'selfView.submit',
  rights: ['beEvaluated'],
  isPersonal: true,
  sends: z.object({ evaluation: id }),
  fills: z.object({ words: z.string().max(2_000).nullish(), grade: z.enum(grades).nullish().catch(null) }),
  async answer(ctx, { evaluation }, _seen, filled) {
    const { db, actor, now, it, own, pressedOn } = await ownPartIn(ctx, evaluation)
    if (own.isGone) refuse('你已不在这个支部，不用再写自评。', 'You are no longer of this branch and need not write one.')
    if (it.people.some(({ grade }) => grade !== null)) refuseGraded()
    const [words, { grade }] = [clipped(filled.words ?? '', LONGEST_WORDS), filled]
    if (words === '') refuse('请写几句自评。', 'Please write a few sentences.')
    if (!grade) refuse('请选择给自己的等次。', 'Please choose the grade you give yourself.')
    await saveSelfView(db, it, { words, grade }, actor, now, pressedOn)
    return {
      toast: t('自评已交，评定之前都可以改。', 'Handed in; it can be changed until the grades are set.'),
      mood: 'success',
      card: selfViewCard(it, { ...own, self: { words, grade } }),
    }
  },
})

/** From the list of steps: the form once more, and the older ones say so. */
export const openSelfView = press({
  name: 'selfView.open',
  rights: ['beEvaluated'],
  sends: z.object({ evaluation: id }),
  async answer(ctx, { evaluation }) {
    const { db, actor, now, eventId } = await ownPartIn(ctx, evaluation)
    await together(db, [
      ...giveWay(db, selfViewSubject(evaluation, actor.id), now),
      enqueue(db, {
        ...selfViewFor(evaluation, { member: actor.id, openId: actor.openId }),
        occasion: `selfView ${eventId}`,
        dueAt: now,
        lane: 'answer',
      }),
    ])
    return { toast: t('已发在下面。', 'It is below.'), mood: 'success' }
  },
})
