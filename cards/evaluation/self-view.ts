import * as z from 'zod'
import { type Db, lookUp, together } from '../../db/client.ts'
import * as messages from '../../db/evaluation/messages.ts'
import { refuseGraded, selfViewFor, selfViewSubject } from '../../db/evaluation/run.ts'
import { type EvaluationAsItStands, evaluationById, type PersonEvaluated } from '../../db/evaluation/state.ts'
import { saveSelfView } from '../../db/evaluation/views.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { giveWay } from '../../db/ledgers/renew.ts'
import { isAccepted, type Pledge, pledgesOf } from '../../db/pledges/pledges.ts'
import { sayStates } from '../../db/pledges/submit.ts'
import { day, yearOf } from '../../src/calendar.ts'
import { type Card, card, coloured, type Element, lines, note, strong } from '../../src/card.ts'
import { form, input, select } from '../../src/form.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { gradeNames, grades } from '../../src/rules/ballots/uses.ts'
import { isYearEnd } from '../../src/rules/evaluation/evaluation.ts'
import { isUsed } from '../../src/rules/rulebook/modules.ts'
import { spokenMoment } from '../../src/spoken.ts'
import { asWritten, capital, clipped, labelled, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { evaluationName } from '../../src/words/evaluations.ts'
import { pointsSaid } from '../../src/words/pledges/points.ts'
import { cancelledCard, ownPartIn } from './guards.ts'

const LONGEST_WORDS = 300

type Self = Pick<PersonEvaluated, 'self' | 'isGone'>

/** A member's view of themself: a few words and a grade. */
export function selfViewCard(it: EvaluationAsItStands, { self, isGone }: Self, reminder = false, pledged: Pledged | null = null): Card {
  const isOpen = !it.closedAt && !isGone && it.people.every(({ grade }) => grade === null)
  const until = spokenMoment(new Date(it.selfUntil.getTime() - 1))
  return card(
    labelled(t('自评', 'Your own view'), evaluationName(it.period), ' · '),
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
      pledged && (!isOpen || pledged.isFrozen) ? lines(strong(t('承诺', 'Pledge')), ...pointsSaid(pledged)) : null,
      isOpen
        ? form(
            'self',
            [
              ...(pledged ? pointFields(pledged) : []),
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

/** The pledge of the evaluation's year. The state of its points is said here or on its own card, and never twice. */
type Pledged = Pledge & { isFrozen: boolean }

async function pledgedFor(db: Db, { period, rulebook }: EvaluationAsItStands, member: string, now: Date): Promise<Pledged | null> {
  if (!isUsed('pledges', rulebook)) return null
  const year = yearOf(period)
  const [versions] = await lookUp(db, [pledgesOf(db, member, [year])])
  const it = versions.findLast(isAccepted)
  return it ? { ...it, isFrozen: year !== yearOf(day(now)) } : null
}

const states = ['going', 'kept', 'notKept'] as const
const stateNames = { going: t('还在做', 'Going on'), kept: t('做到了', 'Kept'), notKept: t('没做到', 'Not kept') }
const state = z.enum(states).nullish().catch(null)
const stateOf = (isKept: boolean | null) => (isKept === null ? 'going' : isKept ? 'kept' : 'notKept')

const pointFields = ({ points, isFrozen }: Pledged): Element[] =>
  isFrozen
    ? []
    : [
        lines(t('**今年承诺的**', '**What you pledged this year**')),
        ...points.flatMap(({ nth, words, isKept }) => [
          lines(asWritten(`${nth}. ${words}`)),
          select(
            `k${nth}`,
            t('做到了吗', 'Was it kept'),
            states.map((one) => ({ label: stateNames[one], value: one })),
            { chosen: stateOf(isKept) },
          ),
        ]),
      ]

function statesIn({ points }: Pledged, filled: Partial<Record<`k${number}`, (typeof states)[number] | null | undefined>>) {
  return new Map(
    points.flatMap(({ nth }) => {
      const said = filled[`k${nth}`]
      return said ? [[nth, said === 'going' ? null : said === 'kept'] as const] : []
    }),
  )
}

export const selfView = view({
  message: messages.selfView,
  async show(db, { evaluation, member, reminder }, now) {
    const it = await evaluationById(db, evaluation)
    const own = it?.people.find((one) => one.member === member)
    if (!it || !own) return cancelledCard()
    return selfViewCard(it, own, reminder, await pledgedFor(db, it, member, now))
  },
})

export const submitSelfView = press({
  name: 'selfView.submit',
  rights: ['beEvaluated'],
  isPersonal: true,
  sends: z.object({ evaluation: id }),
  fills: z.object({
    words: z.string().max(2_000).nullish(),
    grade: z.enum(grades).nullish().catch(null),
    k1: state,
    k2: state,
    k3: state,
    k4: state,
    k5: state,
  }),
  async answer(ctx, { evaluation }, _seen, filled) {
    const { db, actor, now, it, own, pressedOn } = await ownPartIn(ctx, evaluation)
    if (own.isGone) refuse('你已不在这个支部，不用再写自评。', 'You are no longer of this branch and need not write one.')
    if (it.people.some(({ grade }) => grade !== null)) refuseGraded()
    const [words, { grade }] = [clipped(filled.words ?? '', LONGEST_WORDS), filled]
    if (words === '') refuse('请写几句自评。', 'Please write a few sentences.')
    if (!grade) refuse('请选择给自己的等次。', 'Please choose the grade you give yourself.')
    const pledged = await pledgedFor(db, it, actor.id, now)
    const states = pledged && !pledged.isFrozen ? sayStates(db, pledged, statesIn(pledged, filled), actor, now) : []
    await saveSelfView(db, it, { words, grade }, actor, now, pressedOn, states)
    return {
      toast: t('自评已交，评定之前都可以改。', 'Handed in; it can be changed until the grades are set.'),
      mood: 'success',
      card: selfViewCard(it, { ...own, self: { words, grade } }, false, await pledgedFor(db, it, actor.id, now)),
    }
  },
})

/** The list of steps sends the form once more; older copies say that they are replaced. */
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
