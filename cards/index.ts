import type { Press } from '../src/press.ts'
import type { FileView, View } from '../src/view.ts'
import { add, addWords, agenda, openAgenda, retag, settle } from './agenda.ts'
import { appealView, showAppeal, submitAnswer } from './appeal.ts'
import { corrections as assessmentCorrections, correct, findOne, pick, withdrawOne } from './assessment-corrections.ts'
import { attestView, openAttest, refused, submitAttest, withdrawAttest } from './attest.ts'
import { ballot, open as openVote, vote } from './ballot.ts'
import { codeSheet } from './ballot-codes.ts'
import { ballotForm, begin as beginBallot, submit as submitBallot } from './ballot-form.ts'
import { ballotHost, close as closeBallot } from './ballot-host.ts'
import { addPresent, longer } from './ballot-meeting.ts'
import { add as addElectors, ballotMore, cancel as cancelBallot, extend, more as openMore } from './ballot-more.ts'
import { ballotExport, ballotResult, ballotUnsound, exportPress } from './ballot-result.ts'
import { submitBind, welcome } from './bind.ts'
import { branchReview, judgeAll, openCorrections as openAssessmentCorrections } from './branch-review.ts'
import { branchYear, commentReport, conclude, lastTwiceView, workReport } from './branch-year.ts'
import { callForm, submitCall } from './call.ts'
import { cancel, corrections, openCorrections, reopen, reopenForm, unmark } from './corrections.ts'
import { digest, later, openForm } from './digest.ts'
import { callIt, changeDraft, rhythmDraft, skip, unskip } from './draft.ts'
import {
  correct as correctCount,
  count as countElection,
  election,
  openElectionCard,
  recount,
  withdraw as withdrawElection,
} from './election.ts'
import { again as electAgain } from './election-again.ts'
import { begin as beginElection, electionForm, submit as submitElection } from './election-form.ts'
import { confirmAll, refuseOne } from './entries.ts'
import { cancel as cancelEvaluation, close as closeEvaluation, evaluation, tell } from './evaluation.ts'
import { goOn } from './evaluation-begin.ts'
import { evaluationForm, submitEvaluation, submitVote, voteForm } from './evaluation-open.ts'
import { reading, readOn } from './evaluation-reading.ts'
import { openAppeals, openGrading, openLots, openVoteForm } from './evaluation-steps.ts'
import { checkInPress, gathering } from './gathering.ts'
import { gradeAppeal, submitGradeAnswer } from './grade-appeal.ts'
import { againGrades, chooseGrades, giveReasons, grading } from './grading.ts'
import { againViews, chooseViews, groupView, lookAgain, setViews } from './group-view.ts'
import { dissolve, groups, lead, make, moveIn, moveOut, openGroup, rename, showGroups } from './groups.ts'
import { amend, correct as correctHands, enter as enterHands } from './hands.ts'
import { help } from './help.ts'
import { holidayPreview, holidays, importYear, readHolidays } from './holidays.ts'
import { close, confirm, host, mark } from './host.ts'
import { decline, invitation, join, withdraw as withdrawBranch } from './joint.ts'
import { ask, openLeave, slip, withdraw } from './leave.ts'
import { confirm as confirmAsked, leaves, open as openAsked } from './leaves.ts'
import {
  confirm as confirmMadeUp,
  done as doneMakeUp,
  excuse as excuseMakeUp,
  makeUp,
  makeUps,
  open as openMakeUp,
  openMakeUps,
  sendBack,
  takeBack,
} from './make-up.ts'
import { mine } from './mine.ts'
import { nextRows, order } from './order.ts'
import { confirmOwn, markOwn, ownBranch, unmarkOwn } from './own-branch.ts'
import { openGradeAppeal, ownGrade, submitGradeAppeal } from './own-grade.ts'
import { openPerson, people, person, turnPeople } from './people.ts'
import { appoint, changeGroup, changeStage, comeBack, goAway, openPart, remove, seatTold, undo, vacate } from './person.ts'
import { addJoiner, decideProposal, proposals, undoRemoval } from './proposals.ts'
import { openQuieting, quieting, restore, silence } from './quieting.ts'
import { reminder } from './reminder.ts'
import { renewed } from './renewed.ts'
import { openReschedule, rescheduled, rescheduleForm, submitReschedule } from './reschedule.ts'
import { openResolve, resolve, submit as submitResolve } from './resolve.ts'
import { openAppeal, result, submitAppeal } from './result.ts'
import { closeReview, openReview, publish, review } from './review.ts'
import { reviewPreview, saveSheet } from './review-file.ts'
import { handOutSheet, openTable, reviewSheet, reviewTable } from './review-table.ts'
import { changeRhythm, newRhythm, resume, rhythmForm, rhythmsView, stop, submitRhythm } from './rhythm.ts'
import { find, grant, openRoles, revoke, roles } from './roles.ts'
import { codeForm, enterCode, showCode } from './room-code.ts'
import { importList, rosterGuide, rosterPreview, rosterTemplate } from './roster.ts'
import { rulebook, saveFigures } from './rulebook.ts'
import { rulebookPreview, saveRules } from './rulebook-file.ts'
import { handOut, rulebookTemplate } from './rulebook-list.ts'
import { say } from './say.ts'
import { score } from './score.ts'
import { openSecrecy, secrecy } from './secrecy.ts'
import { selfAssessment, submit } from './self-assessment.ts'
import { openSelfView, selfView, submitSelfView } from './self-view.ts'
import { openStandard, standard } from './standard.ts'
import { beginSupport, concludeSupport, helping } from './support.ts'
import { turnout } from './turnout.ts'
import { undelivered } from './undelivered.ts'
import { runs, votes } from './votes.ts'
import { openWhatIf, tryWhatIf, whatIf } from './what-if.ts'
import { openYear, yearReview } from './year.ts'

