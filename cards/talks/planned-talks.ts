import { actorById } from '../../db/branches/members.ts'
import { branchById } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { refuseUnlessUsed } from '../../db/rulebook/used.ts'
import * as messages from '../../db/talks/messages.ts'
import { plannerSubject, talkSubject } from '../../db/talks/messages.ts'
import { talkPeople } from '../../db/talks/people.ts'
import { plannerOf } from '../../db/talks/planner.ts'
import { claimTalk } from '../../db/talks/talks.ts'
import { day } from '../../src/calendar.ts'
import { button, type Card, card, lines } from '../../src/card.ts'
import {
  type Context,
  foundOrRefuse,
  type KnownContext,
  mayOrRefuse,
  memberOrRefuse,
  placeOf,
  privately,
  reply,
} from '../../src/context.ts'
import type { PressAnswer } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { kindsOf } from '../../src/rules/talks/kind-of.ts'
import { notByNight } from '../../src/rules/time/courtesy.ts'
import { literal, t } from '../../src/text.ts'
import { hadTalk } from './buttons.ts'
import { plannerCard } from './planner-card.ts'
import { claimedSaid } from './talk-card.ts'

export async function plannerShown(db: Db, member: string, now: Date, isFull = false): Promise<Card | null> {
  const [[actor]] = await lookUp(db, [actorById(db, member)])
  const it = actor ? await plannerOf(db, actor, now) : null
  return it && plannerCard(it, isFull)
}

function ofBranch(ctx: Context): KnownContext {
  const here = memberOrRefuse(ctx)
  mayOrRefuse(here.actor, 'talk', { unit: here.actor.unit })
  if (here.actor.branch === null)
    refuse('你不在支部的名单上，没有谈心计划。', 'You are on no branch’s roster, so there is nothing to plan.')
  return here
}

/** The presser and the person of the button, of the same unit. */
async function pairFor(ctx: Context, other: string) {
  const here = memberOrRefuse(ctx)
  const { db, actor } = here
  mayOrRefuse(actor, 'talk', { unit: actor.unit })
  const [people] = await lookUp(db, [talkPeople(db, [actor.id, other])])
  const [own, met] = [people.find(({ id }) => id === actor.id), people.find(({ id }) => id === other && id !== actor.id)]
  if (!own || !met || met.unit !== actor.unit) refuse('这个人已经不在名单上。', 'This person is on no roster any more.')
  return { here, own, met }
}

export async function sentPlanner(ctx: Context): Promise<PressAnswer> {
  const { actor, db, now } = ofBranch(ctx)
  await refuseUnlessUsed(db, 'talks', actor.branch, now)
  await together(db, [reply(privately(ctx), messages.talkPlanner({ subject: plannerSubject(actor.id), member: actor.id }))])
  return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' }
}

/** 谈过了 beside a name registers a talk of today. Its own card follows in the direct chat, to see the answer and to withdraw. */
export async function hadOne(ctx: Context, { with: other, isPlanner }: { with: string; isPlanner?: boolean }): Promise<PressAnswer> {
  const { here, own, met } = await pairFor(ctx, other)
  const { db, actor, now, newId } = here
  const [kind] = kindsOf(own, met, day(now))
  if (!kind) refuse('谈心至少有一方是党员。', 'At least one of the two has to be a member.')
  const it = await claimTalk(db, { id: newId(), own, other: met, kind, on: day(now) }, actor, now, (talk) => [
    statementOf(reply(privately(ctx), messages.talk({ subject: talkSubject(talk), talk, member: actor.id }))),
  ])
  const shown = isPlanner ? await plannerShown(db, actor.id, now) : null
  return {
    toast: claimedSaid(it, met),
    mood: 'success',
    ...(shown ? { card: shown } : {}),
  }
}

export async function sentForm(ctx: Context, { with: other }: { with: string }): Promise<PressAnswer> {
  const { here, met } = await pairFor(ctx, other)
  const { actor, db, newId } = here
  const talk = newId()
  const shown = messages.talk({ subject: talkSubject(talk), talk, member: actor.id, to: met.id, isOpen: true })
  await together(db, [reply(privately(ctx), shown)])
  return { toast: t('表单已私聊发给你。', 'The form is in our direct chat.'), mood: 'success' }
}

/** One request a day: whoever is asked answers in person. */
export async function askedTime(ctx: Context, { with: other }: { with: string }): Promise<PressAnswer> {
  const { actor, db, now } = ofBranch(ctx)
  await refuseUnlessUsed(db, 'talks', actor.branch, now)
  const it = await plannerOf(db, actor, now)
  const asked = it?.askable.find(({ id }) => id === other)
  const [people] = await lookUp(db, [talkPeople(db, [other])])
  const openId = people.find(({ id }) => id === other)?.openId
  if (!asked || !openId) refuse('可以约书记，或你的培养联系人。', 'You can ask the secretary, or your contact.')
  await together(db, [
    enqueue(db, {
      occasion: `talkAsked ${actor.id} ${other} ${day(now)}`,
      to: { person: openId },
      ...messages.talkAsked({ member: other, from: actor.id }),
      dueAt: notByNight(now),
    }),
  ])
  return { toast: t(`已告诉${asked.name}，等 TA 找你。`, `${asked.name} is told, and will come to you.`), mood: 'success' }
}

export async function shownAsked(db: Db, { from }: { from: string }): Promise<Card | null> {
  const [[asker]] = await lookUp(db, [talkPeople(db, [from])])
  if (!asker) return null
  const name = literal(asker.name)
  return card(
    t(`${asker.name}想和你谈谈`, `${asker.name} would like to talk`),
    [
      lines(t(`**${name}**想找你谈谈心，请直接约个时间。`, `**${name}** would like to talk with you; please agree on a time.`)),
      button(t('谈过了', 'We talked'), hadTalk.value({ with: from })),
    ],
    { colour: 'blue' },
  )
}

/** The whole list of those who were not talked to, as far as whoever plans there may know of talks. */
export async function shownAll(ctx: Context, { branch }: { branch: string }): Promise<PressAnswer> {
  const { actor, db, now } = memberOrRefuse(ctx)
  const [[found]] = await lookUp(db, [branchById(db, branch)])
  foundOrRefuse(actor, 'planTalks', found, placeOf)
  const shown = await plannerShown(db, actor.id, now, true)
  return { toast: t('这是全部名单。', 'This is the whole list.'), mood: 'info', ...(shown ? { card: shown } : {}) }
}
