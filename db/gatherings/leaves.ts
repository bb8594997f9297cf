import { type SQL, sql } from 'drizzle-orm'
import { DAY_MS } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { isLocked } from '../../src/rules/gatherings/attendance.ts'
import { isOpen } from '../../src/rules/gatherings/gatherings.ts'
import type { LeaveReason } from '../../src/rules/gatherings/leaves.ts'
import { courteousBefore, courteousFrom } from '../../src/rules/time/courtesy.ts'
import type { Actor } from '../branches/members.ts'
import { committeeSeats } from '../branches/seats.ts'
import { type Db, onDuplicate, type Statement, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refresh } from '../ledgers/refresh.ts'
import { type CheckInFacts, leaveCard, leavesAsked, refuseCancelled } from './check-in.ts'
import * as messages from './messages.ts'
import type { GatheringAsItStands } from './state.ts'
import { cancellations, gatheringBranches, gatherings, leaves } from './tables.ts'
import { refuseMinuted } from './under-way.ts'

/**
 * The person who confirms somebody's leave. The host does while they hold a seat for that place. Then the secretary, the deputy and others
 * of the committee follow, and last an administrator. For a branch that joined, its own people come first. Nobody confirms their own.
 */
export const confirmerOfLeave = (db: Db, gathering: string, asker: string) =>
  db
    .select({
      id: sql<string>`h.id`,
      openId: sql<string>`h.open_id`,
      /** The branch that joined; null for a person of the branch that called the meeting. */
      branch: sql<string | null>`case when s.branch <> g.branch then s.branch end`,
    })
    .from(
      // Seats come before people: a unit has a few seats and thousands of people.
      sql`gatherings g cross join branches b on b.id = g.branch cross join members m on m.unit = b.unit and m.open_id = ${asker} and m.left_on is null
        cross join seats s on s.until_at is null
          and (s.role = 'admin' or s.branch in (g.branch, m.branch) and s.role in ${committeeSeats} or s.role = 'leader' and s.group_id = g.group_id)
        cross join members h on h.id = s.member and h.unit = b.unit and h.left_on is null and h.open_id is not null and h.id <> m.id`,
    )
    .where(sql`g.id = ${gathering}`)
    .orderBy(
      sql`m.branch <> g.branch and s.branch is not m.branch, h.id <> g.called_by,
        case s.role when 'secretary' then 0 when 'deputy' then 1 when 'admin' then 3 else 2 end, h.id`,
    )
    .limit(1)

type LeaveConfirmer = Awaited<ReturnType<typeof confirmerOfLeave>>[number]

/**
 * A member asks for leave before the start; sick leave also afterwards, until attendance is locked. The confirmer is told, once an hour at
 * most.
 */
export async function askLeave(
  db: Db,
  seen: CheckInFacts,
  reason: LeaveReason,
  host: LeaveConfirmer | undefined,
  actor: Actor,
  now: Date,
  causes: readonly Statement[] = [],
) {
  const { gathering } = seen
  refuseLeave(seen, now)
  if (now >= gathering.startsAt && reason !== 'sick')
    refuse('会议已经开始，现在只能补请病假。', 'The meeting has begun; only sick leave can be asked for now.')
  await together(db, [
    db.insert(leaves).values({ gathering: gathering.id, member: actor.id, reason, askedAt: now }),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'leave.ask', subject: gathering.id }),
    ...shownAnew(db, gathering, actor.id, now),
    ...(host ? [telling(db, gathering, host, now)] : []),
    ...causes,
  ]).catch(onDuplicate(leaves, refuseSecond))
}

function telling(db: Db, { id: gathering, startsAt }: GatheringAsItStands, host: LeaveConfirmer, now: Date) {
  const dueAt = now < startsAt ? courteousBefore(now, startsAt) : courteousFrom(now)
  return enqueue(db, {
    occasion: `leaves ${gathering} ${host.id} ${Math.floor(dueAt.getTime() / HOUR_MS)}`,
    to: { person: host.openId },
    ...messages.leaves({ subject: leavesAsked(gathering), gathering, viewer: host.id, ...(host.branch ? { branch: host.branch } : {}) }),
    dueAt,
  })
}

const HOUR_MS = 3_600_000

/** The people whose leave slips change with the gathering. */
export const askersOf = (db: Db, gathering: string) =>
  db.select({ member: leaves.member }).from(leaves).where(sql`${leaves.gathering} = ${gathering}`)

