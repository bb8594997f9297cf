import { halfOf, isHalf } from '../../src/calendar.ts'
import type { OpenEvidence } from '../ledgers/evidence.ts'
import * as boardMessages from './board-messages.ts'
import * as messages from './messages.ts'

/** Everybody who sees the score sees that the officers were checked, in numbers and without a name. */
export const openChecks: OpenEvidence = async (_db, { branch, quarter, source }) => {
  const half = source.slice(-6)
  return messages.integrityFacts({ branch: branch.id, half: isHalf(half) ? half : halfOf(quarter) })
}

/** Everybody who sees the score sees when the areas were checked, and by whom. */
export const openAreas: OpenEvidence = async (_db, { branch, quarter }) => boardMessages.areaFacts({ branch: branch.id, quarter })
