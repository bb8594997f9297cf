import * as z from 'zod'
import { type Actor, actorById } from '../../db/branches/members.ts'
import { lookUp } from '../../db/client.ts'
import { closeEvaluation, tellGrades } from '../../db/evaluation/grade.ts'
import * as messages from '../../db/evaluation/messages.ts'
import { cancelEvaluation, evaluationSubject } from '../../db/evaluation/run.ts'
import { type EvaluationAsItStands, evaluationById, gradeOf, progressIn } from '../../db/evaluation/state.ts'
import { button, type Card, card, type Element, lines, note, row } from '../../src/card.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { beforeGrades, isYearEnd, stepLeft } from '../../src/rules/evaluation/evaluation.ts'
import { asWritten, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { evaluationName, orderSaid, stepLines } from '../../src/words/evaluations.ts'
import { runBallot } from '../ballots/buttons.ts'
import { namesSaid } from './grade-form.ts'
import { cancelledCard, evaluationFor, placeOfEvaluation } from './guards.ts'
import { readOn } from './reading.ts'
import { openSelfView } from './self-view.ts'
import { openAppeals, openGrading, openGroupViews, openVoteForm, waitingAppeals } from './steps.ts'

/** The committee sees how far the evaluation has come and the next steps. Members who have not written are a number here. */
export function evaluationCard(it: EvaluationAsItStands, viewer: Actor, now: Date): Card {
  const { next, besides } = actionsOf(it, viewer, now)
  const buttons = [...next.map((one, nth) => (nth === 0 ? { ...one, type: 'primary' } : one)), ...besides]
  return card(
    evaluationName(it.period),
    [
      lines(...stepLines(it, now)),
      withoutAccount(it),
      flagged(it, viewer),
      buttons.length > 0 ? row(...buttons) : null,
      note(noteSaid(it)),
    ],
    { colour: it.closedAt ? 'green' : 'blue', subtitle: asWritten(it.branchName) },
  )
}

function noteSaid({ closedAt, period }: EvaluationAsItStands): Text {
  if (closedAt && isYearEnd(period))
    return t('已结束，标准（14）民主评议党员自动计入。', 'Closed; it counts for standard (14), the evaluation of members.')
  if (closedAt) return t('已结束。', 'Closed.')
  const { zh, en } = orderSaid(period)
  return t(`${zh}申诉期过后自动结束。`, `${en} It closes by itself after the time for appeals.`)
}

const withoutAccount = ({ people, closedAt }: EvaluationAsItStands): Element | null => {
  const names = people.filter(({ openId, isGone }) => !openId && !isGone).map(({ name }) => name)
  if (names.length === 0 || closedAt) return null
  const { zh, en } = namesSaid(names)
  return lines(t(`没有飞书账号，自评和结果请当面办：${zh}`, `Without a Feishu account, to be seen to in person: ${en}`))
}

/** Unqualified grades are flagged on this card alone; people decide by the rules what follows. */
const flagged = ({ people }: EvaluationAsItStands, viewer: Actor): Element | null => {
  const names = people
    .filter((one) => one.grade?.toldAt && gradeOf(one) === 'unqualified' && one.member !== viewer.id)
    .map(({ name }) => name)
  if (names.length === 0) return null
  const { zh, en } = namesSaid(names)
  return lines(
    t(
      `不合格（只有支委看得到，请按规定教育、处置）：${zh}`,
      `Unqualified (seen by the committee alone, to be handled by the rules): ${en}`,
    ),
  )
}

/** The steps that bring the evaluation on, the first one first, and beside them the other deeds. */
function actionsOf(it: EvaluationAsItStands, viewer: Actor, now: Date): { next: Element[]; besides: Element[] } {
  if (it.closedAt) return { next: [], besides: [] }
  const progress = progressIn(it, now)
  const sent = { evaluation: it.id }
  const own = it.people.find(({ member }) => member === viewer.id)
  const isUntouched = !it.ballotId && it.people.every(({ grade }) => grade === null)
  const [graded, told] = [progress.grades.isDone, progress.told.isDone]
  const mayEnter = may(viewer, 'enterGroupView', placeOfEvaluation(it))
  const appeals = waitingAppeals(it, viewer).length
  const next = [
    own && !own.self && isUntouched && button(t('写我的自评…', 'Write your own view…'), openSelfView.value(sent)),
    !progress.groups.isDone && mayEnter && button(t('填小组意见…', 'Enter a group’s view…'), openGroupViews.value(sent)),
    (it.vote === 'none' || it.vote === 'void') && button(t('发起投票…', 'Open the vote…'), openVoteForm.value(sent)),
    graded && !told && tellButton(it),
    !graded && beforeGrades(progress) === null && button(t('评定等次…', 'Set the grades…'), openGrading.value(sent)),
    appeals > 0 && button(t(`答复申诉（${appeals}）…`, `Answer appeals (${appeals})…`), openAppeals.value(sent)),
    stepLeft(progress) === null && button(t('结束评议', 'Close it'), closeEvaluationPress.value(sent)),
  ]
  const besides = [
    it.vote === 'open' && it.ballotId !== null && button(t('看投票…', 'The vote…'), runBallot.value({ ballot: it.ballotId })),
    graded && !told && button(t('改等次…', 'Change the grades…'), openGrading.value(sent)),
    it.people.some(({ self, view }) => self || view) &&
      button(t('看自评和意见…', 'Read what was written…'), readOn.value({ ...sent, from: 0 })),
    isUntouched && cancelButton(it),
  ]
  const there = (all: readonly (Element | false | undefined)[]) => all.filter((one) => one !== false && one !== undefined)
  return { next: there(next), besides: there(besides) }
}

function tellButton(it: EvaluationAsItStands): Element {
  const toTell = it.people.filter(({ grade, isGone }) => grade && !grade.toldAt && !isGone)
  const without = toTell.filter(({ openId }) => !openId).map(({ name }) => name)
  const { zh, en } = namesSaid(without)
  return button(t('告知本人', 'Tell each of them'), tellGradesPress.value({ evaluation: it.id }), {
    confirm: {
      title: t('告知本人？', 'Tell each of them?'),
      text: t(
        `${toTell.length} 人各自收到自己的结果，之后不能再改，只能经申诉改。${without.length > 0 ? `没有飞书账号、请当面告知的：${zh}。` : ''}`,
        `Each of ${toTell.length} gets their own result; after that only an appeal changes it.${without.length > 0 ? ` To be told in person, for want of an account: ${en}.` : ''}`,
      ),
    },
  })
}

const cancelButton = ({ id }: EvaluationAsItStands): Element =>
  button(t('取消评议', 'Cancel it'), cancelEvaluationPress.value({ evaluation: id }), {
    type: 'text',
    confirm: {
      title: t('取消这次评议？', 'Cancel this evaluation?'),
      text: t('已写的自评和小组意见会一并删除。', 'What has been written goes with it.'),
    },
  })

export const evaluation = view({
  message: messages.evaluation,
  async show(db, { evaluation, viewer }, now) {
    const it = await evaluationById(db, evaluation)
    if (!it) return cancelledCard()
    const [[actor]] = await lookUp(db, [actorById(db, viewer)])
    return actor && may(actor, 'runEvaluation', placeOfEvaluation(it)) ? evaluationCard(it, actor, now) : null
  },
})

export const evaluationOf = (of: string, viewer: string) => evaluation.args({ subject: evaluationSubject(of), evaluation: of, viewer })

const sends = z.object({ evaluation: id })

export const tellGradesPress = press({
  name: 'evaluation.tell',
  rights: ['runEvaluation'],
  isPersonal: true,
  sends,
  async answer(ctx, { evaluation }) {
    const { db, actor, now, it } = await evaluationFor(ctx, evaluation, 'runEvaluation')
    const { toTell, withoutAccount: without } = await tellGrades(db, it, actor, now)
    const after = (await evaluationById(db, it.id)) ?? it
    const { zh, en } = namesSaid(without)
    return {
      toast:
        without.length > 0
          ? t(`已告知；请当面告知：${zh}。`, `Told; please tell in person: ${en}.`)
          : t(`已分别告知 ${toTell.length} 人。`, `${toTell.length} are told, each alone.`),
      mood: 'success',
      card: evaluationCard(after, actor, now),
    }
  },
})

export const closeEvaluationPress = press({
  name: 'evaluation.close',
  rights: ['runEvaluation'],
  isPersonal: true,
  sends,
  async answer(ctx, { evaluation }) {
    const { db, actor, now, it } = await evaluationFor(ctx, evaluation, 'runEvaluation')
    await closeEvaluation(db, it, actor, now)
    const toast = t('评议已结束。', 'The evaluation is closed.')
    return { toast, mood: 'success', card: evaluationCard({ ...it, closedAt: now }, actor, now) }
  },
})

export const cancelEvaluationPress = press({
  name: 'evaluation.cancel',
  rights: ['runEvaluation'],
  sends,
  async answer(ctx, { evaluation }) {
    const { db, actor, now, it } = await evaluationFor(ctx, evaluation, 'runEvaluation')
    await cancelEvaluation(db, it, actor, now)
    return { toast: t('评议已取消。', 'The evaluation is cancelled.'), mood: 'success', card: cancelledCard() }
  },
})
