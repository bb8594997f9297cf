import { type SQL, sql } from 'drizzle-orm'
import type { Day } from '../../src/calendar.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { isCarried } from '../../src/rules/gatherings/quorum.ts'
import { outcomeOf } from '../../src/rules/meeting-votes/elections.ts'
import type { Db, Statement } from '../client.ts'
import { statementOf } from '../client.ts'
import type { GatheringAsItStands } from '../gatherings/state.ts'
import { votesStand } from '../gatherings/voters.ts'
import { stands } from '../gatherings/work/in-force.ts'

const columns = {
  id: sql<string>`d.id`,
  nth: sql<number>`d.nth`,
  /** Null where the words stand on paper alone. */
  words: sql<string | null>`d.words`,
  resolution: sql<string | null>`d.resolution`,
  election: sql<string | null>`d.election`,
  owner: sql<string | null>`d.owner`,
  ownerName: sql<string | null>`(select m.name from members m where m.id = d.owner)`,
  dueOn: sql<Day | null>`d.due_on`,
  isPublished: sql`d.public_at is not null`.mapWith(Boolean) as SQL<boolean>,
  /** The state of its task; null where it has none, or it is not in force. */
  task: sql<
    'open' | 'done' | 'dropped' | null
  >`(select case when t.dropped_at is not null then 'dropped' when t.done_at is not null then 'done'
    else 'open' end from tasks t where t.origin = 'decision' and t.origin_id = d.id and ${stands})`,
}

const selected = (db: Db) => db.select(columns).from(sql`decisions d`)
export type DecisionWritten = Awaited<ReturnType<typeof selected>>[number]

/** The decisions that were written down for a branch's part in a meeting, without those struck. */
export const decisionsWritten = (db: Db, gathering: string, branch: string): Statement<DecisionWritten[]> =>
  statementOf(selected(db).where(sql`d.gathering = ${gathering} and d.branch = ${branch} and d.struck_at is null`).orderBy(sql`d.nth`))

/** A vote that is a decision by itself. Somebody may be given it to do; then it is a row as well. */
export interface VoteDecided {
  vote: 'resolution' | 'election'
  id: string
  words: string
}

type Votes = Pick<GatheringAsItStands, 'resolutions' | 'elections' | 'branch'> & Parameters<typeof votesStand>[0]

/** The resolutions that were carried and the elections that filled a seat. Votes without enough voters present decide nothing. */
export function votesDecided(it: Votes): VoteDecided[] {
  if (votesStand(it) === false) return []
  const carried = it.resolutions.filter(
    ({ votes, expectedVoters, presentVoters }) => votes && isCarried({ expectedVoters, presentVoters, approvals: votes.for }),
  )
  const filled = it.elections.filter((one) => {
    const outcome = outcomeOf(one, it.elections)
    return outcome?.is === 'counted' && outcome.elected.length > 0
  })
  return [
    ...carried.map(({ id, words }): VoteDecided => ({ vote: 'resolution', id, words })),
    ...filled.map(({ id, title }): VoteDecided => ({ vote: 'election', id, words: title })),
  ]
}

/** The decisions as written, and votes that nobody wrote. A vote that was corrected since is overturned. Branches that joined hold no votes. */
export interface Decided {
  written: (DecisionWritten & { isOverturned?: boolean })[]
  votes: VoteDecided[]
}

export function decidedIn(it: Votes, branch: string, written: readonly DecisionWritten[]): Decided {
  const votes = branch === it.branch ? votesDecided(it) : []
  const voteOf = ({ resolution, election }: DecisionWritten) => resolution ?? election
  return {
    written: written.map((one) => {
      const vote = voteOf(one)
      return vote !== null && !votes.some(({ id }) => id === vote) ? { ...one, isOverturned: true } : one
    }),
    votes: votes.filter(({ id }) => !written.some((one) => voteOf(one) === id)),
  }
}

export const countOf = ({ written, votes }: Decided): number => written.length + votes.length

/** The part that the branch may see: a committee's decisions are its own until they are made public. Votes stand on the meeting's card anyway. */
export const openToBranch = (it: Pick<GatheringAsItStands, 'kind'>, { written, votes }: Decided): Decided => ({
  written: gatheringKinds[it.kind].roster === 'committee' ? written.filter(({ isPublished }) => isPublished) : written,
  votes,
})
