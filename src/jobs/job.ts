import type { Db, Statement } from '../../db/client.ts'

export interface JobContext {
  db: Db
  /** The moment the job was scheduled for: the job's `now`. */
  slot: Date
  /** The moment it really runs at, later when the bot was down. */
  now: Date
  isLate: boolean
  /** The cursor of the last lot that was done, where an earlier turn was cut off; null at the beginning. */
  from?: string | null
  /** Takes figures of what was done for the log, and never a name or an id. */
  tells?(figures: Readonly<Record<string, number>>): void
}

/**
 * A part of a job that is a few round trips long. Its statements and its cursor are written in one batch. A job that is cut off between two
 * lots goes on with the next, and does none twice.
 */
export interface Lot {
  statements: readonly Statement[]
  cursor: string
}

/** A job over all branches yields lots. A job that finds its own work, and is done when there is none, need not. */
export type Job = (context: JobContext) => Promise<void> | AsyncIterable<Lot>
