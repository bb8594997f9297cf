import type { OpenEvidence } from '../ledgers/evidence.ts'
import * as messages from './board-messages.ts'

/** Everybody who sees the score sees when the areas were checked, and by whom. */
export const openAreas: OpenEvidence = async (_db, { branch, quarter }) => messages.areaFacts({ branch: branch.id, quarter })
