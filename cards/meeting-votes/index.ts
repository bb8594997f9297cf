import * as election from './election.ts'
import * as electionAgain from './election-again.ts'
import * as electionForm from './election-form.ts'
import * as hands from './hands.ts'
import * as ownView from './own-view.ts'
import * as paperConfirm from './paper-confirm.ts'
import * as paperCount from './paper-count.ts'
import * as resolve from './resolve.ts'
import * as writeIns from './write-ins.ts'
import * as writtenViews from './written-views.ts'

export const meetingVotesCards = [
  electionAgain,
  electionForm,
  election,
  hands,
  ownView,
  paperConfirm,
  paperCount,
  resolve,
  writeIns,
  writtenViews,
]
