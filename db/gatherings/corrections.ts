import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import { isLocked, punctualityAt } from '../../src/rules/gatherings/attendance.ts'
import { isOpen } from '../../src/rules/gatherings/gatherings.ts'
import { type Headcount, quorumOf } from '../../src/rules/gatherings/quorum.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, lookUp, onConstraint, onDuplicate, statementOf, together } from '../client.ts'
import { record } from '../ledgers/audit.ts'
import { recredit } from '../ledgers/credits.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refresh, refreshAll } from '../ledgers/refresh.ts'
import { minutes } from '../work/tables.ts'
import { leaveCard, leavesAsked, refuseCancelled } from './check-in.ts'
import { judgeBranches } from './close.ts'
import { chatsOfGathering } from './gatherings.ts'
import { refreshInvitations, refreshScoresOfAll } from './joint.ts'
import { askersOf } from './leaves.ts'
import * as messages from './messages.ts'
import { type GatheringAsItStands, gatheringAsItStands } from './state.ts'
import { arrivals, cancellations, closures, expectations, gatherings, reopenings } from './tables.ts'
import { failIfMinuted, failIfVoting, refuseMinuted } from './under-way.ts'

interface Person {
  id: string
  votes: boolean
  isAway: boolean
  branch: string
}

/** The host enters people who have no phone, until attendance is locked. A mark says who made it. */
export async function markPresent(db: Db, gathering: GatheringAsItStands, people: readonly Person[], host: Actor, now: Date) {
  if (people.length === 0) refuse('请先选出到会的人，再按「标记到会」。', 'Choose who is present first, then press “Mark present”.')
  refuseLocked(gathering, people, now)
  if (punctualityAt(gathering, now) === 'early')
    refuse(
      '还没到签到时间，会前 30 分钟起可以标记到会。',
      'It is too early to mark people present; that opens 30 minutes before the start.',
    )

  const results = await together(db, [
    ...guarded(db, gathering, people),
    db.insert(arrivals).values(people.map(({ id }) => marked(gathering, id, host, now))),
    expectComers(db, gathering, people),
    record(db, { at: now, unit: host.unit, actor: host.id, deed: 'attendance.mark', subject: gathering.id }),
    refresh(db, { subject: gathering.id, at: now, afterPress: true }),
    ...rejudge(db, gathering, people, 1),
    ...(gathering.closedAt ? [...refreshScoresOfAll(db, gathering, now), ...recredit(db, gathering.id)] : []),
    gatheringAsItStands(db, gathering.id),
  ])
    .catch(
      onDuplicate(arrivals, () =>
        refuse('其中有人刚刚已经签到，请看更新后的名单再标记。', 'Somebody of them has just checked in; please look at the updated list.'),
      ),
    )
    .catch(onConstraint('attendance locked', sayLocked))
    .catch(onConstraint('gathering cancelled', refuseCancelled))
    .catch(onConstraint('headcount moved', refuseMoved))
  return results.at(-1) as GatheringAsItStands
}

const marked = (gathering: GatheringAsItStands, member: string, host: Actor, at: Date) => ({
  gathering: gathering.id,
  member,
  punctuality: 'on time' as const,
  at,
  way: 'mark' as const,
  by: host.id,
})

/** A mistaken arrival is taken back, until attendance is locked. */
export async function markAbsent(db: Db, gathering: GatheringAsItStands, people: readonly Person[], host: Actor, now: Date) {
  if (people.length === 0) refuse('请先选出没有到会的人。', 'Choose who was not there first.')
  refuseLocked(gathering, people, now)
  const results = await together(db, [
    ...guarded(db, gathering, people),
    db.delete(arrivals).where(sql`${arrivals.gathering} = ${gathering.id} and ${arrivals.member} in ${people.map(({ id }) => id)}`),
    forgetComers(db, gathering, people),
    record(db, { at: now, unit: host.unit, actor: host.id, deed: 'attendance.unmark', subject: gathering.id }),
    refresh(db, { subject: gathering.id, at: now, afterPress: true }),
    ...rejudge(db, gathering, people, -1),
    ...(gathering.closedAt ? [...refreshScoresOfAll(db, gathering, now), ...recredit(db, gathering.id)] : []),
    gatheringAsItStands(db, gathering.id),
  ]).catch(onConstraint('headcount moved', refuseMoved))
  return results.at(-1) as GatheringAsItStands
}

