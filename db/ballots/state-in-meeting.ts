import { type SQL, sql } from 'drizzle-orm'
import type { CircleTally } from '../../src/rules/ballots/tally.ts'
import type { BallotOutcome } from './tables.ts'

/** A ballot as the cards of its meeting show it: never a count before it is closed and counted. */
export interface BallotThere {
  id: string
  isSecret: boolean
  state: 'open' | 'counting' | 'cancelled' | BallotOutcome
  electors: number
  voted: number
  /** Who was there when it was opened, and who was added since. */
  presentVoters: number
  tally: CircleTally | null
}

export interface BallotThereRow {
  id: string
  isSecret: number
  isClosed: number
  isCancelled: number
  electors: number
  voted: number
  presentVoters: number
  outcome: BallotOutcome | null
  tally: CircleTally | null
}

/** For a column of another table that names a ballot, as a value of `json_object`. */
export const ballotThere = (ballot: SQL) => sql`json((select json_object('id', there.id, 'isSecret', there.is_secret,
  'isClosed', exists (select 1 from ballot_closures c where c.ballot = there.id),
  'isCancelled', exists (select 1 from ballot_cancellations c where c.ballot = there.id),
  'electors', (select count(*) from electorates c where c.ballot = there.id), 'voted', (select count(*) from turnout c where c.ballot = there.id),
  'presentVoters', there.present_voters, 'outcome', counted.outcome, 'tally', json(counted.tally -> '$.members'))
  from ballots there left join ballot_results counted on counted.ballot = there.id where there.id = ${ballot}))`

export function ballotThereOf(row: BallotThereRow | null): BallotThere | null {
  if (row === null) return null
  const { id, electors, voted, presentVoters, outcome, tally } = row
  const state = row.isCancelled ? 'cancelled' : (outcome ?? (row.isClosed ? 'counting' : 'open'))
  return { id, isSecret: row.isSecret === 1, state, electors, voted, presentVoters, tally: outcome === 'counted' ? tally : null }
}
