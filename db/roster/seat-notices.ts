import { sql } from 'drizzle-orm'
import { addDays, addMinutes, day, moment } from '../../src/calendar.ts'
import { courteousFrom } from '../../src/rules/time/courtesy.ts'
import { type Db, type Statement, statementOf } from '../client.ts'
import { lanes } from '../ledgers/outbox.ts'
import { outbox } from '../ledgers/tables.ts'
import * as messages from './messages.ts'

interface MovedSeat {
  id: string
  /** True when the person held the seat before the change. */
  wasHeld: boolean
}

/** Changes within three minutes are told together. */
const GATHERED_MINUTES = 3

/**
 * A person who gained or lost a seat is told by day, at most once a day. A change before that message goes out joins it; a later one waits
 * for the next working day. A change that was undone by then is not told.
 */
export function tellOfSeats(db: Db, openId: string | null, moved: readonly MovedSeat[], by: string, now: Date): Statement[] {
  if (!openId || moved.length === 0) return []
  const first = courteousFrom(addMinutes(now, GATHERED_MINUTES))
  const next = courteousFrom(moment(addDays(day(first), 1), '09:00'))
  const occasion = (at: Date) => `seats ${openId} ${day(at)}`
  const isTold = sql`exists (select 1 from outbox o where o.occasion = ${occasion(first)} and (o.state <> 'waiting' or o.due_at <= ${now.getTime()}))`
  const args = { seats: moved.map(({ id }) => id), was: moved.flatMap(({ id, wasHeld }) => (wasHeld ? [id] : [])), by: [by] }
  return [
    statementOf(
      db
        .insert(outbox)
        .values({
          occasion: sql`case when ${isTold} then ${occasion(next)} else ${occasion(first)} end`,
          lane: lanes.call,
          dueAt: sql`case when ${isTold} then ${next.getTime()} else ${first.getTime()} end`,
          toKind: 'person',
          toId: openId,
          recipient: `person:${openId}`,
          ...messages.seatTold(args),
        })
        .onConflictDoUpdate({ target: outbox.occasion, set: { args: both }, setWhere: sql`outbox.state = 'waiting'` }),
    ),
  ]
}

const each = (whose: 'outbox' | 'excluded', what: 'seats' | 'was' | 'by') =>
  sql.raw(`select value from json_each(${whose}.args, '$.${what}')`)

/** A seat that stands in it already keeps its state before the first change. */
const both = sql`json_object(
  'seats', (select json_group_array(value) from (${each('outbox', 'seats')} union ${each('excluded', 'seats')})),
  'was', (select json_group_array(value) from (${each('outbox', 'was')} union ${each('excluded', 'was')} where value not in (${each('outbox', 'seats')}))),
  'by', (select json_group_array(value) from (${each('outbox', 'by')} union ${each('excluded', 'by')})))`
