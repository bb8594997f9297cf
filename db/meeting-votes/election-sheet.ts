import { sql } from 'drizzle-orm'
import type { CircleTally } from '../../src/rules/ballots/tally.ts'
import type { Nominee, TallySheet } from '../../src/rules/meeting-votes/elections.ts'
import { type BallotThere, type BallotThereRow, ballotThere, ballotThereOf } from '../ballots/state-in-meeting.ts'

/** What the host's cards about it are known by: not by the meeting, so that a form on them is not refreshed with every check-in. */
export const electionSubject = (election: string) => `election ${election}`

/** As the cards of its meeting show it: one vote, which may follow another. */
export interface ElectionThere {
  id: string
  title: string
  after: string | null
  seats: number
  /** In the order of their surnames' strokes. */
  nominees: Nominee[]
  scrutineers: Nominee[]
  tellers: Nominee[]
  expectedVoters: number
  presentVoters: number
  /** Entered by the host, or counted from the ballot; null until then. */
  sheet: TallySheet | null
  sheetByName: string | null
  ballot: BallotThere | null
}

export interface ElectionRow extends Omit<ElectionThere, 'ballot'> {
  nth: number
  ballot: BallotThereRow | null
}

/** Of the gathering in the row. */
export const electionsJson = sql`(select json_group_array(json_object('nth', e.rowid, 'id', e.id, 'title', e.title, 'after', e."after",
  'seats', e.seats, 'nominees', json(e.nominees), 'scrutineers', json(e.scrutineers), 'tellers', json(e.tellers),
  'expectedVoters', e.expected_voters, 'presentVoters', e.present_voters, 'sheet', json(e.sheet),
  'sheetByName', (select m.name from members m where m.id = e.sheet_by), 'ballot', ${ballotThere(sql`e.ballot`)}))
  from elections e where e.gathering = "gatherings"."id")`

/** In the order in which they were voted. */
export const electionsOf = (rows: readonly ElectionRow[]): ElectionThere[] =>
  rows
    .toSorted((a, b) => a.nth - b.nth)
    .map(({ nth: _, ...it }) => {
      const ballot = ballotThereOf(it.ballot)
      if (!ballot) return { ...it, ballot }
      return { ...it, ballot, presentVoters: ballot.presentVoters, sheet: ballot.tally && sheetFrom(it.nominees, ballot, ballot.tally) }
    })

/** What a ballot came to, as the tellers would have written it: each voter has one, and none that is not filled in right is taken. */
const sheetFrom = (nominees: readonly Nominee[], { electors, voted }: BallotThere, { counts, writeIns }: CircleTally): TallySheet => ({
  handedOut: electors,
  returned: voted,
  invalid: 0,
  votes: nominees.map((_, nth) => {
    const { for: approved = 0, against = 0, abstain = 0 } = counts[String(nth + 1)] ?? {}
    return { for: approved, against, abstain }
  }),
  writeIns: Object.entries(writeIns).flatMap(([name, votes]) => (name === '' ? [] : [{ name, for: votes }])),
})

/** Whether another round has gone by it, and was not called off. */
export const isFollowed = (id: string, all: readonly ElectionThere[]): boolean =>
  all.some(({ after, ballot }) => after === id && ballot?.state !== 'cancelled')