/** After the close an open gathering has a roster too: the people who came. */
const expectComers = (db: Db, { id, kind, closedAt }: GatheringAsItStands, people: readonly Person[]) =>
  isOpen(kind) && closedAt
    ? statementOf(
        db
          .insert(expectations)
          .values(people.map((one) => ({ gathering: id, member: one.id, votes: one.votes, branch: one.branch })))
          .onConflictDoNothing(),
      )
    : nothing(db)

const forgetComers = (db: Db, { id, kind, closedAt }: GatheringAsItStands, people: readonly Person[]) =>
  isOpen(kind) && closedAt
    ? statementOf(
        db.delete(expectations).where(sql`${expectations.gathering} = ${id} and ${expectations.member} in ${people.map((one) => one.id)}`),
      )
    : nothing(db)

const nothing = (db: Db) => statementOf(db.select({ at: closures.at }).from(closures).limit(0))

/**
 * A correction after the close changes the frozen headcount, and with it whether the gathering was quorate. The same holds for a gathering
 * that was open at the look. If somebody closed it meanwhile, the trigger sees the moved headcount.
 */
function rejudge(db: Db, gathering: GatheringAsItStands, people: readonly Person[], sign: 1 | -1) {
  const counts = withOthers(gathering, gathering.kind, people, sign)
  const parts = gathering.branches.map((part) => ({
    id: part.id,
    ...withOthers(
      part,
      gathering.kind,
      people.filter(({ branch }) => branch === part.id),
      sign,
    ),
  }))
  const { isQuorate } = quorumOf(gathering.kind, counts)
  return [
    db
      .update(closures)
      .set({ ...counts, isQuorate })
      .where(sql`${closures.gathering} = ${gathering.id}`),
    ...(gathering.closedAt ? judgeBranches(db, gathering, parts) : []),
  ]
}

function withOthers(counted: Headcount, kind: GatheringAsItStands['kind'], people: readonly Person[], sign: 1 | -1): Headcount {
  const [some, voters, away] = [people, people.filter(({ votes }) => votes), people.filter(({ isAway }) => isAway)].map(
    ({ length }) => sign * length,
  ) as [number, number, number]
  return {
    expected: counted.expected + (isOpen(kind) ? some : 0),
    away: counted.away - away,
    expectedVoters: counted.expectedVoters + (isOpen(kind) ? voters : 0),
    present: counted.present + some,
    presentVoters: counted.presentVoters + voters,
  }
}

/** No minutes are confirmed before the close. */
const guarded = (db: Db, { id, closedAt }: GatheringAsItStands, people: readonly Person[]) =>
  closedAt ? [failIfMinuted(db, id, [...new Set(people.map(({ branch }) => branch))])] : []

function refuseLocked({ closedAt, reopenedAt, minuted }: GatheringAsItStands, people: readonly Person[], now: Date) {
  if (people.some(({ branch }) => minuted.includes(branch))) refuseMinuted()
  if (isLocked(closedAt, now, reopenedAt)) sayLocked()
}

function sayLocked(): never {
  return refuse(
    '会议结束已超过 24 小时，考勤已锁定；更正请由书记说明理由重新打开（/重开）。',
    'The meeting ended more than 24 hours ago and attendance is locked; the secretary can reopen it with a reason (/reopen).',
  )
}

function refuseMoved(): never {
  return refuse('名单刚刚有变化，请再按一次。', 'The list has just changed; please press again.')
}

