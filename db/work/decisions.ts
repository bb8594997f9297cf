import { type SQL, sql } from 'drizzle-orm'
import { type Day, day } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { MOST_DECISIONS, MOST_TASK_WORDS } from '../../src/rules/work/tasks.ts'
import { clipped } from '../../src/text.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, onDuplicate, type Statement, statementOf, together } from '../client.ts'
import type { GatheringAsItStands } from '../gatherings/state.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { refresh } from '../ledgers/refresh.ts'
import { type DecisionWritten, decisionsWritten, type VoteDecided } from './decided.ts'
import { branchTasksSubject, decisionsSubject, ownTasksSubject } from './messages.ts'
import { decisions, tasks } from './tables.ts'

export interface NewDecision {
  id: string
  /** The id that its task has, where somebody is to do it by a day. */
  task: string
  /** Null where the words stand on paper alone. */
  words: string | null
  /** A vote that was carried; its words are the decision's. */
  vote: VoteDecided | null
  owner: string | null
  dueOn: Day | null
}

/** A part of a meeting: the gathering, and the branch that decides. */
export interface Part {
  it: GatheringAsItStands
  branch: string
}

/** Writes a decision down. With an owner and a day it is a task at once, which counts after a quorate close. */
export async function decide(db: Db, { it, branch }: Part, decision: NewDecision, actor: Actor, now: Date): Promise<DecisionWritten[]> {
  refuseEarlyOrOff(it, now)
  const { vote, owner, dueOn } = decision
  const words = vote ? clipped(vote.words, MOST_TASK_WORDS) : decision.words === null ? null : clipped(decision.words, MOST_TASK_WORDS)
  if (words === '') refuse('请写明决定了什么。', 'Please write what was decided.')
  if (words === null && (owner || dueOn))
    refuse(
      '只留纸质记录的决定不列任务；要列任务，请写一句不涉及人事、纪律的话。',
      'What stands on paper alone becomes no task; for a task, write a sentence without personnel or discipline in it.',
    )
  if (dueOn !== null && dueOn < day(now)) refusePastDay()
  const written = await together(db, [
    failIfSettled(db, { it, branch }),
    failIf(db, sql`(select count(*) from decisions d where ${isOf({ it, branch })}) >= ${MOST_DECISIONS}`, refuseMany),
    failIf(
      db,
      sql`${words} is not null and exists (select 1 from decisions d where ${isOf({ it, branch })} and d.words = ${words})`,
      refuseSame,
    ),
    ...(owner ? [failIf(db, isStranger(it.id, owner), refuseStranger)] : []),
    statementOf(
      db.insert(decisions).select(
        sql`select ${decision.id}, ${it.id}, ${branch}, (select coalesce(max(d.nth), 0) + 1 from decisions d where d.gathering = ${it.id} and d.branch = ${branch}),
            ${words}, ${vote?.vote === 'resolution' ? vote.id : null}, ${vote?.vote === 'election' ? vote.id : null}, ${owner}, ${dueOn}, ${actor.id},
            ${now.getTime()}, null, null, null, null`,
      ),
    ),
    ...(owner && dueOn && words !== null
      ? [
          statementOf(
            db.insert(tasks).values({
              id: decision.task,
              unit: it.unit,
              branch,
              origin: 'decision',
              originId: decision.id,
              words,
              owner,
              dueOn,
              by: actor.id,
              at: now,
            }),
          ),
        ]
      : []),
    ...seen(db, { it, branch }, 'decision.make', decision.id, actor, now, owner),
    decisionsWritten(db, it.id, branch),
  ]).catch(onDuplicate(decisions, refuseSame))
  return written.at(-1) as DecisionWritten[]
}

/** Takes a decision back, until the minutes are submitted. Its task goes with it, since that is read from the decision. */
export async function strike(db: Db, part: Part, decision: string, actor: Actor, now: Date): Promise<DecisionWritten[]> {
  const written = await together(db, [
    failIfSettled(db, part),
    failIf(db, isGone(part, decision), refuseGone),
    statementOf(db.update(decisions).set({ struckAt: now, struckBy: actor.id }).where(sql`${decisions.id} = ${decision}`)),
    ...seen(db, part, 'decision.strike', decision, actor, now, null),
    decisionsWritten(db, part.it.id, part.branch),
  ])
  return written.at(-1) as DecisionWritten[]
}

