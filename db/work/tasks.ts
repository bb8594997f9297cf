import { type SQL, sql } from 'drizzle-orm'
import { DAY_MS, type Day, day } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { latestOwnMove, MOST_TASK_WORDS } from '../../src/rules/work/tasks.ts'
import { clipped } from '../../src/text.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, onDuplicate, type Statement, statementOf, together } from '../client.ts'
import { isToDo } from '../gatherings/work/in-force.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { refresh } from '../ledgers/refresh.ts'
import { refusePastDay } from './decisions.ts'
import { branchTasksSubject, ownTasksSubject, taskSubject } from './messages.ts'
import { type TaskAsItStands, taskAsItStands } from './state.ts'
import { taskMoves, tasks } from './tables.ts'

/** Another hand was quicker. Nothing has happened; the present state answers. */
export class TaskMoved extends Error {
  override name = 'TaskMoved'
}

export interface NewTask {
  id: string
  branch: string
  words: string
  owner: string | null
  dueOn: Day | null
}

/** Gives somebody of the branch a task that no meeting decided. A card pressed twice gives one. */
export async function giveTask(
  db: Db,
  { id, branch, owner, dueOn, words: typed }: NewTask,
  actor: Actor,
  now: Date,
): Promise<TaskAsItStands> {
  const words = clipped(typed, MOST_TASK_WORDS)
  if (words === '') refuse('请写明要办什么。', 'Please write what is to be done.')
  if (!owner || !dueOn) refuse('任务要有负责人和日期，请都填上。', 'A task needs an owner and a day; please fill in both.')
  if (dueOn < day(now)) refusePastDay()
  const written = await together(db, [
    failIf(db, isOutside(owner, branch), refuseOutside),
    failIf(
      db,
      sql`exists (select 1 from tasks t where t.branch = ${branch} and t.origin = 'plain' and t.owner = ${owner} and t.words = ${words} and ${isToDo})`,
      () => refuse('这个人已经有同样的任务了。', 'They have the same task already.'),
    ),
    statementOf(
      db.insert(tasks).values({ id, unit: actor.unit, branch, origin: 'plain', originId: id, words, owner, dueOn, by: actor.id, at: now }),
    ),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'task.give', subject: id }),
    ...shownAnew(db, { id, branch }, [owner], now),
    taskAsItStands(db, id),
  ]).catch(onDuplicate(tasks, () => refuse('这项任务已经派出去了。', 'This task has been given already.')))
  return written.at(-1) as TaskAsItStands
}

/** A condition: that person is not of the branch. */
const isOutside = (person: string, branch: string): SQL =>
  sql`not exists (select 1 from members m where m.id = ${person} and m.branch = ${branch} and m.left_on is null)`

function refuseOutside(): never {
  return refuse('负责人不是本支部的，请另选一位。', 'The owner is not of this branch; please choose another.')
}

interface Change {
  deed: string
  set: Partial<typeof tasks.$inferInsert>
  /** The condition, asked inside the batch, under which the change is made; `t` is the task. */
  while: SQL
  guards?: readonly Statement[]
  move?: { toDay: Day; toOwner: string; reason: string | null }
}

/** @throws TaskMoved when it was changed meanwhile */
async function change(db: Db, it: TaskAsItStands, { deed, set, while: still, guards = [], move }: Change, actor: Actor, now: Date) {
  const written = await together(db, [
    failIf(db, sql`not exists (select 1 from tasks t where t.id = ${it.id} and ${still})`, () => {
      throw new TaskMoved()
    }),
    ...guards,
    statementOf(db.update(tasks).set(set).where(sql`${tasks.id} = ${it.id}`)),
    ...(move
      ? [
          statementOf(
            db.insert(taskMoves).select(
              sql`select ${it.id}, (select coalesce(max(v.nth), 0) + 1 from task_moves v where v.task = ${it.id}), ${it.dueOn}, ${move.toDay}, ${it.owner},
                  ${move.toOwner}, ${move.reason}, ${actor.id}, ${now.getTime()}`,
            ),
          ),
        ]
      : []),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed, subject: it.id }),
    ...shownAnew(db, it, [it.owner, ...(move && move.toOwner !== it.owner ? [move.toOwner] : [])], now),
    taskAsItStands(db, it.id),
  ])
  return written.at(-1) as TaskAsItStands
}

const shownAnew = (
  db: Db,
  { id, branch, meeting }: { id: string; branch: string; meeting?: TaskAsItStands['meeting'] },
  owners: readonly string[],
  at: Date,
) =>
  [taskSubject(id), branchTasksSubject(branch), ...owners.map(ownTasksSubject), ...(meeting ? [meeting.id] : [])].map((subject) =>
    refresh(db, { subject, at, afterPress: true }),
  )

/** The task is as it was seen: the same owner and day. */
const isAsSeen = ({ owner, dueOn }: TaskAsItStands): SQL => sql`(${isToDo} and t.owner = ${owner} and t.due_on = ${dueOn})`

