import { assessmentPage } from './assessment.tsx'
import { ballotPage, receiptsPage } from './ballot.tsx'
import { ballotCodesPage } from './ballot-codes.tsx'
import { branchScorePage } from './branch-score.tsx'
import { publicBallotPage } from './public-ballot.tsx'
import { roomCodePage } from './room-code.tsx'
import { scoreboardPage } from './scoreboard.tsx'
import { tallySheetPage } from './tally-sheet.tsx'
import type { WebPage } from './visit.ts'

/** Every page that a link can open. */
export const webPages: readonly WebPage[] = [
  roomCodePage,
  scoreboardPage,
  branchScorePage,
  assessmentPage,
  ballotPage,
  receiptsPage,
  tallySheetPage,
  ballotCodesPage,
  publicBallotPage,
]
