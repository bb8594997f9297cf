import { closeBallot } from '../../db/ballots/close.ts'
import { dueToClose } from '../../db/ballots/voter-cards.ts'
import { type Db, lookUp, statementOf } from '../../db/client.ts'
import { CLOCK } from '../../db/ledgers/audit.ts'
import { Refusal } from '../refusal.ts'
import { eachOf } from './each.ts'
import type { Job } from './job.ts'

/** A vote pressed in time may still be on its way into the store, but no longer than this. */
const ON_THE_WAY_MS = 5_000

/** The clock closes a ballot whose time is over, as of the moment it was to close. The votes are counted behind it. */
export const closeBallots: Job = async ({ db, now }) => {
  const [over] = await lookUp(db, [ballotsOver(db, now)])
  await eachOf(over, ({ closesAt, ...ballot }) => closeBallot(db, ballot, CLOCK, new Date(closesAt)).catch(someoneElseDid))
}

export const ballotsOver = (db: Db, now: Date) => statementOf(dueToClose(db, new Date(now.getTime() - ON_THE_WAY_MS)))

/** A refusal means that a press closed or cancelled it at the same moment. */
function someoneElseDid(error: unknown) {
  if (!(error instanceof Refusal)) throw error
}
