import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import { type AgendaTag, MOST_ITEM_WORDS, MOST_ITEMS, tagsOf } from '../../src/rules/gatherings/agenda.ts'
import { isLocked } from '../../src/rules/gatherings/attendance.ts'
import { clipped } from '../../src/text.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, inList, type Statement, statementOf, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { recredit } from '../ledgers/credits.ts'
import { refresh } from '../ledgers/refresh.ts'
import { refreshInvitations, refreshScoresOfAll } from './joint.ts'
import { type GatheringAsItStands, gatheringAsItStands } from './state.ts'
import { agendaItems } from './tables.ts'
import { failIfMinuted, refuseMinuted } from './under-way.ts'

export interface NewItem {
  words: string
  tags: readonly AgendaTag[]
}

/** The subject of the host's card about the agenda alone. */
export const agendaSubject = (gathering: string) => `agenda ${gathering}`

export function openingItems(db: Db, gathering: string, items: readonly NewItem[]): Statement[] {
  if (items.length > MOST_ITEMS) refuseMany()
  if (items.length === 0) return []
  const rows = items.map(({ words, tags }, i) => ({ gathering, position: i + 1, words: clipped(words, MOST_ITEM_WORDS), tags: [...tags] }))
  return [statementOf(db.insert(agendaItems).values(rows))]
}

/** An item that the host did not strike out was held, when the host is the one who closes. */
export const agendaHeld = (db: Db, gathering: string, at: Date) =>
  db.update(agendaItems).set({ heldAt: at }).where(sql`${agendaItems.gathering} = ${gathering} and ${agendaItems.struckAt} is null`)

/** Adds an item until the close. An item without tags gets those that its words show. `causes` are written with it. */
export async function addItem(
  db: Db,
  it: GatheringAsItStands,
  { words, tags }: NewItem,
  actor: Actor,
  now: Date,
  causes: readonly Statement[] = [],
) {
  const said = clipped(words, MOST_ITEM_WORDS)
  if (said === '') refuse('请写明议题。', 'Please write what the item is.')
  if (it.cancelledAt) refuse('这次会议已经取消了。', 'This meeting has been cancelled.')
  if (it.closedAt) refuseClosed()
  if (it.agenda.length >= MOST_ITEMS) refuseMany()
  if (it.agenda.some((item) => item.words === said)) refuseSame(said)
  const all = JSON.stringify(tags.length > 0 ? tags : tagsOf(said))
  const results = await together(db, [
    failIf(db, isClosed(it), refuseClosed),
    db
      .insert(agendaItems)
      .select(
        sql`select ${it.id}, (select coalesce(max(i.position), 0) + 1 from agenda_items i where i.gathering = ${it.id}), ${said}, ${all}, null, null`,
      ),
    ...seen(db, it, 'agenda.add', actor, now),
    ...causes,
    gatheringAsItStands(db, it.id),
  ])
  return results.at(-1) as GatheringAsItStands
}

/** The host says which tags an item has, whatever its words seem to say. */
export async function retagItem(
  db: Db,
  it: GatheringAsItStands,
  { position, tags }: { position: number; tags: readonly AgendaTag[] },
  actor: Actor,
  now: Date,
) {
  refuseLocked(it, now)
  if (!it.agenda.some((item) => item.position === position)) refuse('请选择是哪一项议题。', 'Please choose which item.')
  const results = await together(db, [
    failIfMinuted(db, it.id, [it.branch]),
    db
      .update(agendaItems)
      .set({ tags: [...tags] })
      .where(sql`${agendaItems.gathering} = ${it.id} and ${agendaItems.position} = ${position}`),
    ...seen(db, it, 'agenda.retag', actor, now),
    gatheringAsItStands(db, it.id),
  ])
  return results.at(-1) as GatheringAsItStands
}

/** Until the close an item can be reworded or removed. After it, an item that was not held is struck out. */
export async function rewordItem(
  db: Db,
  it: GatheringAsItStands,
  { position, words, tags }: NewItem & { position: number },
  actor: Actor,
  now: Date,
) {
  const said = clipped(words, MOST_ITEM_WORDS)
  refuseSettled(it, position)
  if (it.agenda.some((item) => item.words === said && item.position !== position)) refuseSame(said)
  const about = tags.length > 0 ? [...tags] : tagsOf(said)
  return changing(db, it, position, [
    statementOf(db.update(agendaItems).set({ words: said, tags: about }).where(one(it, position))),
    ...seen(db, it, 'agenda.reword', actor, now),
  ])
}

