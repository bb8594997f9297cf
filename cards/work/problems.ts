import * as z from 'zod'
import { actorById } from '../../db/branches/members.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import { type Part, partSettled } from '../../db/work/decisions.ts'
import * as messages from '../../db/work/messages.ts'
import { problemsSubject } from '../../db/work/messages.ts'
import { pickableIn, pickedPerson } from '../../db/work/people.ts'
import * as deeds from '../../db/work/problems.ts'
import { pickedDay } from '../../src/calendar.ts'
import type { Card } from '../../src/card.ts'
import { memberOrRefuse, privately, reply } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { addProblem, openProblems, strikeProblem } from './buttons.ts'
import { partOrRefuse, placeOfPart } from './part.ts'
import { problemsCard } from './problems-card.ts'

async function cardFor(db: Db, { it, branch }: Part, now: Date): Promise<Card> {
  const [found, people, [settled]] = await lookUp(db, [
    deeds.problemsOf(db, it.id, branch),
    statementOf(
      pickableIn(
        db,
        it.branches.map((one) => one.id),
      ),
    ),
    statementOf(partSettled(db, { it, branch })),
  ])
  return problemsCard({ it, branch, found, isSettled: settled?.is ?? false, people: people.map(({ openId }) => openId) }, now)
}

export const problemsView = view({
  message: messages.problems,
  async show(db, { gathering, branch, viewer }, now) {
    const [it, [actor]] = await lookUp(db, [gatheringAsItStands(db, gathering), statementOf(actorById(db, viewer))])
    return it && may(actor ?? null, 'decide', placeOfPart(it, branch)) ? cardFor(db, { it, branch }, now) : null
  },
})

const look = ({ db }: { db: Db }, sent: { gathering: string }) => [gatheringAsItStands(db, sent.gathering)] as const

function lifeMeeting(it: GatheringAsItStands) {
  if (it.kind !== 'life') refuse('问题清单记在组织生活会上。', 'Problems are noted at a life meeting.')
}

export const openProblemsPress = press({
  button: openProblems,
  rights: ['decide'],
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { branch }, [found]) {
    const { actor, db } = memberOrRefuse(ctx)
    const { it } = partOrRefuse(actor, found, branch)
    lifeMeeting(it)
    const shown = messages.problems({ subject: problemsSubject(it.id, branch), gathering: it.id, branch, viewer: actor.id })
    await together(db, [reply(privately(ctx), shown)])
    return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' }
  },
})

export const addProblemPress = press({
  button: addProblem,
  rights: ['decide'],
  isPersonal: true,
  fills: z.object({
    words: z.string().max(1_000).nullish(),
    member: z.string().max(80).nullish(),
    owner: z.string().max(80).nullish(),
    on: z.string().max(40).nullish(),
  }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { branch }, [found], { words, member, owner, on }) {
    const { actor, db, now, newId } = memberOrRefuse(ctx)
    const part = partOrRefuse(actor, found, branch)
    const [[whose], [who]] = await lookUp(db, [
      statementOf(pickedPerson(db, actor.unit, member)),
      statementOf(pickedPerson(db, actor.unit, owner)),
    ])
    if ((member && !whose) || (owner && !who)) refuse('没找到这个人，请另选一位。', 'That person was not found; please choose another.')
    await deeds.noteProblem(
      db,
      part,
      { id: newId(), task: newId(), words: words ?? '', member: whose?.id ?? null, owner: who?.id ?? null, dueOn: pickedDay(on) },
      actor,
      now,
    )
    return {
      toast: t('已记下，会后成为整改任务。', 'Noted; it is a task once the meeting is closed.'),
      mood: 'success',
      card: await cardFor(db, part, now),
    }
  },
})

export const strikeProblemPress = press({
  button: strikeProblem,
  rights: ['decide'],
  isPersonal: true,
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { branch, problem }, [found]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const part = partOrRefuse(actor, found, branch)
    await deeds.strikeProblem(db, part, problem, actor, now)
    return { toast: t('已删去。', 'Taken off.'), mood: 'success', card: await cardFor(db, part, now) }
  },
})
