import { sql } from 'drizzle-orm'
import { refuse } from '../src/refusal.ts'
import { isLocked, standingAt } from '../src/rules/attendance.ts'
import { gatheringKinds } from '../src/rules/gatherings.ts'
import { quorumOf } from '../src/rules/quorum.ts'
import { type Arrival, arrivals, arrive, expectations, freezeRoster, type Missing, type OwnPart } from './attendance.ts'
import { CLOCK, record } from './audit.ts'
import { chatsOfBranch } from './chats.ts'
import { type Db, lookUp, onConstraint, onDuplicate, type Statement, statementOf, together } from './client.ts'
import { closures, gatheringBranches, gatherings } from './gatherings.ts'
import type { Actor } from './members.ts'
import { enqueue, refresh } from './outbox.ts'
import { type GatheringAsItStands, gatheringAsItStands } from './standing.ts'

export interface Call {
  id: string
  branch: string
  kind: (typeof gatherings.$inferInsert)['kind']
  place: string
  startsAt: Date
}

/** Calls a gathering: its card goes to the branch's chats, the host's own card to whoever called it. */
export async function callGathering(db: Db, call: Call, actor: Actor, now: Date, causes: readonly Statement[] = []) {
  if (call.startsAt <= now) refuse('这个时间已经过了，请换一个。', 'That time has passed; please choose another.')
  const { id, branch, kind, place, startsAt } = call
  const endsAt = new Date(startsAt.getTime() + gatheringKinds[kind].defaultMinutes * 60_000)
  const [chats] = await lookUp(db, [chatsOfBranch(db, branch)])

  await together(db, [
    db.insert(gatherings).values({ id, branch, kind, place, startsAt, endsAt, calledBy: actor.id, calledAt: now }),
    db.insert(gatheringBranches).values({ gathering: id, branch }),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'gathering.call', subject: id }),
    ...chats.map(({ chatId }) =>
      enqueue(db, { occasion: `gathering ${id} ${chatId}`, to: { chat: chatId }, view: 'gathering', args: { subject: id }, dueAt: now }),
    ),
    enqueue(db, { occasion: `host ${id}`, to: { person: actor.openId }, view: 'host', args: { subject: id }, dueAt: now, lane: 'answer' }),
    ...causes,
  ]).catch(
    onDuplicate(gatherings, () => refuse('这次会议已经召集过了，不用再按。', 'This meeting is already called; no need to press again.')),
  )
  return { postedTo: chats.length }
}

export type Seen = { gathering: GatheringAsItStands; own: OwnPart }

/** A member arrives, by press or by word. Whatever they may not is one sentence; the key lets one arrival through. */
export async function checkIn(
  db: Db,
  { gathering, own }: Seen,
  actor: Actor,
  now: Date,
  way: 'press' | 'word',
  causes: readonly Statement[] = [],
) {
  if (own.standing) refuseSecond(own)
  if (gathering.closedAt)
    refuse(
      '会议已结束，签到已停止；如有出入请联系主持人补记。',
      'The meeting is closed and check-in has ended; if something is missing, ask the host to enter it.',
    )
  if (!own.isExpected)
    refuse(
      '你不在这次会议的应到名单上；如果应该在，请联系书记。',
      'You are not on this meeting’s roster; if you should be, please tell the secretary.',
    )
  const standing = standingAt(gathering, now)
  if (standing === 'early')
    refuse('还没到签到时间，会前 30 分钟开始签到。', 'Check-in is not open yet; it opens 30 minutes before the start.')
  if (standing === 'over')
    refuse(
      '会议时间已过，签到已停止；如有出入请联系主持人补记。',
      'The meeting is over and check-in has ended; if something is missing, ask the host to enter it.',
    )

  const arrival: Arrival = { gathering: gathering.id, member: actor.id, standing, at: now, way, by: actor.id }
  const [, , , after] = await together(db, [
    arrive(db, arrival),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'attendance.checkIn', subject: gathering.id }),
    refresh(db, { subject: gathering.id, at: now, afterPress: way === 'press' }),
    gatheringAsItStands(db, gathering.id),
    ...causes,
  ])
    .catch(onDuplicate(arrivals, () => refuse('你已经签到，不用再签。', 'You are already checked in.')))
    .catch(
      onConstraint('arrivals closed', () =>
        refuse(
          '会议已结束，签到已停止；如有出入请联系主持人补记。',
          'The meeting is closed and check-in has ended; if something is missing, ask the host to enter it.',
        ),
      ),
    )
  return { standing, gathering: after as GatheringAsItStands }
}

