import type { Branch } from '../../../db/branches/units.ts'
import { type Db, lookUp } from '../../../db/client.ts'
import type { Alert } from '../../../db/duties/alerts.ts'
import { recordsLyingIn } from '../../../db/papers/records.ts'
import { day } from '../../calendar.ts'
import { repeatedUpTo } from '../../rules/talks/reminders.ts'

/** A request to confirm a short record is repeated once, in the digest, when it has waited five working days. */
export async function recordAlerts(db: Db, branches: readonly Branch[], now: Date): Promise<Alert[]> {
  const ids = branches.map(({ id }) => id)
  const [lying] = await lookUp(db, [recordsLyingIn(db, ids, repeatedUpTo(now))])
  return lying.map(({ id, branch, on, person }) => ({ branch, part: `record ${id}`, period: on, step: 0, person, toldOn: day(now) }))
}
