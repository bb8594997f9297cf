import { sql } from 'drizzle-orm'
import type { Day } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import type { Actor } from '../branches/members.ts'
import { chats, groups, members, seats } from '../branches/tables.ts'
import { type Db, lookUp, onConstraint, onDuplicate, type Statement, statementOf, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { refresh } from '../ledgers/refresh.ts'
import { draftSubject } from '../rhythms/drafts.ts'
import { rhythmList } from '../rhythms/rhythms.ts'
import { rhythms } from '../rhythms/tables.ts'
import { type GroupAsItStands, groupAsItStands, type InGroup } from './groups.ts'
import { openGatheringIds } from './people.ts'
import { tellOfSeats } from './seat-notices.ts'
import { changeNoted, changeSettled } from './undo.ts'

const namesake = (branch: string, name: string) =>
  sql`exists (select 1 from groups o where o.branch = ${branch} and o.name = ${name} and o.ended_on is null)`

const refuseNamesake = () => refuse('已经有同名的党小组，请换一个名称。', 'There is a group of that name already; please choose another.')

export async function makeGroup(
  db: Db,
  id: string,
  branch: string,
  name: string,
  actor: Actor,
  now: Date,
  causes: readonly Statement[] = [],
) {
  await together(db, [
    failIf(db, namesake(branch, name), refuseNamesake),
    db.insert(groups).values({ id, branch, name }),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'group.make', subject: id }),
    ...causes,
  ]).catch(onDuplicate(groups, refuseNamesake))
}

async function deed(db: Db, group: GroupAsItStands, name: string, actor: Actor, now: Date, statements: readonly Statement[]) {
  const after = await together(db, [
    ...statements,
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: name, subject: group.id }),
    groupAsItStands(db, group.id),
  ])
  return after.at(-1) as GroupAsItStands
}

export const renameGroup = (db: Db, group: GroupAsItStands, name: string, actor: Actor, now: Date) =>
  deed(db, group, 'group.rename', actor, now, [
    failIf(db, namesake(group.branch, name), refuseNamesake),
    statementOf(db.update(groups).set({ name }).where(sql`${groups.id} = ${group.id}`)),
  ])

/**
 * A group is dissolved only while nobody is in it and none of its meetings is open. The batch asks again, for somebody may join meanwhile.
 */
export function dissolveGroup(db: Db, group: GroupAsItStands, on: Day, actor: Actor, now: Date) {
  if (group.people.length > 0) refusePeopled()
  if (group.open > 0)
    refuse('这个小组还有没结束的会，请先取消或结束。', 'A meeting of this group is not over yet; please cancel or close it first.')
  return deed(db, group, 'group.dissolve', actor, now, [
    failIf(db, sql`exists (select 1 from members m where m.group_id = ${group.id} and m.left_on is null)`, refusePeopled),
    statementOf(db.update(groups).set({ endedOn: on }).where(sql`${groups.id} = ${group.id}`)),
    ...endLeaders(db, group, null, actor, now),
    statementOf(
      db.update(rhythms).set({ endedBy: actor.id, endedAt: now }).where(sql`${rhythms.group} = ${group.id} and ${rhythms.endedAt} is null`),
    ),
    ...[rhythmList(group.branch), ...group.drafts.map(draftSubject)].map((subject) => refresh(db, { subject, at: now, afterPress: true })),
    ...group.chats.flatMap((chat) => [
      statementOf(db.delete(chats).where(sql`${chats.chatId} = ${chat} and ${chats.group} = ${group.id}`)),
      record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'chat.unbind', subject: chat }),
    ]),
  ])
}

/** For a group that is dissolved between the look and the batch. */
export const failIfDissolved = (db: Db, group: string) =>
  failIf(db, sql`exists (select 1 from groups where id = ${group} and ended_on is not null)`, refuseDissolved)

const refuseDissolved = () => refuse('这个党小组刚刚解散了，没有改动。', 'This group has just been dissolved; nothing has changed.')

function refusePeopled(): never {
  return refuse('小组里还有人，请先把人调出，再解散。', 'There are people in the group; please move them out first.')
}

const everybody = ({ people, others }: GroupAsItStands) => [...people, ...others]

function endLeaders(db: Db, group: GroupAsItStands, but: string | null, actor: Actor, now: Date): Statement[] {
  return everybody(group)
    .filter(({ id, leads }) => leads && id !== but)
    .flatMap((person) => ending(db, person, person.leads, actor, now))
}

const ending = (db: Db, person: InGroup, seat: string | null, actor: Actor, now: Date): Statement[] =>
  seat
    ? [
        statementOf(db.update(seats).set({ until: now }).where(sql`${seats.id} = ${seat} and ${seats.until} is null`)),
        record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'seat.vacate', subject: seat }),
        ...tellOfSeats(db, person.openId, [{ id: seat, wasHeld: true }], actor.id, now),
      ]
    : []

/** A group has one leader, a full member of it. The former leader is told too. */
export function setLeader(
  db: Db,
  group: GroupAsItStands,
  leader: string | null,
  seat: string,
  actor: Actor,
  now: Date,
  causes: readonly Statement[] = [],
) {
  const person = group.people.find(({ id }) => id === leader)
  const isNew = person && !person.leads
  const fits = sql`exists (select 1 from members where id = ${leader} and group_id = ${group.id} and stage = 'full' and left_on is null)`
  return deed(db, group, 'group.leader', actor, now, [
    ...endLeaders(db, group, leader, actor, now),
    ...(isNew
      ? [
          failIf(db, sql`not ${fits}`, refuseUnfit),
          statementOf(db.insert(seats).values({ id: seat, member: person.id, role: 'leader', group: group.id, from: now })),
          record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'seat.grant', subject: seat }),
          ...tellOfSeats(db, person.openId, [{ id: seat, wasHeld: false }], actor.id, now),
        ]
      : []),
    ...causes,
  ]).catch(
    onConstraint('seats_held_once', () => refuse('这个人已经是组长，不用再按。', 'They lead the group already; no need to press again.')),
  )
}

function refuseUnfit(): never {
  return refuse('组长要是本组的正式党员，请重新选。', 'A leader is a full member of the group; please choose again.')
}

/**
 * Several people move at once, each as a change on their own card, where it can be undone. A leader of another group leads it no longer.
 */
export async function movePeople(
  db: Db,
  group: GroupAsItStands,
  moving: readonly InGroup[],
  to: string | null,
  move: string,
  actor: Actor,
  now: Date,
  causes: readonly Statement[] = [],
) {
  const [open] = await lookUp(db, [openGatheringIds(db, group.branch)])
  return deed(db, group, 'group.move', actor, now, [
    ...(to ? [failIfDissolved(db, to)] : []),
    ...moving.flatMap((person, i) => {
      const { id } = person
      const change = `${move} ${i}`
      return [
        statementOf(changeNoted(db, { id: change, branch: group.branch, member: id, deed: 'member.group', at: now, by: actor.id })),
        statementOf(
          db
            .update(members)
            .set({ group: to })
            .where(sql`${members.id} = ${id} and ${members.branch} = ${group.branch} and ${members.leftOn} is null`),
        ),
        ...(to === group.id ? ending(db, person, person.leadsElsewhere, actor, now) : ending(db, person, person.leads, actor, now)),
        statementOf(changeSettled(db, change, id)),
        record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'member.group', subject: id }),
      ]
    }),
    ...open.map((gathering) => refresh(db, { subject: gathering.id, at: now, afterPress: true })),
    ...causes,
  ])
}
