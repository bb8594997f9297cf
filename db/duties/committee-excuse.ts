import { sql } from 'drizzle-orm'
import type { Day } from '../../src/calendar.ts'
import type { Actor } from '../branches/members.ts'
import type { Branch } from '../branches/units.ts'
import { type Db, type Statement, together } from '../client.ts'
import { record } from '../ledgers/audit.ts'
import { refreshScores } from '../ledgers/refresh-scores.ts'
import { committeeExcuses } from './tables.ts'

/** The excuse that counts, and who gave it. */
export const excuseOf = (db: Db, branch: string) =>
  db
    .select({
      until: committeeExcuses.until,
      reason: committeeExcuses.reason,
      byName: sql<string>`(select m.name from members m where m.id = ${committeeExcuses.by})`,
    })
    .from(committeeExcuses)
    .where(sql`${committeeExcuses.branch} = ${branch}`)
    .orderBy(sql`${committeeExcuses.until} desc, ${committeeExcuses.at} desc`)
    .limit(1)

/** Lets a branch be without a committee until a day. The latest day counts. */
export const excuseCommittee = (
  db: Db,
  branch: Branch,
  excuse: { id: string; reason: string; until: Day },
  notes: readonly Statement[],
  actor: Actor,
  now: Date,
) =>
  together(db, [
    db.insert(committeeExcuses).values({ ...excuse, branch: branch.id, by: actor.id, at: now }),
    record(db, { at: now, unit: branch.unit, actor: actor.id, deed: 'committee.excuse', subject: branch.id }),
    ...notes,
    ...refreshScores(db, { branch: branch.id, lineage: branch.lineage }, now),
  ])
