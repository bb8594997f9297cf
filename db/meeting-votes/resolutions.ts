import { sql } from 'drizzle-orm'
import type { Hands, Matter } from '../../src/rules/meeting-votes/resolutions.ts'
import { type BallotThere, type BallotThereRow, ballotThere, ballotThereOf } from '../ballots/state-in-meeting.ts'

/** As the cards of its meeting show it. */
export interface ResolutionThere {
  id: string
  words: string
  matter: Matter
  expectedVoters: number
  presentVoters: number
  /** What came out; null while it is voted on by card, and where that is withheld or cancelled. */
  votes: Hands | null
  ballot: BallotThere | null
  /** Who opened the vote, or entered the hands: the last who did. */
  byName: string
  at: Date
}

export interface ResolutionRow {
  nth: number
  id: string
  words: string
  matter: Matter
  expectedVoters: number
  presentVoters: number
  approvals: number | null
  against: number | null
  abstained: number | null
  byName: string
  at: number
  ballot: BallotThereRow | null
}

/** Of the gathering in the row. */
export const resolutionsJson = sql`(select json_group_array(json_object('nth', r.rowid, 'id', r.id, 'words', r.words, 'matter', r.matter,
  'expectedVoters', r.expected_voters, 'presentVoters', r.present_voters, 'approvals', r.approvals, 'against', r.against,
  'abstained', r.abstained, 'byName', m.name, 'at', r.at, 'ballot', ${ballotThere(sql`r.ballot`)}))
  from resolutions r join members m on m.id = r."by" where r.gathering = "gatherings"."id")`

/** In the order in which they were voted on. */
export const resolutionsOf = (rows: readonly ResolutionRow[]): ResolutionThere[] =>
  rows
    .toSorted((a, b) => a.nth - b.nth)
    .map(({ nth: _, approvals, against, abstained, ballot: row, at, ...it }) => {
      const ballot = ballotThereOf(row)
      const { for: approved = 0, against: rejected = 0, abstain = 0 } = ballot?.tally?.counts['1'] ?? {}
      const byCard = ballot?.tally ? { for: approved, against: rejected, abstain } : null
      const byHands = approvals === null ? null : { for: approvals, against: against ?? 0, abstain: abstained ?? 0 }
      return {
        ...it,
        at: new Date(at),
        ballot,
        presentVoters: ballot?.presentVoters ?? it.presentVoters,
        votes: ballot ? byCard : byHands,
      }
    })
