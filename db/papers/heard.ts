import { type SQL, sql } from 'drizzle-orm'
import { prepared } from '../client.ts'
import { papers, reports } from './tables.ts'

/** Conditions on what waits for a meeting. They are asked row by row: few wait, and closed meetings are many. */
export const isReportHeard: SQL = sql`${reports.gathering} is not null and ${reports.deliveredAt} is null and exists (select 1 from credits c
  where c.gathering = ${reports.gathering} and c.branch = ${reports.branch} and c.part = '9.report')`

export const isPaperHeard: SQL = sql`${papers.gathering} is not null and ${papers.adoptedAt} is null and ${papers.withdrawnAt} is null
  and exists (select 1 from closures c where c.gathering = ${papers.gathering} and c.is_quorate)
  and exists (select 1 from agenda_items i where i.gathering = ${papers.gathering} and i.position = ${papers.item} and i.held_at is not null)`

/** The clock asks each minute; two partial indexes hold what waits. */
const heard = prepared((db) =>
  db
    .select({ id: reports.id })
    .from(reports)
    .where(isReportHeard)
    .unionAll(db.select({ id: papers.id }).from(papers).where(isPaperHeard)),
)

export const heardAnything = (db: Parameters<typeof heard>[0]) => heard(db, {})
