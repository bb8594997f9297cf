import type { Client } from '@libsql/client'
import { periodEnd, periodStart, type Quarter } from '../../src/calendar.ts'
import { standards } from '../../src/rules/standards/standards.ts'

/** Indexes that hold everything the floor aggregates, in the order in which it groups. */
export const prepareFloor = (client: Client) =>
  client.executeMultiple(`
    create index floor_credits on credits (branch, part, subject, at);
    create index floor_attestations on attestations (branch, part, subject, period, confirmed_at, refused_at, withdrawn_at);
    create index floor_judgements on judgements (branch, part, subject, period, verdict, permille);
    create index floor_members on members (branch, left_on, stage);
    create index floor_seats on seats (branch, role, until_at, member);
    analyze;`)

const weights = standards.flatMap(({ id, weight, parts }) => parts.map((part) => `('${part.id}', ${id}, ${weight})`)).join(', ')

/**
 * Reckons the same facts in one statement by hand. It counts how often each part was proved, given or judged in each branch. Counts are
 * weighted, and stand with the branch's people and committee. No reckoning could do with less. It leaves out the dates of duties, grace,
 * lateness, and evidence to open.
 */
export function floorSql(quarter: Quarter, periods: readonly string[]): string {
  const [from, until] = [periodStart(quarter).getTime(), periodEnd(quarter).getTime() + 15 * 86_400_000]
  const [second, third] = [from + 31 * 86_400_000, from + 61 * 86_400_000]
  const among = periods.map((period) => `'${period}'`).join(', ')
  return `with parts(id, standard, weight) as (values ${weights}),
    shares as (
      select branch, part, sum(share) as share, sum(n) as n from (
        select branch, part, subject, count(*) as n,
          1000 * (max(at < ${second}) + max(at >= ${second} and at < ${third}) + max(at >= ${third})) as share
        from credits where at >= ${from} and at < ${until} group by 1, 2, 3) group by 1, 2
      union all select branch, part, 1000 * count(*), count(*) from attestations
        where period in (${among}) and refused_at is null and withdrawn_at is null and confirmed_at is not null group by 1, 2
      union all select branch, part, sum(permille), count(*) from judgements where period in (${among}) group by 1, 2),
    people as (select branch, sum(stage = 'full') as full, sum(stage = 'activist') as growing from members
      where left_on is null and branch is not null group by branch),
    sat as (select branch, count(distinct member) as sat, sum(role = 'secretary') as secretary from seats
      where until_at is null and branch is not null group by branch)
    select b.id, sum(p.weight * s.share / s.n) / sum(p.weight) as reached, count(*) as parts, people.full, people.growing, sat.sat, sat.secretary
    from shares s join parts p on p.id = s.part join branches b on b.id = s.branch left join people on people.branch = b.id
      left join sat on sat.branch = b.id group by b.id`
}
