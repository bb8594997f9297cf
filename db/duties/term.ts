import { sql } from 'drizzle-orm'
import { type Day, day } from '../../src/calendar.ts'
import { outcomeOf } from '../../src/rules/meeting-votes/elections.ts'
import { matched } from '../../src/rules/meeting-votes/write-ins.ts'
import type { Actor } from '../branches/members.ts'
import { branches } from '../branches/tables.ts'
import type { Branch } from '../branches/units.ts'
import { type Db, lookUp, together } from '../client.ts'
import { closures, gatherings } from '../gatherings/tables.ts'
import { record } from '../ledgers/audit.ts'
import { refreshScores } from '../ledgers/refresh-scores.ts'
import { elections } from '../meeting-votes/tables.ts'
import { attestations } from './tables.ts'

/** A counted election of a held meeting in which somebody was elected. */
export interface Elected {
  id: string
  title: string
  on: Day
}

const MOST_OFFERED = 10

export async function electionsOf(db: Db, branch: string): Promise<Elected[]> {
  const [rounds] = await lookUp(db, [
    db
      .select({
        id: elections.id,
        title: elections.title,
        after: elections.after,
        seats: elections.seats,
        expectedVoters: elections.expectedVoters,
        presentVoters: elections.presentVoters,
        nominees: elections.nominees,
        entered: elections.sheet,
        standers: elections.standers,
        ballot: elections.ballot,
        startsAt: gatherings.startsAt,
      })
      .from(elections)
      .innerJoin(gatherings, sql`${gatherings.id} = ${elections.gathering}`)
      .innerJoin(closures, sql`${closures.gathering} = ${gatherings.id}`)
      .where(sql`${elections.branch} = ${branch}`)
      .orderBy(sql`${gatherings.startsAt} desc`, elections.id),
  ])
  const matching = rounds.map(({ entered, standers, ballot, ...round }) => ({
    ...round,
    sheet: entered && { ...entered, writeIns: matched(entered.writeIns, standers, ballot !== null) },
  }))
  return matching
    .filter((round) => {
      const outcome = outcomeOf(round, matching)
      return outcome?.is === 'counted' && outcome.elected.length > 0
    })
    .slice(0, MOST_OFFERED)
    .map(({ id, title, startsAt }) => ({ id, title, on: day(startsAt) }))
}

/** The start and the years of the term in force, and the last day given on paper that still waits. */
export const termOf = (db: Db, branch: string) =>
  db
    .select({
      startedOn: branches.termStartedOn,
      years: branches.termYears,
      confirmedOn: sql<Day | null>`(select max(a.on_day) from ${attestations} a where a.branch = branches.id and a.part = '4.term'
        and a.confirmed_at is not null and a.withdrawn_at is null)`,
      waitingOn: sql<Day | null>`(select max(a.on_day) from ${attestations} a where a.branch = branches.id and a.part = '4.term'
        and a.confirmed_at is null and a.refused_at is null and a.withdrawn_at is null)`,
    })
    .from(branches)
    .where(sql`${branches.id} = ${branch}`)

/** An election of ours proves the term; nobody has to confirm what our own records hold. */
export const startTerm = (db: Db, branch: Branch, { id, on }: Elected, actor: Actor, now: Date) =>
  together(db, [
    db.update(branches).set({ termStartedOn: on }).where(sql`${branches.id} = ${branch.id}`),
    record(db, { at: now, unit: branch.unit, actor: actor.id, deed: 'term.start', subject: id }),
    ...refreshScores(db, { branch: branch.id, lineage: branch.lineage }, now),
  ])
