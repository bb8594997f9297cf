import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, lookUp, type Statement, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refresh } from '../ledgers/refresh.ts'
import { linkLasts } from '../pages/links.ts'
import { refusePast } from './call.ts'
import { leaveCard, leavesAsked, refuseCancelled } from './check-in.ts'
import { chatsOfGathering } from './gatherings.ts'
import { refreshInvitations } from './joint.ts'
import { askersOf } from './leaves.ts'
import * as messages from './messages.ts'
import { type GatheringAsItStands, gatheringAsItStands } from './state.ts'
import { gatherings } from './tables.ts'

export interface TimeAndPlace {
  startsAt: Date
  place: string
}

/** The subject of the form on which the time is changed. */
export const rescheduleSubject = (gathering: string) => `reschedule ${gathering}`

const isSameTime = (it: TimeAndPlace, to: TimeAndPlace) => it.startsAt.getTime() === to.startsAt.getTime()

export const isAt = (it: TimeAndPlace, that: TimeAndPlace) => isSameTime(it, that) && it.place === that.place

/** Changes time or place until the start. Everything that goes by the time goes by the new one; one post in the chats names the change. */
export async function reschedule(
  db: Db,
  it: GatheringAsItStands,
  to: TimeAndPlace,
  actor: Actor,
  now: Date,
  causes: readonly Statement[] = [],
) {
  refuseBegun(it, now)
  if (isAt(it, to)) refuse('时间和地点没有变。', 'Time and place are as they were.')
  if (to.startsAt <= now) refusePast()
  if (it.present > 0 && !isSameTime(it, to)) refuseArrived()
  const endsAt = new Date(to.startsAt.getTime() + it.endsAt.getTime() - it.startsAt.getTime())
  const [chats, asking] = await lookUp(db, [chatsOfGathering(db, it.id), askersOf(db, it.id)])
  const change = { gathering: it.id, was: plain(it), is: plain(to) }
  const results = await together(db, [
    failIf(db, hasMoved(it, to), refuseMoved),
    db.update(gatherings).set({ startsAt: to.startsAt, endsAt, place: to.place }).where(sql`${gatherings.id} = ${it.id}`),
    linkLasts(db, { kind: 'roomCode', subject: it.id }, endsAt),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'gathering.reschedule', subject: it.id }),
    ...[it.id, rescheduleSubject(it.id), leavesAsked(it.id), ...asking.map(({ member }) => leaveCard(it.id, member))].map((subject) =>
      refresh(db, { subject, at: now, afterPress: true }),
    ),
    ...refreshInvitations(db, it, now),
    ...chats.map(({ chatId }) =>
      enqueue(db, {
        occasion: `rescheduled ${it.id} ${now.getTime()} ${chatId}`,
        to: { chat: chatId },
        ...messages.rescheduled(change),
        dueAt: now,
      }),
    ),
    ...causes,
    gatheringAsItStands(db, it.id),
  ])
  return results.at(-1) as GatheringAsItStands
}

const plain = ({ startsAt, place }: TimeAndPlace) => ({ startsAt: startsAt.getTime(), place })

/** A condition: somebody has just changed, closed, cancelled or come to the gathering. */
const hasMoved = (
  it: GatheringAsItStands,
  to: TimeAndPlace,
) => sql`(exists (select 1 from gatherings g where g.id = ${it.id} and (g.starts_at <> ${it.startsAt.getTime()} or g.place <> ${it.place}))
  or exists (select 1 from closures c where c.gathering = ${it.id}) or exists (select 1 from cancellations c where c.gathering = ${it.id})
  or ${isSameTime(it, to) ? 0 : 1} and exists (select 1 from arrivals a where a.gathering = ${it.id}))`

/** @throws Refusal where the time cannot be changed now */
export function refuseBegun({ cancelledAt, closedAt, startsAt }: GatheringAsItStands, now: Date) {
  if (cancelledAt) refuseCancelled()
  if (closedAt || now >= startsAt)
    refuse('会议已经开始，不能再改时间和地点。', 'The meeting has begun; its time and place can no longer be changed.')
}

function refuseArrived(): never {
  return refuse(
    '已经有人签到，时间不能改了（地点还可以改）；签错的请先在「更正…」里改为未到。',
    'Somebody has checked in, so only the place can change now; a mistaken check-in is taken back under “Correct…”.',
  )
}

function refuseMoved(): never {
  return refuse('刚刚有变化，请看更新后的卡片再改。', 'This has just changed; please look at the updated card and try again.')
}