/** Shows a committee's decision to its branch (公开), or to the committee alone again. */
export async function publish(
  db: Db,
  part: Part,
  { id, isPublic }: { id: string; isPublic: boolean },
  actor: Actor,
  now: Date,
): Promise<DecisionWritten[]> {
  const written = await together(db, [
    failIf(db, isGone(part, id), refuseGone),
    statementOf(
      db
        .update(decisions)
        .set({ publicAt: isPublic ? now : null, publicBy: isPublic ? actor.id : null })
        .where(sql`${decisions.id} = ${id}`),
    ),
    ...seen(db, part, isPublic ? 'decision.publish' : 'decision.withhold', id, actor, now, null),
    decisionsWritten(db, part.it.id, part.branch),
  ])
  return written.at(-1) as DecisionWritten[]
}

const isOf = ({ it, branch }: Part): SQL => sql`d.gathering = ${it.id} and d.branch = ${branch} and d.struck_at is null`

const isGone = (part: Part, decision: string): SQL => sql`not exists (select 1 from decisions d where ${isOf(part)} and d.id = ${decision})`

/** A condition: that person is in no branch of the meeting. */
export const isStranger = (gathering: string, person: string): SQL => sql`not exists (select 1 from members m
  join gathering_branches gb on gb.branch = m.branch where m.id = ${person} and m.left_on is null and gb.gathering = ${gathering})`

/** Words that were sent to be confirmed stay as they are, until the minutes are sent back or opened again. */
const isSettled = ({ it, branch }: Part): SQL => sql`(exists (select 1 from cancellations c where c.gathering = ${it.id})
  or exists (select 1 from minutes m where m.gathering = ${it.id} and m.branch = ${branch} and m.submitted_at is not null))`

/** Whether nothing may be changed any more, for the card. */
export const partSettled = (db: Db, part: Part) =>
  db.select({ is: sql`${isSettled(part)}`.mapWith(Boolean) as SQL<boolean> }).from(sql`(select 1)`)

export const failIfSettled = (db: Db, part: Part): Statement => failIf(db, isSettled(part), refuseSettled)

export function refuseEarlyOrOff(it: GatheringAsItStands, now: Date) {
  if (it.cancelledAt) refuseSettled()
  if (now < it.startsAt) refuse('会议还没开始，开始后再记决定和问题。', 'The meeting has not begun; note what it decides once it has.')
}

function seen(db: Db, { it, branch }: Part, deed: string, subject: string, actor: Actor, now: Date, owner: string | null): Statement[] {
  const subjects = [it.id, decisionsSubject(it.id, branch), branchTasksSubject(branch), ...(owner ? [ownTasksSubject(owner)] : [])]
  return [
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed, subject }),
    ...subjects.map((one) => refresh(db, { subject: one, at: now, afterPress: true })),
  ]
}

export function refusePastDay(): never {
  return refuse('日期已经过去，请填今天或以后的一天。', 'That day is over; please choose today or a later one.')
}

function refuseMany(): never {
  return refuse(
    `一次会议最多 ${MOST_DECISIONS} 项决定，请把相近的合成一项。`,
    `A meeting has at most ${MOST_DECISIONS} decisions; please join some of them.`,
  )
}

function refuseSame(): never {
  return refuse('这项决定已经记下了，不用再记。', 'This decision is written down already.')
}

export function refuseStranger(): never {
  return refuse('负责人不在开会的支部里，请另选一位。', 'The owner is in none of the branches that met; please choose another.')
}

function refuseGone(): never {
  return refuse('这一项刚刚已经删去，请看更新后的卡片。', 'It has just been taken off; please look at the updated card.')
}

function refuseSettled(): never {
  return refuse(
    '会议取消了，或者记录已经送确认，不能再改；要改请先退回或重开记录。',
    'The meeting was cancelled, or its minutes are submitted; to change them have them sent back or opened again.',
  )
}
