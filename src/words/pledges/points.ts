import type { Pledge, PledgePoint } from '../../../db/pledges/pledges.ts'
import { asWritten, type Text, t } from '../../text.ts'

/** The outcome of a point. One of which nothing is said goes on. */
function stateOf({ isKept, because }: Pick<PledgePoint, 'isKept' | 'because'>): Text | null {
  if (isKept === null) return null
  if (isKept) return t('✓ 做到了', '✓ kept')
  if (!because) return t('没做到', 'not kept')
  const why = asWritten(because)
  return t(`没做到：${why.zh}`, `not kept: ${why.en}`)
}

export function pointSaid({ nth, words, isKept, because }: PledgePoint): Text {
  const [what, state] = [asWritten(words), stateOf({ isKept, because })]
  return state ? t(`${nth}. ${what.zh}　${state.zh}`, `${nth}. ${what.en}  ${state.en}`) : t(`${nth}. ${what.zh}`, `${nth}. ${what.en}`)
}

export const pointsSaid = ({ points }: Pick<Pledge, 'points'>): Text[] => points.map(pointSaid)
