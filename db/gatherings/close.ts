import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import { punctualityAt } from '../../src/rules/gatherings/attendance.ts'
import { gatheringKinds, isJoinable } from '../../src/rules/gatherings/gatherings.ts'
import { type Headcount, quorumOf } from '../../src/rules/gatherings/quorum.ts'
import { chatsOfBranch, chatsOfGroup } from '../branches/chats.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, lookUp, onConstraint, onDuplicate, type Statement, together } from '../client.ts'
import { CLOCK, record } from '../ledgers/audit.ts'
import { recredit } from '../ledgers/credits.ts'
import { enqueue, refresh } from '../ledgers/outbox.ts'
import { agendaHeld, type NewItem, openingItems } from './agenda.ts'
import { type Arrival, arrive, freezeRoster, type Missing, missingPeople, type OwnPart } from './attendance.ts'
import { invite, type Other, refreshScoresOfAll } from './joint.ts'
import * as messages from './messages.ts'
import { type GatheringAsItStands, gatheringAsItStands } from './state.ts'
import { arrivals, closures, expectations, gatheringBranches, gatherings } from './tables.ts'
import { failIfVoting } from './under-way.ts'

export interface Call {
  id: string
  branch: string
  /** Of a group meeting, whose. */
  group: string | null
  kind: (typeof gatherings.$inferInsert)['kind']
  place: string
  startsAt: Date
  /** Where people must be in the room: what its code is derived from. */
  roomSecret: string | null
  /** Other branches that are to meet with this one. */
  others?: readonly Other[]
  agenda?: readonly NewItem[]
}

/** Calls a gathering: its card goes to the branch's chats, the host's own card to whoever called it. */
export async function callGathering(
  db: Db,
  call: Call,
  actor: Actor,
  now: Date,
  causes: (postedTo: number) => readonly Statement[] = () => [],
) {
  if (call.startsAt <= now) refusePast()
  const { id, branch, group, kind, place, startsAt, roomSecret, others = [], agenda = [] } = call
  if (others.length > 0) refuseAlone(kind)
  const endsAt = new Date(startsAt.getTime() + gatheringKinds[kind].defaultMinutes * 60_000)
  const [chats] = await lookUp(db, [group ? chatsOfGroup(db, branch, group) : chatsOfBranch(db, branch)])
  const joint = await invite(db, { id, startsAt }, others, actor, now)
  const postedTo = chats.length + joint.postedTo

  await together(db, [
    db.insert(gatherings).values({ id, branch, group, kind, place, startsAt, endsAt, roomSecret, calledBy: actor.id, calledAt: now }),
    db.insert(gatheringBranches).values({ gathering: id, branch }),
    ...openingItems(db, id, agenda),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'gathering.call', subject: id }),
    ...joint.causes,
    ...chats.map(({ chatId }) =>
      enqueue(db, { occasion: `gathering ${id} ${chatId}`, to: { chat: chatId }, ...messages.gathering({ subject: id }), dueAt: now }),
    ),
    enqueue(db, {
      occasion: `host ${id}`,
      to: { person: actor.openId },
      ...messages.host({ subject: id, viewer: actor.id }),
      dueAt: now,
      lane: 'answer',
    }),
    ...causes(postedTo),
  ]).catch(
    onDuplicate(gatherings, () => refuse('这次会议已经召集过了，不用再按。', 'This meeting is already called; no need to press again.')),
  )
  return { postedTo }
}

function refuseAlone(kind: Call['kind']) {
  if (!isJoinable(kind))
    refuse(
      `${gatheringKinds[kind].name.zh}只由本支部开，不能联合；可以联合的有党课、主题党日、党员学习等。`,
      `A ${gatheringKinds[kind].name.en.toLowerCase()} is one branch’s own; a lecture, a theme day or members’ study can be joint.`,
    )
}

export type CheckInFacts = { gathering: GatheringAsItStands; own: OwnPart }

/** A member arrives, by press or by word. Whatever they may not is one sentence; the key lets one arrival through. A leave that was asked for lapses. */
export async function checkIn(
  db: Db,
  seen: CheckInFacts,
  actor: Actor,
  now: Date,
  way: 'press' | 'word',
  causes: readonly Statement[] = [],
) {
  const { gathering, own } = seen
  const punctuality = admitted(seen, now)
  const arrival: Arrival = { gathering: gathering.id, member: actor.id, punctuality, at: now, way, by: actor.id }
  const isPress = way === 'press'
  const [, , , after] = await together(db, [
    arrive(db, arrival),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'attendance.checkIn', subject: gathering.id }),
    refresh(db, { subject: gathering.id, at: now, afterPress: isPress }),
    gatheringAsItStands(db, gathering.id),
    ...(own.leave ? [leaveCard(gathering.id, actor.id), leavesAsked(gathering.id)] : []).map((subject) =>
      refresh(db, { subject, at: now, afterPress: isPress }),
    ),
    ...causes,
  ])
    .catch(onDuplicate(arrivals, () => refuse('你已经签到，不用再签。', 'You are already checked in.')))
    .catch(onConstraint('arrivals closed', refuseAfterClose))
    .catch(onConstraint('gathering cancelled', refuseCancelled))
  return { punctuality, gathering: after as GatheringAsItStands }
}

/** What a person's own card about their leave is known by, and the one of those who confirm it. */
export const leaveCard = (gathering: string, member: string) => `${gathering} ${member}`
export const leavesAsked = (gathering: string) => `leaves ${gathering}`

