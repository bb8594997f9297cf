import type { Branch } from '../../../db/branches/units.ts'
import { type Db, lookUp } from '../../../db/client.ts'
import type { Alert } from '../../../db/duties/alerts.ts'
import { waitingAmong } from '../../../db/voices/waiting.ts'
import { day } from '../../calendar.ts'
import { addWorkdays } from '../../rules/time/workdays.ts'

/** A voice is news to its answerers on the morning after it came, the working day before its promise, and the one behind it. */
export async function voiceAlerts(db: Db, branches: readonly Branch[], now: Date): Promise<Alert[]> {
  const today = day(now)
  const [waiting] = await lookUp(db, [
    waitingAmong(
      db,
      branches.map(({ id }) => id),
    ),
  ])
  return waiting
    .filter(({ cameOn }) => cameOn < today)
    .map(({ voice, branch, promisedOn, person }) => ({
      branch,
      part: `voice ${voice}`,
      period: promisedOn,
      step: today > promisedOn ? 2 : today >= addWorkdays(promisedOn, -1) ? 1 : 0,
      person,
      toldOn: today,
    }))
}
