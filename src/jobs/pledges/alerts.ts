import type { Branch } from '../../../db/branches/units.ts'
import type { Db } from '../../../db/client.ts'
import type { Alert } from '../../../db/duties/alerts.ts'
import { pledgeLines } from '../../../db/pledges/waiting.ts'
import { day } from '../../calendar.ts'

/** The lines about pledges in today's digest: two reads a lot, whoever is in it. */
export async function pledgeAlerts(db: Db, branches: readonly Branch[], now: Date): Promise<Alert[]> {
  const lines = await pledgeLines(db, { branches: branches.map(({ id }) => id) }, now)
  return lines.map(({ branch, person, part, period, step }) => ({ branch, part, period, step, person, toldOn: day(now) }))
}
