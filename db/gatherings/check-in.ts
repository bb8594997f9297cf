import { refuse } from '../../src/refusal.ts'
import { punctualityAt } from '../../src/rules/gatherings/attendance.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, onConstraint, onDuplicate, type Statement, together } from '../client.ts'
import { record } from '../ledgers/audit.ts'
import { refresh } from '../ledgers/refresh.ts'
import { type Arrival, arrive, type OwnPart } from './attendance.ts'
import { type GatheringAsItStands, gatheringAsItStands } from './state.ts'
import { arrivals } from './tables.ts'

export type CheckInFacts = { gathering: GatheringAsItStands; own: OwnPart }

/**
 * A member arrives, by press or by word. A refusal is one sentence, and the key lets one arrival through. A leave that was asked for
 * lapses.
 */
export async function checkIn(
  db: Db,
  seen: CheckInFacts,
  actor: Actor,
  now: Date,
  way: 'press' | 'word',
  causes: readonly Statement[] = [],
  shown: Arrival['way'] = way,
) {
  const { gathering, own } = seen
  const punctuality = admitted(seen, now)
  const arrival: Arrival = { gathering: gathering.id, member: actor.id, punctuality, at: now, way: shown, by: actor.id }
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

/** The subjects of a person's own card about their leave, and of the card on which leaves are confirmed. */
export const leaveCard = (gathering: string, member: string) => `${gathering} ${member}`

export const leavesAsked = (gathering: string) => `leaves ${gathering}`

/**
 * The punctuality of a person who comes now.
 * @throws Refusal where they may not check in
 */
export function admitted({ gathering, own }: CheckInFacts, now: Date): 'on time' | 'late' {
  if (own.punctuality && !comesIntoRoom({ gathering, own })) refuseSecond(own)
  if (gathering.cancelledAt) refuseCancelled()
  if (gathering.closedAt) refuseAfterClose()
  if (!own.isExpected) refuseUnexpected()
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

/** A person who pressed before the room had a code can enter it. Their attendance stands; they are present for a vote from then on. */
export const comesIntoRoom = ({ gathering, own }: CheckInFacts): boolean =>
  own.punctuality !== null && !own.isInRoom && gathering.roomSecret !== null

/** An unknown gathering gets the same words: the right to check in is a place on the roster. */
export function refuseUnexpected(): never {
  return refuse(
    '你不在这次会议的应到名单上；如果应该在，请联系书记。',
    'You are not on this meeting’s roster; if you should be, please tell the secretary.',
  )
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
