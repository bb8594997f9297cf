import { refuse } from '../../src/refusal.ts'
import type { EvidenceKind } from '../../src/rules/duties/facts.ts'
import { lookUp } from '../client.ts'
import { openAttestation } from '../duties/evidence.ts'
import { openEvaluation } from '../evaluation/evidence.ts'
import * as messages from '../gatherings/messages.ts'
import { gatheringAsItStands } from '../gatherings/state.ts'
import type { OpenEvidence } from '../ledgers/evidence.ts'
import { openPaper, openRecords } from '../papers/evidence.ts'
import { openAreas, openChecks } from '../pledges/evidence.ts'
import { openTalks } from '../talks/evidence.ts'
import { openVoices } from '../voices/evidence.ts'

/** The gathering's own card, as the branch's chat has it: it names no absentee. */
const openGathering: OpenEvidence = async (db, { branch, source }) => {
  const [it] = await lookUp(db, [gatheringAsItStands(db, source)])
  if (!it?.branches.some(({ id }) => id === branch.id)) refuse('没有找到这次会。', 'There is no such gathering.')
  return messages.gathering({ subject: it.id, branch: branch.id })
}

interface Evidence {
  /** Everybody who sees the score sees the days of single pieces. Else one button opens the kind as a whole. */
  isListed: boolean
  open: OpenEvidence
}

/** A module that proves a part adds its kind here, and `evidence.ts` to its own folder. */
export const evidence: Readonly<Record<EvidenceKind, Evidence>> = {
  gathering: { isListed: true, open: openGathering },
  evaluation: { isListed: true, open: openEvaluation },
  talk: { isListed: false, open: openTalks },
  paper: { isListed: true, open: openPaper },
  record: { isListed: false, open: openRecords },
  voice: { isListed: false, open: openVoices },
  area: { isListed: false, open: openAreas },
  integrity: { isListed: false, open: openChecks },
  attestation: { isListed: true, open: openAttestation },
}
