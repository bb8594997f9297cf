import { sql } from 'drizzle-orm'
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { type Db, prepared } from '../client.ts'

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

const slotsRun = prepared((db) =>
  db
    .select({ job: jobRuns.job, slot: sql<number>`max(${jobRuns.slot})` })
    .from(jobRuns)
    .groupBy(jobRuns.job),
)
export const lastSlots = (db: Db) => slotsRun(db, {})

const recording = prepared((db) =>
  db
    .insert(jobRuns)
    .values({
      job: sql.placeholder('job'),
      slot: sql`${sql.placeholder('slot')}`,
      ranAt: sql`${sql.placeholder('ranAt')}`,
      isLate: sql`${sql.placeholder('isLate')}`,
    })
    .onConflictDoNothing(),
)
export const recordRun = (db: Db, { job, slot, ranAt, isLate }: typeof jobRuns.$inferInsert) =>
  recording(db, { job, slot: slot.getTime(), ranAt: ranAt.getTime(), isLate: Number(isLate) })
