import { type SQL, sql } from 'drizzle-orm'
import { type Day, day, moment, yearOf } from '../../src/calendar.ts'
import { askedSince, pledgeDueOn, REVIEW_WORKDAYS, reviewStep, stepOn } from '../../src/rules/pledges/due.ts'
import { addWorkdays } from '../../src/rules/time/workdays.ts'
import { committeeSeats } from '../branches/seats.ts'
import { type Db, inList, lookUp } from '../client.ts'
import { ofUsing } from '../rulebook/using.ts'

type Who = { person: string } | { branches: readonly string[] }

const among = (who: Who, person: SQL, branch: SQL): SQL =>
  'person' in who ? sql`${person} = ${who.person}` : sql`${branch} in ${inList(who.branches)}`

/** The people who are asked for a pledge and have handed none in. Who is away is not asked. */
const unpledged = (db: Db, who: Who, today: Day) =>
  db
    .select({ branch: sql<string>`m.branch`, person: sql<string>`m.open_id`, joinedOn: sql<Day>`m.joined_on` })
    .from(sql`members m`)
    .where(
      sql`${among(who, sql`m.open_id`, sql`m.branch`)} and m.left_on is null and m.branch is not null and m.open_id is not null and m.away_since is null
        and m.stage in ('full', 'probationer') and m.joined_on >= ${askedSince(today)}
        and not exists (select 1 from pledges p where p.member = m.id and p.year = ${yearOf(today)} and p.replaced_at is null and p.returned_because is null)`,
    )
    .orderBy(sql`m.branch, m.id`)

/** The pledges that came before today and wait for each of a committee, but for one's own. */
const toReview = (db: Db, who: Who, today: Day) =>
  db
    .select({
      branch: sql<string>`p.branch`,
      person: sql<string>`v.open_id`,
      pledges: sql<number>`count(distinct p.id)`,
      first: sql<Day>`date(min(p.submitted_at) / 1000 + 28800, 'unixepoch')`,
    })
    .from(
      sql`members v join seats s on s.member = v.id and s.until_at is null and s.role in ${committeeSeats} join pledges p on p.branch = s.branch
        and p.reviewed_at is null and p.replaced_at is null and p.member <> v.id`,
    )
    .where(
      sql`${among(who, sql`v.open_id`, sql`p.branch`)} and v.left_on is null and v.open_id is not null and p.submitted_at < ${moment(today).getTime()}`,
    )
    .groupBy(sql`p.branch, v.open_id`)
    .orderBy(sql`p.branch, v.open_id`)

export interface PledgeLine {
  branch: string
  person: string
  /** As the digest remembers what it told: a part, its period, its step. */
  part: 'pledge' | 'pledgeReview'
  period: string
  step: number
  dueOn: Day
  pledges: number
}

/** The lines about pledges in a day's digests. The author has one at each step, and each of the committee one. */
export async function pledgeLines(db: Db, who: Who, now: Date): Promise<PledgeLine[]> {
  const today = day(now)
  const year = yearOf(today)
  const [open, waiting] = await lookUp(db, [unpledged(db, who, today), toReview(db, who, today)])
  const own = open.flatMap(({ branch, person, joinedOn }): PledgeLine[] => {
    const dueOn = pledgeDueOn(joinedOn, year)
    const step = stepOn(dueOn, today)
    return step === null ? [] : [{ branch, person, part: 'pledge', period: year, step, dueOn, pledges: 0 }]
  })
  const reviews = waiting.map(
    ({ branch, person, pledges, first }): PledgeLine => ({
      branch,
      person,
      part: 'pledgeReview',
      period: first,
      step: reviewStep(first, today),
      dueOn: addWorkdays(first, REVIEW_WORKDAYS),
      pledges,
    }),
  )
  return ofUsing(db, 'pledges', [...own, ...reviews], now)
}