/** Every card that is sent by name. */
export const views: readonly View[] = [
  say,
  help,
  welcome,
  callForm,
  gathering,
  host,
  ownBranch,
  rescheduleForm,
  rescheduled,
  slip,
  leaves,
  invitation,
  agenda,
  makeUp,
  makeUps,
  codeForm,
  ballot,
  turnout,
  votes,
  ballotForm,
  ballotHost,
  ballotMore,
  ballotResult,
  ballotUnsound,
  secrecy,
  resolve,
  electionForm,
  election,
  evaluationForm,
  evaluation,
  selfView,
  groupView,
  voteForm,
  reading,
  grading,
  ownGrade,
  gradeAppeal,
  corrections,
  reopenForm,
  reminder,
  renewed,
  mine,
  digest,
  quieting,
  score,
  standard,
  whatIf,
  order,
  rosterGuide,
  rosterPreview,
  rulebook,
  rulebookPreview,
  holidays,
  holidayPreview,
  selfAssessment,
  attestView,
  refused,
  result,
  appealView,
  review,
  reviewTable,
  reviewPreview,
  branchReview,
  assessmentCorrections,
  yearReview,
  branchYear,
  lastTwiceView,
  workReport,
  helping,
  people,
  person,
  seatTold,
  groups,
  roles,
  undelivered,
  rhythmForm,
  rhythmsView,
  rhythmDraft,
  proposals,
]

/** Every file that is sent by name. */
export const files: readonly FileView[] = [rosterTemplate, rulebookTemplate, reviewSheet, ballotExport, codeSheet]

/** Every button that can be pressed. */
export const presses: readonly Press<never>[] = [
  checkInPress,
  enterCode,
  mark,
  close,
  confirm,
  markOwn,
  unmarkOwn,
  confirmOwn,
  openReschedule,
  submitReschedule,
  vote,
  openVote,
  openSecrecy,
  beginBallot,
  submitBallot,
  runs,
  openMore,
  closeBallot,
  extend,
  addElectors,
  cancelBallot,
  exportPress,
  longer,
  addPresent,
  openResolve,
  submitResolve,
  enterHands,
  correctHands,
  amend,
  beginElection,
  submitElection,
  openElectionCard,
  countElection,
  correctCount,
  recount,
  withdrawElection,
  electAgain,
  submitEvaluation,
  goOn,
  openSelfView,
  submitSelfView,
  openLots,
  chooseViews,
  setViews,
  againViews,
  lookAgain,
  openVoteForm,
  submitVote,
  readOn,
  openGrading,
  chooseGrades,
  giveReasons,
  againGrades,
  tell,
  openGradeAppeal,
  submitGradeAppeal,
  openAppeals,
  submitGradeAnswer,
  closeEvaluation,
  cancelEvaluation,
  openAgenda,
  add,
  addWords,
  retag,
  settle,
  join,
  decline,
  withdrawBranch,
  openMakeUp,
  doneMakeUp,
  takeBack,
  openMakeUps,
  confirmMadeUp,
  sendBack,
  excuseMakeUp,
  showCode,
  openLeave,
  ask,
  withdraw,
  openAsked,
  confirmAsked,
  openCorrections,
  cancel,
  unmark,
  reopen,
  submitCall,
  submitBind,
  openForm,
  later,
  openQuieting,
  silence,
  restore,
  openStandard,
  openWhatIf,
  tryWhatIf,
  nextRows,
  importList,
  saveFigures,
  handOut,
  saveRules,
  readHolidays,
  importYear,
  submit,
  openAttest,
  submitAttest,
  withdrawAttest,
  openAppeal,
  submitAppeal,
  showAppeal,
  submitAnswer,
  openReview,
  openTable,
  handOutSheet,
  saveSheet,
  judgeAll,
  confirmAll,
  refuseOne,
  openAssessmentCorrections,
  correct,
  findOne,
  pick,
  withdrawOne,
  publish,
  closeReview,
  openYear,
  conclude,
  beginSupport,
  concludeSupport,
  commentReport,
  turnPeople,
  openPerson,
  openPart,
  changeStage,
  changeGroup,
  goAway,
  comeBack,
  appoint,
  vacate,
  remove,
  undo,
  showGroups,
  make,
  openGroup,
  rename,
  lead,
  moveIn,
  moveOut,
  dissolve,
  openRoles,
  find,
  grant,
  revoke,
  submitRhythm,
  newRhythm,
  changeRhythm,
  stop,
  resume,
  callIt,
  changeDraft,
  skip,
  unskip,
  addJoiner,
  decideProposal,
  undoRemoval,
]
