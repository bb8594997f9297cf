import type * as z from 'zod'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import * as messages from '../../db/talks/messages.ts'
import { talkSubject } from '../../db/talks/messages.ts'
import { pickableOf, type TalkPerson, talkPeople, talkPeopleNamed } from '../../db/talks/people.ts'
import { isOfPair, lastTalksOf, talkAsItStands } from '../../db/talks/state.ts'
import { claimTalk } from '../../db/talks/talks.ts'
import { day, isDay, pickedDay } from '../../src/calendar.ts'
import type { Card } from '../../src/card.ts'
import { type Context, type KnownContext, mayOrRefuse, memberOrRefuse, privately, reply } from '../../src/context.ts'
import type { PressAnswer } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import type { TalkKind } from '../../src/rules/talks/kinds.ts'
import { pairOf as inOrder } from '../../src/rules/talks/pair.ts'
import { t } from '../../src/text.ts'
import { kindMeant, type Line, lineCard } from './line-card.ts'
import { claimedSaid, talkCard } from './talk-card.ts'

/** A talk, or the line about it while it is not registered. */
export async function shownTalk(db: Db, args: ShownArgs, now: Date): Promise<Card | null> {
  const { talk, member, to, on, kind, isOpen = false, isUnclear, hasMore } = args
  const [it, people] = await lookUp(db, [talkAsItStands(db, talk), statementOf(talkPeople(db, [member, to ?? '']))])
  if (it) return isOfPair(it, member) ? talkCard(it, member, now) : null
  const own = people.find(({ id }) => id === member)
  if (!own) return null
  const other = people.find(({ id }) => id === to) ?? null
  const earlier = other ? await earlierOf(db, own.id, other.id) : []
  const line = { talk, own, other, on: on ?? day(now), kind: kind ?? null, earlier }
  return lineCard(await withPickable(db, line), now, isOpen, { isUnclear, hasMore })
}

async function earlierOf(db: Db, own: string, other: string) {
  const [found] = await lookUp(db, [lastTalksOf(db, inOrder(own, other))])
  return found
}

type ShownArgs = z.infer<typeof messages.talk.takes>

async function withPickable(db: Db, line: Omit<Line, 'pickable'>): Promise<Line> {
  const [pickable] = line.other ? [[]] : await lookUp(db, [pickableOf(db, line.own.branch, line.own.id)])
  return { ...line, pickable: pickable.map(({ openId }) => openId) }
}

interface Sent {
  talk: string
  with?: string
  on: string
  kind?: TalkKind
}

/** The pair that a button names, the presser and another of the same unit. */
async function lineSent(here: KnownContext, sent: Sent, openId?: string | null): Promise<Omit<Line, 'pickable'>> {
  const { actor, now } = here
  mayOrRefuse(actor, 'talk', { unit: actor.unit })
  const people = await pairOf(here, sent.with, openId)
  const other = people.find(({ id }) => id !== actor.id) ?? null
  const own = people.find(({ id }) => id === actor.id)
  if (!own) refuse('你还不在名单上。', 'You are not on a roster yet.')
  if (sent.with && !other) refuse('这个人已经不在名单上。', 'This person is on no roster any more.')
  if (openId === here.openId) refuse('不能和自己谈心。', 'Nobody talks to themself.')
  return { talk: sent.talk, own, other, on: isDay(sent.on) ? sent.on : day(now), kind: sent.kind ?? null }
}

async function pairOf({ db, actor }: KnownContext, id: string | undefined, openId?: string | null): Promise<TalkPerson[]> {
  const picked = openId ? [await idOf(db, actor.unit, openId)] : []
  const [people] = await lookUp(db, [talkPeople(db, [actor.id, ...(id ? [id] : []), ...picked.flatMap((one) => one ?? [])])])
  return people.filter(({ unit }) => unit === actor.unit)
}

async function idOf(db: Db, unit: string, openId: string): Promise<string | null> {
  const [[found]] = await lookUp(db, [talkPeopleNamed(db, unit, { name: '', openIds: [openId] })])
  return found?.id ?? null
}

/** Registers the line, and shows the talk as it then stands. */
async function registered(here: KnownContext, line: Omit<Line, 'pickable'>) {
  const { own, other, on, talk } = line
  const { db, actor, now } = here
  if (!other) refuse('请选和谁谈的。', 'Please choose with whom you talked.')
  const kind = kindMeant(line)
  if (!kind) refuse('谈心至少有一方是党员。', 'At least one of the two has to be a member.')
  const it = await claimTalk(db, { id: talk, own, other, kind, on }, actor, now)
  return {
    toast: claimedSaid(it, other),
    mood: 'success' as const,
    card: talkCard(it, actor.id, now),
  }
}

export async function claimedLine(ctx: Context, sent: Sent): Promise<PressAnswer> {
  const here = memberOrRefuse(ctx)
  return registered(here, await lineSent(here, sent))
}

export async function editedLine(ctx: Context, sent: Sent): Promise<PressAnswer> {
  const here = memberOrRefuse(ctx)
  const line = await withPickable(here.db, await lineSent(here, sent))
  return { toast: t('请选日期和类别。', 'Please choose the day and the kind.'), mood: 'info', card: lineCard(line, here.now, true) }
}

interface Filled {
  person?: string | null
  on?: string | null
  kind?: TalkKind | null
}

export async function submittedLine(ctx: Context, sent: Sent, filled: Filled): Promise<PressAnswer> {
  const here = memberOrRefuse(ctx)
  const on = pickedDay(filled.on)
  if (!on) refuse('请选是哪天谈的。', 'Please choose the day of the talk.')
  const line = await lineSent(here, { ...sent, on, kind: filled.kind ?? sent.kind }, filled.person)
  return registered(here, line)
}

async function ownTalk(ctx: Context, talk: string) {
  const here = memberOrRefuse(ctx)
  mayOrRefuse(here.actor, 'talk', { unit: here.actor.unit })
  const [it] = await lookUp(here.db, [talkAsItStands(here.db, talk)])
  if (!it || !isOfPair(it, here.actor.id)) refuse('这次谈心只有谈的两个人能看。', 'Only the two who talked can see this.')
  return { ...here, it }
}

/** Back from a form to the talk itself. */
export async function openedTalk(ctx: Context, { talk }: { talk: string }): Promise<PressAnswer> {
  const { actor, now, it } = await ownTalk(ctx, talk)
  return { toast: t('这次谈心。', 'This is the talk.'), mood: 'info', card: talkCard(it, actor.id, now) }
}

/** From a list to the talk, as a card of its own. */
export async function sentTalk(ctx: Context, { talk }: { talk: string }): Promise<PressAnswer> {
  const { actor, db, it } = await ownTalk(ctx, talk)
  await together(db, [reply(privately(ctx), messages.talk({ subject: talkSubject(it.id), talk: it.id, member: actor.id }))])
  return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' }
}
