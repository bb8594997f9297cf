import * as z from 'zod'
import { type Actor, actorById } from '../../db/branches/members.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import * as messages from '../../db/work/messages.ts'
import { taskSubject } from '../../db/work/messages.ts'
import { pickableIn, pickedPerson } from '../../db/work/people.ts'
import { isOpenToBranch, placeOfTask, type TaskAsItStands, taskAsItStands } from '../../db/work/state.ts'
import * as deeds from '../../db/work/tasks.ts'
import { pickedDay } from '../../src/calendar.ts'
import type { Card } from '../../src/card.ts'
import { type Context, type KnownContext, mayOrRefuse, memberOrRefuse, privately, reply } from '../../src/context.ts'
import { type PressAnswer, press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { type Text, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { askOfTask, cannotTask, dropTask, finishTask, moveTask, openTask, settleTask, showTask, undoTask } from './buttons.ts'
import { type TaskReader, taskCard } from './task-card.ts'

/** The committee knows nothing of the findings of an integrity check; its secretary settles what cannot be done. */
const isSecretary = (actor: Actor, branch: string) => actor.seats.some((seat) => seat.role === 'secretary' && seat.branch === branch)

const readerOf = (it: TaskAsItStands, actor: Actor): TaskReader => ({
  isOwner: it.owner === actor.id,
  isOverseer: may(actor, 'checkTask', placeOfTask(it)) && (it.origin !== 'integrity' || isSecretary(actor, it.branch)),
})

/** The owner and the committee read a task; the branch reads one that came of a decision it may see. */
const mayRead = (it: TaskAsItStands, actor: Actor) => {
  const { isOwner, isOverseer } = readerOf(it, actor)
  return isOwner || isOverseer || (it.stands && isOpenToBranch(it) && actor.branch === it.branch)
}

export const taskView = view({
  message: messages.task,
  async show(db, { task, viewer }, now) {
    const [it, [actor]] = await lookUp(db, [taskAsItStands(db, task), statementOf(actorById(db, viewer))])
    return it && actor && mayRead(it, actor) ? taskCard(it, readerOf(it, actor), now) : null
  },
})

const look = ({ db }: { db: Db }, sent: { task: string }) => [taskAsItStands(db, sent.task)] as const

function refuseOthers(): never {
  return refuse('这项任务归负责人办，你不能替他办。', 'This task is its owner’s; you cannot do it for them.')
}

function readable(ctx: Context, found: TaskAsItStands | undefined): { here: KnownContext; it: TaskAsItStands } {
  const here = memberOrRefuse(ctx)
  if (!found || !mayRead(found, here.actor)) refuse('这项任务只有负责人和支委会看得到。', 'A task is for its owner and the committee.')
  return { here, it: found }
}

/** The owner acts; for one who is not in Feishu the committee says that it is done. */
function asOwner(ctx: Context, found: TaskAsItStands | undefined, orCommittee = false): { here: KnownContext; it: TaskAsItStands } {
  const here = memberOrRefuse(ctx)
  if (!found) refuseOthers()
  const { isOwner, isOverseer } = readerOf(found, here.actor)
  if (!isOwner && !(orCommittee && isOverseer && found.ownerOpenId === null)) refuseOthers()
  return { here, it: found }
}

function asOverseer(ctx: Context, found: TaskAsItStands | undefined): { here: KnownContext; it: TaskAsItStands } {
  const here = memberOrRefuse(ctx)
  mayOrRefuse(here.actor, 'checkTask', found ? placeOfTask(found) : { unit: '' })
  return { here, it: found as TaskAsItStands }
}

/** A task that was changed meanwhile is shown as it now stands. */
async function shownAfter(
  { db, actor, now }: KnownContext,
  it: TaskAsItStands,
  change: Promise<TaskAsItStands>,
  toast: Text,
): Promise<PressAnswer> {
  const after = await change.catch((error) => {
    if (!(error instanceof deeds.TaskMoved)) throw error
    return null
  })
  if (after) return { toast, mood: 'success', card: taskCard(after, readerOf(after, actor), now) }
  const [fresh] = await lookUp(db, [taskAsItStands(db, it.id)])
  return {
    toast: t('刚刚已经有人改过，这是现在的情况。', 'It has just been changed; this is how it stands.'),
    mood: 'info',
    ...(fresh ? { card: taskCard(fresh, readerOf(fresh, actor), now) } : {}),
  }
}

const filledWhy = z.object({ why: z.string().max(1_000).nullish() })

export const openTaskPress = press({
  button: openTask,
  rights: ['doTask'],
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, _sent, [found]) {
    const { here, it } = readable(ctx, found)
    const shown = messages.task({ subject: taskSubject(it.id), task: it.id, viewer: here.actor.id })
    await together(here.db, [reply(privately(here), shown)])
    return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' }
  },
})

export const showTaskPress = press({
  button: showTask,
  rights: ['doTask'],
  isPersonal: true,
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, _sent, [found]) {
    const { here, it } = readable(ctx, found)
    return { toast: t('这项任务。', 'This is the task.'), mood: 'info', card: taskCard(it, readerOf(it, here.actor), here.now) }
  },
})

