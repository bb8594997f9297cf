import { type SQL, sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import { nearest } from '../branches/answering.ts'
import type { Actor } from '../branches/members.ts'
import { committeeSeats } from '../branches/seats.ts'
import { committeesAbove } from '../branches/units.ts'
import { type Db, lookUp, type Statement } from '../client.ts'
import { failIf } from '../guard.ts'

export interface CodeMaker {
  member: string
  openId: string
  name: string
}

/** The person opened ballot `b` or changed it since. Such a person must not hold unused votes in it as well. */
const hasRun = (member: SQL) => sql`${member} in (select b.opened_by
  union all select e.added_by from electorates e where e.ballot = b.id and e.added_at is not null
  union all select x.by from ballot_extensions x where x.ballot = b.id)`

const columns = { member: sql<string>`m.id`, openId: sql<string>`m.open_id`, name: sql<string>`m.name` }
const mayMake = (ballot: string) =>
  sql`b.id = ${ballot} and s.until_at is null and m.left_on is null and m.open_id is not null and not (${hasRun(sql`m.id`)})`

const colleagues = (db: Db, ballot: string) =>
  db
    .selectDistinct(columns)
    .from(sql`ballots b join seats s on s.branch = b.branch and s.role in ${committeeSeats} join members m on m.id = s.member`)
    .where(mayMake(ballot))
    .orderBy(sql`m.id`)

const assessors = (db: Db, ballot: string) =>
  db
    .select({ ...columns, depth: sql<number>`u.depth` })
    .from(
      sql`ballots b join branches r on r.id = b.branch join ${committeesAbove(sql`(select committee from branches where id = (select branch from ballots where id = ${ballot}))`)} u
        join seats s on s.committee = u.id and s.role = 'assessor' join members m on m.id = s.member`,
    )
    .where(mayMake(ballot))
    .orderBy(sql`u.depth, m.id`)

/** The people who may make the public's codes: others of the branch's committee; where there is none, the nearest assessors. */
export async function codeMakersOf(db: Db, ballot: string): Promise<CodeMaker[]> {
  const [others, above] = await lookUp(db, [colleagues(db, ballot), assessors(db, ballot)])
  return others.length > 0 ? others : nearest(above)
}

export async function mayMakeCodesOrRefuse(db: Db, ballot: string, { id }: Pick<Actor, 'id'>): Promise<void> {
  if (!(await codeMakersOf(db, ballot)).some(({ member }) => member === id)) refuseMaker()
}

/** For a person who changes the ballot while making codes for it. */
export const failIfRun = (db: Db, ballot: string, { id }: Pick<Actor, 'id'>): Statement =>
  failIf(db, sql`exists (select 1 from ballots b where b.id = ${ballot} and ${hasRun(sql`${id}`)})`, refuseMaker)

function refuseMaker(): never {
  return refuse(
    '群众投票码由没有发起、也不管理这次投票的另一位支委生成；没有别的支委，由上级考核人生成。',
    'The codes are made by another of the committee, who neither opened nor runs this ballot; without one, by the assessor.',
  )
}
