import { proposalsFor } from '../../cards/roster/proposals.ts'
import { assessorsOf, nearest, secretariesOf } from '../../db/branches/answering.ts'
import { chatById } from '../../db/branches/chats.ts'
import { branchById, groupById } from '../../db/branches/units.ts'
import { type Db, lookUp, type Statement, statementOf, together } from '../../db/client.ts'
import { asksAbout, enqueue } from '../../db/ledgers/outbox.ts'
import { refresh } from '../../db/ledgers/refresh.ts'
import { knownAmong } from '../../db/roster/import.ts'
import { noteMove, proposalsCard } from '../../db/roster/proposals.ts'
import { addDays, addMinutes, day, moment } from '../calendar.ts'
import type { Incoming } from '../feishu/door/incoming.ts'
import { courteousFrom, spread } from '../rules/time/courtesy.ts'
import { platformTime } from './presence.ts'

/** Thirty people who join at once make one card. */
const GATHERED_MINUTES = 10

type Moves = Extract<Incoming, { kind: 'peopleJoined' | 'peopleLeft' }>

/** Remembers who joins or leaves a branch’s chat, and puts it before the secretary. The roster never follows by itself. */
export async function notePeople(db: Db, { kind, chatId, people, createdAt }: Moves, newId: () => string, now: Date) {
  const [[chat]] = await lookUp(db, [chatById(db, { chatId })])
  const [[ofGroup]] = await lookUp(db, [groupById(db, chat?.group ?? '')])
  const branch = chat?.branch ?? ofGroup?.branch
  if (!chat || !branch || people.length === 0) return

  const what = kind === 'peopleJoined' ? 'joined' : 'left'
  const at = platformTime(createdAt, now)
  const [known] = await lookUp(db, [
    knownAmong(
      db,
      branch,
      people.map(({ openId }) => openId),
    ),
  ])
  const ours = new Set(known.flatMap((one) => (one.branch === branch ? one.openId : [])))
  const news = people.filter(({ openId }) => ours.has(openId) !== (what === 'joined'))

  await together(db, [
    ...people.map(({ openId, name }) =>
      statementOf(
        noteMove(db, { id: newId(), unit: chat.unit, branch, group: chat.group, chat: chatId, openId, name: name ?? null, what, at }),
      ),
    ),
    refresh(db, { subject: proposalsCard(branch), at: now, afterPress: false }),
    ...(news.length > 0 ? await asking(db, branch, news, now) : []),
  ])
}

/** Asks with a new message at most once a day. Later moves of that day show on the card that is there, and are asked about the next day. */
async function asking(db: Db, branch: string, news: readonly { openId: string }[], now: Date): Promise<Statement[]> {
  const [people, [asked]] = [await whoDecides(db, branch, news), await lookUp(db, [asksAbout(db, proposalsCard(branch))])]
  if (asked.some(({ state }) => state === 'waiting')) return []

  const soon = courteousFrom(addMinutes(now, GATHERED_MINUTES))
  const isToday = asked.some(({ state, dueAt: at }) => state === 'sent' && day(at) === day(soon))
  return people.map((person, nth) => {
    const dueAt = isToday ? spread(courteousFrom(moment(addDays(day(soon), 1), '09:00')), person) : soon
    const before = asked.filter(({ dueAt: at }) => day(at) === day(dueAt)).length
    const occasion = `${proposalsCard(branch)} ${day(dueAt)} ${before + nth}`
    return statementOf(enqueue(db, { occasion, to: { person }, ...proposalsFor(branch, person), dueAt }))
  })
}

/** Alerts go the same way: to the secretary, else the deputy, else the assessors above. Nobody is asked about themselves. */
async function whoDecides(db: Db, branch: string, news: readonly { openId: string }[]): Promise<string[]> {
  const isToBeAsked = (one: { openId: string }) => news.some(({ openId }) => openId !== one.openId)
  const [secretaries, [found]] = await lookUp(db, [secretariesOf(db, branch), branchById(db, branch)])
  const secretary = secretaries.find(isToBeAsked)
  if (secretary) return [secretary.openId]
  const [above] = await lookUp(db, [assessorsOf(db, found?.committee ?? '')])
  return nearest(above.filter(isToBeAsked)).map(({ openId }) => openId)
}
