import { sql } from 'drizzle-orm'
import { committeeSeats } from '../branches/seats.ts'
import { type Db, inList, type Statement, statementOf } from '../client.ts'
import { quarterOfDay, recreditTalks } from '../ledgers/credits.ts'
import { opinions, talks } from './tables.ts'

/** Conditions on the activist `m` and the other `o` of a talk, as they stood on its day. */
const wasActivist = sql`(m.stage in ('activist', 'prospect') or m.activist_on <= talks.on_day and m.probationer_on > talks.on_day)`
/** A contact named later in the quarter counts too, for the talk shows that somebody looked after the activist. */
const wasContact = sql`exists (select 1 from contacts c where c.member = m.id and c.contact = o.id
  and ${quarterOfDay(sql`c.from_on`)} <= ${quarterOfDay(sql`talks.on_day`)} and coalesce(c.until_on, talks.on_day) >= talks.on_day)`
const wasSeated = sql`exists (select 1 from seats s where s.member = o.id and s.branch = talks.branch and s.role in ${committeeSeats}
  and s.from_at < (unixepoch(talks.on_day) + 57600) * 1000 and (s.until_at is null or s.until_at > (unixepoch(talks.on_day) - 28800) * 1000))`

/**
 * Counts the talks of these people anew. It stands in every batch that confirms a talk, takes one back, files an opinion or names a contact.
 *
 * The talk itself keeps the activist and the moment of the opinion. Seats and contacts change and opinions are deleted, and the tally must still
 * follow from the facts.
 */
export const creditTalks = (db: Db, people: readonly string[]): Statement[] => [
  statementOf(
    db
      .update(talks)
      .set({
        activist: sql`(select m.id from members m, members o where m.id in (talks.a, talks.b) and o.id in (talks.a, talks.b) and m.id <> o.id
          and ${wasActivist} and (${wasContact} or ${wasSeated}))`,
      })
      .where(
        sql`${talks.activist} is null and ${talks.kind} = 'activist' and (${talks.a} in ${inList(people)} or ${talks.b} in ${inList(people)})`,
      ),
  ),
  statementOf(
    db
      .update(talks)
      .set({
        opinionAt: sql`(select min(o.filed_at) from ${opinions} o where o.activist = talks.activist and o.quarter = ${quarterOfDay(sql`talks.on_day`)})`,
      })
      .where(sql`${talks.opinionAt} is null and ${talks.activist} in ${inList(people)}`),
  ),
  ...recreditTalks(db, people),
]
