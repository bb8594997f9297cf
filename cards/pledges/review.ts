import * as z from 'zod'
import { type Actor, actorById } from '../../db/branches/members.ts'
import { branchById } from '../../db/branches/units.ts'
import { type Db, lookUp, together } from '../../db/client.ts'
import * as messages from '../../db/pledges/messages.ts'
import { peopleOnPaper, pledgedOf, pledgesInForce, pledgesToReview } from '../../db/pledges/pledges.ts'
import * as deeds from '../../db/pledges/submit.ts'
import { refuseUnlessUsed } from '../../db/rulebook/used.ts'
import type { Year } from '../../src/calendar.ts'
import { type Card, card, fittingLines, lines, note } from '../../src/card.ts'
import { type Context, mayOrRefuse, memberOrRefuse, placeOf, privately, reply } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { asWritten, t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { pointsSaid } from '../../src/words/pledges/points.ts'
import { acceptPledges, enterPledge, openBranchPledges, openPaperPledge, openPledgeReview, returnPledges } from './buttons.ts'
import { pointsIn } from './parts.ts'
import { paperPledgeCard, reviewCard } from './review-card.ts'

const LISTED_BYTES = 22_000

const typesSheets = (actor: Actor) => actor.branch !== null && may(actor, 'enterPledges', { unit: actor.unit, branch: actor.branch })

async function shownTo(db: Db, actor: Actor, year: Year): Promise<Card> {
  const [waiting] = await lookUp(db, [pledgesToReview(db, actor.id)])
  return reviewCard({ year, waiting, typesSheets: typesSheets(actor) })
}

export const pledgeReview = view({
  message: messages.pledgeReview,
  async show(db, { viewer, year }) {
    const [[actor]] = await lookUp(db, [actorById(db, viewer)])
    return actor ? shownTo(db, actor, year) : null
  },
})

/** The pledges of a branch as its members see them, in the order in which the people joined. */
export const branchPledges = view({
  message: messages.branchPledges,
  async show(db, { branch: of, year }) {
    const [[branch], all, [counts]] = await lookUp(db, [branchById(db, of), pledgesInForce(db, of, year), pledgedOf(db, of, year)])
    if (!branch) return null
    const texts = all.flatMap((one) => {
      const name = asWritten(one.memberName)
      return [t(`**${name.zh}**`, `**${name.en}**`), ...pointsSaid(one)]
    })
    const shown = fittingLines(texts, LISTED_BYTES)
    return card(
      t(`${year}年党员承诺`, `The members’ pledges of ${year}`),
      [
        lines(
          t(
            `应承诺 ${counts?.of ?? 0} 人，已承诺 ${counts?.pledged ?? 0} 人。`,
            `${counts?.pledged ?? 0} of ${counts?.of ?? 0} have pledged.`,
          ),
        ),
        shown.length > 0 ? lines(...shown) : null,
        shown.length < texts.length ? note(t('还有几位的没列完。', 'Some are not listed.')) : null,
      ],
      { colour: 'turquoise', subtitle: asWritten(branch.name) },
    )
  },
})

export const openBranchPledgesPress = press({
  button: openBranchPledges,
  rights: ['pledge'],
  async answer(ctx, { branch: of, year }) {
    const here = memberOrRefuse(ctx)
    const [[branch]] = await lookUp(here.db, [branchById(here.db, of)])
    mayOrRefuse(here.actor, 'pledge', branch ? placeOf(branch) : { unit: here.actor.unit })
    await refuseUnlessUsed(here.db, 'pledges', of, here.now)
    await together(here.db, [reply(privately(here), messages.branchPledges({ subject: messages.pledgesSubject(of), branch: of, year }))])
    return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' }
  },
})

/** A person reviews by the seat, and the assessor where a committee has nobody else. The pledge itself decides. */
async function reviewerOf(ctx: Context) {
  const here = memberOrRefuse(ctx)
  const { actor, db, now } = here
  const seat = actor.seats.find(({ branch, committee }) => branch !== null || committee !== null)
  mayOrRefuse(actor, 'reviewPledges', {
    unit: actor.unit,
    ...(seat?.branch ? { branch: seat.branch } : {}),
    lineage: actor.seats.flatMap(({ committee }) => committee ?? []),
  })
  await refuseUnlessUsed(db, 'pledges', seat?.branch ?? null, now)
  return here
}

export const openPledgeReviewPress = press({
  button: openPledgeReview,
  rights: ['reviewPledges'],
  async answer(ctx) {
    const here = await reviewerOf(ctx)
    const { actor, db, now } = here
    const subject = messages.pledgesSubject(actor.branch ?? actor.id)
    await together(db, [reply(privately(here), messages.pledgeReview({ subject, viewer: actor.id, year: deeds.runningYear(now) }))])
    return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' }
  },
})

async function waitingAmong(db: Db, actor: Actor, ids: readonly string[]) {
  const [waiting] = await lookUp(db, [pledgesToReview(db, actor.id)])
  const some = waiting.filter(({ id }) => ids.includes(id))
  if (some.length === 0) refuse('这些已经审过了，请再看一次名单。', 'These were reviewed already; please look at the list again.')
  return some
}

export const acceptPledgesPress = press({
  button: acceptPledges,
  rights: ['reviewPledges'],
  isPersonal: true,
  async answer(ctx, { pledges }) {
    const { db, actor, now } = await reviewerOf(ctx)
    const some = await waitingAmong(db, actor, pledges)
    await deeds.acceptPledges(db, some, actor, now)
    return {
      toast: t(`已同意 ${some.length} 份。`, `${some.length} accepted.`),
      mood: 'success',
      card: await shownTo(db, actor, deeds.runningYear(now)),
    }
  },
})

export const returnPledgesPress = press({
  button: returnPledges,
  rights: ['reviewPledges'],
  isPersonal: true,
  fills: z.object({ back: z.array(z.string().max(40)).max(10).nullish(), because: z.string().max(2_000).nullish() }),
  async answer(ctx, { year }, _seen, { back, because }) {
    const { db, actor, now } = await reviewerOf(ctx)
    if (!back || back.length === 0) refuse('请先选要退回的。', 'Please choose those to send back first.')
    const some = await waitingAmong(db, actor, back)
    await deeds.returnPledges(db, some, because ?? '', actor, now)
    return { toast: t('已退回，本人会收到。', 'Sent back; the author is told.'), mood: 'success', card: await shownTo(db, actor, year) }
  },
})

async function typistOf(ctx: Context) {
  const here = memberOrRefuse(ctx)
  const { actor, db, now } = here
  const [[branch]] = actor.branch ? await lookUp(db, [branchById(db, actor.branch)]) : [[]]
  mayOrRefuse(actor, 'enterPledges', branch ? placeOf(branch) : { unit: actor.unit })
  await refuseUnlessUsed(db, 'pledges', actor.branch, now)
  const [people] = await lookUp(db, [peopleOnPaper(db, actor.branch ?? '')])
  return { ...here, people, branchId: actor.branch ?? '' }
}

export const openPaperPledgePress = press({
  button: openPaperPledge,
  rights: ['enterPledges'],
  isPersonal: true,
  async answer(ctx, { year }) {
    const { people, newId } = await typistOf(ctx)
    return { toast: t('请照纸上的填。', 'Please type what the sheet says.'), mood: 'info', card: paperPledgeCard(year, people, newId()) }
  },
})

const line = z.string().max(2_000).nullish()

export const enterPledgePress = press({
  button: enterPledge,
  rights: ['enterPledges'],
  isPersonal: true,
  fills: z.object({ member: z.string().max(40).nullish(), p1: line, p2: line, p3: line, p4: line, p5: line }),
  async answer(ctx, { year, pledge }, _seen, { member, ...filled }) {
    const { db, actor, now, people, branchId } = await typistOf(ctx)
    const whose = people.find(({ id }) => id === member)
    if (!whose)
      refuse('请选没有手机的那位党员；在飞书里的自己写。', 'Please choose somebody who is not in Feishu; the others write their own.')
    await deeds.submitPledge(db, { id: pledge, branch: branchId, member: whose.id, year, typed: pointsIn(filled) }, actor, now)
    return { toast: t('已代录，等支委会审。', 'Typed; the committee looks at it.'), mood: 'success', card: await shownTo(db, actor, year) }
  },
})
