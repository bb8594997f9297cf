import { sql } from 'drizzle-orm'
import { type Db, prepared } from '../client.ts'
import { jobRuns } from './tables.ts'

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
