import type { Answer, Voice } from '../../../db/voices/inbox.ts'
import { stateOfVoice } from '../../rules/voices/state.ts'
import { spokenDay } from '../../spoken.ts'
import { type Text, t } from '../../text.ts'

/** The line of somebody who has voices to answer. */
export const voicesSaid = ({ voices, first }: { voices: number; first: string }): Text =>
  t(`**反映等你答复** ${voices} 条，最早${spokenDay(first).zh}前答复`, `**To answer**: ${voices}, the first by ${spokenDay(first).en}`)

export const feltSaid = (solved: boolean, isOpenAgain: boolean): Text =>
  solved
    ? t('好的，这一条办结。', 'Good, it is closed.')
    : isOpenAgain
      ? t('已转回去再办，会再答复一次。', 'It goes back and is answered once more.')
      : t(
          '记下了；两次都没解决，请直接找书记或上级党委。',
          'Noted. After two answers, please speak to the secretary or the committee above.',
        )

export function stateSaid(it: Voice, answers: readonly Answer[], now: Date): Text {
  const state = stateOfVoice({ takenAt: it.takenAt, answers }, now)
  if (state === 'answered') return t('已答复', 'Answered')
  if (state === 'closed') return t('已办结', 'Closed')
  const by = spokenDay(it.promisedOn)
  return state === 'taken'
    ? t(`有人在办，${by.zh}前答复`, `Being looked after; answered by ${by.en}`)
    : t(`${by.zh}前答复`, `Answered by ${by.en}`)
}
