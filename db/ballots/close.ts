import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import { leastVoters, votesToClose } from '../../src/rules/ballots/electorate.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, onConstraint, onDuplicate, type Statement, together } from '../client.ts'
import { electionSubject } from '../gatherings/votes-held.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { refresh, refreshAll } from '../ledgers/refresh.ts'
import { turnoutSubject, voterSubject } from './cast.ts'
import { type BallotAsItStands, ballotAsItStands } from './state.ts'
import { ballotCancellations, ballotClosures, ballotExtensions, ballots, marks, namedVotes } from './tables.ts'

export const LONGEST_MS = 60 * 86_400_000

/** The closing time moves later only: a voter who was promised time keeps it. */
export async function extendBallot(db: Db, it: BallotAsItStands, closesAt: Date, actor: Actor, now: Date) {
  refuseOver(it, now)
  if (closesAt <= it.closesAt || closesAt <= now)
    refuse('只能延后，不能提前；要提前结束请按「结束投票」。', 'It can only be put off; to end it early press “Close”.')
  if (closesAt.getTime() - it.openedAt.getTime() > LONGEST_MS) refuse('投票最多开放 60 天。', 'A ballot is open for 60 days at most.')
  if (it.meetingEndsAt && closesAt > it.meetingEndsAt)
    refuse('会上的投票最晚到会议结束，不能再延。', 'A vote in a meeting ends with the meeting at the latest; it cannot be put off further.')
  const hasMoved = sql`not exists (select 1 from ballots where id = ${it.id} and closes_at = ${it.closesAt.getTime()})
    or exists (select 1 from ballot_closures where ballot = ${it.id}) or exists (select 1 from ballot_cancellations where ballot = ${it.id})`
  const results = await together(db, [
    failIf(db, hasMoved, refuseMoved),
    db
      .update(ballots)
      .set({
        closesAt,
      })
      .where(sql`${ballots.id} = ${it.id}`),
    db.insert(ballotExtensions).values({ ballot: it.id, from: it.closesAt, to: closesAt, by: actor.id, at: now }),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'ballot.extend', subject: it.id }),
    ...refreshed(db, it, now),
    ...votersRefreshed(db, it.id, now),
    ballotAsItStands(db, it.id),
  ])
  return results.at(-1) as BallotAsItStands
}

/** A press ends no vote before enough people had the time for it, and none before its meeting begins. */
export function closeByPress(db: Db, it: BallotAsItStands, actor: Actor, now: Date) {
  if (it.meetingStartsAt && now < it.meetingStartsAt)
    refuse('会议还没到开始时间，投票不能结束。', 'The meeting has not begun, so its vote cannot be closed.')
  return closeBallot(db, it, actor.id, now, now < it.closesAt ? [failIfTooFew(db, it)] : [])
}

/** Voters may be added between the look and the batch, hence the batch itself counts them. */
function failIfTooFew(db: Db, it: BallotAsItStands): Statement {
  const electors = sql`(select count(*) from electorates where ballot = ${it.id})`
  const needed = sql`min(${electors}, max((${electors} + 1) / 2, ${leastVoters(it)}))`
  const isOpen = sql`not exists (select 1 from ballot_closures where ballot = ${it.id}) and not exists (select 1 from ballot_cancellations where ballot = ${it.id})`
  return failIf(db, sql`${isOpen} and (select count(*) from turnout where ballot = ${it.id}) < ${needed}`, () =>
    refuse(
      `应投 ${it.electors} 人，投的还不够：满 ${votesToClose(it, it.electors)} 人才能提前结束，到截止时间会自动结束。`,
      `Too few of ${it.electors} have voted: it can be closed early once ${votesToClose(it, it.electors)} have, and closes by itself at its time.`,
    ),
  )
}

/** A press or the clock closes the ballot once: the key lets one through. The votes are counted afterwards. */
export const closeBallot = (
  db: Db,
  it: Pick<BallotAsItStands, 'id' | 'unit' | 'gathering'>,
  by: string,
  now: Date,
  guards: readonly Statement[] = [],
) =>
  together(db, [
    ...guards,
    db.insert(ballotClosures).values({ ballot: it.id, at: now, by }),
    record(db, { at: now, unit: it.unit, actor: by, deed: 'ballot.close', subject: it.id }),
    ...refreshed(db, it, now),
    ballotAsItStands(db, it.id),
  ])
    .catch(onDuplicate(ballotClosures, refuseClosed))
    .catch(onConstraint('ballot over', refuseCancelled))

/** The votes in the box are destroyed unread. */
export async function cancelBallot(
  db: Db,
  it: BallotAsItStands,
  reason: string,
  actor: Actor,
  now: Date,
  causes: readonly Statement[] = [],
) {
  refuseOver(it, now)
  if (reason === '') refuse('请写明取消的原因。', 'Please say why it is cancelled.')
  const results = await together(db, [
    db.insert(ballotCancellations).values({ ballot: it.id, at: now, by: actor.id, reason }),
    db.delete(marks).where(sql`${marks.ballot} = ${it.id}`),
    db.update(namedVotes).set({ sealed: [] }).where(sql`${namedVotes.ballot} = ${it.id}`),
    db.update(ballots).set({ wrappedKey: null }).where(sql`${ballots.id} = ${it.id}`),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'ballot.cancel', subject: it.id }),
    ...causes,
    ...refreshed(db, it, now),
    ...votersRefreshed(db, it.id, now),
    ballotAsItStands(db, it.id),
  ])
    .catch(onDuplicate(ballotCancellations, refuseCancelled))
    .catch(onConstraint('ballot over', refuseClosed))
  return results.at(-1) as BallotAsItStands
}

/** Refreshes the cards of the chats, of the opener, and of the meeting. An election by card bears its ballot's id. */
export const refreshed = (db: Db, { id, gathering }: Pick<BallotAsItStands, 'id' | 'gathering'>, at: Date) =>
  [turnoutSubject(id), ...(gathering ? [gathering, electionSubject(id)] : [])].map((subject) =>
    refresh(db, { subject, at, afterPress: true }),
  )

export const votersRefreshed = (db: Db, ballot: string, at: Date) => [refreshAll(db, { beginning: voterSubject(ballot, ''), at })]

/** A ballot is over once its time has come, though the clock may be some seconds behind. */
export function refuseOver({ cancelledAt, closedAt, closesAt }: BallotAsItStands, now: Date) {
  if (cancelledAt) refuseCancelled()
  if (closedAt || now >= closesAt) refuseClosed()
}

function refuseClosed(): never {
  return refuse('这次投票已经结束了。', 'This ballot is closed already.')
}

function refuseCancelled(): never {
  return refuse('这次投票已经取消了。', 'This ballot has been cancelled.')
}

function refuseMoved(): never {
  return refuse('刚刚有变化，请看更新后的卡片再改。', 'This has just changed; please look at the updated card and try again.')
}
