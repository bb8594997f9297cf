import { sql } from 'drizzle-orm'
import type { ElectorateKind } from '../../src/rules/ballots/electorate.ts'
import type { Question } from '../../src/rules/ballots/marks.ts'
import type { BallotUse } from '../../src/rules/ballots/uses.ts'
import type { Hands } from '../../src/rules/meeting-votes/resolutions.ts'
import type { Stander } from '../../src/rules/meeting-votes/write-ins.ts'
import { units } from '../branches/tables.ts'
import { lineage as branchLineage, committeesAbove } from '../branches/units.ts'
import { type Db, prepared, type Statement } from '../client.ts'
import { type BaseMove, movesRead } from '../gatherings/base-moves.ts'
import { type Addition, type CodeSheet, changes, type Extension } from './changes.ts'
import { leftOffTheList, leftOutInMeeting } from './moves.ts'
import { type ballotResults, ballots } from './tables.ts'

/** A ballot with its counts of people, never a count of votes: only its result has that. */
export interface BallotAsItStands {
  id: string
  unit: string
  unitLanguage: 'zh' | 'en'
  branch: string | null
  committee: string | null
  ownerName: string
  /** The committees above the owner, nearest first, the owner's own among them where it is a committee. */
  lineage: readonly string[]
  gathering: string | null
  /** The announced start and the end of the meeting in which it is voted. */
  meetingStartsAt: Date | null
  meetingEndsAt: Date | null
  use: BallotUse
  isSecret: boolean
  electorate: ElectorateKind
  title: string
  question: Question
  openedBy: string
  openerName: string
  openerOpenId: string | null
  openedAt: Date
  closesAt: Date
  publicKey: string
  /** Whether the box still holds votes. */
  isSealed: boolean
  wipedAt: Date | null
  expectedVoters: number | null
  presentVoters: number | null
  /** The number of members who may vote, and of those who have voted. */
  electors: number
  voted: number
  codes: number
  codesUsed: number
  additions: readonly Addition[]
  extensions: readonly Extension[]
  /** The people whom an exclusion or a suspended right keeps out of the base or off the list. */
  baseMoves: readonly BaseMove[]
  codeSheets: readonly CodeSheet[]
  closedAt: Date | null
  closedBy: string | null
  cancelledAt: Date | null
  cancelReason: string | null
  result: BallotResult | null
  /** The people of the branch when an election opened, to whom written-in names are matched. */
  standers: readonly Stander[] | null
  /** The written views of absent voters on a resolution; the counts of its result have them in their sums. */
  views: Hands | null
}

export type BallotResult = Omit<typeof ballotResults.$inferSelect, 'ballot' | 'receipts'>

/** One person's part in a ballot. */
export interface OwnVote {
  isElector: boolean
  /** The person can cast a vote now: an elector who still has the right. */
  mayVote: boolean
  hasVoted: boolean
  /** The person's branch when the list was made. */
  branch: string | null
}

const date = (ms: number | null) => (ms === null ? null : new Date(ms))
const moment = (column: ReturnType<typeof sql>) => sql`${column}`.mapWith(date) as ReturnType<typeof sql<Date | null>>

