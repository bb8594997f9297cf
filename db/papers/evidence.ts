import { refuse } from '../../src/refusal.ts'
import { lookUp } from '../client.ts'
import type { OpenEvidence } from '../ledgers/evidence.ts'
import * as messages from './messages.ts'
import { paperById } from './papers.ts'

/** An adopted plan or summary is the branch's, and everybody who sees its score reads it. */
export const openPaper: OpenEvidence = async (db, { branch, source }) => {
  const [[found]] = await lookUp(db, [paperById(db, source)])
  if (found?.branch !== branch.id) refuse('没有找到这份材料。', 'There is no such paper.')
  return messages.paperRead({ paper: source })
}

/** Records are opened as a whole, the newest of each topic: their number says nothing. */
export const openRecords: OpenEvidence = async (_db, { branch, quarter }) => messages.records({ branch: branch.id, quarter })
