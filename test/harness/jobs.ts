import type { Job, JobContext } from '../../src/jobs/job.ts'
import { runJob } from '../../src/jobs/run.ts'

/** Runs one job at a moment, outside the timetable. */
export const ranOnce = (job: Job, context: JobContext) =>
  runJob({ ...context, unpaid: context.db, job, name: 'once', turn: { holder: 'test' } })
