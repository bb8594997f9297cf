import { sql } from 'drizzle-orm'
import { addDays, type Day } from '../../src/calendar.ts'
import { type Db, type Statement, statementOf } from '../client.ts'
import { SOMEBODY } from '../ledgers/audit.ts'
import { audit } from '../ledgers/tables.ts'

/** A bot that was down for so long has missed more than entries. */
const LONGEST_DOWN_DAYS = 120

/**
 * The entries of unsigned voices, and of their authors' words on answers, of the days before. They stand in the order of the random ids, hence
 * their time and order tell nothing.
 */
export function enterUnsigned(db: Db, now: Date, today: Day): Statement[] {
  const since = addDays(today, -LONGEST_DOWN_DAYS)
  return [
    [
      'voice.raiseUnsigned',
      sql`select v.id, v.unit from voices v where v.author is null and v.about is null and v.came_on < ${today} and v.came_on >= ${since}`,
    ],
    [
      'voice.feelUnsigned',
      sql`select f.voice || ' ' || f.nth as id, v.unit from voice_feelings f join voices v on v.id = f.voice where v.author is null and f.on_day < ${today} and f.on_day >= ${since}`,
    ],
  ].map(([deed, those]) =>
    statementOf(
      db.insert(audit).select(sql`select null, ${now.getTime()}, u.unit, ${SOMEBODY}, ${deed}, u.id from (${those}) u
        where not exists (select 1 from audit a where a.subject = u.id and a.deed = ${deed}) order by u.id`),
    ),
  )
}
