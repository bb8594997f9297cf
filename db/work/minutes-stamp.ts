import { type SQL, sql } from 'drizzle-orm'

const rows = (columns: string, from: SQL, order: string) =>
  sql`(select json_group_array(x) from (select json_array(${sql.raw(columns)}) as x from ${from} order by ${sql.raw(order)}))`

/**
 * Everything that minutes are drafted from, as one value. It is compared inside the batch that confirms them: what was read is what is locked,
 * whatever was corrected meanwhile.
 */
export const stampOf = (gathering: string, branch: string): SQL => sql`json_array(
  ${rows('g.place, g.starts_at, g.ends_at, c.at, c.by', sql`gatherings g join closures c on c.gathering = g.id where g.id = ${gathering}`, '1')},
  ${rows('b.branch, b.is_quorate', sql`gathering_branches b where b.gathering = ${gathering}`, 'b.branch')},
  ${rows('e.member, e.branch, e.is_away', sql`expectations e where e.gathering = ${gathering}`, 'e.member')},
  ${rows('a.member, a.punctuality', sql`arrivals a where a.gathering = ${gathering}`, 'a.member')},
  ${rows('l.member, l.reason, l.confirmed_at', sql`leaves l where l.gathering = ${gathering}`, 'l.member')},
  ${rows('u.member, u.way, u.confirmed_at', sql`make_ups u where u.gathering = ${gathering}`, 'u.member')},
  ${rows('i.position, i.words, i.tags, i.held_at is not null, i.struck_at is not null', sql`agenda_items i where i.gathering = ${gathering}`, 'i.position')},
  ${rows(
    'r.id, r.words, r.manner, r.views, r.expected_voters, r.present_voters, r.approvals, r.against, r.abstained, r.paper, r.confirmed_at, o.outcome, x.at',
    sql`resolutions r left join ballot_results o on o.ballot = r.ballot left join ballot_cancellations x on x.ballot = r.ballot where r.gathering = ${gathering}`,
    'r.id',
  )},
  ${rows(
    'e.id, e.title, e.seats, e.nominees, e.scrutineers, e.tellers, e.expected_voters, e.present_voters, e.sheet, o.outcome, x.at',
    sql`elections e left join ballot_results o on o.ballot = e.ballot left join ballot_cancellations x on x.ballot = e.ballot where e.gathering = ${gathering}`,
    'e.id',
  )},
  ${rows('d.id, d.words, d.owner, d.due_on', sql`decisions d where d.gathering = ${gathering} and d.branch = ${branch} and d.struck_at is null`, 'd.nth')},
  ${rows('p.position, p.words', sql`minute_points p where p.gathering = ${gathering} and p.branch = ${branch}`, 'p.position')},
  ${rows('i.recorder', sql`minutes i where i.gathering = ${gathering} and i.branch = ${branch}`, '1')})`
