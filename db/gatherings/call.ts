import { refuse } from '../../src/refusal.ts'
import { gatheringKinds, isJoinable } from '../../src/rules/gatherings/gatherings.ts'
import { chatsOfBranch, chatsOfGroup } from '../branches/chats.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, lookUp, onDuplicate, type Statement, together } from '../client.ts'
import { record } from '../ledgers/audit.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { type NewItem, openingItems } from './agenda.ts'
import { invite, type Other } from './joint.ts'
import * as messages from './messages.ts'
import { gatheringBranches, gatherings } from './tables.ts'

export interface Call {
  id: string
  branch: string
  /** Of a group meeting, whose. */
  group: string | null
  kind: (typeof gatherings.$inferInsert)['kind']
  place: string
  startsAt: Date
  /** Where people must be in the room: what its code is derived from. */
  roomSecret: string | null
  /** Other branches that are to meet with this one. */
  others?: readonly Other[]
  agenda?: readonly NewItem[]
}

/** Calls a gathering: its card goes to the branch's chats, the host's own card to whoever called it. */
export async function callGathering(
  db: Db,
  call: Call,
  actor: Actor,
  now: Date,
  causes: (postedTo: number) => readonly Statement[] = () => [],
) {
  if (call.startsAt <= now) refusePast()
  const { id, branch, group, kind, place, startsAt, roomSecret, others = [], agenda = [] } = call
  if (others.length > 0) refuseAlone(kind)
  const endsAt = new Date(startsAt.getTime() + gatheringKinds[kind].defaultMinutes * 60_000)
  const [chats] = await lookUp(db, [group ? chatsOfGroup(db, branch, group) : chatsOfBranch(db, branch)])
  const joint = await invite(db, { id, startsAt }, others, actor, now)
  const postedTo = chats.length + joint.postedTo

  await together(db, [
    db.insert(gatherings).values({ id, branch, group, kind, place, startsAt, endsAt, roomSecret, calledBy: actor.id, calledAt: now }),
    db.insert(gatheringBranches).values({ gathering: id, branch }),
    ...openingItems(db, id, agenda),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'gathering.call', subject: id }),
    ...joint.causes,
    ...chats.map(({ chatId }) =>
      enqueue(db, { occasion: `gathering ${id} ${chatId}`, to: { chat: chatId }, ...messages.gathering({ subject: id }), dueAt: now }),
    ),
    enqueue(db, {
      occasion: `host ${id}`,
      to: { person: actor.openId },
      ...messages.host({ subject: id, viewer: actor.id }),
      dueAt: now,
      lane: 'answer',
    }),
    ...causes(postedTo),
  ]).catch(
    onDuplicate(gatherings, () => refuse('这次会议已经召集过了，不用再按。', 'This meeting is already called; no need to press again.')),
  )
  return { postedTo }
}

function refuseAlone(kind: Call['kind']) {
  if (!isJoinable(kind))
    refuse(
      `${gatheringKinds[kind].name.zh}只由本支部开，不能联合；可以联合的有党课、主题党日、党员学习等。`,
      `A ${gatheringKinds[kind].name.en.toLowerCase()} is one branch’s own; a lecture, a theme day or members’ study can be joint.`,
    )
}

export function refusePast(): never {
  return refuse('这个时间已经过了，请换一个。', 'That time has passed; please choose another.')
}