export const askOfTaskPress = press({
  button: askOfTask,
  rights: ['doTask', 'checkTask'],
  isPersonal: true,
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { what }, [found]): Promise<PressAnswer> {
    const isOverseers = what === 'settle' || what === 'drop'
    const { here, it } = isOverseers ? asOverseer(ctx, found) : asOwner(ctx, found, what === 'done')
    const people = what === 'settle' ? (await lookUp(here.db, [pickableIn(here.db, [it.branch])]))[0].map(({ openId }) => openId) : []
    return { toast: t('请填好再按。', 'Please fill it in.'), mood: 'info', card: asked(it, here, what, people) }
  },
})

const asked = (
  it: TaskAsItStands,
  { actor, now }: KnownContext,
  what: Parameters<typeof askOfTask.value>[0]['what'],
  people: readonly string[],
): Card => taskCard(it, readerOf(it, actor), now, what, people)

export const finishTaskPress = press({
  button: finishTask,
  rights: ['doTask'],
  isPersonal: true,
  fills: filledWhy,
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, _sent, [found], { why }) {
    const { here, it } = asOwner(ctx, found, true)
    return shownAfter(here, it, deeds.finishTask(here.db, it, why ?? '', here.actor, here.now), t('已记为办完。', 'Noted as done.'))
  },
})

export const undoTaskPress = press({
  button: undoTask,
  rights: ['doTask'],
  isPersonal: true,
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, _sent, [found]) {
    const { here, it } = asOwner(ctx, found)
    return shownAfter(here, it, deeds.undoTask(here.db, it, here.actor, here.now), t('已改回未办完。', 'It is to be done again.'))
  },
})

export const moveTaskPress = press({
  button: moveTask,
  rights: ['doTask'],
  isPersonal: true,
  fills: z.object({ on: z.string().max(40).nullish() }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, _sent, [found], { on }) {
    const { here, it } = asOwner(ctx, found)
    const toDay = pickedDay(on)
    if (!toDay) refuse('请选改到哪一天。', 'Please choose the day.')
    return shownAfter(here, it, deeds.moveOwnDay(here.db, it, toDay, here.actor, here.now), t('日期已改。', 'The day is moved.'))
  },
})

export const cannotTaskPress = press({
  button: cannotTask,
  rights: ['doTask'],
  isPersonal: true,
  fills: filledWhy,
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, _sent, [found], { why }) {
    const { here, it } = asOwner(ctx, found)
    return shownAfter(
      here,
      it,
      deeds.cannotDo(here.db, it, why ?? '', here.actor, here.now),
      t('已转书记定。', 'The secretary decides now.'),
    )
  },
})

export const settleTaskPress = press({
  button: settleTask,
  rights: ['checkTask'],
  isPersonal: true,
  fills: z.object({ owner: z.string().max(80).nullish(), on: z.string().max(40).nullish(), why: z.string().max(1_000).nullish() }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, _sent, [found], { owner, on, why }) {
    const { here, it } = asOverseer(ctx, found)
    const [[picked]] = await lookUp(here.db, [pickedPerson(here.db, here.actor.unit, owner)])
    if (owner && !picked) refuse('没找到这位负责人，请另选一位。', 'That owner was not found; please choose another.')
    const settling = { owner: picked?.id ?? null, dueOn: pickedDay(on), reason: why ?? '' }
    return shownAfter(here, it, deeds.settleTask(here.db, it, settling, here.actor, here.now), t('已改。', 'Changed.'))
  },
})

export const dropTaskPress = press({
  button: dropTask,
  rights: ['checkTask'],
  isPersonal: true,
  fills: filledWhy,
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, _sent, [found], { why }) {
    const { here, it } = asOverseer(ctx, found)
    return shownAfter(here, it, deeds.dropTask(here.db, it, why ?? '', here.actor, here.now), t('已记为不办了。', 'Noted as given up.'))
  },
})
