import * as z from 'zod'
import type { Db } from '../../db/client.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import { votersFor } from '../../db/gatherings/voters.ts'
import { correctHands, resolveByHands } from '../../db/meeting-votes/resolve.ts'
import { foundOrRefuse, memberOrRefuse, placeOfGathering } from '../../src/context.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { handsOf, MOST_RESOLUTION_WORDS } from '../../src/rules/meeting-votes/resolutions.ts'
import { clipped, t } from '../../src/text.ts'
import { amendHands, enterHands, openHands } from './buttons.ts'
import { handsCard } from './hands-card.ts'
import { resolveCard } from './resolve.ts'

const look = ({ db }: { db: Db }, { gathering }: { gathering: string }) => [gatheringAsItStands(db, gathering)] as const
const optional = z.string().max(500).nullish()
const hands = z.object({ hands_for: optional, hands_against: optional, hands_abstain: optional })

function handsIn(filled: z.infer<typeof hands>, it: GatheringAsItStands) {
  const said = { for: filled.hands_for ?? '', against: filled.hands_against ?? '', abstain: filled.hands_abstain ?? '' }
  const counted = handsOf(said, votersFor(it, 'ordinary').presentVoters)
  return 'wrong' in counted ? refuse(counted.wrong.zh, counted.wrong.en) : counted
}

export const enterHandsPress = press({
  button: enterHands,
  rights: ['holdVote'],
  fills: hands.extend({ words: optional }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { id }, [found], filled) {
    const { actor, db, now, newId } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'holdVote', found, placeOfGathering)
    const words = clipped(filled.words ?? '', MOST_RESOLUTION_WORDS)
    const after = await resolveByHands(db, it, { id, words }, handsIn(filled, it), actor, now)
    return { toast: t('已记下。', 'Entered.'), mood: 'success', card: resolveCard(after, { id: newId(), words: '' }, now) }
  },
})

const among = (it: GatheringAsItStands, resolution: string) =>
  it.resolutions.find(({ id }) => id === resolution) ?? refuse('没有找到这项表决。', 'There is no such vote.')

export const openHandsPress = press({
  button: openHands,
  rights: ['holdVote'],
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { resolution }, [found]) {
    const { actor } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'holdVote', found, placeOfGathering)
    const one = among(it, resolution)
    return { toast: t('请改好人数。', 'Please correct the figures.'), mood: 'info', card: handsCard(it, one, one) }
  },
})

export const amendHandsPress = press({
  button: amendHands,
  rights: ['holdVote'],
  fills: hands.extend({ words: optional }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { resolution }, [found], filled) {
    const { actor, db, now, newId } = memberOrRefuse(ctx)
    const it = foundOrRefuse(actor, 'holdVote', found, placeOfGathering)
    const right = { words: clipped(filled.words ?? '', MOST_RESOLUTION_WORDS), hands: handsIn(filled, it) }
    const after = await correctHands(db, it, among(it, resolution), right, actor, now)
    return { toast: t('已更正。', 'Corrected.'), mood: 'success', card: resolveCard(after, { id: newId(), words: '' }, now) }
  },
})
