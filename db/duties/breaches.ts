import { type SQL, sql } from 'drizzle-orm'
import { minutedKinds } from '../../src/rules/work/minutes-state.ts'
import { committeeSeats } from '../branches/seats.ts'

/** The first moment of a day in Beijing. */
const startOf = (on: SQL) => sql`(unixepoch(${on}) - 28800) * 1000`

const then = sql`date(b.term_started_on, '+' || b.term_years || ' years')`
/** A term that began on a leap day ends with February, where SQLite would go on to March. */
const termEnds = sql`date(${then}, iif(substr(${then}, 6, 2) = substr(b.term_started_on, 6, 2), '+0 days', '-1 day'))`

/** The term of a branch, known once its start is. An earlier term is not kept, hence the time before counts as in order. */
const breachesOfTerm = sql`select '4.term' as part, 0 as from_at, null as until_at, null as what where b.term_started_on is not null
  union all select '4.term', ${startOf(termEnds)}, null, 'termOver' where b.term_started_on is not null`

/** The minutes of one meeting of `b` as they were first confirmed. */
const firstConfirmed = sql`(select min(v.confirmed_at) from minute_versions v where v.gathering = p.gathering and v.branch = p.branch)`
const lateFrom = sql`coalesce(${startOf(sql`date(i.due_on, '+1 day')`)}, c.at)`

/**
 * The minutes of a branch, known since the first that were confirmed. They are due for each quorate meeting that closed since, and once more
 * after a re-opening. A meeting whose minutes nobody began gives the moment of its close: its working days are counted outside.
 */
const breachesOfMinutes = sql`select '30.records' as part, u.since as from_at, null as until_at, null as what from ${used()} u where u.since is not null
  union all select '30.records', ${lateFrom}, ${firstConfirmed}, iif(i.due_on is null, 'minutesUnbegun', 'minutesLate')
    from ${used()} u join gathering_branches p on p.branch = b.id join gatherings g on g.id = p.gathering join closures c on c.gathering = p.gathering
      left join minutes i on i.gathering = p.gathering and i.branch = p.branch
    where c.at >= u.closed and p.is_quorate = 1 and g.kind in ${sql.raw(`(${minutedKinds.map((kind) => `'${kind}'`).join(', ')})`)}
      and coalesce(${firstConfirmed} >= ${lateFrom}, true)
  union all select '30.records', r.at, (select min(v.confirmed_at) from minute_versions v where v.gathering = i.gathering and v.branch = i.branch
      and v.confirmed_at > r.at), 'minutesReopened'
    from minutes i join reopenings r on r.gathering = i.gathering
    where i.branch = b.id and exists (select 1 from minute_versions v where v.gathering = i.gathering and v.branch = i.branch and v.confirmed_at <= r.at)`

/** Begins with the branch's own rows: versions have no index by branch. */
function used(): SQL {
  return sql`(select min(v.confirmed_at) as since, min(c.at) as closed from minutes i
    join minute_versions v on v.gathering = i.gathering and v.branch = i.branch join closures c on c.gathering = i.gathering where i.branch = b.id)`
}

const nextYear = sql`(y.year + 1) || '-01-01'`

/**
 * The integrity pledges of a branch's officers, known since the first. Each seat gives the time from the later of its beginning and the year's
 * until the pledge. The days that an officer has are counted outside, as SQL knows no working days.
 */
const breachesOfPledges = sql`select '23.pledge' as part, u.since as from_at, null as until_at, null as what
    from (select min(p.at) as since from integrity_pledges p where p.branch = b.id) u where u.since is not null
  union all select '23.pledge', max(s.from_at, ${startOf(sql`y.year || '-01-01'`)}),
    min(coalesce((select p.at from integrity_pledges p where p.member = s.member and p.year = y.year), ${startOf(nextYear)}),
      coalesce(s.until_at, ${startOf(nextYear)}), ${startOf(nextYear)}), 'officerSeated'
    from (select substr(${sql.placeholder('lastDay')}, 1, 4) as year union all select (substr(${sql.placeholder('lastDay')}, 1, 4) - 1) || '') y
      join (select o.* from seats o where o.branch = b.id and o.role in ${committeeSeats}
        union all select o.* from groups g join seats o on o.group_id = g.id and o.role = 'leader' where g.branch = b.id) s
        on s.from_at < ${startOf(nextYear)} and coalesce(s.until_at, ${startOf(nextYear)}) > ${startOf(sql`y.year || '-01-01'`)}
    where exists (select 1 from integrity_pledges p where p.branch = b.id)`

/**
 * All breaches of the branch `b`: part, from, until, and what is wrong. A row without the last tells since when the records know of the part.
 * There is one select a noun. Those of seats are reckoned from the seats, which the facts carry anyway.
 */
export const breachesOfBranch = sql`${breachesOfTerm} union all ${breachesOfMinutes} union all ${breachesOfPledges}`
