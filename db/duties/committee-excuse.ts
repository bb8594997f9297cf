import type { Day } from '../../src/calendar.ts'
import type { Actor } from '../branches/members.ts'
import type { Branch } from '../branches/units.ts'
import { type Db, together } from '../client.ts'
import { record } from '../ledgers/audit.ts'
import { refreshScores } from '../ledgers/refresh-scores.ts'
import { committeeExcuses } from './tables.ts'

/** Lets a branch be without a committee until a day. The latest day counts. */
export const excuseCommittee = (db: Db, branch: Branch, excuse: { id: string; reason: string; until: Day }, actor: Actor, now: Date) =>
  together(db, [
    db.insert(committeeExcuses).values({ ...excuse, branch: branch.id, by: actor.id, at: now }),
    record(db, { at: now, unit: branch.unit, actor: actor.id, deed: 'committee.excuse', subject: branch.id }),
    ...refreshScores(db, { branch: branch.id, lineage: branch.lineage }, now),
  ])
