import { sql } from 'drizzle-orm'
import type { Period } from '../../src/calendar.ts'
import { type Db, inList } from '../client.ts'
import { attestations } from './tables.ts'

/** The attestations in force, for a closed quarter: neither refused nor withdrawn. */
export const attestedIn = (db: Db, among: readonly string[], periods: readonly Period[]) =>
  db
    .select({
      id: attestations.id,
      branch: attestations.branch,
      part: attestations.part,
      subject: attestations.subject,
      period: attestations.period,
      on: attestations.on,
      isConfirmed: sql<boolean>`${attestations.confirmedAt} is not null`.mapWith((is: number) => is === 1),
    })
    .from(attestations)
    .where(
      sql`${attestations.branch} in ${inList(among)}
        and ${attestations.period} in ${inList(periods)}
        and ${attestations.refusedAt} is null and ${attestations.withdrawnAt} is null`,
    )
