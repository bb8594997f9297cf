import * as branchReview from './branch-review.ts'
import * as branchYear from './branch-year.ts'
import * as entries from './entries.ts'
import * as findings from './findings.ts'
import * as proposals from './proposals.ts'
import * as result from './result.ts'
import * as review from './review.ts'
import * as reviewFile from './review-file.ts'
import * as reviewTable from './review-table.ts'
import * as selfAssessment from './self-assessment.ts'
import * as support from './support.ts'
import * as unpublished from './unpublished.ts'
import * as waitingList from './waiting-list.ts'
import * as year from './year.ts'

export const assessmentCards = [
  branchReview,
  branchYear,
  entries,
  findings,
  proposals,
  result,
  reviewFile,
  reviewTable,
  review,
  selfAssessment,
  support,
  unpublished,
  waitingList,
  year,
]
