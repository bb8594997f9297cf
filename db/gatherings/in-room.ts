import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import { isLocked } from '../../src/rules/gatherings/attendance.ts'
import type { Nominee } from '../../src/rules/meeting-votes/elections.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, inList, onConstraint, type Statement, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refresh } from '../ledgers/refresh.ts'
import { expectedPeople, isInRoom } from './expected.ts'
import * as messages from './messages.ts'
import { type GatheringAsItStands, gatheringAsItStands } from './state.ts'
import { arrivals, gatherings } from './tables.ts'
import { refuseMinuted } from './under-way.ts'

/** A voter who has arrived, and what says that they are in the room. */
export interface VoterThere {
  id: string
  name: string
  openId: string | null
  isInRoom: boolean
  /** The host's mark that waits for a scrutineer; null where there is none. */
  waitsFor: string | null
  waitsForId: string | null
  markedBy: string | null
}

/** The voters of a meeting who have arrived, for the host and the scrutineer. */
export const votersThere = (db: Db, gathering: string) =>
  db
    .select({
      id: sql<string>`m.id`,
      name: sql<string>`m.name`,
      openId: sql<string | null>`m.open_id`,
      isInRoom: sql<boolean>`${isInRoom}`.mapWith(Boolean),
      waitsFor: sql<string | null>`case when a.confirmed_at is null then (select s.name from members s where s.id = a.scrutineer) end`,
      waitsForId: sql<string | null>`case when a.confirmed_at is null then a.scrutineer end`,
      markedBy: sql<string | null>`case when a.way = 'mark' then a."by" end`,
    })
    .from(
      sql`${expectedPeople(sql`${gathering}`)} x join members m on m.id = x.member join arrivals a on a.gathering = ${gathering} and a.member = x.member`,
    )
    .where(sql`x.votes`)
    .orderBy(sql`a.at`, sql`m.id`)

/** The people who confirmed marks of a meeting that still stand. */
export const scrutineersWho = (db: Db, gathering: string): Statement<Nominee[]> =>
  db
    .selectDistinct({ name: sql<string>`m.name`, member: sql<string>`m.id` })
    .from(sql`arrivals a join members m on m.id = a.scrutineer`)
    .where(sql`a.gathering = ${gathering} and a.confirmed_at is not null`)
    .orderBy(sql`m.id`) as unknown as Statement<Nominee[]>

/** The subject of a scrutineer's card. */
const marksSubject = (gathering: string, scrutineer: string) => `marks ${gathering} ${scrutineer}`

/** The host says who is in the room. A scrutineer is asked to confirm it, on a card of their own. */
export async function askScrutineer(
  db: Db,
  it: GatheringAsItStands,
  people: readonly VoterThere[],
  scrutineer: VoterThere,
  host: Actor,
  now: Date,
): Promise<GatheringAsItStands> {
  refuseOver(it, now)
  if (people.length === 0) refuse('请先选出你看到在场的人。', 'Choose first whom you see in the room.')
  if (scrutineer.id === host.id || scrutineer.id === it.calledBy)
    refuse('监票人不能是主持人，请另选一位。', 'The scrutineer is not the host; please choose somebody else.')
  if (people.some(({ id }) => id === scrutineer.id))
    refuse('监票人不能核对自己，请另选一位。', 'A scrutineer does not confirm themself; please choose somebody else.')
  if (!scrutineer.isInRoom)
    refuse(
      `${scrutineer.name}还没有用现场码签到，请先签到，或者另选一位。`,
      `${scrutineer.name} has not entered the room code yet; let them do that first, or choose somebody else.`,
    )
  const ids = inList(people.map(({ id }) => id))
  const results = await together(db, [
    db
      .update(arrivals)
      .set({ way: 'mark', by: host.id, scrutineer: scrutineer.id, confirmedAt: null })
      .where(sql`${arrivals.gathering} = ${it.id} and ${arrivals.member} in ${ids} and ${arrivals.way} <> 'code'`),
    record(db, { at: now, unit: host.unit, actor: host.id, deed: 'attendance.askScrutineer', subject: it.id }),
    refresh(db, { subject: it.id, at: now, afterPress: true }),
    refresh(db, { subject: marksSubject(it.id, scrutineer.id), at: now, afterPress: true }),
    ...(scrutineer.openId === null
      ? []
      : [
          enqueue(db, {
            occasion: `marks ${it.id} ${scrutineer.id} ${now.getTime()}`,
            to: { person: scrutineer.openId },
            ...messages.marks({ subject: marksSubject(it.id, scrutineer.id), gathering: it.id, viewer: scrutineer.id }),
            dueAt: now,
            lane: 'answer',
          }),
        ]),
    gatheringAsItStands(db, it.id),
  ])
  return results.at(-1) as GatheringAsItStands
}

