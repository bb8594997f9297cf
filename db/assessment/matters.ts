import { sql } from 'drizzle-orm'
import { addQuarters, type Day, day, type Quarter, quarter as quarterAt } from '../../src/calendar.ts'
import { isRemindedFrom } from '../../src/rules/assessment/reminders.ts'
import { isPerson, seatedIn, underAssessor } from '../branches/assessors.ts'
import { committeeSeats } from '../branches/seats.ts'
import { committeesAbove } from '../branches/units.ts'
import { type Db, inList, lookUp } from '../client.ts'
import { periodsIn } from '../duties/account.ts'
import { hasNotSentUp, maySendUp } from './reminders.ts'

/** A branch whose quarter is not sent up, for whoever holds a seat of its committee. */
interface SelfOwed {
  branch: string
  branchName: string
  quarter: Quarter
  selfUntil: Day
  /** Its days may be over: it can still be sent up. */
  today: Day
}

/** The entries of a quarter that wait for an assessor in one committee. While the quarter before is open, a half-year's are in both. */
interface EntriesToConfirm {
  committee: string
  name: string
  quarter: Quarter
  entries: number
}

export interface Matters {
  owed: readonly SelfOwed[]
  toConfirm: readonly EntriesToConfirm[]
}

/** The self-assessments that somebody may still send up; before the first reminder's day they are not spoken of. */
export async function mattersOf(db: Db, person: string, now: Date): Promise<Matters> {
  const [last, current] = [addQuarters(quarterAt(now), -1), quarterAt(now)]
  const [owed, toConfirm] = await lookUp(db, [
    db
      .select({
        branch: sql<string>`b.id`,
        branchName: sql<string>`b.name`,
        quarter: sql<Quarter>`a.quarter`,
        selfUntil: sql<Day>`a.self_until`,
      })
      .from(sql`members m join seats s on s.member = m.id and s.until_at is null and s.role in ${committeeSeats} and s.branch = m.branch
        join branches b on b.id = m.branch join assessments a on a.committee = b.committee`)
      .where(sql`${isPerson(sql`${person}`)} and m.left_on is null and a.closed_at is null and ${maySendUp} and ${hasNotSentUp}`)
      .groupBy(sql`b.id, a.quarter`)
      .orderBy(sql`a.quarter, b.name`),
    db
      .select({
        committee: sql<string>`c.id`,
        name: sql<string>`c.name`,
        quarter: sql<Quarter>`q.quarter`,
        entries: sql<number>`count(*)`,
      })
      // An entry for a longer period lies in both quarters' lists. Each line tells as many as its list holds.
      .from(sql`attestations t join branches b on b.id = t.branch join committees c on c.id = b.committee
        join (select ${last} as quarter union all select ${current}) q`)
      .where(
        sql`${isAssessedBy(person)} and t.confirmed_at is null and t.refused_at is null and t.withdrawn_at is null
          and case q.quarter when ${current} then t.period in ${inList(periodsIn(current))}
            else t.period in ${inList(periodsIn(last))} and ${isOpenIn(last)} end`,
      )
      .groupBy(sql`c.id, q.quarter`)
      .orderBy(sql`c.name, q.quarter`),
  ])
  const today = day(now)
  return {
    owed: owed.filter(({ selfUntil }) => isRemindedFrom(selfUntil, today)).map((one) => ({ ...one, today })),
    toConfirm,
  }
}

const isOpenIn = (quarter: Quarter) => sql`exists (select 1 from assessments a where a.committee = c.id and a.quarter = ${quarter}
  and (a.closed_at is null or exists (select 1 from undecided u where u.committee = c.id and u.quarter = a.quarter and u.closed_at is null)))`

/** The assessors for whom something waits, each with whether an assessment of theirs is open. */
export const assessorsWaitedFor = (db: Db) =>
  db
    .select({
      openId: sql<string>`m.open_id`,
      isOpen: sql<boolean>`max(exists (select 1 from assessments a where a.committee = c.id and a.closed_at is null))`.mapWith(
        (is: number) => is === 1,
      ),
    })
    .from(sql`(select distinct b.committee as id from attestations t join branches b on b.id = t.branch
      where t.confirmed_at is null and t.refused_at is null and t.withdrawn_at is null) c
      join seats s on s.role = 'assessor' and s.until_at is null and s.committee = (select u.id from ${committeesAbove(sql`c.id`)} u where ${hasAssessor} order by u.depth limit 1)
      join members m on m.id = s.member and m.left_on is null and m.open_id is not null`)
    .groupBy(sql`m.open_id`)
    .orderBy(sql`m.open_id`)

const hasAssessor = sql`exists (select 1 from seats s join members m on m.id = s.member
    where s.committee = u.id and s.role = 'assessor' and s.until_at is null and m.left_on is null and m.open_id is not null)`

/** A condition on `c`: the person is an assessor of the nearest committee, at or above it, that has one. */
const isAssessedBy = (person: string) => sql`c.id in (select c2.id from ${underAssessor(sql`${person}`)} c2
  where (select u.id from ${committeesAbove(sql`c2.id`)} u where ${hasAssessor} order by u.depth limit 1) in ${seatedIn(sql`${person}`)})`
