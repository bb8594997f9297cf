import { type SQL, sql } from 'drizzle-orm'
import type { Day } from '../../src/calendar.ts'
import { type BallotUse, uses } from '../../src/rules/ballots/uses.ts'
import { committeeSeats } from '../branches/seats.ts'
import { committeesBelow } from '../branches/units.ts'
import { type Db, type Statement, statementOf } from '../client.ts'
import { expectedPeople, isInRoom, votesInRoom } from '../gatherings/expected.ts'
import type { GatheringAsItStands } from '../gatherings/state.ts'
import { isForRoom, type VotedOn } from '../gatherings/voters.ts'
import type { Elector } from './open.ts'
import { stillVotes } from './state.ts'

interface Whose {
  use: BallotUse
  /** Whether probationers vote where the use lets them. */
  probationers: boolean
  /** The day of the opening: a member whose right is suspended then gets no ballot. */
  on: Day
}

const mayVoteIn = ({ use, probationers, on }: Whose) =>
  sql`${uses[use].voters === 'members' && probationers ? sql`m.stage in ('full', 'probationer')` : sql`m.stage = 'full'`}
    ${use === 'pulse' ? sql`` : sql`and ${isUnsuspended(sql`${on}`)}`}`

/** A condition on member `m`. A pulse asks for views and is no vote, hence everybody answers it. */
const isUnsuspended = (on: SQL) => sql`not exists (select 1 from suspensions u where u.member = m.id and u.ended_at is null
  and u.from_on <= ${on} and (u.until_on is null or u.until_on >= ${on}))`

const columns = { member: sql<string>`m.id`, openId: sql<string | null>`m.open_id` }
const onRoster = sql`m.left_on is null`

/** The members of a branch who have the vote in this use; a member who is away keeps it. */
export const electorsOfBranch = (db: Db, branch: string, whose: Whose): Statement<Elector[]> =>
  statementOf(
    db
      .select(columns)
      .from(sql`members m`)
      .where(sql`m.branch = ${branch} and ${onRoster} and ${mayVoteIn(whose)}`)
      .orderBy(sql`m.id`),
  )

/** The committee of a branch. */
export const electorsOfSeats = (db: Db, branch: string, whose: Whose): Statement<Elector[]> =>
  statementOf(
    db
      .select(columns)
      .from(sql`members m`)
      .where(
        sql`m.branch = ${branch} and ${onRoster} and ${mayVoteIn(whose)}
          and exists (select 1 from seats s where s.member = m.id and s.branch = ${branch} and s.until_at is null and s.role in ${committeeSeats})`,
      )
      .orderBy(sql`m.id`),
  )

/** The voters of all branches below a committee. */
export const electorsUnder = (db: Db, committee: string, whose: Whose): Statement<Elector[]> =>
  statementOf(
    db
      .select(columns)
      .from(sql`members m`)
      .where(
        sql`${onRoster} and ${mayVoteIn(whose)}
          and m.branch in (select b.id from branches b where b.committee in (select id from ${committeesBelow(sql`${committee}`)}))`,
      )
      .orderBy(sql`m.id`),
  )

/** The base of a vote as `expectedPeople` names it. */
const baseOf = (on: VotedOn) => (on === 'election' ? sql`x.elects` : on === 'ordinary' ? sql`x.votes` : sql`x.admits`)

/** The voters who are present in a meeting for a vote; in the room where it must be so. */
export const electorsPresent = (db: Db, it: Pick<GatheringAsItStands, 'id' | 'branch' | 'kind' | 'votesInRoom'>, on: VotedOn) =>
  statementOf(
    db
      .select(columns)
      .from(
        sql`members m join ${expectedPeople(sql`${it.id}`)} x on x.member = m.id and ${it.kind === 'general' ? baseOf(on) : sql`x.votes`}
          join arrivals a on a.gathering = ${it.id} and a.member = m.id`,
      )
      .where(sql`x.branch = ${it.branch} and ${onRoster} ${isForRoom(it, on) ? sql`and ${isInRoom}` : sql``}`)
      .orderBy(sql`m.id`),
  ) as Statement<Elector[]>

/** The same for ballot `b` of a meeting. Its matter decides on the base, its meeting on where the voters must be. */
const isPresentFor = sql`exists (select 1 from gatherings g join ${expectedPeople(sql`b.gathering`)} x join arrivals a on a.gathering = g.id and a.member = x.member
  where g.id = b.gathering and x.member = m.id and (not ${votesInRoom} or ${isInRoom})
    and case when g.kind <> 'general' then x.votes when b."use" = 'election' then x.elects
      when exists (select 1 from resolutions r where r.ballot = b.id and r.matter <> 'ordinary') then x.admits else x.votes end)`

/**
 * The members who have the vote and are not on the list. A vote in a meeting counts only those who have come, a committee's vote only
 * those who sit on it. A member who left and joined again is on the list already.
 */
export const addable = (db: Db, ballot: string) =>
  db
    .select({ member: sql<string>`m.id`, openId: sql<string | null>`m.open_id`, name: sql<string>`m.name` })
    .from(sql`ballots b join members m on m.unit = b.unit and m.branch is not null`)
    .where(
      sql`b.id = ${ballot} and ${stillVotes} and (b.branch is not null or m.branch in (select id from branches where committee in (select id from ${committeesBelow(sql`b.committee`)})))
        and not exists (select 1 from electorates e join members o on o.id = e.member
          where e.ballot = b.id and (o.id = m.id or (o.unit = m.unit and o.open_id = m.open_id)))
        and (b."use" = 'pulse' or ${isUnsuspended(sql`date(b.opened_at / 1000 + 28800, 'unixepoch')`)})
        and not exists (select 1 from written_views w join resolutions r on r.id = w.resolution
          where r.ballot = b.id and w.member = m.id and w.struck_at is null)
        and (b.electorate <> 'committee' or b.gathering is not null or exists (select 1 from seats s
          where s.member = m.id and s.branch = b.branch and s.until_at is null and s.role in ${committeeSeats}))
        and (b.gathering is null or ${isPresentFor})`,
    )
    .orderBy(sql`m.added_at, m.id`)
    .limit(100)

export interface ListedElector {
  name: string
  isAdded: boolean
}

/** The list of voters, in the order of the roster. */
export const electorsListed = (db: Db, ballot: string): Statement<ListedElector[]> =>
  statementOf(
    db
      .select({ name: sql<string>`m.name`, isAdded: sql<boolean>`e.added_at is not null`.mapWith(Boolean) })
      .from(sql`electorates e join members m on m.id = e.member`)
      .where(sql`e.ballot = ${ballot}`)
      .orderBy(sql`m.added_at, m.id`),
  )
