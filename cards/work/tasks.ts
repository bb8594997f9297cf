import * as z from 'zod'
import { type Actor, actorById } from '../../db/branches/members.ts'
import { branchById } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import * as messages from '../../db/work/messages.ts'
import { branchTasksSubject, ownTasksSubject, taskSubject } from '../../db/work/messages.ts'
import { taskAsItStands, tasksGivenBy, tasksOf, tasksOfBranch } from '../../db/work/state.ts'
import * as deeds from '../../db/work/tasks.ts'
import type { Card } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOf, privately, reply } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { branchSeats, may } from '../../src/rules/branches/rights.ts'
import { t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { finishListed, openBranchTasks, openTasks, pickTask } from './buttons.ts'
import { branchTasksCard, ownTasksCard } from './tasks-card.ts'

/** The branch in whose committee somebody sits. */
const ledBy = ({ branch, seats }: Actor): string | null =>
  branch !== null && seats.some((seat) => seat.branch === branch && branchSeats.some((role) => role === seat.role)) ? branch : null

async function ownCard(db: Db, actor: Actor, now: Date, gathering?: string): Promise<Card> {
  const [all] = await lookUp(db, [gathering ? tasksGivenBy(db, gathering, actor.id) : tasksOf(db, actor.id)])
  return ownTasksCard(actor.name, all, now, gathering ? null : ledBy(actor), gathering)
}

export const ownTasks = view({
  message: messages.ownTasks,
  async show(db, { member }, now) {
    const [[actor]] = await lookUp(db, [actorById(db, member)])
    return actor ? ownCard(db, actor, now) : null
  },
})

/** Where all of it is done or struck before it goes out, nothing is sent. */
export const tasksGiven = view({
  message: messages.tasksGiven,
  async show(db, { gathering, member }, now) {
    const [[actor], given] = await lookUp(db, [statementOf(actorById(db, member)), tasksGivenBy(db, gathering, member)])
    return actor && given.length > 0 ? ownTasksCard(actor.name, given, now, null, gathering) : null
  },
})

export const branchTasks = view({
  message: messages.branchTasks,
  async show(db, { branch, viewer }, now) {
    const [[found], [actor], all] = await lookUp(db, [
      statementOf(branchById(db, branch)),
      statementOf(actorById(db, viewer)),
      tasksOfBranch(db, branch),
    ])
    return found && may(actor ?? null, 'checkTask', placeOf(found)) ? branchTasksCard(found, all, now) : null
  },
})

export const openTasksPress = press({
  button: openTasks,
  rights: ['doTask'],
  async answer(ctx) {
    const { actor, db } = memberOrRefuse(ctx)
    await together(db, [reply(privately(ctx), messages.ownTasks({ subject: ownTasksSubject(actor.id), member: actor.id }))])
    return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' }
  },
})

export const openBranchTasksPress = press({
  button: openBranchTasks,
  rights: ['checkTask'],
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch))] as const,
  async answer(ctx, _sent, [[found]]) {
    const { actor, db } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'checkTask', found, placeOf)
    await together(db, [
      reply(privately(ctx), messages.branchTasks({ subject: branchTasksSubject(branch.id), branch: branch.id, viewer: actor.id })),
    ])
    return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' }
  },
})

export const pickTaskPress = press({
  button: pickTask,
  rights: ['checkTask'],
  fills: z.object({ task: id.nullish() }),
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch))] as const,
  async answer(ctx, _sent, [[found]], { task }) {
    const { actor, db } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'checkTask', found, placeOf)
    const [it] = await lookUp(db, [taskAsItStands(db, task ?? '')])
    if (it?.branch !== branch.id) refuse('请先选一项任务。', 'Please choose a task first.')
    await together(db, [reply(privately(ctx), messages.task({ subject: taskSubject(it.id), task: it.id, viewer: actor.id }))])
    return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' }
  },
})

/** 办完了 beside a line: the list is shown without it. */
export const finishListedPress = press({
  button: finishListed,
  rights: ['doTask'],
  isPersonal: true,
  look: ({ db }, { task }) => [taskAsItStands(db, task)] as const,
  async answer(ctx, { gathering }, [it]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    if (!it || it.owner !== actor.id) refuse('这项任务归负责人办，你不能替他办。', 'This task is its owner’s; you cannot do it for them.')
    const isMoved = await deeds.finishTask(db, it, '', actor, now).then(
      () => false,
      (error) => {
        if (!(error instanceof deeds.TaskMoved)) throw error
        return true
      },
    )
    return {
      toast: isMoved
        ? t('刚刚已经有人改过，这是现在的情况。', 'It has just been changed; this is how it stands.')
        : t('已记为办完。', 'Noted as done.'),
      mood: isMoved ? 'info' : 'success',
      card: await ownCard(db, actor, now, gathering),
    }
  },
})
