import { sql } from 'drizzle-orm'
import type { BallotDeps } from '../../db/ballots/cast.ts'
import { type Consequences, countBallot, uncounted, unwiped, wiped } from '../../db/ballots/count.ts'
import { CutOff, type Db, lookUp, together } from '../../db/client.ts'
import { voteMoved } from '../../db/evaluation/vote.ts'
import { time } from '../calendar.ts'
import { shuffleBoxes } from './shuffle-boxes.ts'

interface CountDeps {
  db: Db
  box: BallotDeps
  clock(): Date
  log(event: Record<string, unknown>): void
}

/**
 * Shuffles the boxes that votes came into, counts every closed ballot, and wipes the store where boxes were emptied. A box that cannot be opened keeps its votes, and holds up no
 * other.
 */
export async function countBallots({ db, box, clock, log }: CountDeps): Promise<void> {
  const failed = (at: string, ballot?: string) => (error: unknown) => {
    if (error instanceof CutOff) throw error
    log({ level: 'error', at, ballot, error: error instanceof Error ? error.name : 'unknown' })
  }
  await shuffleBoxes(db).catch(failed('shuffle'))
  const [closed] = await lookUp(db, [uncounted(db)])
  for (const { id } of closed) await countBallot(db, id, box, clock(), undefined, whatFollows).catch(failed('count', id))
  await wipe(db, clock())
}

/** The statements that go with a count, by the ballot’s use. */
const whatFollows: Consequences = (db, it, _outcome, at) => (it.use === 'evaluation' ? [voteMoved(db, it.id, at)] : [])

/**
 * Nobody is answered while a store is written anew: 5 to 6 ms a megabyte, here a tenth of a second. A larger store waits for the
 * small hours. Deleted rows are overwritten in place (secure_delete), so emptying the journal is enough to be rid of them at once.
 */
const WIPED_AT_ONCE_BYTES = 16 * 2 ** 20
const [QUIET_FROM, QUIET_UNTIL] = ['03:00', '05:00'] as const

async function wipe(db: Db, now: Date): Promise<void> {
  const [owed] = await lookUp(db, [unwiped(db)])
  if (owed.length === 0) return
  if (db.gate.wipe) {
    const isQuiet = time(now) >= QUIET_FROM && time(now) < QUIET_UNTIL
    if (!isQuiet && (await bytesOf(db)) > WIPED_AT_ONCE_BYTES) return db.gate.wipe('journal')
    await db.gate.wipe('whole')
  }
  await together(db, [
    wiped(
      db,
      owed.map(({ id }) => id),
      now,
    ),
  ])
  await db.gate.wipe?.('journal')
}

async function bytesOf(db: Db): Promise<number> {
  const size = db
    .select({ bytes: sql<number>`pages.page_count * size.page_size` })
    .from(sql`pragma_page_count() pages, pragma_page_size() size`)
  const [[row]] = await lookUp(db, [size])
  return row?.bytes ?? 0
}