/** How somebody who comes now stands, or the sentence why not. */
export function admitted({ gathering, own }: CheckInFacts, now: Date): 'on time' | 'late' {
  if (own.punctuality) refuseSecond(own)
  if (gathering.cancelledAt) refuseCancelled()
  if (gathering.closedAt) refuseAfterClose()
  if (!own.isExpected)
    refuse(
      '你不在这次会议的应到名单上；如果应该在，请联系书记。',
      'You are not on this meeting’s roster; if you should be, please tell the secretary.',
    )
  const punctuality = punctualityAt(gathering, now)
  if (punctuality === 'early')
    refuse('还没到签到时间，会前 30 分钟开始签到。', 'Check-in is not open yet; it opens 30 minutes before the start.')
  if (punctuality === 'over')
    refuse(
      '会议时间已过，签到已停止；如有出入请联系主持人补记。',
      'The meeting is over and check-in has ended; if something is missing, ask the host to enter it.',
    )
  return punctuality
}

export function refusePast(): never {
  return refuse('这个时间已经过了，请换一个。', 'That time has passed; please choose another.')
}

export function refuseCancelled(): never {
  return refuse('这次会议已经取消了。', 'This meeting has been cancelled.')
}

function refuseAfterClose(): never {
  return refuse(
    '会议已结束，签到已停止；如有出入请联系主持人补记。',
    'The meeting is closed and check-in has ended; if something is missing, ask the host to enter it.',
  )
}

function refuseSecond(own: OwnPart): never {
  return own.punctuality === 'late'
    ? refuse('你已签到（迟到），不用再签。', 'You are already checked in (late).')
    : refuse('你已签到（准时），不用再签。', 'You are already checked in (on time).')
}

export class HeadcountMoved extends Error {
  override name = 'HeadcountMoved'
}

/** Ends a gathering once, by press or clock, and freezes who was expected. The trigger refuses a judgement on a headcount that has moved meanwhile. */
export async function closeGathering(db: Db, gathering: GatheringAsItStands, by: Actor | typeof CLOCK, now: Date) {
  if (gathering.closedAt) refuseClosed()
  if (gathering.cancelledAt) refuseCancelled()
  if (by !== CLOCK && now < gathering.startsAt)
    refuse(
      '会议还没开始，不能结束；如果不开了，请取消会议。',
      'The meeting has not started, so it cannot be closed yet; if it is off, cancel it.',
    )
  const { expected, present, expectedVoters, presentVoters } = gathering
  const { isQuorate } = quorumOf(gathering.kind, gathering)
  const actor = by === CLOCK ? CLOCK : by.id

  const results = await together(db, [
    failIfVoting(db, gathering.id, now),
    freezeRoster(db, gathering.id),
    ...judgeBranches(db, gathering, gathering.branches),
    db.insert(closures).values({
      gathering: gathering.id,
      at: now,
      by: actor,
      expected,
      present,
      expectedVoters,
      presentVoters,
      isQuorate,
    }),
    ...(by === CLOCK ? [] : [agendaHeld(db, gathering.id, now)]),
    record(db, { at: now, unit: gathering.unit, actor, deed: 'gathering.close', subject: gathering.id }),
    refresh(db, { subject: gathering.id, at: now, afterPress: by !== CLOCK }),
    ...refreshScoresOfAll(db, gathering, now),
    ...recredit(db, gathering.id),
    gatheringAsItStands(db, gathering.id),
  ])
    .catch(onDuplicate(closures, refuseClosed))
    .catch(onDuplicate(expectations, refuseClosed))
    .catch(onConstraint('headcount moved', () => new HeadcountMoved()))
  return results.at(-1) as GatheringAsItStands
}

/** Each branch is judged by its own people, so that one from which nobody came is credited nothing. Triggers count again. */
export const judgeBranches = (
  db: Db,
  { id, kind }: Pick<GatheringAsItStands, 'id' | 'kind'>,
  parts: readonly ({ id: string } & Headcount)[],
) => [
  ...parts.map(({ id: branch, expected, present, expectedVoters, presentVoters }) =>
    db
      .update(gatheringBranches)
      .set({
        expected,
        present,
        expectedVoters,
        presentVoters,
        isQuorate: quorumOf(kind, { expected, present, expectedVoters, presentVoters }).isQuorate,
      })
      .where(sql`${gatheringBranches.gathering} = ${id} and ${gatheringBranches.branch} = ${branch}`),
  ),
  // A branch that joined since the look.
  db
    .update(gatheringBranches)
    .set({ expected: 0, present: 0, expectedVoters: 0, presentVoters: 0, isQuorate: false })
    .where(sql`${gatheringBranches.gathering} = ${id} and ${gatheringBranches.expected} is null`),
]

/** People keep arriving while the host closes: whoever came between the look and the close is counted in another go. */
const MOST_TRIES = 8

export async function closeWhileArriving(
  db: Db,
  gathering: GatheringAsItStands,
  missing: readonly Missing[],
  host: Actor,
  now: Date,
  tries = 1,
) {
  try {
    return { gathering: await closeGathering(db, gathering, host, now), missing }
  } catch (error) {
    if (!(error instanceof HeadcountMoved)) throw error
    if (tries === MOST_TRIES) refuse('大家还在签到，请过一会儿再结束。', 'People are still checking in; please close it in a moment.')
    const [fresh, stillMissing] = await lookUp(db, [gatheringAsItStands(db, gathering.id), missingPeople(db, gathering.id)])
    return closeWhileArriving(db, fresh ?? gathering, stillMissing, host, now, tries + 1)
  }
}

function refuseClosed(): never {
  return refuse(
    '这次会议已经结束了；24 小时内还可以在主持卡片上更正到会。',
    'This meeting is already closed; for 24 hours attendance can still be corrected on the host’s card.',
  )
}
