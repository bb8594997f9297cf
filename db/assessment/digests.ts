import { sql } from 'drizzle-orm'
import { addDays, type Day, day, moment } from '../../src/calendar.ts'
import { type Db, inList, type Statement, statementOf } from '../client.ts'
import * as duties from '../duties/messages.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { outbox } from '../ledgers/tables.ts'
import * as messages from './messages.ts'

const riders = [messages.selfAssessment, messages.result, messages.review].map(({ view }) => view)

/** The outcome of a card that was not sent by itself: the digest of that day says it. */
const RIDES = 'rides '
const ridesOn = (on: Day) => `${RIDES}${on}`

const MOST_DAYS = 14

/** Said as the index says it, so that it is used. */
const isOver = sql`${outbox.state} <> 'waiting'`

/** A digest for each of these people, once a day. The cards of the same morning ride in it and are not sent by themselves. */
export function digestsTo(db: Db, people: readonly { person: string; dueAt: Date }[], now: Date): Statement[] {
  if (people.length === 0) return []
  return [
    riding(
      db,
      people.map(({ person }) => person),
      now,
    ),
    ...people.map(({ person, dueAt }) =>
      enqueue(db, {
        occasion: `digest ${day(now)} ${person}`,
        to: { person },
        ...duties.digest({ person }),
        dueAt,
        lane: 'bulk',
        unasked: true,
      }),
    ),
  ].map((one) => statementOf(one))
}

/** A digest that is enqueued already may be on its way, and takes up no more. */
const riding = (db: Db, people: readonly string[], now: Date) =>
  db
    .update(outbox)
    .set({ state: 'moot', outcome: ridesOn(day(now)) })
    .where(
      sql`${outbox.state} = 'waiting' and ${outbox.triedAt} is null and ${outbox.toKind} = 'person' and ${outbox.toId} in ${inList(people)}
        and ${outbox.view} in ${inList(riders)} and ${outbox.dueAt} < ${moment(day(now), '24:00').getTime()}
        and not exists (select 1 from outbox d where d.occasion = 'digest ' || ${day(now)} || ' ' || ${outbox.toId})`,
    )

/** The same for those who asked to hear today. Their digest waits already, and takes up cards until it goes out. */
export function boardSnoozed(db: Db, now: Date) {
  const [from, until] = [moment(day(now)).getTime(), moment(day(now), '24:00').getTime()]
  return db
    .update(outbox)
    .set({ state: 'moot', outcome: ridesOn(day(now)) })
    .where(
      sql`${outbox.state} = 'waiting' and ${outbox.triedAt} is null and ${outbox.toKind} = 'person' and ${outbox.view} in ${inList(riders)}
        and ${outbox.dueAt} < ${until} and exists (select 1 from snoozes z join outbox d on d.occasion = 'snoozed ' || z.person || ' ' || z.until
          where z.person = "outbox"."to_id" and z.until >= ${from} and z.until < ${until} and d.state = 'waiting' and d.tried_at is null)`,
    )
}

/** No card is lost with a digest that never went out: it is sent after all. */
export const alightFromLost = (db: Db, now: Date) =>
  db
    .update(outbox)
    .set({ state: 'waiting', outcome: null, dueAt: now })
    .where(
      sql`${isOver} and ${outbox.dueAt} >= ${moment(addDays(day(now), -MOST_DAYS)).getTime()} and ${outbox.state} = 'moot'
        and ${outbox.outcome} >= ${RIDES} and ${outbox.outcome} < ${ridesOn(day(now))}
        and exists (select 1 from outbox d where d.state in ('moot', 'dead') and d.occasion in (
          'digest ' || substr(${outbox.outcome}, ${RIDES.length + 1}) || ' ' || ${outbox.toId},
          (select 'snoozed ' || z.person || ' ' || z.until from snoozes z where z.person = "outbox"."to_id")))`,
    )

/** The cards that ride in a person's digest. A snoozed digest says them once more. */
export const ridersOf = (db: Db, person: string, since: Day) =>
  db
    .select({ view: outbox.view, args: outbox.args })
    .from(outbox)
    .where(sql`${isOver} and ${outbox.dueAt} >= ${moment(addDays(since, -MOST_DAYS)).getTime()} and ${outbox.toKind} = 'person' and ${outbox.toId} = ${person}
      and ${outbox.state} = 'moot' and ${outbox.outcome} >= ${ridesOn(since)}
      and ${outbox.outcome} < ${`${RIDES}:`}`)
    // Without the sign the order would be taken from the whole table.
    .orderBy(sql`+${outbox.id}`)
