import { sql } from 'drizzle-orm'
import type { LeaveReason } from '../../src/rules/gatherings/leaves.ts'
import { isCarried } from '../../src/rules/gatherings/quorum.ts'
import { isRunOff, outcomeOf } from '../../src/rules/meeting-votes/elections.ts'
import { sumOfViews } from '../../src/rules/meeting-votes/written-views.ts'
import { creditsOf, partOf } from '../../src/rules/standards/standards.ts'
import type { MinuteDecision, MinuteElection, MinuteFacts, MinuteVote } from '../../src/rules/work/minutes-facts.ts'
import { type Db, lookUp, statementOf } from '../client.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../gatherings/state.ts'
import { votesStand } from '../gatherings/voters.ts'
import type { ElectionThere, ResolutionThere } from '../gatherings/votes-held.ts'
import { isLookedAtIn, stands } from '../gatherings/work/in-force.ts'
import { CLOCK } from '../ledgers/audit.ts'
import { type DecisionWritten, decidedIn, decisionsWritten, votesDecided } from './decided.ts'
import { stampOf } from './minutes-stamp.ts'
import { peopleThere, type ThereRow } from './minutes-there.ts'
import { minutePoints } from './tables.ts'

/** A condition on expectation `e` of gathering `g`: the person counts for the branch. */
const isOfBranch = (branch: string) => sql`coalesce(e.branch, g.branch) = ${branch}`
const expectedOf = sql`expectations e join gatherings g on g.id = e.gathering`

const leavesOf = (db: Db, gathering: string, branch: string) =>
  statementOf(
    db
      .select({ reason: sql<LeaveReason>`l.reason`, people: sql<number>`count(*)` })
      .from(sql`${expectedOf} join leaves l on l.gathering = e.gathering and l.member = e.member`)
      .where(
        sql`e.gathering = ${gathering} and ${isOfBranch(branch)} and l.confirmed_at is not null and not e.is_away
          and not exists (select 1 from arrivals a where a.gathering = e.gathering and a.member = e.member)`,
      )
      .groupBy(sql`l.reason`),
  )

const madeUpOf = (db: Db, gathering: string, branch: string) =>
  statementOf(
    db
      .select({ people: sql<number>`count(*)` })
      .from(sql`${expectedOf} join make_ups u on u.gathering = e.gathering and u.member = e.member`)
      .where(sql`e.gathering = ${gathering} and ${isOfBranch(branch)} and u.way is not null and u.confirmed_at is not null`),
  )

const pointsOf = (db: Db, gathering: string, branch: string) =>
  statementOf(
    db
      .select({ position: minutePoints.position, words: minutePoints.words })
      .from(minutePoints)
      .where(sql`${minutePoints.gathering} = ${gathering} and ${minutePoints.branch} = ${branch}`)
      .orderBy(minutePoints.position),
  )

const recorderOf = (db: Db, gathering: string, branch: string) =>
  statementOf(
    db
      .select({ name: sql<string>`m.name` })
      .from(sql`minutes i join members m on m.id = i.recorder`)
      .where(sql`i.gathering = ${gathering} and i.branch = ${branch}`),
  )

/** The decisions that stand; one that adds an owner to a carried vote has the words of the vote. */
function decisionsOf(it: GatheringAsItStands, branch: string, written: readonly DecisionWritten[]): MinuteDecision[] {
  const votes = votesDecided(it)
  return decidedIn(it, branch, written).written.flatMap(({ words, resolution, election, ownerName, dueOn, isOverturned }) => {
    const vote = votes.find(({ id }) => id === (resolution ?? election))
    return isOverturned ? [] : [{ words: words ?? vote?.words ?? null, owner: ownerName, dueOn }]
  })
}

/** The tasks that the meeting looked at, as they were when it began. A member's own problem is not for everybody to read. */
const tasksFound = (db: Db, gathering: string, branch: string) =>
  statementOf(
    db
      .select({
        words: sql<string>`t.words`,
        owner: sql<string>`m.name`,
        dueOn: sql<string>`t.due_on`,
        isDone: sql<boolean>`t.done_at is not null and t.done_at < g.starts_at`.mapWith(Boolean),
      })
      .from(sql`gatherings g join tasks t on t.branch = ${branch} join members m on m.id = t.owner`)
      .where(
        sql`g.id = ${gathering} and t.at < g.starts_at and t.origin <> 'lifeProblem' and (t.dropped_at is null or t.dropped_at >= g.starts_at)
          and (t.checked_at is null or t.checked_in = g.id) and ${isLookedAtIn} and ${stands}`,
      )
      .orderBy(sql`t.due_on, t.id`),
  )

