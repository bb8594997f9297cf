import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, onConstraint, onDuplicate, together } from '../client.ts'
import { record } from '../ledgers/audit.ts'
import { refreshAll } from '../ledgers/refresh.ts'
import type { BallotAsItStands } from './state.ts'
import { ballotInquiries, ballots, marks, namedVotes } from './tables.ts'

/** The subject of the cards that tell the administrators of an unsound count. */
export const inquirySubject = (ballot: string) => `inquiry ${ballot}`

/** Ends the inquiry into an unsound count: the locked pieces and their key are destroyed unread. */
export const endInquiry = (db: Db, { id, unit }: BallotAsItStands, actor: Actor, now: Date) =>
  together(db, [
    db.insert(ballotInquiries).values({ ballot: id, endedAt: now, endedBy: actor.id }),
    db.delete(marks).where(sql`${marks.ballot} = ${id}`),
    db.update(namedVotes).set({ sealed: [] }).where(sql`${namedVotes.ballot} = ${id}`),
    db.update(ballots).set({ wrappedKey: null }).where(sql`${ballots.id} = ${id}`),
    record(db, { at: now, unit, actor: actor.id, deed: 'ballot.endInquiry', subject: id }),
    refreshAll(db, { beginning: inquirySubject(id), at: now }),
  ])
    .catch(onDuplicate(ballotInquiries, refuseEnded))
    .catch(onConstraint('no inquiry', refuseNone))

function refuseEnded(): never {
  return refuse('核查已经结束，选票已经销毁。', 'The inquiry is over, and the votes are destroyed.')
}

function refuseNone(): never {
  return refuse('这次投票没有要核查的。', 'There is nothing to inquire into in this ballot.')
}
