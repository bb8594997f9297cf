import * as z from 'zod'
import { actorById } from '../../db/branches/members.ts'
import { lookUp, together } from '../../db/client.ts'
import { type EvaluationAsItStands, evaluationById, type PersonEvaluated } from '../../db/evaluation/state.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { button, type Card, card, drawnThatFit, lines, note } from '../../src/card.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { type Grade, gradeNames } from '../../src/rules/ballots/uses.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { asWritten, labelled, literal, type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { evaluationName } from '../../src/words/evaluations.ts'
import { evaluationFor, placeOfEvaluation } from './guards.ts'

const PEOPLE_BYTES = 20_000
const MOST = 15

/** Everybody's own view and the groups' views, which the committee reads before it decides. */
export function readingCard(it: EvaluationAsItStands, from: number): Card {
  const all = it.people.filter(({ isGone }) => !isGone)
  const shown = drawnThatFit(all.slice(from, from + MOST), (person) => [lines(...saidOf(person))], PEOPLE_BYTES)
  const until = from + shown.length
  return card(
    labelled(t('自评和小组意见', 'Own views and groups’ views'), evaluationName(it.period), ' · '),
    [
      ...shown.flat(),
      until < all.length
        ? button(
            t(`接着看（还有 ${all.length - until} 人）`, `The next ones (${all.length - until} more)`),
            readOn.value({ evaluation: it.id, from: until }),
          )
        : null,
      note(t('只给支委看，请不要转发。', 'For the committee alone; please do not pass it on.')),
    ],
    { colour: 'wathet', subtitle: asWritten(it.branchName) },
  )
}

const saidOf = ({ name, self, view }: PersonEvaluated): Text[] => [
  t(`**${literal(name)}**`, `**${literal(name)}**`),
  lineOf(t('自评', 'Own view'), self),
  lineOf(t('小组', 'The group'), view),
]

const lineOf = (who: Text, said: { grade: Grade; words: string } | null): Text => {
  if (!said) return t(`${who.zh}：还没有`, `${who.en}: nothing yet`)
  const words = said.words === '' ? '' : literal(said.words)
  const grade = gradeNames[said.grade]
  return t(`${who.zh}：${grade.zh}${words && `。${words}`}`, `${who.en}: ${grade.en}${words && `. ${words}`}`)
}

export const evaluationReading = view({
  name: 'evaluationReading',
  takes: z.object({ evaluation: id, from: z.int().min(0), viewer: id }),
  async show(db, { evaluation, from, viewer }) {
    const it = await evaluationById(db, evaluation)
    const [[actor]] = await lookUp(db, [actorById(db, viewer)])
    return it && may(actor ?? null, 'runEvaluation', placeOfEvaluation(it)) ? readingCard(it, from) : null
  },
})

export const readOn = press({
  name: 'evaluationReading.next',
  rights: ['runEvaluation'],
  sends: z.object({ evaluation: id, from: z.int().min(0).max(1_000) }),
  async answer(ctx, { evaluation, from }) {
    const { db, actor, now, eventId } = await evaluationFor(ctx, evaluation, 'runEvaluation')
    const shown = evaluationReading.args({ evaluation, from, viewer: actor.id })
    await together(db, [enqueue(db, { occasion: `read ${eventId}`, to: { person: actor.openId }, ...shown, dueAt: now, lane: 'answer' })])
    return { toast: t('已发在下面。', 'It is below.'), mood: 'success' }
  },
})
