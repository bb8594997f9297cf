import { sql } from 'drizzle-orm'
import type { Stage } from '../branches/members.ts'
import { members, seats } from '../branches/tables.ts'
import { type Db, inList, type Statement, statementOf } from '../client.ts'
import { failIf } from '../guard.ts'
import { personChanges } from './tables.ts'

/** A person's state, as `snapshotOf` writes it. */
export interface Snapshot {
  branch: string | null
  group: string | null
  stage: Stage | null
  appliedOn: string | null
  activistOn: string | null
  prospectOn: string | null
  probationerOn: string | null
  fullOn: string | null
  awaySince: string | null
  leftOn: string | null
  leftReason: (typeof members.$inferSelect)['leftReason']
  /** Open seats in the branch and its groups, by id. */
  seats: string[]
}

/** Everything that a person's card can change, as text that is equal exactly while nothing changes. */
export const snapshotOf = (member: ReturnType<typeof sql>) => sql<string>`(select json_object('branch', p.branch, 'group', p.group_id,
  'stage', p.stage, 'appliedOn', p.applied_on, 'activistOn', p.activist_on, 'prospectOn', p.prospect_on, 'probationerOn', p.probationer_on,
  'fullOn', p.full_on, 'awaySince', p.away_since, 'leftOn', p.left_on, 'leftReason', p.left_reason,
  'seats', json((select json_group_array(o.id) from (select s.id from seats s
    where s.member = p.id and s.until_at is null and s.role not in ('admin', 'assessor') order by s.id) o))) from members p where p.id = ${member})`

interface Change {
  id: string
  branch: string
  member: string
  deed: string
  at: Date
  by: string
  /** The person at the look: if somebody else has changed them since, the whole batch fails. */
  seen: string
}

/** Somebody else has changed the person since they were looked at. */
export class PersonMoved extends Error {
  override name = 'PersonMoved'
}

/**
 * Stands first in the batch.
 * @throws PersonMoved
 */
export const changeBegun = (db: Db, { id, branch, member, deed, at, by, seen }: Change): Statement[] => [
  failIf(db, sql`${snapshotOf(sql`${member}`)} is not ${seen}`, () => {
    throw new PersonMoved()
  }),
  statementOf(db.insert(personChanges).values({ id, branch, member, deed, at, by, before: seen })),
]

/** The same without a look before it, for a change that holds in any state of the person. */
export const changeNoted = (db: Db, { id, branch, member, deed, at, by }: Omit<Change, 'seen'>) =>
  db
    .insert(personChanges)
    .select(sql`select ${id}, ${branch}, ${member}, ${deed}, ${at.getTime()}, ${by}, ${snapshotOf(sql`${member}`)}, null, null`)

/** Stands after the changes in the batch. */
export const changeSettled = (db: Db, id: string, member: string) =>
  db
    .update(personChanges)
    .set({ after: snapshotOf(sql`${member}`) })
    .where(sql`${personChanges.id} = ${id}`)

/**
 * The person as they stood before: ended seats go on, granted seats end. A group that was dissolved since stays left. A seat for one
 * holder, which somebody else has by now, stays ended.
 */
export function asBefore(db: Db, member: string, { seats: held, group, ...was }: Snapshot, now: Date) {
  const here = inList(held)
  return [
    db
      .update(members)
      .set({ ...was, group: sql`(select id from groups where id = ${group} and ended_on is null)` })
      .where(sql`${members.id} = ${member}`),
    db
      .update(seats)
      .set({ until: now })
      .where(
        sql`${seats.member} = ${member} and ${seats.until} is null and ${seats.role} not in ('admin', 'assessor') and ${seats.id} not in ${here}`,
      ),
    db
      .update(seats)
      .set({ until: null })
      .where(
        sql`${seats.member} = ${member} and ${seats.id} in ${here} and (${seats.group} is null or ${seats.group} in (select id from groups where ended_on is null))
          and not (${seats.role} in ('secretary', 'leader') and exists (select 1 from seats o join members m on m.id = o.member and m.left_on is null
            where o.until_at is null and o.member <> ${member} and o.role = ${seats.role} and o.branch is ${seats.branch} and o.group_id is ${seats.group}))`,
      ),
  ]
}

export const changeUndone = (db: Db, change: string, at: Date) =>
  db.update(personChanges).set({ undoneAt: at }).where(sql`${personChanges.id} = ${change}`)