function refuseSecond(own: OwnPart): never {
  return own.standing === 'late'
    ? refuse('你已签到（迟到），不用再签。', 'You are already checked in (late).')
    : refuse('你已签到（准时），不用再签。', 'You are already checked in (on time).')
}

/** The host enters people who have no phone, until 24 hours after the close. A mark says who made it. */
export async function markPresent(db: Db, gathering: GatheringAsItStands, people: readonly Missing[], host: Actor, now: Date) {
  if (people.length === 0) refuse('请先选出到会的人，再按「标记到会」。', 'Choose who is present first, then press “Mark present”.')
  if (isLocked(gathering.closedAt, now)) refuseLocked()
  if (standingAt(gathering, now) === 'early')
    refuse(
      '还没到签到时间，会前 30 分钟起可以标记到会。',
      'It is too early to mark people present; that opens 30 minutes before the start.',
    )

  const [, , , after] = await together(db, [
    statementOf(
      db.insert(arrivals).values(
        people.map(({ id }) => ({
          gathering: gathering.id,
          member: id,
          standing: 'on time' as const,
          at: now,
          way: 'mark' as const,
          by: host.id,
        })),
      ),
    ),
    statementOf(record(db, { at: now, unit: host.unit, actor: host.id, deed: 'attendance.mark', subject: gathering.id })),
    statementOf(refresh(db, { subject: gathering.id, at: now, afterPress: true })),
    gatheringAsItStands(db, gathering.id),
    ...(gathering.closedAt ? [statementOf(rejudge(db, gathering, people))] : []),
  ])
    .catch(
      onDuplicate(arrivals, () =>
        refuse('其中有人刚刚已经签到，请看更新后的名单再标记。', 'Somebody of them has just checked in; please look at the updated list.'),
      ),
    )
    .catch(onConstraint('attendance locked', refuseLocked))
    .catch(onConstraint('headcount moved', () => refuse('名单刚刚有变化，请再按一次。', 'The list has just changed; please press again.')))
  return after as GatheringAsItStands
}

function refuseLocked(): never {
  return refuse(
    '会议结束已超过 24 小时，考勤已锁定；更正请由书记说明理由重新打开。',
    'The meeting ended more than 24 hours ago and attendance is locked; reopening needs a reason from the secretary.',
  )
}

export class HeadcountMoved extends Error {
  override name = 'HeadcountMoved'
}

/** Ends a gathering once, by press or clock, and freezes who was expected. The trigger refuses a judgement on a headcount that has moved meanwhile. */
export async function closeGathering(db: Db, gathering: GatheringAsItStands, by: Actor | typeof CLOCK, now: Date) {
  if (gathering.closedAt) refuseClosed()
  if (by !== CLOCK && now < gathering.startsAt)
    refuse('会议还没开始，不能结束。', 'The meeting has not started, so it cannot be closed yet.')
  const { expected, present, expectedVoters, presentVoters } = gathering
  const { isQuorate } = quorumOf(gathering.kind, gathering)
  const actor = by === CLOCK ? CLOCK : by.id

  const [, , , , after] = await together(db, [
    freezeRoster(db, gathering.id),
    db
      .insert(closures)
      .values({ gathering: gathering.id, at: now, by: actor, expected, present, expectedVoters, presentVoters, isQuorate }),
    record(db, { at: now, unit: gathering.unit, actor, deed: 'gathering.close', subject: gathering.id }),
    refresh(db, { subject: gathering.id, at: now, afterPress: by !== CLOCK }),
    gatheringAsItStands(db, gathering.id),
  ])
    .catch(onDuplicate(closures, refuseClosed))
    .catch(onDuplicate(expectations, refuseClosed))
    .catch(onConstraint('headcount moved', () => new HeadcountMoved()))
  return after as GatheringAsItStands
}

function refuseClosed(): never {
  return refuse('这次会议已经结束了。', 'This meeting is already closed.')
}

/** A mark after the close changes the frozen headcount, and with it whether the gathering was quorate. */
function rejudge(db: Db, gathering: GatheringAsItStands, marked: readonly Missing[]) {
  const present = gathering.present + marked.length
  const presentVoters = gathering.presentVoters + marked.filter(({ votes }) => votes).length
  const { isQuorate } = quorumOf(gathering.kind, { ...gathering, present, presentVoters })
  return db.update(closures).set({ present, presentVoters, isQuorate }).where(sql`${closures.gathering} = ${gathering.id}`)
}
