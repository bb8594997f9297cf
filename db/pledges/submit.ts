import { sql } from 'drizzle-orm'
import { day, type Year, yearOf } from '../../src/calendar.ts'
import { Refusal, refuse } from '../../src/refusal.ts'
import { LONGEST_REASON, mayChange, pointsFrom } from '../../src/rules/pledges/points.ts'
import { notByNight } from '../../src/rules/time/courtesy.ts'
import { clipped } from '../../src/text.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, lookUp, onDuplicate, type Statement, statementOf, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refresh } from '../ledgers/refresh.ts'
import * as messages from './messages.ts'
import { ownPledgeSubject, pledgesSubject } from './messages.ts'
import { isAccepted, isReviewedBy, isWaiting, type Pledge, pledgesOf } from './pledges.ts'
import { pledgePoints, pledges } from './tables.ts'

export const runningYear = (now: Date): Year => yearOf(day(now))

/** The year's end freezes what became of each point. */
export function refuseFrozen(year: Year, now: Date) {
  if (year !== runningYear(now)) refuse('这一年已经过去，承诺不再改。', 'That year is over; its pledge is changed no more.')
}

interface NewPledge {
  id: string
  branch: string
  member: string
  year: Year
  typed: readonly (string | null | undefined)[]
}

/** Submits a pledge, in the place of one that waits. Where an accepted one stands, it is the change of the quarter. */
export async function submitPledge(db: Db, { id, branch, member, year, typed }: NewPledge, actor: Actor, now: Date): Promise<Pledge[]> {
  refuseFrozen(year, now)
  const said = pointsFrom(typed)
  if ('wrong' in said) throw new Refusal(said.wrong)
  const [versions] = await lookUp(db, [pledgesOf(db, member, [year])])
  const before = versions.map((one) => ({ submittedAt: one.submittedAt, isAccepted: isAccepted(one) }))
  if (!mayChange(before, now))
    refuse('承诺一个季度调整一次，这个季度已经调整过。', 'A pledge is changed once a quarter, and this quarter’s change was made.')
  const isSame = (one: Pledge | undefined) =>
    one !== undefined && JSON.stringify(one.points.map(({ words }) => words)) === JSON.stringify(said.points)
  if (isSame(versions.findLast(isAccepted)) && !versions.some(isWaiting))
    refuse('和现在的承诺一样，不用再交。', 'This is the pledge that stands already.')
  const version = (versions.at(-1)?.version ?? 0) + 1
  const written = await together(db, [
    statementOf(
      db
        .update(pledges)
        .set({ replacedAt: now })
        .where(
          sql`${pledges.member} = ${member} and ${pledges.year} = ${year} and ${pledges.reviewedAt} is null and ${pledges.replacedAt} is null`,
        ),
    ),
    db.insert(pledges).values({ id, branch, member, year, version, submittedAt: now, enteredBy: actor.id }),
    db.insert(pledgePoints).values(said.points.map((words, nth) => ({ pledge: id, nth: nth + 1, words }))),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'pledge.submit', subject: id }),
    refresh(db, { subject: ownPledgeSubject(member), at: now, afterPress: true }),
    refresh(db, { subject: pledgesSubject(branch), at: now, afterPress: true }),
    pledgesOf(db, member, [year]),
  ]).catch(onDuplicate(pledges, () => refuse('刚刚已经交过了。', 'It was handed in just now.')))
  return written.at(-1) as Pledge[]
}

function refuseGone(): never {
  return refuse(
    '有一份刚刚有人审过或者改过，请再看一次名单。',
    'One of them was reviewed or changed just now; please look at the list again.',
  )
}

const among = (ids: readonly string[]) => sql`(select value from json_each(${JSON.stringify(ids)}))`

/** A condition: not all of these wait for that reviewer. */
const isGone = (ids: readonly string[], reviewer: string) =>
  sql`(select count(*) from pledges p join members m on m.id = p.member where p.id in ${among(ids)} and p.reviewed_at is null
    and p.replaced_at is null and ${isReviewedBy(reviewer)}) < ${ids.length}`

/** The waiting pledges that the reviewer was shown are accepted. The cards change, and nobody gets a message. */
export async function acceptPledges(db: Db, shown: readonly Pledge[], actor: Actor, now: Date): Promise<void> {
  const ids = shown.map(({ id }) => id)
  await together(db, [
    failIf(db, isGone(ids, actor.id), refuseGone),
    statementOf(
      db
        .update(pledges)
        .set({ reviewedAt: now, reviewedBy: actor.id })
        .where(sql`${pledges.id} in ${among(ids)}`),
    ),
    ...shown.flatMap(({ id, member, branch }) => [
      record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'pledge.accept', subject: id }),
      refresh(db, { subject: ownPledgeSubject(member), at: now, afterPress: true }),
      refresh(db, { subject: pledgesSubject(branch), at: now, afterPress: true }),
    ]),
  ])
}

