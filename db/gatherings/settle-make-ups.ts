import { sql } from 'drizzle-orm'
import { DAY_MS } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import type { Excuse, MakeUpWay } from '../../src/rules/gatherings/make-ups.ts'
import { courteousFrom } from '../../src/rules/time/courtesy.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, onDuplicate, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refresh } from '../ledgers/refresh.ts'
import { type Confirmer, type MakeUp, makeUpSubject, makeUpsSubject } from './make-ups.ts'
import * as messages from './messages.ts'
import { makeUps } from './tables.ts'

/** A card can be brought up to date for 14 days: what is said later comes on a new one. */
const CARD_MS = 12 * DAY_MS

export async function sayMadeUp(db: Db, makeUp: MakeUp, way: MakeUpWay, host: Confirmer | undefined, actor: Actor, now: Date) {
  const { gathering, member, closedAt } = makeUp
  const asked = Math.floor((now.getTime() - closedAt.getTime()) / CARD_MS)
  await together(db, [
    db.insert(makeUps).values({ gathering, member, way, at: now }),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'makeUp.say', subject: gathering }),
    ...shownAnew(db, gathering, [member], now),
    ...(host
      ? [
          enqueue(db, {
            occasion: `makeUps ${gathering} ${asked} ${host.id}`,
            to: { person: host.openId },
            ...messages.makeUps({ subject: makeUpsSubject(gathering), gathering, viewer: host.id }),
            dueAt: courteousFrom(now),
          }),
        ]
      : []),
  ]).catch(onDuplicate(makeUps, () => refuse('你已经报过了，等主持人确认。', 'You have said so already; the host has yet to confirm.')))
}

/** By the member who pressed too soon, or by the host, who may take back their own word too: it is owed again. */
export async function takeBackMadeUp(
  db: Db,
  gathering: string,
  people: readonly string[],
  by: Actor,
  now: Date,
  which: 'said' | 'settled too' = 'said',
) {
  await together(db, [
    stillThere(db, gathering, people, which),
    db.delete(makeUps).where(sql`${makeUps.gathering} = ${gathering} and ${makeUps.member} in ${[...people]}`),
    record(db, { at: now, unit: by.unit, actor: by.id, deed: 'makeUp.takeBack', subject: gathering }),
    ...shownAnew(db, gathering, people, now),
  ])
}

export async function confirmMadeUp(db: Db, gathering: string, people: readonly string[], host: Actor, now: Date) {
  await together(db, [
    stillThere(db, gathering, people, 'said'),
    db
      .update(makeUps)
      .set({ confirmedBy: host.id, confirmedAt: now })
      .where(sql`${makeUps.gathering} = ${gathering} and ${makeUps.member} in ${[...people]}`),
    record(db, { at: now, unit: host.unit, actor: host.id, deed: 'makeUp.confirm', subject: gathering }),
    ...shownAnew(db, gathering, people, now),
  ])
}

/** What was said and not confirmed gives way to it. */
export async function excuseMakeUp(db: Db, gathering: string, member: string, excuse: Excuse, host: Actor, now: Date) {
  await together(db, [
    db.delete(makeUps).where(sql`${makeUps.gathering} = ${gathering} and ${makeUps.member} = ${member} and ${makeUps.confirmedAt} is null`),
    db.insert(makeUps).values({ gathering, member, excuse, at: now, confirmedBy: host.id, confirmedAt: now }),
    record(db, { at: now, unit: host.unit, actor: host.id, deed: 'makeUp.excuse', subject: gathering }),
    ...shownAnew(db, gathering, [member], now),
  ]).catch(onDuplicate(makeUps, refuseMoved))
}

/** What another press has settled at the same moment fails the batch. */
const stillThere = (db: Db, gathering: string, people: readonly string[], which: 'said' | 'settled too') =>
  failIf(
    db,
    sql`${people.length} <> (select count(*) from make_ups u
      where u.gathering = ${gathering} and u.member in ${[...people]} and (u.confirmed_at is null or ${which === 'said' ? 0 : 1}))`,
    refuseMoved,
  )

function refuseMoved(): never {
  return refuse('刚刚有变化，请看更新后的卡片再按。', 'This has just changed; please look at the updated card and press again.')
}

const shownAnew = (db: Db, gathering: string, people: readonly string[], at: Date) =>
  [makeUpsSubject(gathering), ...people.map(makeUpSubject)].map((subject) => refresh(db, { subject, at, afterPress: true }))
