import { sql } from 'drizzle-orm'
import type { Day, Quarter } from '../../src/calendar.ts'
import { type Db, inList } from '../client.ts'

const momentIn = { mapFromDriverValue: (at: number | null) => (at === null ? null : new Date(at)) }

/** The branches whose quarter takes no more words. One that was published as undecided has a close of its own, before or after the others. */
export const overAmong = (db: Db, branches: readonly string[], quarter: Quarter) =>
  db
    .select({ branch: sql<string>`b.id` })
    .from(sql`branches b`)
    .innerJoin(sql`assessments a`, sql`a.committee = b.committee and a.quarter = ${quarter}`)
    .leftJoin(sql`undecided u`, sql`u.branch = b.id and u.quarter = a.quarter`)
    .where(sql`b.id in ${inList(branches)} and case when u.branch is null then a.closing_at is not null else u.closed_at is not null end`)

/** The branches of some committees that were published as undecided, with their own moments. */
export const undecidedOf = (db: Db, committees: readonly string[], quarter: Quarter) =>
  db
    .select({
      branch: sql<string>`u.branch`,
      publishedAt: sql<Date | null>`u.published_at`.mapWith(momentIn),
      appealsUntil: sql<Day | null>`u.appeals_until`,
      closedAt: sql<Date | null>`u.closed_at`.mapWith(momentIn),
    })
    .from(sql`undecided u`)
    .where(sql`u.committee in ${inList(committees)} and u.quarter = ${quarter}`)
