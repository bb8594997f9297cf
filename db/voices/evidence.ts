import type { OpenEvidence } from '../ledgers/evidence.ts'
import * as messages from './messages.ts'

/** Everybody who sees the score sees how the promises were kept. Small numbers stay in the branch. */
export const openVoices: OpenEvidence = async (_db, { branch, quarter, reader }) =>
  messages.voiceFacts({ branch: branch.id, quarter, ...(reader.branch === branch.id ? {} : { isAbove: true }) })
