import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import type { Hands, Matter } from '../../src/rules/meeting-votes/resolutions.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, inList, onConstraint, onDuplicate, type Statement, statementOf, together } from '../client.ts'
import { expectedPeople, isInRoom } from '../gatherings/expected.ts'
import type { GatheringAsItStands } from '../gatherings/state.ts'
import { failIfOver, underwayOrRefuse } from '../gatherings/under-way.ts'
import { votersFor } from '../gatherings/voters.ts'
import type { ResolutionThere } from '../gatherings/votes-held.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refresh, refreshAll } from '../ledgers/refresh.ts'
import * as messages from './messages.ts'
import { resolutions, writtenViews } from './tables.ts'

export interface AbsentVoter {
  id: string
  name: string
  openId: string | null
}

/** An absent voter whose view was handed in, and whether it still counts. */
export interface ListedVoter extends AbsentVoter {
  is: 'standing' | 'objected' | 'came'
}

/** The expected voters of an admission who are not in the room. */
export const absentVoters = (db: Db, gathering: string): Statement<AbsentVoter[]> =>
  statementOf(
    db
      .select({ id: sql<string>`m.id`, name: sql<string>`m.name`, openId: sql<string | null>`m.open_id` })
      .from(sql`${expectedPeople(sql`${gathering}`)} x join members m on m.id = x.member`)
      .where(
        sql`x.admits and m.left_on is null and not exists (select 1 from arrivals a where a.gathering = ${gathering} and a.member = m.id and ${isInRoom})`,
      )
      .orderBy(sql`m.added_at, m.id`),
  ) as Statement<AbsentVoter[]>

/** The people whose views were handed in. Until the vote opens the arrivals say who has come; then the strikes stand. */
export const listedVoters = (db: Db, resolution: string): Statement<ListedVoter[]> =>
  statementOf(
    db
      .select({
        id: sql<string>`m.id`,
        name: sql<string>`m.name`,
        openId: sql<string | null>`m.open_id`,
        is: sql<ListedVoter['is']>`case when w.objected_at is not null then 'objected' when w.struck_at is not null then 'came'
          when r.manner is null and exists (select 1 from arrivals a where a.gathering = r.gathering and a.member = w.member and ${isInRoom}) then 'came'
          else 'standing' end`,
      })
      .from(sql`written_views w join resolutions r on r.id = w.resolution join members m on m.id = w.member`)
      .where(sql`w.resolution = ${resolution}`)
      .orderBy(sql`m.added_at, m.id`),
  ) as Statement<ListedVoter[]>

export const viewsSubject = (resolution: string) => `views ${resolution}`
export const ownViewSubject = (resolution: string, member: string) => `view ${resolution} ${member}`

interface Asked {
  id: string
  words: string
  matter: Matter
}

/** The vote is not open yet: the host first hands in the written views of absent voters. */
export async function prepareResolution(db: Db, gathering: GatheringAsItStands, { id, words, matter }: Asked, host: Actor, now: Date) {
  const it = underwayOrRefuse(gathering, ['general'], now)
  if (words === '') refuse('请写明表决什么。', 'Please say what is voted on.')
  await together(db, [
    failIfOver(db, it.id),
    db
      .insert(resolutions)
      .values({ id, branch: it.branch, gathering: it.id, words, matter, ...votersFor(it, matter), by: host.id, at: now }),
    record(db, { at: now, unit: host.unit, actor: host.id, deed: 'resolution.prepare', subject: id }),
    refresh(db, { subject: it.id, at: now, afterPress: true }),
    enqueue(db, {
      occasion: `writtenViews ${id}`,
      to: { person: host.openId },
      ...messages.writtenViews({ subject: viewsSubject(id), gathering: it.id, resolution: id, viewer: host.id }),
      dueAt: now,
      lane: 'answer',
    }),
  ]).catch(
    onDuplicate(resolutions, () => refuse('这项表决已经准备好了，不用再按。', 'This vote is prepared already; no need to press again.')),
  )
}

/** Enters whose views these are, and their sums. Each of the people is told, and may object until the vote opens. */
export async function handInViews(
  db: Db,
  it: GatheringAsItStands,
  { id }: ResolutionThere,
  { people, views }: { people: readonly AbsentVoter[]; views: Hands },
  host: Actor,
  now: Date,
) {
  const listed = inList(people.map((one) => one.id))
  await together(db, [
    failIf(db, isOpened(id), refuseOpened),
    db.delete(writtenViews).where(sql`resolution = ${id} and objected_at is null and member not in ${listed}`),
    ...people.map((one) => db.insert(writtenViews).values({ resolution: id, member: one.id, by: host.id, at: now }).onConflictDoNothing()),
    db.update(resolutions).set({ views, by: host.id }).where(sql`${resolutions.id} = ${id}`),
    record(db, { at: now, unit: host.unit, actor: host.id, deed: 'resolution.handInViews', subject: id }),
    refresh(db, { subject: viewsSubject(id), at: now, afterPress: true }),
    refreshAll(db, { beginning: ownViewSubject(id, ''), at: now }),
    ...people.flatMap(({ id: member, openId }) =>
      openId === null
        ? []
        : [
            enqueue(db, {
              occasion: `ownView ${id} ${member}`,
              to: { person: openId },
              ...messages.ownView({ subject: ownViewSubject(id, member), resolution: id, member }),
              dueAt: now,
            }),
          ],
    ),
    refresh(db, { subject: it.id, at: now, afterPress: true }),
  ]).catch(onConstraint('vote open', refuseOpened))
}

/** The vote goes another way, or was prepared by mistake. The views go with it. */
export async function withdrawPrepared(db: Db, it: GatheringAsItStands, { id }: ResolutionThere, host: Actor, now: Date) {
  await together(db, [
    failIf(db, isOpened(id), refuseOpened),
    db.delete(writtenViews).where(sql`resolution = ${id}`),
    db.delete(resolutions).where(sql`id = ${id}`),
    record(db, { at: now, unit: host.unit, actor: host.id, deed: 'resolution.withdraw', subject: id }),
    refresh(db, { subject: it.id, at: now, afterPress: true }),
    refreshAll(db, { beginning: ownViewSubject(id, ''), at: now }),
  ])
}

/** The opening strikes the views of people who objected or came. The sums must fit the others. */
export const strikeViews = (db: Db, resolution: string, electors: readonly { member: string }[], now: Date): Statement[] => [
  failIf(db, isOpened(resolution), refuseOpened),
  statementOf(
    db
      .update(writtenViews)
      .set({ struckAt: now })
      .where(sql`resolution = ${resolution} and (objected_at is not null or member in ${inList(electors.map(({ member }) => member))})`),
  ),
  refreshAll(db, { beginning: ownViewSubject(resolution, ''), at: now }),
  refresh(db, { subject: viewsSubject(resolution), at: now, afterPress: true }),
]

const isOpened = (resolution: string) => sql`not exists (select 1 from resolutions where id = ${resolution} and manner is null)`

export function refuseOpened(): never {
  return refuse('投票已经开始，书面意见不能再改。', 'The vote is open; the written views can no longer be changed.')
}

export function refuseMoved(): never {
  return refuse(
    '书面意见有变化（有人到会或有异议），请先按名单重新填写三项份数。',
    'The written views have changed: somebody came or objected. Please enter the three figures anew first.',
  )
}