/** Everything that is known of a closed meeting, for one of its branches. The stamp moves with any of it. */
export async function minuteFacts(db: Db, gathering: string, branch: string) {
  const [it, there, leaves, [made], points, [recorder], written, earlier, [stamped]] = await lookUp(db, [
    gatheringAsItStands(db, gathering),
    peopleThere(db, gathering),
    leavesOf(db, gathering, branch),
    madeUpOf(db, gathering, branch),
    pointsOf(db, gathering, branch),
    recorderOf(db, gathering, branch),
    decisionsWritten(db, gathering, branch),
    tasksFound(db, gathering, branch),
    statementOf(db.select({ stamp: sql<string>`${stampOf(gathering, branch)}` }).from(sql`(select 1)`)),
  ])
  const own = it?.branches.find(({ id }) => id === branch)
  if (!it || !own || !it.closedAt) return null
  const ours = there.filter((one) => one.branch === branch)
  const isQuorate = own.isQuorate ?? it.isQuorate ?? false
  const isCaller = branch === it.branch
  const said = new Map(points.map(({ position, words }) => [position, words]))
  const facts: MinuteFacts = {
    branch: own.name,
    kind: it.kind,
    group: it.groupName,
    others: it.branches.flatMap(({ id, name }) => (id === branch ? [] : [name])),
    from: it.startsAt.getTime(),
    until: Math.min(it.endsAt.getTime(), it.closedAt.getTime()),
    place: it.place,
    calledBy: it.callerName,
    host: hostOf(it, there)?.name ?? null,
    recorder: recorder?.name ?? null,
    expected: own.expected,
    away: own.away,
    present: ours.map(({ name, isLate }) => ({ name, isLate })),
    isQuorate,
    votesStand: votesStand(it) !== false,
    leaves: Object.fromEntries(leaves.map(({ reason, people }) => [reason, people])),
    madeUp: made?.people ?? 0,
    agenda: it.agenda.map(({ position, words, wasHeld }) => ({ words, wasHeld, points: said.get(position) ?? null })),
    points: said.get(0) ?? null,
    votes: isCaller ? it.resolutions.flatMap(voteOf) : [],
    elections: isCaller ? it.elections.flatMap((one) => electionOf(one, it.elections)) : [],
    decisions: decisionsOf(it, branch, written),
    earlier,
    credited: isQuorate ? creditedBy(it) : [],
  }
  return { it, own, facts, there: ours, stamp: stamped?.stamp ?? '' }
}

/** The person who closed it, else the one who called it, as far as they were there. */
export const hostOf = (it: GatheringAsItStands, there: readonly ThereRow[]): ThereRow | undefined =>
  there.find(({ id }) => id === it.closedBy && it.closedBy !== CLOCK) ?? there.find(({ id }) => id === it.calledBy)

function voteOf(one: ResolutionThere): MinuteVote[] {
  const { words, matter, expectedVoters, presentVoters, votes, views, ballot, manner, paper } = one
  if (manner === null || ballot?.state === 'cancelled') return []
  return [
    {
      words,
      matter,
      way: manner === 'card' ? (ballot?.isSecret === false ? 'named' : 'secret') : manner,
      expectedVoters,
      presentVoters,
      votes,
      views: views ? sumOfViews(views) : 0,
      isVoid: ballot?.state === 'unsound' || (paper !== null && paper.confirmedAt !== null && votes === null),
      isCarried: votes !== null && isCarried({ expectedVoters, presentVoters, approvals: votes.for }),
    },
  ]
}

function electionOf(one: ElectionThere, all: readonly ElectionThere[]): MinuteElection[] {
  if (one.ballot?.state === 'cancelled') return []
  const { title, seats, expectedVoters, presentVoters, scrutineers, tellers, sheet, nominees } = one
  return [
    {
      title,
      seats,
      again: againOf(one, all),
      expectedVoters,
      presentVoters,
      scrutineers: scrutineers.map(({ name }) => name),
      tellers: tellers.map(({ name }) => name),
      box: sheet && { handedOut: sheet.handedOut, returned: sheet.returned, invalid: sheet.invalid },
      votes: sheet?.votes.map((votes, nth) => ({ name: nominees[nth]?.name ?? '', ...votes })) ?? [],
      writtenIn: sheet?.writeIns.map(({ name, for: votes }) => ({ name, for: votes })) ?? [],
      outcome: outcomeOf(one, all),
    },
  ]
}

function againOf(one: ElectionThere, all: readonly ElectionThere[]): MinuteElection['again'] {
  const before = all.find(({ id }) => id === one.after)
  if (!before) return null
  if (isRunOff(one, all)) return 'tie'
  return outcomeOf(before, all)?.is === 'counted' ? 'rest' : 'anew'
}

const creditedBy = ({ kind, agenda }: GatheringAsItStands): string[] =>
  creditsOf(
    kind,
    agenda.filter(({ wasHeld }) => wasHeld === true).flatMap(({ tags }) => tags),
  ).map((part) => `（${partOf(part).standard}）${partOf(part).name.zh}`)
