import type { OpenEvidence } from '../ledgers/evidence.ts'
import * as messages from './messages.ts'

/** Everybody who sees the score sees how the promises were kept. */
export const openVoices: OpenEvidence = async (_db, { branch, quarter }) => messages.voiceFacts({ branch: branch.id, quarter })
