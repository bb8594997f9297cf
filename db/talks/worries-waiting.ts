import { sql } from 'drizzle-orm'
import { type Db, type Statement, statementOf } from '../client.ts'
import { worries } from './tables.ts'

/** The branches of which somebody settles worries, with how many wait there. */
export const worriesFor = (db: Db, member: string): Statement<{ branch: string; worries: number }[]> =>
  statementOf(
    db
      .select({ branch: worries.branch, worries: sql<number>`count(*)` })
      .from(worries)
      .where(
        sql`not ${worries.isDone} and ${worries.branch} in (select s.branch from seats s where s.member = ${member} and s.until_at is null
          and s.role in ('secretary', 'deputy'))`,
      )
      .groupBy(worries.branch),
  )
