import { sql } from 'drizzle-orm'
import { refuse } from '../src/refusal.ts'
import { isLocked } from '../src/rules/attendance.ts'
import { isOpen } from '../src/rules/gatherings.ts'
import type { LeaveReason } from '../src/rules/leaves.ts'
import { leaves } from './attendance.ts'
import { record } from './audit.ts'
import { type Db, onConstraint, onDuplicate, type Statement, together } from './client.ts'
import { leaveCard, refuseCancelled, type Seen } from './conduct.ts'
import { cancellations, gatheringBranches, gatherings } from './gatherings.ts'
import type { Actor } from './members.ts'
import { refresh } from './outbox.ts'
import type { GatheringAsItStands } from './standing.ts'

/** Asked for before the start; who fell ill may also say so afterwards, until attendance is locked. */
export async function askLeave(db: Db, seen: Seen, reason: LeaveReason, actor: Actor, now: Date, causes: readonly Statement[] = []) {
  const { gathering } = seen
  refuseLeave(seen, now)
  if (now >= gathering.startsAt && reason !== 'sick')
    refuse('会议已经开始，现在只能补请病假。', 'The meeting has begun; only sick leave can be asked for now.')
  await together(db, [
    db.insert(leaves).values({ gathering: gathering.id, member: actor.id, reason, askedAt: now }),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'leave.ask', subject: gathering.id }),
    ...shownAnew(db, gathering, actor.id, now),
    ...causes,
  ]).catch(onDuplicate(leaves, refuseSecond))
}

/** Whoever cannot ask for a leave now is told why. */
export function refuseLeave({ gathering, own }: Seen, now: Date) {
  if (gathering.cancelledAt) refuseCancelled()
  if (isOpen(gathering.kind)) refuse('活动自愿参加，不用请假。', 'An activity is voluntary; no leave is needed.')
  if (!own.isExpected) refuse('你不在这次会议的应到名单上，不用请假。', 'You are not on this meeting’s roster; no leave is needed.')
  if (own.standing) refuse('你已经签到，不用请假。', 'You are already checked in; no leave is needed.')
  if (own.leave) refuseSecond()
  if (isLocked(gathering.closedAt, now, gathering.reopenedAt))
    refuse('会议结束已超过 24 小时，不能再补请假。', 'The meeting ended more than 24 hours ago; leave can no longer be asked for.')
}

function refuseSecond(): never {
  return refuse(
    '你已经请过假了，状态在私聊的请假单上。',
    'You have asked for leave already; your slip in the direct chat shows how it stands.',
  )
}

export async function withdrawLeave(db: Db, { gathering, own }: Seen, actor: Actor, now: Date) {
  if (!own.leave) refuse('你还没有请假。', 'You have not asked for leave.')
  if (now >= gathering.startsAt)
    refuse(
      '会议已经开始，请假不能撤回；到会签到后请假自动失效。',
      'The meeting has begun; the leave can no longer be withdrawn, but checking in ends it.',
    )
  await together(db, [
    stillThere(db, gathering.id, actor.id, sql`true`),
    db.delete(leaves).where(sql`${leaves.gathering} = ${gathering.id} and ${leaves.member} = ${actor.id}`),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'leave.withdraw', subject: gathering.id }),
    ...shownAnew(db, gathering, actor.id, now),
  ]).catch(onConstraint(NOT_THERE, () => refuse('你还没有请假。', 'You have not asked for leave.')))
}

export async function confirmLeave(db: Db, gathering: GatheringAsItStands, member: string, host: Actor, now: Date) {
  if (isLocked(gathering.closedAt, now, gathering.reopenedAt))
    refuse('考勤已锁定，不能再确认请假。', 'Attendance is locked; leave can no longer be confirmed.')
  await together(db, [
    stillThere(db, gathering.id, member, sql`l.confirmed_at is null`),
    db
      .update(leaves)
      .set({ confirmedBy: host.id, confirmedAt: now })
      .where(sql`${leaves.gathering} = ${gathering.id} and ${leaves.member} = ${member} and ${leaves.confirmedAt} is null`),
    record(db, { at: now, unit: host.unit, actor: host.id, deed: 'leave.confirm', subject: gathering.id }),
    ...shownAnew(db, gathering, member, now),
  ]).catch(onConstraint(NOT_THERE, refuseConfirmed))
}

export function refuseConfirmed(): never {
  return refuse('这个请假已经确认过，或本人已撤回、已签到。', 'This leave is confirmed already, or was withdrawn, or the person has come.')
}

/** Two presses at once: what one of them has settled fails the other's whole batch on a key, so that no deed is recorded that never was. */
const stillThere = (db: Db, gathering: string, member: string, also: ReturnType<typeof sql>) =>
  db
    .insert(leaves)
    .select(
      sql`select null, null, null, null, null, null where not exists (select 1 from leaves l where l.gathering = ${gathering} and l.member = ${member} and ${also})`,
    )
const NOT_THERE = 'leaves.'

const shownAnew = (db: Db, { id }: GatheringAsItStands, member: string, at: Date) => [
  refresh(db, { subject: id, at, afterPress: true }),
  refresh(db, { subject: leaveCard(id, member), at, afterPress: true }),
]

/** What somebody could mean by a leave: what is coming, or was held since; what was cancelled is out. */
export const gatheringsSince = (db: Db, branch: string, since: Date) =>
  db
    .select({ id: gatherings.id })
    .from(gatherings)
    .innerJoin(gatheringBranches, sql`${gatheringBranches.gathering} = ${gatherings.id} and ${gatheringBranches.branch} = ${branch}`)
    .where(
      sql`${gatherings.endsAt} > ${since.getTime()} and not exists (select 1 from ${cancellations} where ${cancellations.gathering} = ${gatherings.id})`,
    )
    .orderBy(gatherings.startsAt, gatherings.id)
    .limit(20)