/** The owner says that it is done; for an owner who is not in Feishu one of the committee does. */
export const finishTask = (db: Db, it: TaskAsItStands, said: string, actor: Actor, now: Date) =>
  change(
    db,
    it,
    {
      deed: 'task.done',
      set: { doneAt: now, doneBy: actor.id, doneNote: clipped(said, MOST_TASK_WORDS) || null, cannotAt: null, cannotBecause: null },
      while: isAsSeen(it),
    },
    actor,
    now,
  )

/** Takes 办完了 back within a day, before a meeting has looked at it. */
export const undoTask = (db: Db, it: TaskAsItStands, actor: Actor, now: Date) =>
  change(
    db,
    it,
    {
      deed: 'task.undo',
      set: { doneAt: null, doneBy: null, doneNote: null },
      while: sql`t.done_at > ${now.getTime() - DAY_MS} and t.checked_at is null`,
    },
    actor,
    now,
  )

/** The owner moves the day once, by at most ten working days. */
export function moveOwnDay(db: Db, it: TaskAsItStands, toDay: Day, actor: Actor, now: Date) {
  refuseDay(it, toDay, now)
  const latest = latestOwnMove(it.dueOn)
  if (it.ownMoves > 0) refuseSecondMove()
  if (toDay > latest)
    refuse(
      `自己改日期最多往后 10 个工作日（到 ${latest}）；再晚请按「办不了…」说明，由书记定。`,
      `You may put it off by ten working days at most (until ${latest}); for more press “Cannot…”, and the secretary decides.`,
    )
  return change(
    db,
    it,
    {
      deed: 'task.move',
      set: { dueOn: toDay },
      while: sql`${isAsSeen(it)} and t.cannot_at is null and not exists (select 1 from task_moves v where v.task = t.id and v."by" = t.owner
        and v.to_owner = t.owner and v.from_owner = t.owner)`,
      move: { toDay, toOwner: it.owner, reason: null },
    },
    actor,
    now,
  )
}

function refuseSecondMove(): never {
  return refuse(
    '日期已经自己改过一次；再改请按「办不了…」说明，由书记定。',
    'You have moved the day once; for more press “Cannot…”, and the secretary decides.',
  )
}

function refuseDay(it: TaskAsItStands, toDay: Day, now: Date) {
  if (toDay < day(now)) refusePastDay()
  if (toDay === it.dueOn) refuse('日期没有变。', 'The day is as it was.')
}

/** The owner cannot do it: the task goes to whoever looks after the branch. */
export function cannotDo(db: Db, it: TaskAsItStands, because: string, actor: Actor, now: Date) {
  const reason = clipped(because, MOST_TASK_WORDS)
  if (reason === '') refuse('请写一句为什么办不了。', 'Please say why in a sentence.')
  return change(
    db,
    it,
    { deed: 'task.cannot', set: { cannotAt: now, cannotBecause: reason }, while: sql`${isAsSeen(it)} and t.cannot_at is null` },
    actor,
    now,
  )
}

interface Settling {
  owner: string | null
  dueOn: Day | null
  reason: string
}

/** The committee gives it another owner or another day, whatever was said of it before. */
export function settleTask(db: Db, it: TaskAsItStands, { owner, dueOn, reason }: Settling, actor: Actor, now: Date) {
  const [toOwner, toDay] = [owner ?? it.owner, dueOn ?? it.dueOn]
  if (toOwner === it.owner && toDay === it.dueOn)
    refuse('请选另一位负责人或另一天；不办了就按「不办了」。', 'Choose another owner or another day; to give it up press “Drop”.')
  if (toDay < day(now)) refusePastDay()
  return change(
    db,
    it,
    {
      deed: 'task.settle',
      set: { owner: toOwner, dueOn: toDay, cannotAt: null, cannotBecause: null, ...(toOwner === it.owner ? {} : { toldAt: null }) },
      while: isAsSeen(it),
      guards:
        toOwner === it.owner
          ? []
          : [
              failIf(
                db,
                sql`${isOutside(toOwner, it.branch)} and not exists (select 1 from members m join gathering_branches gb on gb.branch = m.branch
                  where m.id = ${toOwner} and m.left_on is null and gb.gathering = ${it.meeting?.id ?? ''})`,
                refuseOutside,
              ),
            ],
      move: { toDay, toOwner, reason: clipped(reason, MOST_TASK_WORDS) || null },
    },
    actor,
    now,
  )
}

export function dropTask(db: Db, it: TaskAsItStands, because: string, actor: Actor, now: Date) {
  const reason = clipped(because, MOST_TASK_WORDS)
  if (reason === '') refuse('请写一句为什么不办了。', 'Please say in a sentence why it is given up.')
  return change(
    db,
    it,
    { deed: 'task.drop', set: { droppedAt: now, droppedBy: actor.id, droppedBecause: reason }, while: isToDo },
    actor,
    now,
  )
}
