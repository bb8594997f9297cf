import type { Client } from '@libsql/client'
import { addPeriods, day, firstDayOf, periodEnd, periodStart, type Quarter, yearOf } from '../../src/calendar.ts'
import { standards } from '../../src/rules/standards/standards.ts'

/** Indexes that hold everything the floor aggregates, in the order in which it groups. */
export const prepareFloor = (client: Client) =>
  client.executeMultiple(`
    create index floor_credits on credits (branch, part, subject, at);
    create index floor_attestations on attestations (branch, part, subject, period, confirmed_at, refused_at, withdrawn_at);
    create index floor_judgements on judgements (branch, part, subject, period, verdict, permille, by_upper);
    create index floor_members on members (branch, left_on, stage, full_on, joined_on, prospect_on, probationer_on, id);
    create index floor_seats on seats (branch, role, from_at, until_at, member);
    analyze;`)

const weights = standards.flatMap(({ id, weight, parts }) => parts.map((part) => `('${part.id}', ${id}, ${weight})`)).join(', ')

/**
 * Reckons the same facts in one statement by hand. It counts how often each part was proved, given or judged in each branch. Counts are
 * weighted, and stand with the branch's people and committee. No reckoning could do with less. It leaves out the dates of duties, grace,
 * lateness, and evidence to open. `test/bench/README.md` names each fact that the rules of today need of it.
 */
export function floorSql(quarter: Quarter, periods: readonly string[]): string {
  const [from, until] = [periodStart(quarter).getTime(), periodEnd(quarter).getTime() + 15 * 86_400_000]
  const [second, third] = [from + 31 * 86_400_000, from + 61 * 86_400_000]
  const since = periodStart(addPeriods(yearOf(quarter), -1)).getTime()
  const [first, last] = [firstDayOf(quarter), day(new Date(periodEnd(quarter).getTime() - 1))]
  const among = periods.map((period) => `'${period}'`).join(', ')
  const there = `(left_on is null or left_on > '${first}')`
  return `with parts(id, standard, weight) as (values ${weights}),
    shares as (
      select branch, part, sum(share) as share, sum(n) as n, sum(debts) as debts, 0 as waits from (
        select branch, part, subject, count(*) filter (where at >= ${from}) as n,
          1000 * (max(at >= ${from} and at < ${second}) + max(at >= ${second} and at < ${third}) + max(at >= ${third})) as share,
          count(*) filter (where at < ${from}) as debts
        from credits indexed by floor_credits where at >= ${since} and at < ${until} group by 1, 2, 3) group by 1, 2
      union all select branch, part, 1000 * count(confirmed_at), count(confirmed_at), 0, count(*) - count(confirmed_at) from attestations
        where period in (${among}) and refused_at is null and withdrawn_at is null group by 1, 2
      union all select branch, part, sum(permille) filter (where by_upper), sum(by_upper), 0, sum(not by_upper)
        from judgements where period in (${among}) group by 1, 2),
    people as (select branch, count(*) filter (where stage = 'full' and coalesce(full_on, joined_on) <= '${last}') as full,
        count(*) filter (where (prospect_on between '${first}' and '${last}') or (probationer_on between '${first}' and '${last}')
          or (full_on between '${first}' and '${last}')) as steps,
        group_concat(id) filter (where stage = 'activist' and ${there}) as growing,
        group_concat(coalesce(full_on, joined_on)) filter (where stage = 'full' and ${there}) as since
      from members where branch is not null group by branch),
    sat as (select branch, count(distinct member) filter (where from_at < ${second} and coalesce(until_at, 9e15) >= ${second}) as first,
        count(distinct member) filter (where from_at < ${third} and coalesce(until_at, 9e15) >= ${third}) as second,
        count(distinct member) filter (where until_at is null) as sat, sum(role = 'secretary' and until_at is null) as secretary
      from seats where branch is not null group by branch),
    closed as (select branch, max(quarter) as through from results group by branch)
    select b.id, sum(p.weight * s.share / s.n) / sum(p.weight) as reached, count(*) as parts, sum(s.debts) as debts, sum(s.waits) as waits,
      people.full, people.steps, people.growing, people.since, sat.sat, sat.first, sat.second, sat.secretary, closed.through
    from shares s join parts p on p.id = s.part join branches b on b.id = s.branch left join people on people.branch = b.id
      left join sat on sat.branch = b.id left join closed on closed.branch = b.id group by b.id`
}