/** Sent back with a reason. Each author hears of it by one message; an author without a phone hears it from whoever typed the sheet. */
export async function returnPledges(db: Db, some: readonly Pledge[], because: string, actor: Actor, now: Date): Promise<void> {
  const reason = clipped(because, LONGEST_REASON)
  if (reason === '') refuse('请写一句为什么退回。', 'Please say in a sentence why it is sent back.')
  const ids = some.map(({ id }) => id)
  await together(db, [
    failIf(db, isGone(ids, actor.id), refuseGone),
    statementOf(
      db
        .update(pledges)
        .set({ reviewedAt: now, reviewedBy: actor.id, returnedBecause: reason })
        .where(sql`${pledges.id} in ${among(ids)}`),
    ),
    ...some.flatMap(({ id, member, memberOpenId, branch, year }) => [
      record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'pledge.return', subject: id }),
      refresh(db, { subject: ownPledgeSubject(member), at: now, afterPress: true }),
      refresh(db, { subject: pledgesSubject(branch), at: now, afterPress: true }),
      ...(memberOpenId
        ? [
            enqueue(db, {
              occasion: `pledgeReturned ${id}`,
              to: { person: memberOpenId },
              ...messages.ownPledge({ subject: ownPledgeSubject(member), member, year }),
              dueAt: notByNight(now),
            }),
          ]
        : []),
    ]),
  ])
}

/** The person says what became of a point of the accepted pledge; not kept asks for a sentence. Null takes the word back. */
export async function sayKept(
  db: Db,
  it: Pledge,
  { nth, isKept, because }: { nth: number; isKept: boolean | null; because: string },
  actor: Actor,
  now: Date,
): Promise<Pledge[]> {
  refuseFrozen(it.year, now)
  const reason = clipped(because, LONGEST_REASON)
  if (isKept === false && reason === '') refuse('请写一句为什么没做到。', 'Please say in a sentence why it was not kept.')
  const written = await together(db, [
    failIf(
      db,
      sql`not exists (select 1 from pledges p join pledge_points o on o.pledge = p.id and o.nth = ${nth} where p.id = ${it.id} and p.member = ${actor.id}
        and p.reviewed_at is not null and p.returned_because is null and not exists (select 1 from pledges n where n.member = p.member
          and n.year = p.year and n.version > p.version and n.reviewed_at is not null and n.returned_because is null))`,
      () => refuse('这一条已经调整过，请看现在的承诺。', 'That point has been changed; please look at the present pledge.'),
    ),
    statementOf(
      db
        .update(pledgePoints)
        .set({ isKept, because: isKept === false ? reason : null, saidAt: isKept === null ? null : now })
        .where(sql`${pledgePoints.pledge} = ${it.id} and ${pledgePoints.nth} = ${nth}`),
    ),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'pledge.point', subject: it.id }),
    refresh(db, { subject: ownPledgeSubject(it.member), at: now, afterPress: true }),
    refresh(db, { subject: pledgesSubject(it.branch), at: now, afterPress: true }),
    pledgesOf(db, it.member, [it.year]),
  ])
  return written.at(-1) as Pledge[]
}

/** The states of the points as the evaluation's form gives them, for its own batch. A point whose state stays keeps its sentence. */
export const sayStates = (db: Db, it: Pledge, states: ReadonlyMap<number, boolean | null>, actor: Actor, now: Date): Statement[] => {
  const changed = it.points.filter(({ nth, isKept }) => states.has(nth) && states.get(nth) !== isKept)
  if (changed.length === 0) return []
  return [
    ...changed.map(({ nth }) => {
      const isKept = states.get(nth) ?? null
      return statementOf(
        db
          .update(pledgePoints)
          .set({ isKept, because: null, saidAt: isKept === null ? null : now })
          .where(sql`${pledgePoints.pledge} = ${it.id} and ${pledgePoints.nth} = ${nth}`),
      )
    }),
    statementOf(record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'pledge.point', subject: it.id })),
    statementOf(refresh(db, { subject: ownPledgeSubject(it.member), at: now, afterPress: true })),
    statementOf(refresh(db, { subject: pledgesSubject(it.branch), at: now, afterPress: true })),
  ]
}