export async function removeItem(db: Db, it: GatheringAsItStands, position: number, actor: Actor, now: Date) {
  refuseSettled(it, position)
  return changing(db, it, position, [
    statementOf(db.delete(agendaItems).where(one(it, position))),
    ...seen(db, it, 'agenda.remove', actor, now),
  ])
}

const isClosed = ({ id }: GatheringAsItStands) => sql`exists (select 1 from closures c where c.gathering = ${id})`

const one = ({ id }: GatheringAsItStands, position: number) =>
  sql`${agendaItems.gathering} = ${id} and ${agendaItems.position} = ${position}`

/** Somebody may close the meeting or remove the item at this moment. */
async function changing(db: Db, it: GatheringAsItStands, position: number, changes: readonly Statement[]) {
  const results = await together(db, [
    failIf(
      db,
      sql`${isClosed(it)} or not exists (select 1 from agenda_items i where i.gathering = ${it.id} and i.position = ${position})`,
      refuseMoved,
    ),
    ...changes,
    gatheringAsItStands(db, it.id),
  ])
  return results.at(-1) as GatheringAsItStands
}

function refuseSettled(it: GatheringAsItStands, position: number) {
  if (it.cancelledAt) refuse('这次会议已经取消了。', 'This meeting has been cancelled.')
  if (it.closedAt)
    refuse(
      '会议已结束，议题不能改写或删除；没进行的请在主持卡片上记下。',
      'The meeting is closed, its items stay; note on the host’s card which were not held.',
    )
  if (!it.agenda.some((item) => item.position === position)) refuse('请选择是哪一项议题。', 'Please choose which item.')
}

function refuseMoved(): never {
  return refuse(
    '刚刚有人改过议题或结束了会议，请看更新后的卡片。',
    'The agenda has just been changed or the meeting closed; please look at the updated card.',
  )
}

function refuseSame(words: string): never {
  return refuse(`议程上已经有「${words}」了。`, `“${words}” is on the agenda already.`)
}

/**
 * Strikes out the items that were not held. Before the close these are planned items. After it all others count as held, which also
 * confirms an agenda that the clock has closed. The batch asks whether the meeting is closed, for somebody may close it at this moment.
 */
export async function settleAgenda(db: Db, it: GatheringAsItStands, struck: readonly number[], actor: Actor, now: Date) {
  if (it.agenda.length === 0) refuse('这次会议没有议题。', 'This meeting has no agenda.')
  refuseLocked(it, now)
  const isStruck = sql`position in ${inList(struck)}`
  const at = now.getTime()
  const results = await together(db, [
    failIfMinuted(db, it.id, [it.branch]),
    db
      .update(agendaItems)
      .set({
        heldAt: sql`case when ${isStruck} then null when ${isClosed(it)} then coalesce(held_at, ${at}) end`,
        struckAt: sql`case when ${isStruck} then coalesce(struck_at, ${at}) end`,
      })
      .where(sql`${agendaItems.gathering} = ${it.id}`),
    ...seen(db, it, 'agenda.settle', actor, now),
    gatheringAsItStands(db, it.id),
  ])
  return results.at(-1) as GatheringAsItStands
}

const seen = (db: Db, it: GatheringAsItStands, deed: string, actor: Actor, now: Date): Statement[] => [
  record(db, { at: now, unit: actor.unit, actor: actor.id, deed, subject: it.id }),
  refresh(db, { subject: it.id, at: now, afterPress: true }),
  refresh(db, { subject: agendaSubject(it.id), at: now, afterPress: true }),
  ...refreshInvitations(db, it, now),
  ...(it.closedAt ? refreshScoresOfAll(db, it, now) : []),
  // Somebody may be closing it at this moment.
  ...recredit(db, it.id),
]

function refuseLocked(it: GatheringAsItStands, now: Date) {
  if (it.cancelledAt) refuse('这次会议已经取消了。', 'This meeting has been cancelled.')
  if (it.isMinuted) refuseMinuted()
  if (isLocked(it.closedAt, now, it.reopenedAt))
    refuse(
      '会议结束已超过 24 小时，议题不能再改；请书记说明理由重新打开（/重开）。',
      'The meeting ended more than 24 hours ago; the secretary can reopen it with a reason (/reopen) to change the agenda.',
    )
}

function refuseClosed(): never {
  return refuse('会议已结束，不能再加议题。', 'The meeting is closed; nothing can be added to its agenda.')
}

function refuseMany(): never {
  return refuse(`一次会议最多 ${MOST_ITEMS} 项议题，请合并几项。`, `A meeting has at most ${MOST_ITEMS} items; please join some of them.`)
}
