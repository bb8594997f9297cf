import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import type { SeatRole } from '../../src/rules/branches/rights.ts'
import type { LeavingReason } from '../../src/rules/roster/leaving.ts'
import type { Actor, Stage } from '../branches/members.ts'
import { members, seats } from '../branches/tables.ts'
import { type Db, onConstraint, type Statement, statementOf, together } from '../client.ts'
import { record } from '../ledgers/audit.ts'
import { changeNoted, changeSettled } from './undo.ts'

export interface Joining {
  member: string
  seat: string
  openId: string
  name: string
  stage: Stage
  role: SeatRole | null
}

/**
 * Puts people on a branch's roster, with the seats named. Somebody who had no branch (an administrator, say) keeps everything and gains
 * one; who was on a roster of the unit before is the same person again.
 */
export async function addToBranch(
  db: Db,
  branch: string,
  people: readonly Joining[],
  actor: Actor,
  now: Date,
  day: string,
  causes: readonly Statement[] = [],
) {
  await together(db, [...people.flatMap((person) => joinStatements(db, branch, person, actor, now, day)), ...causes])
    .catch(
      onConstraint('seats_held_once', () =>
        refuse(
          '其中有人已经担任这个职务，去掉职务再说一遍即可。',
          'Somebody of them already holds that seat; say it again without the seat.',
        ),
      ),
    )
    .catch(
      onConstraint('NOT NULL constraint failed: members.', () =>
        refuse(
          '其中有人刚刚加入了别的支部，没有改动；请先由那个支部移除。',
          'Somebody of them has just joined another branch; nothing has changed. That branch must remove them first.',
        ),
      ),
    )
}

function joinStatements(
  db: Db,
  branch: string,
  { member, seat, openId, name, stage, role }: Joining,
  actor: Actor,
  now: Date,
  day: string,
): Statement[] {
  const who = sql<string>`(select id from members where unit = ${actor.unit} and open_id = ${openId} and left_on is null)`
  const former = sql`(select id from members where unit = ${actor.unit} and open_id = ${openId} order by left_on is not null, left_on desc, added_at desc limit 1)`
  const back = statementOf(
    db
      .update(members)
      .set({
        leftOn: null,
        leftReason: null,
        joinedOn: sql`case when branch = ${branch} then joined_on else ${day} end`,
        branch,
        group: null,
        awaySince: null,
      })
      .where(sql`${members.id} = ${former} and ${members.leftOn} is not null`),
  )
  const joined = statementOf(
    db
      .insert(members)
      .values({ id: member, unit: actor.unit, branch, openId, name, stage, joinedOn: day, addedAt: now })
      .onConflictDoUpdate({
        target: [members.unit, members.openId],
        targetWhere: sql`left_on is null`,
        set: { branch, name, stage, leftReason: null },
        setWhere: sql`branch is null or branch = excluded.branch`,
      }),
  )
  // Two branches that add one person at once: the second fails whole on a key.
  const ours = statementOf(
    db
      .update(members)
      .set({ name: sql`case when branch = ${branch} then name end` })
      .where(sql`${members.id} = ${who}`),
  )
  const by = { at: now, unit: actor.unit, actor: actor.id }
  const added = record(db, { ...by, deed: 'roster.add', subject: member })
  if (!role) return [back, joined, ours, added]
  return [
    back,
    joined,
    ours,
    added,
    statementOf(db.insert(seats).values({ id: seat, member: who, role, branch, from: now })),
    record(db, { ...by, deed: 'seat.grant', subject: seat }),
  ]
}

export const personInUnit = (db: Db, unit: string, openId: string) =>
  db
    .select({ id: members.id, name: members.name, branch: members.branch, stage: members.stage })
    .from(members)
    .where(sql`${members.unit} = ${unit} and ${members.openId} = ${openId} and ${members.leftOn} is null`)

/** The same, or who was on a roster of the unit last. */
export const personEver = (db: Db, unit: string, openId: string) =>
  db
    .select({ id: members.id, name: members.name, branch: members.branch, stage: members.stage, leftOn: members.leftOn })
    .from(members)
    .where(sql`${members.unit} = ${unit} and ${members.openId} = ${openId}`)
    .orderBy(sql`${members.leftOn} is not null`, sql`${members.leftOn} desc`, sql`${members.addedAt} desc`)
    .limit(1)

/** Takes people off a branch's roster; each can be undone on their own card. */
export async function leaveBranch(
  db: Db,
  branch: string,
  people: readonly { id: string; change: string }[],
  actor: Actor,
  now: Date,
  day: string,
  causes: readonly Statement[] = [],
) {
  await together(db, [
    ...people.flatMap(({ id, change }) => [
      statementOf(changeNoted(db, { id: change, branch, member: id, deed: 'roster.remove', at: now, by: actor.id })),
      ...leaving(db, branch, id, now, day),
      statementOf(changeSettled(db, change, id)),
      record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'roster.remove', subject: id }),
    ]),
    ...causes,
  ])
}

/** One of them, with the seats in the branch. Who administers or assesses stays known to the unit, without a branch. */
export function leaving(db: Db, branch: string, member: string, now: Date, day: string, reason: LeavingReason | null = null): Statement[] {
  const staying = sql`exists (select 1 from seats s where s.member = ${members.id} and s.until_at is null and s.role in ('admin', 'assessor'))`
  return [
    statementOf(
      db
        .update(members)
        .set({
          leftOn: sql`case when ${staying} then null else ${day} end`,
          leftReason: reason,
          branch: sql`case when ${staying} then null else ${branch} end`,
          group: null,
        })
        .where(sql`${members.id} = ${member} and ${members.branch} = ${branch}`),
    ),
    statementOf(
      db
        .update(seats)
        .set({ until: now })
        .where(sql`${seats.member} = ${member} and ${seats.until} is null and ${seats.role} not in ('admin', 'assessor')`),
    ),
  ]
}