const columns = {
  id: ballots.id,
  unit: ballots.unit,
  unitLanguage: units.language,
  branch: ballots.branch,
  committee: ballots.committee,
  ownerName: sql<string>`coalesce(branches.name, committees.name)`,
  lineage: sql<string[]>`case when "ballots"."branch" is not null then ${branchLineage.getSQL()}
    else (select json_group_array(id) from (select id from ${committeesAbove(sql`"ballots"."committee"`)} order by depth)) end`.mapWith(
    (json: string) => JSON.parse(json) as string[],
  ),
  gathering: ballots.gathering,
  meetingStartsAt: moment(sql`(select g.starts_at from gatherings g where g.id = "ballots"."gathering")`),
  meetingEndsAt: moment(sql`(select g.ends_at from gatherings g where g.id = "ballots"."gathering")`),
  use: ballots.use,
  isSecret: ballots.isSecret,
  electorate: ballots.electorate,
  title: ballots.title,
  question: ballots.question,
  openedBy: ballots.openedBy,
  openerName: sql<string>`(select m.name from members m where m.id = "ballots"."opened_by")`,
  openerOpenId: sql<string | null>`(select m.open_id from members m where m.id = "ballots"."opened_by" and m.left_on is null)`,
  openedAt: ballots.openedAt,
  closesAt: ballots.closesAt,
  publicKey: ballots.publicKey,
  isSealed: sql<boolean>`"ballots"."wrapped_key" is not null`.mapWith((is: number) => is === 1),
  wipedAt: ballots.wipedAt,
  expectedVoters: ballots.expectedVoters,
  presentVoters: ballots.presentVoters,
  electors: sql<number>`(select count(*) from electorates e where e.ballot = "ballots"."id")`,
  voted: sql<number>`(select count(*) from turnout t where t.ballot = "ballots"."id")`,
  codes: sql<number>`(select count(*) from ballot_codes c where c.ballot = "ballots"."id")`,
  codesUsed: sql<number>`(select count(*) from ballot_codes c where c.ballot = "ballots"."id" and c.is_used)`,
  ...changes,
  baseMoves: movesRead(sql`case when "ballots"."gathering" is null then ${leftOffTheList} else ${leftOutInMeeting} end`),
  closedAt: moment(sql`(select c.at from ballot_closures c where c.ballot = "ballots"."id")`),
  closedBy: sql<string | null>`(select c.by from ballot_closures c where c.ballot = "ballots"."id")`,
  cancelledAt: moment(sql`(select c.at from ballot_cancellations c where c.ballot = "ballots"."id")`),
  cancelReason: sql<string | null>`(select c.reason from ballot_cancellations c where c.ballot = "ballots"."id")`,
  standers: sql`(select e.standers from elections e where e.ballot = "ballots"."id")`.mapWith((json: string | null) =>
    json === null ? null : (JSON.parse(json) as Stander[]),
  ) as ReturnType<typeof sql<Stander[] | null>>,
  views: sql`(select r.views from resolutions r where r.ballot = "ballots"."id")`.mapWith((json: string | null) =>
    json === null ? null : (JSON.parse(json) as Hands),
  ) as ReturnType<typeof sql<Hands | null>>,
  result:
    sql<BallotResult | null>`(select json_object('outcome', r.outcome, 'countedAt', r.counted_at, 'expected', r.expected, 'voted', r.voted,
    'codes', r.codes, 'codesUsed', r.codes_used, 'tally', json(r.tally), 'faults', json(r.faults), 'leftOut', r.left_out, 'edition', r.edition) from ballot_results r where r.ballot = "ballots"."id")`.mapWith(
      (json: string | null) => (json === null ? null : resultOf(JSON.parse(json))),
    ) as ReturnType<typeof sql<BallotResult | null>>,
}

const resultOf = (row: Omit<BallotResult, 'countedAt'> & { countedAt: number }): BallotResult => ({
  ...row,
  countedAt: new Date(row.countedAt),
})

/** Both joins may find nothing: a ballot belongs to a branch or to a committee. */
const stateOf = (db: Db) =>
  db
    .select(columns)
    .from(ballots)
    .innerJoin(units, sql`${units.id} = ${ballots.unit}`)
    .leftJoin(sql`branches`, sql`branches.id = ${ballots.branch}`)
    .leftJoin(sql`committees`, sql`committees.id = ${ballots.committee}`)

const ballotRow = prepared<BallotAsItStands[], { ballot: string }>((db) =>
  stateOf(db).where(sql`${ballots.id} = ${sql.placeholder('ballot')}`),
)

const only = <T>(statement: Statement<T[]>): Statement<T | undefined> => ({
  ...statement,
  map: (result) => statement.map(result)[0],
})

