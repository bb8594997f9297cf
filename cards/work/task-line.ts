import * as z from 'zod'
import { branchById } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf } from '../../db/client.ts'
import * as messages from '../../db/work/messages.ts'
import { namedPerson, pickableIn, pickedPerson } from '../../db/work/people.ts'
import { giveTask as give } from '../../db/work/tasks.ts'
import { isDay, pickedDay } from '../../src/calendar.ts'
import type { Card } from '../../src/card.ts'
import { foundOrRefuse, memberOrRefuse, placeOf } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { editTask, giveTask } from './buttons.ts'
import { taskCard } from './task-card.ts'
import { taskLineCard } from './task-line-card.ts'

interface Said {
  task: string
  branch: string
  words: string
  owner?: string | undefined
  dueOn?: string | undefined
  isUnclear?: boolean | undefined
}

async function lineCard(
  db: Db,
  { task, branch, words, owner, dueOn, isUnclear = false }: Said,
  now: Date,
  isOpen: boolean,
): Promise<Card | null> {
  const [[found], people, [named]] = await lookUp(db, [
    statementOf(branchById(db, branch)),
    statementOf(pickableIn(db, [branch])),
    statementOf(namedPerson(db, owner ?? '')),
  ])
  if (!found) return null
  const line = {
    task,
    branch,
    branchName: found.name,
    words,
    owner: named ?? null,
    dueOn: dueOn !== undefined && isDay(dueOn) ? dueOn : null,
    people: people.map(({ openId }) => openId),
    isUnclear,
  }
  return taskLineCard(line, now, isOpen)
}

export const taskLine = view({
  message: messages.taskLine,
  show: (db, said, now) => lineCard(db, said, now, false),
})

const look = ({ db }: { db: Db }, sent: { branch: string }) => [statementOf(branchById(db, sent.branch))] as const

export const editTaskPress = press({
  button: editTask,
  rights: ['decide'],
  isPersonal: true,
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, sent, [[found]]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    foundOrRefuse(actor, 'decide', found, placeOf)
    const shown = await lineCard(db, sent, now, true)
    return { toast: t('请填好再按。', 'Please fill it in.'), mood: 'info', ...(shown ? { card: shown } : {}) }
  },
})

export const giveTaskPress = press({
  button: giveTask,
  rights: ['decide'],
  isPersonal: true,
  fills: z.object({ words: z.string().max(1_000).nullish(), owner: z.string().max(80).nullish(), on: z.string().max(40).nullish() }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, sent, [[found]], { words, owner, on }) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const branch = foundOrRefuse(actor, 'decide', found, placeOf)
    const [[picked]] = await lookUp(db, [pickedPerson(db, actor.unit, owner)])
    if (owner && !picked) refuse('没找到这位负责人，请另选一位。', 'That owner was not found; please choose another.')
    const dueOn = pickedDay(on ?? sent.dueOn)
    const given = await give(
      db,
      { id: sent.task, branch: branch.id, words: words ?? sent.words, owner: picked?.id ?? sent.owner ?? null, dueOn },
      actor,
      now,
    )
    return {
      toast: t('任务已派出。', 'The task is given.'),
      mood: 'success',
      card: taskCard(given, { isOwner: given.owner === actor.id, isOverseer: true }, now),
    }
  },
})
