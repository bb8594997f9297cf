import {
  type Decision,
  graded,
  gradedBy,
  proposedFor,
  refuseGroundless,
  refuseOverThird,
  refuseUnready,
  seenIn,
  setGrades,
} from '../../db/evaluation/grade.ts'
import { type EvaluationAsItStands, evaluationById, type PersonEvaluated } from '../../db/evaluation/state.ts'
import { type Card, card, coloured, lines, note } from '../../src/card.ts'
import type { Context } from '../../src/context.ts'
import { form } from '../../src/form.ts'
import type { PressAnswer } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { gradesPicked } from '../../src/rules/ballots/marks.ts'
import type { Grade } from '../../src/rules/ballots/uses.ts'
import { asWritten, counted, labelled, type Text, t } from '../../src/text.ts'
import { evaluationName, nobodyElse, othersAsked } from '../../src/words/evaluations.ts'
import { gradeFields } from '../../src/words/grade-fields.ts'
import { againGrades, chooseGrades, type GradeLists, type GradeReasons, giveReasons } from './buttons.ts'
import { type Differing, namesSaid, reasonsCard, reasonsIn } from './grade-form.ts'
import { doubtsSaid, groundsFolded } from './grounds.ts'
import { evaluationFor } from './guards.ts'
import { pledgesBeside } from './pledged.ts'

/** The committee's decision, filled in as proposed. Each committee member sees everybody but themself. */
export function gradingCard(it: EvaluationAsItStands, viewer: string): Card {
  const ours = gradedBy(it, viewer)
  const own = graded(it).find(({ member }) => member === viewer)
  const isOpen = !it.closedAt && ours.length > 0
  const left = ours.filter(({ grade }) => grade === null)
  const isSet = ours.length > 0 && left.length === 0
  return card(
    titleOf(it),
    [
      lines(stateSaid(it, ours, left), ...(isOpen ? doubtsSaid(it, left).map((doubt) => coloured('orange', doubt)) : [])),
      ...(isOpen ? groundsFolded(it, ours, left.length < ours.length ? left : []) : []),
      isOpen
        ? form('grades', gradeFields(ours, Math.floor(graded(it).length / 3), gradesSoFar(it, ours)), {
            label: isSet ? t('改好了，重新提交', 'Send again') : t('提交', 'Send'),
            value: chooseGrades.value({ evaluation: it.id, seen: seenIn(it) }),
          })
        : null,
      isOpen ? pledgesBeside(it, ours.length) : null,
      isOpen ? note(ownSaid(own, isSet)) : null,
    ],
    { colour: isOpen ? (isSet ? 'green' : 'blue') : 'grey', subtitle: asWritten(it.branchName) },
  )
}

function stateSaid(it: EvaluationAsItStands, ours: readonly PersonEvaluated[], left: readonly PersonEvaluated[]): Text {
  if (it.closedAt || ours.length === 0)
    return t(
      '等次已告知本人，不能再改；有申诉的，答复时可以改。',
      'They have been told, and the grades no longer change, unless an appeal is upheld.',
    )
  if (left.length === 0) return t('**已评定**，告知本人之前都可以改。', '**Set**; until they are told it can be changed.')
  if (left.length < ours.length) {
    const { zh, en } = namesSaid(left.map(({ name }) => name))
    return t(
      `**请评定：${zh}**。已按建议填好，没有选到的都是合格。其余的已经评定，不用改。`,
      `**To be set: ${en}**, filled in as proposed; whoever is in no list is qualified. The others are set already and stay as they are.`,
    )
  }
  const { length } = graded(it)
  return t(
    `共 ${length} 人，已按建议填好，没有选到的都是合格。改完提交；和建议不同的，下一步写理由。`,
    `${counted(length, 'person', 'people')}, filled in as proposed; all others are qualified. Change it and send it. Where you differ, the next step asks why.`,
  )
}

const titleOf = ({ period }: EvaluationAsItStands): Text => labelled(t('评定等次', 'Setting the grades'), evaluationName(period), ' · ')

/** The decided grade, else the proposed one. */
const gradesSoFar = (it: EvaluationAsItStands, people: readonly PersonEvaluated[]) =>
  new Map(people.map((person) => [person.key, person.grade?.grade ?? proposedFor(it, person).grade]))

const ownSaid = (own: PersonEvaluated | undefined, isSet: boolean): Text => {
  if (own && !own.grade && isSet)
    return t('谁也不评自己：你的等次已请其他人评定。', 'Nobody decides on themself: others have been asked to set your own grade.')
  if (own && !own.grade)
    return t(
      '谁也不评自己：你的等次由其他支委评定，没有其他支委的由上级考核人评定，提交后自动请他们评。',
      'Nobody decides on themself: your own grade is set by another of the committee, or by the assessor above where there is no other; they are asked when you send this.',
    )
  return t(
    '票数是参考，等次由支委会定；优秀不超过三分之一。',
    'The vote is an input, the committee decides; at most a third are excellent.',
  )
}

