import { sql } from 'drizzle-orm'
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Db } from './client.ts'

/** Which job was run for which moment of its schedule, and when: a job that was missed is caught up once, and shown as late. */
export const jobRuns = sqliteTable(
  'job_runs',
  {
    job: text().notNull(),
    slot: integer({ mode: 'timestamp_ms' }).notNull(),
    ranAt: integer({ mode: 'timestamp_ms' }).notNull(),
    isLate: integer({ mode: 'boolean' }).notNull(),
  },
  (it) => [primaryKey({ columns: [it.job, it.slot] })],
)

export const lastSlots = (db: Db) =>
  db
    .select({ job: jobRuns.job, slot: sql<number>`max(${jobRuns.slot})` })
    .from(jobRuns)
    .groupBy(jobRuns.job)

export const recordRun = (db: Db, run: typeof jobRuns.$inferInsert) => db.insert(jobRuns).values(run).onConflictDoNothing()