/** Opens locked attendance for another 24 hours, and the minutes with it: they wait for a confirmation again. The person who asked gets the host's card, to correct it there. */
export async function reopenAttendance(db: Db, gathering: GatheringAsItStands, reason: string, actor: Actor, now: Date) {
  if (reason === '') refuse('请写明重新打开考勤的理由。', 'Please give the reason for reopening.')
  if (gathering.cancelledAt) refuseCancelled()
  if (!isLocked(gathering.closedAt, now, gathering.reopenedAt) && gathering.minuted.length === 0)
    refuse('这次会议的考勤还没有锁定，可以直接更正。', 'Attendance of this meeting is not locked; it can be corrected as it is.')
  await together(db, [
    db.insert(reopenings).values({ gathering: gathering.id, at: now, by: actor.id, reason }),
    db
      .update(minutes)
      .set({ confirmedAt: null, confirmedBy: null, version: null, reopenedAt: now, reopenedBy: actor.id, reopenedBecause: reason })
      .where(sql`${minutes.gathering} = ${gathering.id} and ${minutes.confirmedAt} is not null`),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'gathering.reopen', subject: gathering.id }),
    refreshAll(db, { beginning: `minutes ${gathering.id} `, at: now }),
    ...(gathering.minuted.length > 0 ? refreshScoresOfAll(db, gathering, now) : []),
    refresh(db, { subject: gathering.id, at: now, afterPress: true }),
    enqueue(db, {
      occasion: `reopened ${gathering.id} ${now.getTime()}`,
      to: { person: actor.openId },
      ...messages.host({ subject: gathering.id, viewer: actor.id }),
      dueAt: now,
      lane: 'answer',
    }),
  ]).catch(onDuplicate(reopenings, () => refuse('考勤已经重新打开了。', 'Attendance is open again already.')))
}

/** Calls a gathering off before it begins. Its card is posted once more, for people have read the one above. */
export async function cancelGathering(db: Db, gathering: GatheringAsItStands, reason: string, actor: Actor, now: Date) {
  const { id, startsAt } = gathering
  if (gathering.cancelledAt) refuseCancelled()
  if (gathering.closedAt || now >= startsAt)
    refuse('会议已经开始，不能取消；可以结束会议。', 'The meeting has begun and cannot be cancelled; it can be closed.')
  if (reason === '') refuse('请写明取消的原因。', 'Please give the reason for cancelling.')
  const [chats, asking] = await lookUp(db, [chatsOfGathering(db, id), askersOf(db, id)])
  await together(db, [
    failIfVoting(db, id, now),
    db.insert(cancellations).values({ gathering: id, at: now, by: actor.id, reason }),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'gathering.cancel', subject: id }),
    ...[id, leavesAsked(id), ...asking.map(({ member }) => leaveCard(id, member))].map((subject) =>
      refresh(db, { subject, at: now, afterPress: true }),
    ),
    ...refreshInvitations(db, gathering, now),
    ...chats.map(({ chatId }) =>
      enqueue(db, { occasion: `cancelled ${id} ${chatId}`, to: { chat: chatId }, ...messages.gathering({ subject: id }), dueAt: now }),
    ),
  ]).catch(onDuplicate(cancellations, refuseCancelled))
}

const LONGEST_BACK_MS = 100 * 86_400_000

/** Closed gatherings of a branch whose attendance may be locked, by time or by their minutes, the latest first. */
export const closedGatherings = (db: Db, branch: string, now: Date) =>
  db
    .select({ id: gatherings.id, kind: gatherings.kind, startsAt: gatherings.startsAt })
    .from(gatherings)
    .innerJoin(closures, sql`${closures.gathering} = ${gatherings.id}`)
    .where(
      sql`${gatherings.branch} = ${branch} and ${gatherings.startsAt} > ${now.getTime() - LONGEST_BACK_MS} 
        and (${closures.at} <= ${now.getTime() - 86_400_000} or exists (select 1 from minutes i where i.gathering = ${gatherings.id} and i.confirmed_at is not null))`,
    )
    .orderBy(sql`${gatherings.startsAt} desc`, gatherings.id)
    .limit(20)
