import type { Db } from '../../db/client.ts'

export interface JobContext {
  db: Db
  /** The moment the job was scheduled for: the job's `now`. */
  slot: Date
  /** The moment it really runs at, later when the bot was down. */
  now: Date
  isLate: boolean
}

export type Job = (context: JobContext) => Promise<void>
