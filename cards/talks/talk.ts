import * as z from 'zod'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import * as messages from '../../db/talks/messages.ts'
import { talkSubject } from '../../db/talks/messages.ts'
import { pickableOf, type TalkPerson, talkPeople, talkPeopleNamed } from '../../db/talks/people.ts'
import { isOfPair, talkAsItStands } from '../../db/talks/state.ts'
import { claimTalk } from '../../db/talks/talks.ts'
import { day, isDay, pickedDay } from '../../src/calendar.ts'
import { type KnownContext, mayOrRefuse, memberOrRefuse, privately, reply } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { type TalkKind, talkKinds } from '../../src/rules/talks/kinds.ts'
import { t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { claimLine, editLine, openTalk, submitLine } from './buttons.ts'
import { kindMeant, type Line, lineCard } from './line-card.ts'
import { talkCard } from './talk-card.ts'

/** A talk, or the line about it while it is not registered. */
export const talkView = view({
  message: messages.talk,
  async show(db, { talk, member, to, on, kind, isOpen = false, isUnclear, hasMore }, now) {
    const [it, people] = await lookUp(db, [talkAsItStands(db, talk), statementOf(talkPeople(db, [member, to ?? '']))])
    if (it) return isOfPair(it, member) ? talkCard(it, member, now) : null
    const own = people.find(({ id }) => id === member)
    if (!own) return null
    const line = { talk, own, other: people.find(({ id }) => id === to) ?? null, on: on ?? day(now), kind: kind ?? null }
    return lineCard(await withPickable(db, line), now, isOpen, { isUnclear, hasMore })
  },
})

async function withPickable(db: Db, line: Omit<Line, 'pickable'>): Promise<Line> {
  const [pickable] = line.other ? [[]] : await lookUp(db, [pickableOf(db, line.own.branch, line.own.id)])
  return { ...line, pickable: pickable.map(({ openId }) => openId) }
}

/** The message with a talk's card for one of the two. */
export const talkOf = (talk: string, member: string) => messages.talk({ subject: talkSubject(talk), talk, member })

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
  const isDone = it.confirmedAt !== null
  return {
    toast: isDone
      ? t('双方都已确认。', 'Confirmed by both.')
      : t(`已登记，等${other.name}确认。`, `Registered; ${other.name} has yet to confirm.`),
    mood: 'success' as const,
    card: talkCard(it, actor.id, now),
  }
}

export const claimPress = press({
  button: claimLine,
  rights: ['talk'],
  isPersonal: true,
  async answer(ctx, sent) {
    const here = memberOrRefuse(ctx)
    return registered(here, await lineSent(here, sent))
  },
})

export const editPress = press({
  button: editLine,
  rights: ['talk'],
  isPersonal: true,
  async answer(ctx, sent) {
    const here = memberOrRefuse(ctx)
    const line = await withPickable(here.db, await lineSent(here, sent))
    return { toast: t('请选日期和类别。', 'Please choose the day and the kind.'), mood: 'info', card: lineCard(line, here.now, true) }
  },
})

export const submitPress = press({
  button: submitLine,
  rights: ['talk'],
  isPersonal: true,
  fills: z.object({
    person: z.string().max(80).nullish(),
    on: z.string().max(40).nullish(),
    kind: z.enum(talkKinds).nullish().catch(null),
  }),
  async answer(ctx, sent, _seen, filled) {
    const here = memberOrRefuse(ctx)
    const on = pickedDay(filled.on)
    if (!on) refuse('请选是哪天谈的。', 'Please choose the day of the talk.')
    const line = await lineSent(here, { ...sent, on, kind: filled.kind ?? sent.kind }, filled.person)
    return registered(here, line)
  },
})

export const openTalkPress = press({
  button: openTalk,
  rights: ['talk'],
  look: ({ db }, { talk }) => [talkAsItStands(db, talk)] as const,
  async answer(ctx, _sent, [it]) {
    const { actor, db } = memberOrRefuse(ctx)
    mayOrRefuse(actor, 'talk', { unit: actor.unit })
    if (!it || !isOfPair(it, actor.id)) refuse('这次谈心只有谈的两个人能看。', 'Only the two who talked can see this.')
    await together(db, [reply(privately(ctx), talkOf(it.id, actor.id))])
    return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' }
  },
})
