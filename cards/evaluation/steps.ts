import * as z from 'zod'
import type { Actor } from '../../db/branches/members.ts'
import { together } from '../../db/client.ts'
import { askToGrade, gradedBy, gradersBesides, refuseUnready } from '../../db/evaluation/grade.ts'
import type { EvaluationAsItStands } from '../../db/evaluation/state.ts'
import type { Message } from '../../db/ledgers/message.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import type { KnownContext } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { type PressAnswer, press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { t } from '../../src/text.ts'
import { nobodyElse } from '../../src/words/evaluations.ts'
import { gradeAppealOf } from './appeal.ts'
import { gradingOf } from './grading.ts'
import { groupViewOf } from './group-view.ts'
import { evaluationFor } from './guards.ts'
import { voteForm } from './open.ts'

/* Each step of the evaluation's card opens a card in the presser's direct chat. */

const sends = z.object({ evaluation: id })

async function directly({ db, actor, eventId, now }: KnownContext, shown: readonly Message[]) {
  await together(db, [
    ...shown.map((one, nth) =>
      enqueue(db, { occasion: `evaluation ${eventId} ${nth}`, to: { person: actor.openId }, ...one, dueAt: now, lane: 'answer' }),
    ),
  ])
  return { toast: t('已发在下面。', 'It is below.'), mood: 'success' } satisfies PressAnswer
}

/** One card for each group that has not given its view yet. */
export const openGroupViews = press({
  name: 'steps.groupViews',
  rights: ['enterGroupView'],
  sends,
  async answer(ctx, { evaluation }) {
    const { it, ...here } = await evaluationFor(ctx, evaluation, 'enterGroupView')
    const lots = [...new Set(it.people.flatMap(({ isGone, view, group }) => (!isGone && view === null ? [group] : [])))]
    if (lots.length === 0) refuse('小组意见都提过了。', 'All groups have given their view.')
    return directly(
      here,
      lots.map((group) => groupViewOf(it.id, group, here.actor.id)),
    )
  },
})

export const openVoteForm = press({
  name: 'steps.vote',
  rights: ['runEvaluation'],
  sends,
  async answer(ctx, { evaluation }) {
    const { it, ...here } = await evaluationFor(ctx, evaluation, 'runEvaluation')
    return directly(here, [voteForm.args({ evaluation: it.id })])
  },
})

/** The list of grades to decide. A member with only their own grade left asks the others to set it. */
export const openGrading = press({
  name: 'steps.grade',
  rights: ['setGrades'],
  sends,
  async answer(ctx, { evaluation }) {
    const { it, ...here } = await evaluationFor(ctx, evaluation, 'setGrades')
    refuseUnready(it, here.now)
    if (gradedBy(it, here.actor.id).length > 0) return directly(here, [gradingOf(it.id, here.actor.id)])
    const graders = await gradersBesides(here.db, it, here.actor.id)
    if (graders.length === 0) refuse(nobodyElse.zh, nobodyElse.en)
    await together(here.db, askToGrade(here.db, it, graders, here.now))
    return { toast: t('只差你本人的等次，已请其他人评定。', 'Only your own grade is left; somebody else has been asked.'), mood: 'success' }
  },
})

export const waitingAppeals = ({ people }: EvaluationAsItStands, viewer: Pick<Actor, 'id'>) =>
  people.filter(({ appeal, member }) => appeal && !appeal.answeredAt && member !== viewer.id)

export const openAppeals = press({
  name: 'steps.appeals',
  rights: ['setGrades'],
  sends,
  async answer(ctx, { evaluation }) {
    const { it, ...here } = await evaluationFor(ctx, evaluation, 'setGrades')
    const waiting = waitingAppeals(it, here.actor)
    if (waiting.length === 0) refuse('没有等你答复的申诉。', 'No appeal waits for your answer.')
    return directly(
      here,
      waiting.map(({ member }) => gradeAppealOf(it.id, member, here.actor.id)),
    )
  },
})
