import { type SQL, sql } from 'drizzle-orm'
import type { BallotOutcome } from '../../src/rules/ballots/outcome.ts'
import type { CircleTally } from '../../src/rules/ballots/tally.ts'
import type { MatchedSheet, Nominee, TallySheet } from '../../src/rules/meeting-votes/elections.ts'
import type { Hands, Matter } from '../../src/rules/meeting-votes/resolutions.ts'
import type { PaperSheet } from '../../src/rules/meeting-votes/tally-sheet.ts'
import { matched, type Stander } from '../../src/rules/meeting-votes/write-ins.ts'
import { withViews } from '../../src/rules/meeting-votes/written-views.ts'

/** A ballot as the cards of its meeting show it: no count before it is closed and counted. */
interface BallotThere {
  id: string
  isSecret: boolean
  state: 'open' | 'counting' | 'cancelled' | BallotOutcome
  electors: number
  voted: number
  /** The voters present at the opening, and those added since. */
  presentVoters: number
  tally: CircleTally | null
}

interface BallotThereRow {
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

/** The SQL value for `json_object` that describes the ballot named in a column. */
const ballotThere = (ballot: SQL) => sql`json((select json_object('id', there.id, 'isSecret', there.is_secret,
  'isClosed', exists (select 1 from ballot_closures c where c.ballot = there.id),
  'isCancelled', exists (select 1 from ballot_cancellations c where c.ballot = there.id),
  'electors', (select count(*) from electorates c where c.ballot = there.id), 'voted', (select count(*) from turnout c where c.ballot = there.id),
  'presentVoters', there.present_voters, 'outcome', counted.outcome, 'tally', json(counted.tally -> '$.members'))
  from ballots there left join ballot_results counted on counted.ballot = there.id where there.id = ${ballot}))`

function ballotThereOf(row: BallotThereRow | null): BallotThere | null {
  if (row === null) return null
  const { id, electors, voted, presentVoters, outcome, tally } = row
  const state = row.isCancelled ? 'cancelled' : (outcome ?? (row.isClosed ? 'counting' : 'open'))
  return { id, isSecret: row.isSecret === 1, state, electors, voted, presentVoters, tally: outcome === 'counted' ? tally : null }
}

/** A resolution as the cards of its meeting show it. */
export interface ResolutionThere {
  id: string
  words: string
  matter: Matter
  expectedVoters: number
  presentVoters: number
  /** The result; null while the vote is open, and where it is withheld or cancelled. */
  votes: Hands | null
  ballot: BallotThere | null
  /** Null while the vote is not open: written views are handed in for it. */
  manner: 'card' | 'hands' | 'paper' | null
  /** The written views of absent voters; `votes` has them in its sums. */
  views: Hands | null
  paper: PaperThere | null
  /** The person who opened the vote or entered the figures, the last of them. */
  by: string
  byName: string
  byOpenId: string | null
  at: Date
}

/** A count on paper; it is a result once the scrutineer has confirmed it. */
interface PaperThere extends PaperSheet {
  at: number
  scrutineer: string
  scrutineerName: string
  confirmedAt: number | null
}

interface ResolutionRow {
  nth: number
  id: string
  words: string
  matter: Matter
  expectedVoters: number
  presentVoters: number
  approvals: number | null
  against: number | null
  abstained: number | null
  manner: ResolutionThere['manner']
  views: Hands | null
  paper: PaperThere | null
  by: string
  byName: string
  byOpenId: string | null
  at: number
  ballot: BallotThereRow | null
}

/** The resolutions of the gathering in the row. */
export const resolutionsJson = sql`(select json_group_array(json_object('nth', r.rowid, 'id', r.id, 'words', r.words, 'matter', r.matter,
  'expectedVoters', r.expected_voters, 'presentVoters', r.present_voters, 'approvals', r.approvals, 'against', r.against,
  'abstained', r.abstained, 'manner', r.manner, 'views', json(r.views), 'paper', json((select json_set(r.paper, '$.at', r.paper_at,
  '$.scrutineer', s.id, '$.scrutineerName', s.name, '$.confirmedAt', r.confirmed_at) from members s where s.id = r.scrutineer)),
  'by', m.id, 'byOpenId', case when m.left_on is null then m.open_id end, 'byName', m.name, 'at', r.at, 'ballot', ${ballotThere(sql`r.ballot`)}))
  from resolutions r join members m on m.id = r."by" where r.gathering = "gatherings"."id")`

/** The rows come in the order of the votes. */
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
        votes: ballot ? byCard : it.paper ? onPaper(it.paper, it.views) : byHands,
      }
    })

/** Figures that nobody has confirmed, or that are void, are no result. */
const onPaper = ({ confirmedAt, votes }: PaperThere, views: Hands | null): Hands | null =>
  confirmedAt === null || !votes ? null : withViews(votes, views)

/** The subject of the host's cards about an election. It is not the meeting's, so a form on them is not refreshed with every check-in. */
export const electionSubject = (election: string) => `election ${election}`

/** One vote of an election as the cards of its meeting show it; it may follow another. */
export interface ElectionThere {
  id: string
  title: string
  after: string | null
  seats: number
  /** The nominees in the stroke order of their surnames. */
  nominees: Nominee[]
  scrutineers: Nominee[]
  tellers: Nominee[]
  expectedVoters: number
  presentVoters: number
  /** The tally, entered by the host or counted from the ballot; null until then. */
  sheet: MatchedSheet | null
  /** The tally as it was entered, with the tellers' answers. */
  entered: TallySheet | null
  sheetByName: string | null
  /** The people of the branch at the opening; null in an election that was opened before they were kept. */
  standers: Stander[] | null
  ballot: BallotThere | null
}

interface ElectionRow extends Omit<ElectionThere, 'ballot' | 'sheet'> {
  nth: number
  ballot: BallotThereRow | null
}

/** The elections of the gathering in the row. */
export const electionsJson = sql`(select json_group_array(json_object('nth', e.rowid, 'id', e.id, 'title', e.title, 'after', e."after",
  'seats', e.seats, 'nominees', json(e.nominees), 'scrutineers', json(e.scrutineers), 'tellers', json(e.tellers),
  'expectedVoters', e.expected_voters, 'presentVoters', e.present_voters, 'entered', json(e.sheet), 'standers', json(e.standers),
  'sheetByName', (select m.name from members m where m.id = e.sheet_by), 'ballot', ${ballotThere(sql`e.ballot`)}))
  from elections e where e.gathering = "gatherings"."id")`

/** The rows come in the order of the votes. */
export const electionsOf = (rows: readonly ElectionRow[]): ElectionThere[] =>
  rows
    .toSorted((a, b) => a.nth - b.nth)
    .map(({ nth: _, ...it }) => {
      const ballot = ballotThereOf(it.ballot)
      const sheet = ballot ? ballot.tally && sheetFrom(it.nominees, ballot, ballot.tally) : it.entered
      return {
        ...it,
        ballot,
        presentVoters: ballot?.presentVoters ?? it.presentVoters,
        sheet: sheet && { ...sheet, writeIns: matched(sheet.writeIns, it.standers, ballot !== null) },
      }
    })

/** The tally of a ballot, as the tellers would have written it. Each voter hands in one ballot, and a wrong one cannot be cast. */
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

/** True when another round has gone by it, and was not called off. */
export const isFollowed = (id: string, all: readonly ElectionThere[]): boolean =>
  all.some(({ after, ballot }) => after === id && ballot?.state !== 'cancelled')