/** The gatherings of a host in which leaves of others wait, as long as they can be confirmed. */
export const leavesToConfirm = (db: Db, member: string, now: Date) =>
  db
    .select({ id: gatherings.id, kind: gatherings.kind, startsAt: gatherings.startsAt, people: sql<number>`count(*)` })
    .from(gatherings)
    .innerJoin(leaves, sql`${leaves.gathering} = ${gatherings.id} and ${leaves.confirmedAt} is null`)
    .where(
      sql`${gatherings.calledBy} = ${member} and ${leaves.member} <> ${member} and ${gatherings.endsAt} > ${now.getTime() - DAY_MS}
        and not exists (select 1 from arrivals a where a.gathering = ${gatherings.id} and a.member = ${leaves.member})
        and not exists (select 1 from ${cancellations} where ${cancellations.gathering} = ${gatherings.id})`,
    )
    .groupBy(gatherings.id)
    .orderBy(gatherings.startsAt, gatherings.id)
    .limit(5)

/** @throws Refusal where leave cannot be asked for now */
export function refuseLeave({ gathering, own }: CheckInFacts, now: Date) {
  if (gathering.cancelledAt) refuseCancelled()
  if (isOpen(gathering.kind)) refuse('活动自愿参加，不用请假。', 'An activity is voluntary; no leave is needed.')
  if (!own.isExpected) refuse('你不在这次会议的应到名单上，不用请假。', 'You are not on this meeting’s roster; no leave is needed.')
  if (own.punctuality) refuse('你已经签到，不用请假。', 'You are already checked in; no leave is needed.')
  if (own.leave) refuseSecond()
  if (gathering.minuted.length > 0) refuseMinuted()
  if (isLocked(gathering.closedAt, now, gathering.reopenedAt))
    refuse('会议结束已超过 24 小时，不能再补请假。', 'The meeting ended more than 24 hours ago; leave can no longer be asked for.')
}

function refuseSecond(): never {
  return refuse(
    '你已经请过假了，状态在私聊的请假单上。',
    'You have asked for leave already; your slip in the direct chat shows how it stands.',
  )
}

export async function withdrawLeave(db: Db, { gathering, own }: CheckInFacts, actor: Actor, now: Date) {
  if (!own.leave) refuseNone()
  if (now >= gathering.startsAt)
    refuse(
      '会议已经开始，请假不能撤回；到会签到后请假自动失效。',
      'The meeting has begun; the leave can no longer be withdrawn, but checking in ends it.',
    )
  await together(db, [
    stillThere(db, gathering.id, actor.id, sql`true`, refuseNone),
    db.delete(leaves).where(sql`${leaves.gathering} = ${gathering.id} and ${leaves.member} = ${actor.id}`),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'leave.withdraw', subject: gathering.id }),
    ...shownAnew(db, gathering, actor.id, now),
  ])
}

function refuseNone(): never {
  return refuse('你还没有请假。', 'You have not asked for leave.')
}

export async function confirmLeave(db: Db, gathering: GatheringAsItStands, member: string, host: Actor, now: Date) {
  if (gathering.minuted.length > 0) refuseMinuted()
  if (isLocked(gathering.closedAt, now, gathering.reopenedAt))
    refuse('考勤已锁定，不能再确认请假。', 'Attendance is locked; leave can no longer be confirmed.')
  await together(db, [
    stillThere(db, gathering.id, member, sql`l.confirmed_at is null`, refuseConfirmed),
    db
      .update(leaves)
      .set({ confirmedBy: host.id, confirmedAt: now })
      .where(sql`${leaves.gathering} = ${gathering.id} and ${leaves.member} = ${member} and ${leaves.confirmedAt} is null`),
    record(db, { at: now, unit: host.unit, actor: host.id, deed: 'leave.confirm', subject: gathering.id }),
    ...shownAnew(db, gathering, member, now),
  ])
}

export function refuseConfirmed(): never {
  return refuse('这个请假已经确认过，或本人已撤回、已签到。', 'This leave is confirmed already, or was withdrawn, or the person has come.')
}

/** Two presses may come at once: the second records no deed that never was. */
const stillThere = (db: Db, gathering: string, member: string, also: SQL, otherwise: () => never) =>
  failIf(db, sql`not exists (select 1 from leaves l where l.gathering = ${gathering} and l.member = ${member} and ${also})`, otherwise)

const shownAnew = (db: Db, { id }: GatheringAsItStands, member: string, at: Date) =>
  [id, leavesAsked(id), leaveCard(id, member)].map((subject) => refresh(db, { subject, at, afterPress: true }))

/** The gatherings that somebody could mean by a leave: coming ones, and those held since. Cancelled ones are out. */
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
