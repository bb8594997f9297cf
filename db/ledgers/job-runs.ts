import { isNotNull, sql } from 'drizzle-orm'
import { DAY_MS } from '../../src/calendar.ts'
import { type Db, prepared } from '../client.ts'
import { jobRuns } from './tables.ts'

/** The last slot that each job finished; a run that was cut off does not count. */
const slotsRun = prepared((db) =>
  db
    .select({ job: jobRuns.job, slot: sql<number>`max(${jobRuns.slot})` })
    .from(jobRuns)
    .where(sql`${jobRuns.cursor} is null`)
    .groupBy(jobRuns.job),
)
export const lastSlots = (db: Db) => slotsRun(db, {})

/** The run of a slot, where one has begun. Its cursor is null when it is finished. */
export const runOf = (db: Db, job: string, slot: Date) => run(db, { job, slot: slot.getTime() })

const run = prepared((db) =>
  db
    .select({ cursor: jobRuns.cursor })
    .from(jobRuns)
    .where(sql`${jobRuns.job} = ${sql.placeholder('job')} and ${jobRuns.slot} = ${sql.placeholder('slot')}`),
)

const recording = prepared((db) =>
  db
    .insert(jobRuns)
    .values({
      job: sql.placeholder('job'),
      slot: sql`${sql.placeholder('slot')}`,
      ranAt: sql`${sql.placeholder('ranAt')}`,
      isLate: sql`${sql.placeholder('isLate')}`,
      cursor: sql`${sql.placeholder('cursor')}`,
    })
    .onConflictDoUpdate({
      target: [jobRuns.job, jobRuns.slot],
      set: { cursor: sql`excluded.cursor`, ranAt: sql`excluded.ran_at` },
      setWhere: isNotNull(jobRuns.cursor),
    }),
)

/** Records a run as finished, or with a `cursor` how far it has come. A finished run stays finished. */
export const recordRun = (db: Db, { job, slot, ranAt, isLate, cursor = null }: typeof jobRuns.$inferInsert) =>
  recording(db, { job, slot: slot.getTime(), ranAt: ranAt.getTime(), isLate: Number(isLate), cursor })

const KEPT_DAYS = 30

/** The last run of each job is kept: the clock counts from it. */
export const forgetRuns = (db: Db, now: Date) =>
  db.delete(jobRuns).where(
    sql`${jobRuns.slot} < ${now.getTime() - KEPT_DAYS * DAY_MS}
        and ${jobRuns.slot} < (select max(last.slot) from job_runs last where last.job = ${jobRuns.job})`,
  )
