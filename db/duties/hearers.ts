import { type SQL, sql } from 'drizzle-orm'
import { leads } from '../branches/answering.ts'
import { isPerson, underAssessor } from '../branches/assessors.ts'
import { branches, groups, members, seats } from '../branches/tables.ts'
import { branchColumns, committeesAbove } from '../branches/units.ts'
import { inList, prepared } from '../client.ts'

/** A person who hears of a branch. Its secretary and those above hear of all duties, a leader of one group's, a contact of one activist's. */
export interface Recipient {
  person: string
  branch: string
  hearing: 'secretary' | 'upper' | 'leader' | 'contact'
  /** The group, or the activist. */
  subject: string | null
}

const isThere = sql`m.left_on is null and m.open_id is not null`

/** The assessors are few. The limit makes them a table of their own, which is not read again for each branch. */
const assessors = sql`(select s.committee, m.open_id from ${seats} s join ${members} m on m.id = s.member and ${isThere}
  where s.committee is not null and s.role = 'assessor' and s.until_at is null limit -1)`

/** The nearest committee, at or above each of some, that has an assessor: that assessor hears of the branches. */
const nearestAssessed = (some: SQL) => sql`(select c.id as committee, (select u.id from ${committeesAbove(sql`c.id`)} u
  join ${assessors} a on a.committee = u.id order by u.depth limit 1) as assessed from committees c where ${some} limit -1)`

/**
 * The people who hear of each branch. They are its secretary or else deputy, leaders of groups, contacts of activists, and the assessors above.
 * Each part goes its own way through the indexes. One joined query over thousands of branches would read all seats for each.
 */
const hearers = (isWhom: SQL, isAssessor: SQL, among: SQL) => sql`(
        select m.open_id as person, b.id as branch, 'secretary' as hearing, null as subject
          from ${seats} s join ${members} m on m.id = s.member and ${isThere} join ${branches} b on b.id = s.branch
          where ${isWhom} and s.until_at is null and ${leads('s')}
        union all
        select m.open_id, b.id, 'leader', g.id
          from ${members} m join ${seats} s on s.member = m.id join ${groups} g on g.id = s.group_id join ${branches} b on b.id = g.branch and b.id = m.branch
          where ${isWhom} and ${isThere} and s.until_at is null and s.role = 'leader'
        union all
        select m.open_id, b.id, 'contact', c.member
          from contacts c join ${members} m on m.id = c.contact and ${isThere} join ${branches} b on b.id = c.branch
          where ${isWhom} and c.ended_at is null
        union all
        select a.open_id, b.id, 'upper', null
          from ${assessors} a join ${nearestAssessed(among)} n on n.assessed = a.committee join ${branches} b on b.committee = n.committee
          where ${isAssessor})`

const these = inList(sql.placeholder('branches'))

const person = sql.placeholder('person')

/** The branches of which a person hears. */
export const branchesHeardBy = prepared((db) =>
  db
    .select(branchColumns)
    .from(branches)
    .where(
      sql`${branches.id} in (select h.branch from ${hearers(
        isPerson(sql`${person}`),
        sql`a.open_id = ${person}`,
        sql`c.id in (select id from ${underAssessor(sql`${person}`)})`,
      )} h)`,
    )
    .orderBy(branches.name),
)

export const hearersOf = prepared((db) =>
  db
    .select({
      person: sql<string>`h.person`,
      branch: sql<string>`h.branch`,
      hearing: sql<Recipient['hearing']>`h.hearing`,
      subject: sql<string | null>`h.subject`,
    })
    .from(
      sql`${hearers(sql`b.id in ${these}`, sql`b.id in ${these}`, sql`c.id in (select committee from branches where id in ${these})`)} h`,
    )
    .orderBy(sql`h.branch, h.person`),
)
