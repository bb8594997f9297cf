import { sql } from 'drizzle-orm'
import { LAPSES_AFTER_MS } from '../../src/rules/talks/state.ts'
import type { Db } from '../client.ts'
import { talks } from './tables.ts'

/** The names and days of what waits for a person's yes or no, for their own list. */
export const talksWaiting = (db: Db, member: string, now: Date) =>
  db
    .select({
      onDay: talks.onDay,
      name: sql<string>`(select m.name from members m where m.id = case when ${talks.a} = ${member} then ${talks.b} else ${talks.a} end)`,
    })
    .from(talks)
    .where(
      sql`(${talks.a} = ${member} or ${talks.b} = ${member}) and ${talks.withdrawnAt} is null and ${talks.deniedAt} is null
        and (${talks.confirmedAt} is null and ${talks.claimedBy} <> ${member} and ${talks.claimedAt} > ${now.getTime() - LAPSES_AFTER_MS}
          or ${talks.undoAskedBy} <> ${member})`,
    )
    .orderBy(talks.claimedAt, talks.id)
    .limit(5)
