import type { Branch } from '../../../db/branches/units.ts'
import { type Db, lookUp } from '../../../db/client.ts'
import type { Alert } from '../../../db/duties/alerts.ts'
import { waitingAmong } from '../../../db/voices/waiting.ts'
import { day } from '../../calendar.ts'
import { addWorkdays } from '../../rules/time/workdays.ts'

/** A voice is news to its answerers the morning after it came. It is once more around the day of its promise. */
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
