import { sql } from 'drizzle-orm'
import { day, time } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { punctualityAt } from '../../src/rules/gatherings/attendance.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { type Db, inList } from '../client.ts'
import { failIf } from '../guard.ts'
import { type GatheringAsItStands, openGatherings } from './state.ts'

/** The meetings in which votes are held. Neither kind can be joint, so one branch votes in each. */
type VotingKind = 'general' | 'committee'
export type VotingMeeting = GatheringAsItStands & { kind: VotingKind }

export const isVotingMeeting = (it: GatheringAsItStands): it is VotingMeeting => it.kind === 'general' || it.kind === 'committee'

/** A meeting is under way from the start of check-in until the close. Its people are known, and more may come. */
export const isUnderway = (it: GatheringAsItStands, now: Date): boolean =>
  !it.closedAt && !it.cancelledAt && ['on time', 'late'].includes(punctualityAt(it, now))

/** A branch's meeting of one of these kinds that is under way; of several, the one that began last. */
export async function meetingUnderway(db: Db, branch: string, kinds: readonly VotingKind[], now: Date): Promise<VotingMeeting | undefined> {
  const open = await openGatherings(db, branch, now)
  return open
    .filter(isVotingMeeting)
    .filter((it) => kinds.includes(it.kind) && it.branch === branch && isUnderway(it, now))
    .at(-1)
}

/** @throws Refusal where the meeting holds no such vote, or not now */
export function underwayOrRefuse(it: GatheringAsItStands, kinds: readonly VotingKind[], now: Date): VotingMeeting {
  if (it.cancelledAt) refuse('这次会议已经取消了。', 'This meeting has been cancelled.')
  if (!isVotingMeeting(it) || !kinds.includes(it.kind)) {
    const { zh, en } = gatheringKinds[it.kind].name
    refuse(`${zh}上不作这种表决。`, `${en}: no such vote is held there.`)
  }
  if (it.closedAt || now >= it.endsAt) refuseAfterClose()
  // The people who come on time must find the vote still open.
  if (now < it.startsAt) {
    const start = `${day(it.startsAt)} ${time(it.startsAt)}`
    refuse(`会议还没开始，${start} 起可以表决和选举。`, `The meeting has not begun; a vote can be held from ${start}.`)
  }
  return it
}

function refuseAfterClose(): never {
  return refuse('会议已经结束，表决和选举要在会上进行。', 'The meeting is over; a vote is held while it is under way.')
}

/** For a gathering that is closed or called off between the look and the batch. */
export const failIfOver = (db: Db, gathering: string, otherwise: () => never = refuseAfterClose) =>
  failIf(
    db,
    sql`exists (select 1 from closures c where c.gathering = ${gathering}) or exists (select 1 from cancellations c where c.gathering = ${gathering})`,
    otherwise,
  )

/** A ballot of the meeting may be open at that moment. Closing or cancelling the meeting would cut its voters off. */
export const failIfVoting = (db: Db, gathering: string, at: Date) =>
  failIf(
    db,
    sql`exists (select 1 from ballots b where b.gathering = ${gathering} and b.closes_at > ${at.getTime()}
      and not exists (select 1 from ballot_closures c where c.ballot = b.id) and not exists (select 1 from ballot_cancellations c where c.ballot = b.id))`,
    refuseVoting,
  )

function refuseVoting(): never {
  return refuse(
    '会上还有一项投票没有结束；请先结束投票（至少一半的人投了才能结束，到截止时间自动结束）。',
    'A vote of this meeting is still open; please close it first, once half have voted, or wait until its time.',
  )
}

/** Confirmed minutes lock whatever they are made from, with the attendance. Both are opened again together. */
export function refuseMinuted(): never {
  return refuse(
    '会议记录已确认，会上的数据不能再改；要更正请书记说明理由重新打开（/重开）。',
    'The minutes are confirmed and lock the facts of the meeting; the secretary can reopen both with a reason (/reopen).',
  )
}

/** The minutes may be confirmed at that moment. Those of these branches lock the batch. */
export const failIfMinuted = (db: Db, gathering: string, branches: readonly string[]) =>
  failIf(
    db,
    sql`exists (select 1 from minutes i where i.gathering = ${gathering} and i.confirmed_at is not null and i.branch in ${inList(branches)})`,
    refuseMinuted,
  )
