import { sql } from 'drizzle-orm'
import { type BallotUse, uses } from '../../src/rules/ballots/uses.ts'
import { committeeSeats } from '../branches/seats.ts'
import { committeesBelow } from '../branches/units.ts'
import { type Db, type Statement, statementOf } from '../client.ts'
import { expectedPeople } from '../gatherings/expected.ts'
import type { Elector } from './open.ts'
import { stillVotes } from './state.ts'

interface Whose {
  use: BallotUse
  /** Whether probationers vote where the use lets them. */
  probationers: boolean
}

const mayVoteIn = ({ use, probationers }: Whose) =>
  uses[use].voters === 'members' && probationers ? sql`m.stage in ('full', 'probationer')` : sql`m.stage = 'full'`

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

/** The voters of one branch who have checked in to a meeting. */
export const electorsPresent = (db: Db, gathering: string, branch: string): Statement<Elector[]> =>
  statementOf(
    db
      .select(columns)
      .from(
        sql`members m join ${expectedPeople(sql`${gathering}`)} x on x.member = m.id and x.votes join arrivals a on a.gathering = ${gathering} and a.member = m.id`,
      )
      .where(sql`x.branch = ${branch} and ${onRoster}`)
      .orderBy(sql`m.id`),
  )

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
        and (b.electorate <> 'committee' or b.gathering is not null or exists (select 1 from seats s
          where s.member = m.id and s.branch = b.branch and s.until_at is null and s.role in ${committeeSeats}))
        and (b.gathering is null or exists (select 1 from arrivals a join ${expectedPeople(sql`b.gathering`)} x on x.member = a.member and x.votes
          where a.gathering = b.gathering and a.member = m.id))`,
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
