import { type SQL, sql } from 'drizzle-orm'

/** The first moment of a day in Beijing. */
const startOf = (on: SQL) => sql`(unixepoch(${on}) - 28800) * 1000`

const then = sql`date(b.term_started_on, '+' || b.term_years || ' years')`
/** A term that began on a leap day ends with February, where SQLite would go on to March. */
const termEnds = sql`date(${then}, iif(substr(${then}, 6, 2) = substr(b.term_started_on, 6, 2), '+0 days', '-1 day'))`

/** The term of a branch, known once its start is. An earlier term is not kept, hence the time before counts as in order. */
const breachesOfTerm = sql`select '4.term' as part, 0 as from_at, null as until_at, null as what where b.term_started_on is not null
  union all select '4.term', ${startOf(termEnds)}, null, 'termOver' where b.term_started_on is not null`

/**
 * All breaches of the branch `b`: part, from, until, and what is wrong. A row without the last tells since when the records know of the part.
 * There is one select a noun. Those of seats are reckoned from the seats, which the facts carry anyway.
 */
export const breachesOfBranch = sql`${breachesOfTerm}`
