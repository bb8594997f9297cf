import { sql } from 'drizzle-orm'
import { type Db, inList } from '../client.ts'
import { reports } from './tables.ts'

/** The work reports that a branch sent up for a year, or for a period. */
export const sentUp = (db: Db, branch: string, within: string) =>
  db
    .select({ id: reports.id, period: reports.period })
    .from(reports)
    .where(
      sql`${reports.branch} = ${branch} and ${reports.kind} = 'upward' and ${reports.deliveredAt} is not null and ${reports.period} like ${`${within}%`}`,
    )
    .orderBy(reports.deliveredAt)

/** The written reports that some general meetings heard; a meeting without one heard it by word of mouth. */
export const heardIn = (db: Db, gatherings: readonly string[]) =>
  db
    .select({ id: reports.id, gathering: reports.gathering })
    .from(reports)
    .where(sql`${reports.gathering} in ${inList(gatherings)} and ${reports.kind} = 'toMembers' and ${reports.deliveredAt} is not null`)