async function gradingFor(ctx: Context, evaluation: string) {
  const here = await evaluationFor(ctx, evaluation, 'setGrades')
  return { ...here, ours: gradedBy(here.it, here.actor.id) }
}

type Here = Awaited<ReturnType<typeof gradingFor>>

function pickedIn({ ours }: Here, filled: GradeLists): Map<string, Grade> {
  const picked = gradesPicked(ours, filled)
  if ('wrong' in picked) refuse(picked.wrong.zh, picked.wrong.en)
  return picked
}

/** A grade for which somebody else has given the reason needs no second reason. */
const isReasoned = ({ grade }: PersonEvaluated, to: Grade, viewer: string) =>
  grade !== null && grade.grade === to && grade.reason !== '' && grade.by !== viewer

const differingIn = ({ it, ours, actor }: Here, picked: ReadonlyMap<string, Grade>): Differing[] =>
  ours.flatMap((person) => {
    const [from, to] = [proposedFor(it, person).grade, picked.get(person.key) ?? 'qualified']
    return from === to || isReasoned(person, to, actor.id)
      ? []
      : [{ key: person.key, name: person.name, from, to, reason: person.grade?.grade === to ? person.grade.reason : '' }]
  })

async function save(here: Here, picked: ReadonlyMap<string, Grade>, why: ReadonlyMap<string, string>, seen: number): Promise<PressAnswer> {
  const { db, it, ours, actor, now } = here
  const reasonFor = (key: string, to: Grade) => {
    const person = ours.find((one) => one.key === key)
    return why.get(key) ?? (person && isReasoned(person, to, actor.id) ? person.grade?.reason : undefined) ?? ''
  }
  const decisions = new Map<string, Decision>([...picked].map(([key, grade]) => [key, { grade, reason: reasonFor(key, grade) }]))
  const { left, asked } = await setGrades(db, it, decisions, seen, actor, now)
  const after = (await evaluationById(db, it.id)) ?? it
  const said = t('等次已评定，告知本人之前都可以改。', 'The grades are set; until they are told they can be changed.')
  return {
    toast: left.length === 0 ? said : asked > 0 ? othersAsked : nobodyElse,
    mood: left.length > 0 && asked === 0 ? 'warning' : 'success',
    card: gradingCard(after, actor.id),
  }
}

export async function choseGrades(
  ctx: Context,
  { evaluation, seen }: { evaluation: string; seen: number },
  filled: GradeLists,
): Promise<PressAnswer> {
  const here = await gradingFor(ctx, evaluation)
  const picked = pickedIn(here, filled)
  const differing = differingIn(here, picked)
  if (differing.length === 0) return save(here, picked, new Map(), seen)
  refuseUnready(here.it, here.now)
  refuseOverThird(here.it, (key) => picked.get(key), here.actor)
  return {
    toast: t('和建议不同的，请写明理由。', 'Where you differ from what was proposed, please say why.'),
    mood: 'info',
    card: reasonsCard({
      title: titleOf(here.it),
      subtitle: asWritten(here.it.branchName),
      asks: t('和建议不同的等次，各写理由（会告诉本人）：', 'Why the grade differs from what was proposed (the person is told):'),
      rest: t('没有列出的和建议一样，不用写。', 'Those not listed are as proposed and need no reason.'),
      differing,
      submit: { label: t('提交', 'Send'), value: giveReasons.value({ evaluation, seen, picked: filled }) },
      back: againGrades.value({ evaluation }),
    }),
  }
}

export async function gaveReasons(
  ctx: Context,
  { evaluation, seen, picked: filled }: { evaluation: string; seen: number; picked: GradeLists },
  written: GradeReasons,
): Promise<PressAnswer> {
  const here = await gradingFor(ctx, evaluation)
  const picked = pickedIn(here, filled)
  const differing = differingIn(here, picked)
  const why = reasonsIn(differing, written)
  const without = differing.find(({ key }) => why.get(key) === '')
  if (without) refuseGroundless(without.name)
  return save(here, picked, why, seen)
}

export async function chooseGradesAgain(ctx: Context, { evaluation }: { evaluation: string }): Promise<PressAnswer> {
  const { it, actor } = await gradingFor(ctx, evaluation)
  return { toast: t('请重新选择。', 'Please choose again.'), mood: 'info', card: gradingCard(it, actor.id) }
}
