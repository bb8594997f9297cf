import { halfOf, isHalf } from '../../src/calendar.ts'
import type { OpenEvidence } from '../ledgers/evidence.ts'
import * as messages from './messages.ts'

/** Everybody who sees the score sees that the officers were checked, in numbers and without a name. */
export const openChecks: OpenEvidence = async (_db, { branch, quarter, source }) => {
  const half = source.slice(-6)
  return messages.integrityFacts({ branch: branch.id, half: isHalf(half) ? half : halfOf(quarter) })
}
