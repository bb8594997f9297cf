import { lookUp } from '../../db/client.ts'
import { isOfPair, type TalkAsItStands, talkAsItStands } from '../../db/talks/state.ts'
import { confirmTalk, denyTalk, keepTalk, TalkMoved, takeBackTalk } from '../../db/talks/talks.ts'
import { type Context, type KnownContext, mayOrRefuse, memberOrRefuse } from '../../src/context.ts'
import type { PressAnswer } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { stateOfTalk } from '../../src/rules/talks/state.ts'
import { type Text, t } from '../../src/text.ts'
import { requestLists, requestsShown } from './requests-card.ts'
import { talkCard } from './talk-card.ts'

interface Sent {
  talk: string
  isList?: boolean
}

/** One of the two. Anybody else learns nothing, not even that there was a talk. */
async function ofPair(ctx: Context, talk: string) {
  const here = memberOrRefuse(ctx)
  mayOrRefuse(here.actor, 'talk', { unit: here.actor.unit })
  const [it] = await lookUp(here.db, [talkAsItStands(here.db, talk)])
  if (!it || !isOfPair(it, here.actor.id)) refuse('这次谈心只有谈的两个人能办。', 'Only the two who talked can do this.')
  return { here, it }
}

/** Does the deed and shows the talk, or the list on which it was pressed. Where another hand was quicker, the present state answers. */
async function answered(
  { db, actor, now }: KnownContext,
  it: TalkAsItStands,
  isList: boolean | undefined,
  deed: Promise<TalkAsItStands>,
  done: Text,
): Promise<PressAnswer> {
  const after = await deed.catch((error) => {
    if (error instanceof TalkMoved) return null
    throw error
  })
  const [now_ = it] = after ? [after] : await lookUp(db, [talkAsItStands(db, it.id)])
  const lists = isList ? await lookUp(db, [...requestLists(db, actor.id, now)]) : null
  return {
    toast: after ? done : t('刚才已经变了，下面是现在的情况。', 'It has changed meanwhile; this is how it stands now.'),
    mood: after ? 'success' : 'info',
    card: lists ? requestsShown(lists[0], lists[1], actor.id, now) : talkCard(now_, actor.id, now),
  }
}

export async function saidYes(ctx: Context, { talk, isList }: Sent): Promise<PressAnswer> {
  const { here, it } = await ofPair(ctx, talk)
  return answered(here, it, isList, confirmTalk(here.db, it, here.actor, here.now), t('双方都已确认。', 'Confirmed by both.'))
}

export async function saidNo(ctx: Context, { talk, isList }: Sent): Promise<PressAnswer> {
  const { here, it } = await ofPair(ctx, talk)
  return answered(here, it, isList, denyTalk(here.db, it, here.actor, here.now), t('已回复：没有谈过。', 'Answered: there was no talk.'))
}

export async function tookBack(ctx: Context, { talk }: Sent): Promise<PressAnswer> {
  const { here, it } = await ofPair(ctx, talk)
  const isAsking = stateOfTalk(it, here.now) === 'fixed' && (it.undoAskedBy === null || it.undoAskedBy === here.actor.id)
  const done = isAsking
    ? t('已请对方同意撤回，对方按了才撤。', 'The other is asked; it is taken back when they agree.')
    : t('已撤回。', 'Taken back.')
  return answered(here, it, false, takeBackTalk(here.db, it, here.actor, here.now), done)
}

export async function kept(ctx: Context, { talk }: Sent): Promise<PressAnswer> {
  const { here, it } = await ofPair(ctx, talk)
  return answered(here, it, false, keepTalk(here.db, it, here.actor, here.now), t('保留登记。', 'The talk stands.'))
}
