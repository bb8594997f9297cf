import type { GatheringAsItStands } from '../../db/gatherings/state.ts'
import { votersFor } from '../../db/gatherings/voters.ts'
import type { ResolutionThere } from '../../db/gatherings/votes-held.ts'
import { type Card, card, figures, note } from '../../src/card.ts'
import { form, input } from '../../src/form.ts'
import { stanceNames, stances } from '../../src/rules/ballots/uses.ts'
import { gatheringKinds } from '../../src/rules/gatherings/gatherings.ts'
import { MOST_RESOLUTION_WORDS } from '../../src/rules/meeting-votes/resolutions.ts'
import { asWritten, joined, labelled, t } from '../../src/text.ts'
import { amendHands, enterHands } from './buttons.ts'

export function handsVoters(it: GatheringAsItStands) {
  const { expectedVoters, presentVoters } = votersFor(it, 'ordinary')
  return figures(
    { figure: String(expectedVoters), of: t('应到有表决权', 'Voters expected') },
    { figure: String(presentVoters), of: t('到会', 'Present') },
  )
}

/** The figures of a show of hands on a new resolution, or of the resolution `before`, to be corrected. */
export const handsCard = (it: GatheringAsItStands, { id, words }: { id: string; words: string }, before?: ResolutionThere): Card =>
  card(
    labelled(t('举手表决', 'A show of hands'), gatheringKinds[it.kind].name, ' · '),
    [
      handsVoters(it),
      form(
        'hands',
        [
          input('words', t('表决什么', 'What is voted on'), { value: words, required: true, most: MOST_RESOLUTION_WORDS }),
          ...stances.map((stance) =>
            input(`hands_${stance}`, joined([stanceNames[stance], t('（人数）', ' (how many)')], ''), {
              value: before?.votes ? String(before.votes[stance]) : stance === 'for' ? undefined : '0',
              required: stance === 'for',
              most: 6,
              hint: t('人数', 'How many'),
            }),
          ),
        ],
        {
          label: before ? t('更正', 'Correct') : t('记下结果', 'Enter the result'),
          value: before ? amendHands.value({ gathering: it.id, resolution: id }) : enterHands.value({ gathering: it.id, id }),
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
