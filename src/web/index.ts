import { assessmentPage } from './assessment/assessment.tsx'
import { ballotPage, receiptsPage } from './ballots/ballot.tsx'
import { ballotCodesPage } from './ballots/codes.tsx'
import { publicBallotPage } from './ballots/public.tsx'
import { tallySheetPage } from './ballots/tally-sheet.tsx'
import { boardPage } from './pledges/index.ts'
import { roomCodePage } from './room-code.tsx'
import { branchScorePage } from './scoreboard/branch-score.tsx'
import { scoreboardPage } from './scoreboard/scoreboard.tsx'
import type { WebPage } from './visit.ts'
import { minutesPage } from './work/minutes.tsx'

export const webPages: readonly WebPage[] = [
  roomCodePage,
  scoreboardPage,
  branchScorePage,
  assessmentPage,
  ballotPage,
  receiptsPage,
  tallySheetPage,
  minutesPage,
  ballotCodesPage,
  publicBallotPage,
  boardPage,
]
