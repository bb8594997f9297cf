import { actorById } from '../../db/branches/members.ts'
import { branchById } from '../../db/branches/units.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import * as messages from '../../db/talks/messages.ts'
import { plannerSubject, talkSubject } from '../../db/talks/messages.ts'
import { talkPeople } from '../../db/talks/people.ts'
import { plannerOf } from '../../db/talks/planner.ts'
import { claimTalk } from '../../db/talks/talks.ts'
import { day } from '../../src/calendar.ts'
import { button, type Card, card, lines } from '../../src/card.ts'
import { foundOrRefuse, type KnownContext, mayOrRefuse, memberOrRefuse, placeOf, privately, reply } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { kindsOf } from '../../src/rules/talks/kind-of.ts'
import { notByNight } from '../../src/rules/time/courtesy.ts'
import { literal, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { askTime, hadTalk, openPlanner, openTalkForm, showAll } from './buttons.ts'
import { plannerCard } from './planner-card.ts'
import { talkOf } from './talk.ts'

export const talkPlanner = view({
  message: messages.talkPlanner,
  show: async (db, { member }, now) => plannerShown(db, member, now),
})

async function plannerShown(db: Db, member: string, now: Date, isFull = false): Promise<Card | null> {
  const [[actor]] = await lookUp(db, [actorById(db, member)])
  const it = actor ? await plannerOf(db, actor, now) : null
  return it && plannerCard(it, isFull)
}

export const plannerFor = (member: string) => messages.talkPlanner({ subject: plannerSubject(member), member })

export const openPlannerPress = press({
  button: openPlanner,
  rights: ['talk'],
  async answer(ctx) {
    const { actor, db } = ofBranch(ctx)
    await together(db, [reply(privately(ctx), plannerFor(actor.id))])
    return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' }
  },
})

function ofBranch(ctx: Parameters<typeof memberOrRefuse>[0]): KnownContext {
  const here = memberOrRefuse(ctx)
  mayOrRefuse(here.actor, 'talk', { unit: here.actor.unit })
  if (here.actor.branch === null)
    refuse('你不在支部的名单上，没有谈心计划。', 'You are on no branch’s roster, so there is nothing to plan.')
  return here
}

/** The presser and the person of the button, of the same unit. */
async function pairFor(ctx: Parameters<typeof memberOrRefuse>[0], other: string) {
  const here = memberOrRefuse(ctx)
  const { db, actor } = here
  mayOrRefuse(actor, 'talk', { unit: actor.unit })
  const [people] = await lookUp(db, [talkPeople(db, [actor.id, other])])
  const [own, met] = [people.find(({ id }) => id === actor.id), people.find(({ id }) => id === other && id !== actor.id)]
  if (!own || !met || met.unit !== actor.unit) refuse('这个人已经不在名单上。', 'This person is on no roster any more.')
  return { here, own, met }
}

/** 谈过了 beside a name registers a talk of today. Its own card follows in the direct chat, to see the answer and to withdraw. */
export const hadTalkPress = press({
  button: hadTalk,
  rights: ['talk'],
  async answer(ctx, { with: other, isPlanner }) {
    const { here, own, met } = await pairFor(ctx, other)
    const { db, actor, now, newId } = here
    const [kind] = kindsOf(own, met, day(now))
    if (!kind) refuse('谈心至少有一方是党员。', 'At least one of the two has to be a member.')
    const it = await claimTalk(db, { id: newId(), own, other: met, kind, on: day(now) }, actor, now, (talk) => [
      statementOf(reply(privately(ctx), talkOf(talk, actor.id))),
    ])
    const shown = isPlanner ? await plannerShown(db, actor.id, now) : null
    return {
      toast: it.confirmedAt
        ? t('双方都已确认。', 'Confirmed by both.')
        : t(`已登记，等${met.name}确认。`, `Registered; ${met.name} has yet to confirm.`),
      mood: 'success',
      ...(shown ? { card: shown } : {}),
    }
  },
})

export const openTalkFormPress = press({
  button: openTalkForm,
  rights: ['talk'],
  async answer(ctx, { with: other }) {
    const { here, met } = await pairFor(ctx, other)
    const { actor, db, newId } = here
    const talk = newId()
    const shown = messages.talk({ subject: talkSubject(talk), talk, member: actor.id, to: met.id, isOpen: true })
    await together(db, [reply(privately(ctx), shown)])
    return { toast: t('表单已私聊发给你。', 'The form is in our direct chat.'), mood: 'success' }
  },
})

/** One request a day: whoever is asked answers in person. */
export const askTimePress = press({
  button: askTime,
  rights: ['talk'],
  async answer(ctx, { with: other }) {
    const { actor, db, now } = ofBranch(ctx)
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
  },
})

export const talkAsked = view({
  message: messages.talkAsked,
  async show(db, { from }) {
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
  },
})

/** The whole list of those who were not talked to, for whoever plans there. */
export const showAllPress = press({
  button: showAll,
  rights: ['planTalks'],
  isPersonal: true,
  look: ({ db }, { branch }) => [statementOf(branchById(db, branch))] as const,
  async answer(ctx, _sent, [[found]]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    foundOrRefuse(actor, 'planTalks', found, placeOf)
    const shown = await plannerShown(db, actor.id, now, true)
    return { toast: t('这是全部名单。', 'This is the whole list.'), mood: 'info', ...(shown ? { card: shown } : {}) }
  },
})
