import * as z from 'zod'
import type { Db } from '../../db/client.ts'
import { type GatheringAsItStands, gatheringAsItStands } from '../../db/gatherings/state.ts'
import type { ResolutionThere } from '../../db/gatherings/votes-held.ts'
import { correctHands, resolveByHands } from '../../db/meeting-votes/resolve.ts'
import { type Card, card, form, input, note } from '../../src/card.ts'
import { known, placeOfGathering, theirs } from '../../src/context.ts'
import { id } from '../../src/id.ts'
import { press } from '../../src/press.ts'
import { refuse } from '../../src/refusal.ts'
import { stanceNames, stances } from '../../src/rules/ballots/uses.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { handsOf, MOST_RESOLUTION_WORDS } from '../../src/rules/meeting-votes/resolutions.ts'
import { asWritten, both, clipped, t } from '../../src/text.ts'
import { resolveCard, voters } from './resolve.ts'

/** How many hands were raised, for what is voted on now; or `before`, to be put right. */
export const handsCard = (it: GatheringAsItStands, { id, words }: { id: string; words: string }, before?: ResolutionThere): Card =>
  card(
    both((l) => `${{ zh: '举手表决', en: 'A show of hands' }[l]} · ${gatheringKinds[it.kind].name[l]}`),
    [
      voters(it),
      form(
        'hands',
        [
          input('words', t('表决什么', 'What is voted on'), { value: words, required: true, most: MOST_RESOLUTION_WORDS }),
          ...stances.map((stance) =>
            input(
              `hands_${stance}`,
              both((l) => `${stanceNames[stance][l]}${{ zh: '（人数）', en: ' (how many)' }[l]}`),
              {
                value: before?.votes ? String(before.votes[stance]) : stance === 'for' ? undefined : '0',
                required: stance === 'for',
                most: 6,
                hint: t('人数', 'How many'),
              },
            ),
          ),
        ],
        {
          label: before ? t('更正', 'Correct') : t('记下结果', 'Enter the result'),
          value: before ? amend.value({ gathering: it.id, resolution: id }) : enter.value({ gathering: it.id, id }),
        },
      ),
      note(
        t(
          '只数到会有表决权的人；记下后群里的会议卡片会显示结果和人数，24 小时内可以更正，改动留痕。',
          'Count only voters who are here. The group’s card then shows the result with its figures; for 24 hours after the meeting they can be corrected, which is on record.',
        ),
      ),
    ],
    { colour: 'wathet', subtitle: asWritten(it.branchName) },
  )

const look = ({ db }: { db: Db }, { gathering }: { gathering: string }) => [gatheringAsItStands(db, gathering)] as const
const optional = z.string().max(500).nullish()
const hands = z.object({ hands_for: optional, hands_against: optional, hands_abstain: optional })

function handsIn(filled: z.infer<typeof hands>, { presentVoters }: GatheringAsItStands) {
  const said = { for: filled.hands_for ?? '', against: filled.hands_against ?? '', abstain: filled.hands_abstain ?? '' }
  const counted = handsOf(said, presentVoters)
  return 'wrong' in counted ? refuse(counted.wrong.zh, counted.wrong.en) : counted
}

export const enter = press({
  name: 'hands.enter',
  rights: ['holdVote'],
  sends: z.object({ gathering: id, id }),
  fills: hands.extend({ words: optional }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { id }, [found], filled) {
    const { actor, db, now, newId } = known(ctx)
    const it = theirs(actor, 'holdVote', found, placeOfGathering)
    const words = clipped(filled.words ?? '', MOST_RESOLUTION_WORDS)
    const after = await resolveByHands(db, it, { id, words }, handsIn(filled, it), actor, now)
    return { toast: t('已记下。', 'Entered.'), mood: 'success', card: resolveCard(after, { id: newId(), words: '' }, now) }
  },
})

const about = z.object({ gathering: id, resolution: id })
const among = (it: GatheringAsItStands, resolution: string) =>
  it.resolutions.find(({ id }) => id === resolution) ?? refuse('没有找到这项表决。', 'There is no such vote.')

export const correct = press({
  name: 'hands.correct',
  rights: ['holdVote'],
  sends: about,
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { resolution }, [found]) {
    const { actor } = known(ctx)
    const it = theirs(actor, 'holdVote', found, placeOfGathering)
    const one = among(it, resolution)
    return { toast: t('请改好人数。', 'Please correct the figures.'), mood: 'info', card: handsCard(it, one, one) }
  },
})

export const amend = press({
  name: 'hands.amend',
  rights: ['holdVote'],
  sends: about,
  fills: hands.extend({ words: optional }),
  look: (ctx, sent) => look(ctx, sent),
  async answer(ctx, { resolution }, [found], filled) {
    const { actor, db, now, newId } = known(ctx)
    const it = theirs(actor, 'holdVote', found, placeOfGathering)
    const right = { words: clipped(filled.words ?? '', MOST_RESOLUTION_WORDS), hands: handsIn(filled, it) }
    const after = await correctHands(db, it, among(it, resolution), right, actor, now)
    return { toast: t('已更正。', 'Corrected.'), mood: 'success', card: resolveCard(after, { id: newId(), words: '' }, now) }
  },
})
