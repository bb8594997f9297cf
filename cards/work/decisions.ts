import * as z from 'zod'
import { type Actor, actorById } from '../../db/branches/members.ts'
import { type Db, lookUp, statementOf, together } from '../../db/client.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import { decidedIn, decisionsWritten, openToBranch, type VoteDecided } from '../../db/work/decided.ts'
import { decide, type Part, partSettled, publish, strike } from '../../db/work/decisions.ts'
import * as messages from '../../db/work/messages.ts'
import { decisionsSubject } from '../../db/work/messages.ts'
import { pickableIn, pickedPerson } from '../../db/work/people.ts'
import { pickedDay } from '../../src/calendar.ts'
import type { Card } from '../../src/card.ts'
import { type Context, memberOrRefuse, privately, reply } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { may } from '../../src/rules/branches/rights.ts'
import { t } from '../../src/text.ts'
import { view } from '../../src/view.ts'
import { addDecision, openDecisions, publishDecision, readDecisions, strikeDecision } from './buttons.ts'
import { decisionsCard, readingCard } from './decisions-card.ts'
import { partOrRefuse, placeOfPart } from './part.ts'

/** The card as its viewer may see it: with the form, or as far as the branch may read. */
async function cardFor(db: Db, { it, branch }: Part, actor: Actor, now: Date): Promise<Card | null> {
  const [written, people, [settled]] = await lookUp(db, [
    decisionsWritten(db, it.id, branch),
    statementOf(
      pickableIn(
        db,
        it.branches.map((one) => one.id),
      ),
    ),
    statementOf(partSettled(db, { it, branch })),
  ])
  const decided = decidedIn(it, branch, written)
  if (may(actor, 'decide', placeOfPart(it, branch)))
    return decisionsCard({ it, branch, decided, isSettled: settled?.is ?? false, people: people.map(({ openId }) => openId) }, now)
  return actor.branch === branch ? readingCard({ it, branch, decided: openToBranch(it, decided) }) : null
}

export const decisionsView = view({
  message: messages.decisions,
  async show(db, { gathering, branch, viewer }, now) {
    const [it, [actor]] = await lookUp(db, [gatheringAsItStands(db, gathering), statementOf(actorById(db, viewer))])
    return it && actor && it.branches.some(({ id }) => id === branch) ? cardFor(db, { it, branch }, actor, now) : null
  },
})

const look = ({ db }: { db: Db }, sent: { gathering: string }) => [gatheringAsItStands(db, sent.gathering)] as const

/** The card goes to the presser alone, wherever the button stood. */
async function sent(ctx: Context, { it, branch }: Part, actor: Actor) {
  const shown = messages.decisions({ subject: decisionsSubject(it.id, branch), gathering: it.id, branch, viewer: actor.id })
  await together(ctx.db, [reply(privately(ctx), shown)])
  return { toast: t('已私聊发给你。', 'It is in our direct chat.'), mood: 'success' as const }
}

export const openDecisionsPress = press({
  button: openDecisions,
  rights: ['decide'],
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { branch }, [found]) {
    const { actor } = memberOrRefuse(ctx)
    return sent(ctx, partOrRefuse(actor, found, branch), actor)
  },
})

export const readDecisionsPress = press({
  button: readDecisions,
  rights: ['mine'],
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { branch }, [it]) {
    const { actor } = memberOrRefuse(ctx)
    const isTheirs =
      it?.branches.some(({ id }) => id === branch) && (actor.branch === branch || may(actor, 'decide', placeOfPart(it, branch)))
    if (!it || !isTheirs) refuse('会上的决定只有本支部的人看得到。', 'A meeting’s decisions are for the people of its branch.')
    return sent(ctx, { it, branch }, actor)
  },
})

export const addDecisionPress = press({
  button: addDecision,
  rights: ['decide'],
  isPersonal: true,
  fills: z.object({
    words: z.string().max(1_000).nullish(),
    owner: z.string().max(80).nullish(),
    on: z.string().max(40).nullish(),
    /** The vote that it carries out, or that its words stand on paper. */
    about: z.string().max(60).nullish(),
  }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { branch }, [found], { words, owner, on, about }) {
    const { actor, db, now, newId } = memberOrRefuse(ctx)
    const { it } = partOrRefuse(actor, found, branch)
    const [[picked]] = await lookUp(db, [pickedPerson(db, actor.unit, owner)])
    if (owner && !picked) refuse('没找到这位负责人，请另选一位。', 'That owner was not found; please choose another.')
    const isPaper = about === 'paper'
    const vote = isPaper ? null : voteChosen(it, about)
    const dueOn = pickedDay(on)
    await decide(
      db,
      { it, branch },
      {
        id: newId(),
        task: newId(),
        words: isPaper ? null : (words ?? ''),
        vote,
        owner: picked?.id ?? null,
        dueOn,
      },
      actor,
      now,
    )
    return {
      toast: picked && dueOn ? t('已记下，会后成为任务。', 'Noted; it is a task once the meeting is closed.') : t('已记下。', 'Noted.'),
      mood: 'success',
      ...shown(await cardFor(db, { it, branch }, actor, now)),
    }
  },
})

function voteChosen(it: GatheringAsItStands, about: string | null | undefined): VoteDecided | null {
  if (!about) return null
  const vote = decidedIn(it, it.branch, []).votes.find((one) => one.id === about)
  if (!vote) refuse('这项表决没有通过，或者已经改了结果。', 'This vote was not carried, or its result has changed.')
  return vote
}

const shown = (card: Card | null) => (card ? { card } : {})

export const strikeDecisionPress = press({
  button: strikeDecision,
  rights: ['decide'],
  isPersonal: true,
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { branch, decision }, [found]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const part = partOrRefuse(actor, found, branch)
    await strike(db, part, decision, actor, now)
    return { toast: t('已删去。', 'Taken off.'), mood: 'success', ...shown(await cardFor(db, part, actor, now)) }
  },
})

export const publishDecisionPress = press({
  button: publishDecision,
  rights: ['decide'],
  isPersonal: true,
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { branch, decision, isPublic }, [found]) {
    const { actor, db, now } = memberOrRefuse(ctx)
    const part = partOrRefuse(actor, found, branch)
    await publish(db, part, { id: decision, isPublic }, actor, now)
    return {
      toast: isPublic
        ? t('已向本支部公开。', 'The branch can read it now.')
        : t('已改为只有支委会看得到。', 'It is the committee’s alone again.'),
      mood: 'success',
      ...shown(await cardFor(db, part, actor, now)),
    }
  },
})