export const ballotAsItStands = (db: Db, ballot: string): Statement<BallotAsItStands | undefined> => only(ballotRow(db, { ballot }))

/**
 * A condition on member `m` and ballot `b`: the member still has the vote. They are on the roster, and in the branch of a branch's ballot.
 * They are full members where only those vote.
 */
export const stillVotes = sql`m.left_on is null and (b.branch is null or m.branch = b.branch)
  and (m.stage = 'full' or (b."use" not in ('resolution', 'election') and m.stage = 'probationer'))`

const ownColumns = (ballot: ReturnType<typeof sql>) => ({
  isElector: sql<boolean>`exists (select 1 from electorates e where e.ballot = ${ballot} and e.member = m.id)`.mapWith(Boolean),
  mayVote: sql<boolean>`exists (select 1 from electorates e join ballots b on b.id = e.ballot where e.ballot = ${ballot} and e.member = m.id
    and ${stillVotes})`.mapWith(Boolean),
  hasVoted: sql<boolean>`exists (select 1 from turnout t where t.ballot = ${ballot} and t.member = m.id)`.mapWith(Boolean),
  branch: sql<string | null>`(select e.branch from electorates e where e.ballot = ${ballot} and e.member = m.id)`,
})

const nobody: OwnVote = { isElector: false, mayVote: false, hasVoted: false, branch: null }

const ofPerson = prepared<OwnVote[], { ballot: string; tenantKey: string; openId: string }>((db) =>
  db
    .select(ownColumns(sql`${sql.placeholder('ballot')}`))
    .from(sql`members m`)
    .where(
      sql`m.unit = (select id from units where tenant_key = ${sql.placeholder('tenantKey')}) and m.open_id = ${sql.placeholder('openId')} and m.left_on is null`,
    ),
)

export function ownVote(db: Db, ballot: string, person: { tenantKey: string; openId: string }): Statement<OwnVote> {
  const statement = only(ofPerson(db, { ballot, ...person }))
  return { ...statement, map: (result) => statement.map(result) ?? nobody }
}

const ofMember = prepared<OwnVote[], { ballot: string; member: string }>((db) =>
  db
    .select(ownColumns(sql`${sql.placeholder('ballot')}`))
    .from(sql`members m`)
    .where(sql`m.id = ${sql.placeholder('member')}`),
)

/** The same for a member by id, for a card that is theirs. */
export function voteOfMember(db: Db, ballot: string, member: string): Statement<OwnVote> {
  const statement = only(ofMember(db, { ballot, member }))
  return { ...statement, map: (result) => statement.map(result) ?? nobody }
}

const isOver = sql`exists (select 1 from ballot_closures c where c.ballot = "ballots"."id")
  or exists (select 1 from ballot_cancellations c where c.ballot = "ballots"."id")`

/** The open ballots of a branch or a committee, the one that closes first before the others. */
export const openBallots = (db: Db, owner: { branch: string } | { committee: string }) =>
  stateOf(db)
    .where(
      sql`not (${isOver}) and ${'branch' in owner ? sql`${ballots.branch} = ${owner.branch}` : sql`${ballots.committee} = ${owner.committee}`}`,
    )
    .orderBy(ballots.closesAt, ballots.id)
    .limit(20)

/** The ballots on which a member has yet to vote. */
export const waitingForVote = (db: Db, member: string) =>
  db
    .select({ id: ballots.id, title: ballots.title, use: ballots.use, closesAt: ballots.closesAt })
    .from(ballots)
    .where(
      sql`not (${isOver}) and exists (select 1 from electorates e join ballots b on b.id = e.ballot join members m on m.id = e.member
        where e.ballot = ${ballots.id} and e.member = ${member} and ${stillVotes})
        and not exists (select 1 from turnout t where t.ballot = ${ballots.id} and t.member = ${member})`,
    )
    .orderBy(ballots.closesAt, ballots.id)
    .limit(10)