/** The scrutineer confirms the people whom they see too. Others stay unconfirmed and present in attendance alone. */
export async function confirmMarks(db: Db, it: GatheringAsItStands, people: readonly VoterThere[], scrutineer: Actor, now: Date) {
  refuseOver(it, now)
  if (people.length === 0) refuse('请选出你看到在场的人。', 'Choose whom you see in the room.')
  const candidate = it.elections.find(({ nominees }) => nominees.some(({ member }) => member === scrutineer.id))
  if (candidate) refuseNominee()
  await together(db, [
    failIf(
      db,
      sql`exists (select 1 from elections e join json_each(e.nominees) n where e.gathering = ${it.id} and n.value ->> 'member' = ${scrutineer.id})`,
      refuseNominee,
    ),
    db
      .update(arrivals)
      .set({ confirmedAt: now })
      .where(
        sql`${arrivals.gathering} = ${it.id} and ${arrivals.way} = 'mark' and ${arrivals.scrutineer} = ${scrutineer.id}
          and ${arrivals.confirmedAt} is null and ${arrivals.member} in ${inList(people.map(({ id }) => id))}`,
      ),
    record(db, { at: now, unit: scrutineer.unit, actor: scrutineer.id, deed: 'attendance.confirmMark', subject: it.id }),
    refresh(db, { subject: it.id, at: now, afterPress: true }),
    refresh(db, { subject: marksSubject(it.id, scrutineer.id), at: now, afterPress: true }),
  ]).catch(onConstraint('no scrutineer', refuseOwn))
}

/** A meeting that turns out to elect or admit gets its room code on the way. */
export async function startRoomCode(db: Db, it: GatheringAsItStands, secret: string, host: Actor, now: Date): Promise<GatheringAsItStands> {
  refuseOver(it, now)
  const results = await together(db, [
    db.update(gatherings).set({ roomSecret: secret }).where(sql`${gatherings.id} = ${it.id} and ${gatherings.roomSecret} is null`),
    record(db, { at: now, unit: host.unit, actor: host.id, deed: 'gathering.startCode', subject: it.id }),
    refresh(db, { subject: it.id, at: now, afterPress: true }),
    gatheringAsItStands(db, it.id),
  ])
  return results.at(-1) as GatheringAsItStands
}

/** A voter who pressed from afar has come into the room and entered its code. The attendance stays as it was. */
export const arriveInRoom = (db: Db, gathering: string, member: string) =>
  db
    .update(arrivals)
    .set({ way: 'code', by: member, scrutineer: null, confirmedAt: null })
    .where(sql`${arrivals.gathering} = ${gathering} and ${arrivals.member} = ${member}`)

function refuseOver(it: GatheringAsItStands, now: Date) {
  if (it.cancelledAt) refuse('这次会议已经取消了。', 'This meeting has been cancelled.')
  if (it.isMinuted) refuseMinuted()
  if (isLocked(it.closedAt, now, it.reopenedAt))
    refuse('会议结束已超过 24 小时，到会不再核对。', 'The meeting ended more than 24 hours ago; nobody is confirmed any more.')
}

function refuseNominee(): never {
  return refuse('你是候选人，不能核对到会，请主持人另请一位。', 'You are a nominee and cannot confirm; the host asks somebody else.')
}

function refuseOwn(): never {
  return refuse('主持人和本人不能核对，请另请一位监票人。', 'The host and the person marked cannot confirm; please ask another scrutineer.')
}
