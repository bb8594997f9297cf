import { sql } from 'drizzle-orm'
import { prepared } from '../client.ts'
import { papers, reports } from './tables.ts'

/** The items that brought papers before meetings which are closed. The clock asks each minute: the two indexes hold what waits. */
const heard = prepared((db) =>
  db
    .select({ id: reports.id })
    .from(reports)
    .innerJoin(sql`credits c`, sql`c.branch = ${reports.branch} and c.part = '9.report' and c.gathering = ${reports.gathering}`)
    .where(sql`${reports.gathering} is not null and ${reports.deliveredAt} is null`)
    .unionAll(
      db
        .select({ id: papers.id })
        .from(papers)
        .innerJoin(sql`closures c`, sql`c.gathering = ${papers.gathering} and c.is_quorate`)
        .innerJoin(sql`agenda_items i`, sql`i.gathering = ${papers.gathering} and i.position = ${papers.item} and i.held_at is not null`)
        .where(sql`${papers.gathering} is not null and ${papers.adoptedAt} is null and ${papers.withdrawnAt} is null`),
    ),
)

export const heardAnything = (db: Parameters<typeof heard>[0]) => heard(db, {})
