import { sql } from 'drizzle-orm'
import type { Day } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import type { SuspensionKind } from '../../src/rules/voters/suspensions.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, onConstraint, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { refresh } from '../ledgers/refresh.ts'
import { suspensions } from './tables.ts'

interface Entered {
  id: string
  branch: string
  member: string
  kind: SuspensionKind
  fromOn: Day
  untilOn: Day | null
}

/** The gatherings whose base follows: they are shown anew. */
type Open = readonly { id: string }[]

/**
 * The assessor enters that a member's voting right is suspended. The bot tells nobody: it announces no punishment. Meetings that begin
 * later, and ballots that open later, go without the member's vote.
 */
export async function suspend(db: Db, entered: Entered, open: Open, actor: Actor, now: Date) {
  const { member, fromOn, untilOn } = entered
  if (member === actor.id) refuse('不能登记自己，请另一位考核人来办。', 'What concerns you is for another assessor.')
  if (untilOn !== null && untilOn < fromOn) refuse('结束的日期早于开始的日期。', 'The last day is before the first.')
  await together(db, [
    failIf(
      db,
      sql`exists (select 1 from suspensions s where s.member = ${member} and s.ended_at is null
        and s.from_on <= coalesce(${untilOn}, '9999') and coalesce(s.until_on, '9999') >= ${fromOn})`,
      () => refuse('这段时间已经登记过了。', 'That time is entered already.'),
    ),
    db.insert(suspensions).values({ ...entered, enteredBy: actor.id, enteredAt: now }),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'suspension.enter', subject: entered.id }),
    ...open.map(({ id }) => refresh(db, { subject: id, at: now, afterPress: true })),
  ])
}

/** The right is restored, or was suspended by mistake. */
export async function endSuspension(db: Db, suspension: string, open: Open, actor: Actor, now: Date) {
  await together(db, [
    db.update(suspensions).set({ endedAt: now, endedBy: actor.id }).where(sql`${suspensions.id} = ${suspension}`),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'suspension.end', subject: suspension }),
    ...open.map(({ id }) => refresh(db, { subject: id, at: now, afterPress: true })),
  ]).catch(onConstraint('suspension ended', () => refuse('这项登记已经结束了。', 'This has ended already.')))
}
