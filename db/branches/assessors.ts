import { type SQL, sql } from 'drizzle-orm'

/** A condition on member `m`: it is the person with an open_id. The unit is named, so that the index on unit and person is used. */
export const isPerson = (openId: SQL) => sql`m.unit in (select id from units) and m.open_id = ${openId}`

/** The committees in which a person holds an assessor's seat, as a table expression of (committee). */
export const seatedIn = (openId: SQL) => sql`(select s.committee from members m join seats s on s.member = m.id
  where ${isPerson(openId)} and m.left_on is null and s.role = 'assessor' and s.until_at is null and s.committee is not null)`

/**
 * The same committees and all below them, as a table expression of (id). Questions about an assessor begin here. Most people assess nothing,
 * and a question that begins with all committees asks each of them.
 */
export const underAssessor = (openId: SQL) => sql`(with recursive down(id, depth) as (select committee, 0 from ${seatedIn(openId)} union
  select c.id, depth + 1 from committees c join down on c.parent = down.id where depth < 20) select distinct id from down)`
