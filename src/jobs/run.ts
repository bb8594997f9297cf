import { boundTo, CutOff, type Db, together } from '../../db/client.ts'
import { recordRun, runOf } from '../../db/ledgers/job-runs.ts'
import { fence, giveBack, takeLease } from '../../db/ledgers/leases.ts'
import { turn as breathe } from '../turn.ts'
import type { Turn } from './budget.ts'
import type { Job } from './job.ts'

/** A process that stops without a word in the middle of a job is replaced after this time. */
export const JOB_LEASE_MS = 60_000

interface Running {
  db: Db
  /** The same database for the last word of a turn that has spent everything. */
  unpaid: Db
  job: Job
  name: string
  slot: Date
  now: Date
  isLate: boolean
  turn: Turn
  /** The job has slots, and its run is recorded. */
  isKept?: boolean
}

/**
 * Runs a job under its lease, lot after lot. Whatever it writes carries the lease in front: a process that was replaced writes nothing more.
 * @returns false when another process holds the job, or has finished the run
 * @throws CutOff when the turn is over or the lease was lost
 */
export async function runJob({ db, unpaid, job, name, slot, now, isLate, turn, isKept = false }: Running): Promise<boolean> {
  const lease = { name: `job ${name}`, holder: turn.holder }
  const clock = turn.clock ?? (() => now)
  const renewed = () => takeLease(db, lease, clock(), JOB_LEASE_MS)
  const progress = (cursor: string | null) => (isKept ? [recordRun(db, { job: name, slot, ranAt: now, isLate, cursor })] : [])

  const [held, [begun]] = await together(db, [renewed(), runOf(db, name, slot)])
  if (held.length === 0) return false
  if (begun?.cursor === null) {
    await together(db, [giveBack(db, lease)])
    return false
  }
  const fenced = boundTo(db, fence(db, lease))
  try {
    const work = job({ db: fenced, slot, now, isLate, from: begun?.cursor ?? null })
    if (!(Symbol.asyncIterator in work)) await work
    else
      for await (const { statements, cursor } of work) {
        await together(fenced, [...statements, ...progress(cursor), renewed()])
        if (turn.purse?.left() === 0) throw new CutOff()
        await breathe()
      }
    await together(fenced, [...progress(null), giveBack(db, lease)])
    return true
  } catch (error) {
    // The next turn has another name, and need not wait for the lease to run out.
    await together(unpaid, [giveBack(db, lease)]).catch(() => [])
    throw error
  }
}
