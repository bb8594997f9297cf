import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import { MOST_REASON } from '../../src/rules/work/minutes-state.ts'
import { clipped } from '../../src/text.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, together } from '../client.ts'
import { refreshScoresOfAll } from '../gatherings/joint.ts'
import { failIf } from '../guard.ts'
import { refresh } from '../ledgers/refresh.ts'
import { digestOf, type MinutesAsTheyStand, minutesAsTheyStand, refuseGone } from './minutes.ts'
import { cardTo, isIn, noted, thisOne } from './minutes-keep.ts'
import { mayConfirm } from './minutes-readers.ts'
import { stampOf } from './minutes-stamp.ts'
import { minutes, minuteVersions } from './tables.ts'
import { tellOwners } from './tell-owners.ts'

class FactsMoved extends Error {
  override name = 'FactsMoved'
}

const MOST_TRIES = 8

/**
 * Locks what was read. The guards are asked inside the batch. A correction that came between makes another go; two who confirm at once
 * confirm once.
 */
export async function confirmMinutes(db: Db, seen: MinutesAsTheyStand, actor: Actor, now: Date, tries = 1): Promise<void> {
  const { it, own, draft, stamp } = seen
  refuseUnlessWaiting(seen, actor)
  const document = JSON.stringify(draft)
  const next = sql`(select count(*) + 1 from minute_versions v where v.gathering = ${it.id} and v.branch = ${own.id})`
  try {
    await together(db, [
      failIf(db, sql`not ${isIn(seen, sql`i.submitted_at is not null and i.confirmed_at is null`)}`, refuseNotWaiting),
      failIf(db, isIn(seen, sql`${actor.id} in (i.recorder, i.submitted_by)`), refuseOwn),
      failIf(db, sql`${stampOf(it.id, own.id)} is not ${stamp}`, () => {
        throw new FactsMoved()
      }),
      db.insert(minuteVersions).select(
        sql`select i.gathering, i.branch, ${next}, ${document}, ${digestOf(document)}, i.submitted_by, i.submitted_at, ${actor.id}, ${now.getTime()}
          from minutes i where i.gathering = ${it.id} and i.branch = ${own.id}`,
      ),
      db
        .update(minutes)
        .set({ confirmedAt: now, confirmedBy: actor.id, version: sql`${next} - 1` })
        .where(thisOne(seen)),
      ...noted(db, seen, 'minutes.confirm', actor, now),
      ...tellOwners(db, it.id, own.id, now),
      refresh(db, { subject: it.id, at: now, afterPress: true }),
      ...refreshScoresOfAll(db, it, now),
    ])
  } catch (error) {
    if (!(error instanceof FactsMoved)) throw error
    if (tries === MOST_TRIES)
      refuse('会上的数据正在改动，请过一会儿再确认。', 'The facts of the meeting are being changed; please confirm in a moment.')
    const fresh = (await minutesAsTheyStand(db, it.id, own.id)) ?? refuseGone()
    return confirmMinutes(db, fresh, actor, now, tries + 1)
  }
}

/** Only those who may confirm do, and only minutes that wait. */
export function refuseUnlessWaiting(seen: MinutesAsTheyStand, actor: Actor) {
  const { row } = seen
  if (row?.confirmedAt) refuseConfirmed()
  if (!row?.submittedAt) refuseNotWaiting()
  if (row.recorder === actor.id || row.submittedBy === actor.id) refuseOwn()
  if (!mayConfirm(actor, seen)) refuseAbsent()
}

/** Sends the minutes back to the recorder with a reason. */
export async function returnMinutes(db: Db, seen: MinutesAsTheyStand, said: string, actor: Actor, now: Date): Promise<void> {
  const reason = clipped(said, MOST_REASON)
  if (reason === '') refuse('请写明退回的原因。', 'Please give the reason for sending them back.')
  refuseUnlessWaiting(seen, actor)
  await together(db, [
    failIf(db, sql`not ${isIn(seen, sql`i.submitted_at is not null and i.confirmed_at is null`)}`, refuseNotWaiting),
    db
      .update(minutes)
      .set({ submittedAt: null, submittedBy: null, returnedAt: now, returnedBy: actor.id, returnedBecause: reason })
      .where(thisOne(seen)),
    ...noted(db, seen, 'minutes.return', actor, now),
    ...(seen.recorder ? cardTo(db, seen, seen.recorder, `returned ${now.getTime()}`, now) : []),
  ])
}

function refuseNotWaiting(): never {
  return refuse(
    '会议记录没有在等确认，可能刚刚有人确认或退回了，请看更新后的卡片。',
    'The minutes do not wait for confirmation; somebody may just have confirmed or returned them. Please see the updated card.',
  )
}

function refuseConfirmed(): never {
  return refuse('会议记录已经确认，不用再按。', 'The minutes are confirmed already; no need to press again.')
}

function refuseOwn(): never {
  return refuse(
    '记录人不能确认自己的记录，请到会的另一位支委确认。',
    'The recorder cannot confirm their own minutes; please ask another of the committee who was there.',
  )
}

function refuseAbsent(): never {
  return refuse('会议记录由到会的支委确认，你不在其中。', 'The committee who were there confirm the minutes, and you are not among them.')
}
