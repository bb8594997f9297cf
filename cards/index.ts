import type { Press } from '../src/press.ts'
import type { FileView, View } from '../src/view.ts'
import { appealView, showAppeal, submitAnswer } from './assessment/appeal.ts'
import { branchReview, judgeAll, openCorrections as openAssessmentCorrections } from './assessment/branch-review.ts'
import { branchYear, commentReport, conclude, lastTwiceView, workReport } from './assessment/branch-year.ts'
import { corrections as assessmentCorrections, correct, findOne, pick, withdrawOne } from './assessment/corrections.ts'
import { confirmAll, refuseOne } from './assessment/entries.ts'
import { openAppeal, result, submitAppeal } from './assessment/result.ts'
import { closeReview, openReview, publish, review } from './assessment/review.ts'
import { reviewPreview, saveSheet } from './assessment/review-file.ts'
import { handOutSheet, openTable, reviewSheet, reviewTable } from './assessment/review-table.ts'
import { selfAssessment, submit } from './assessment/self-assessment.ts'
import { beginSupport, concludeSupport, helping } from './assessment/support.ts'
import { openYear, yearReview } from './assessment/year.ts'
import { ballot, open as openVote, vote } from './ballots/ballot.ts'
import { codeSheet } from './ballots/codes.ts'
import { ballotForm, begin as beginBallot, submit as submitBallot } from './ballots/form.ts'
import { ballotHost, close as closeBallot } from './ballots/host.ts'
import { addPresent, longer } from './ballots/in-meeting.ts'
import { runs, votes } from './ballots/list.ts'
import { add as addElectors, ballotMore, cancel as cancelBallot, extend, more as openMore } from './ballots/more.ts'
import { ballotExport, ballotResult, ballotUnsound, exportPress } from './ballots/result.ts'
import { openSecrecy, secrecy } from './ballots/secrecy.ts'
import { turnout } from './ballots/turnout.ts'
import { attestView, openAttest, refused, submitAttest, withdrawAttest } from './duties/attest.ts'
import { digest, later, openForm } from './duties/digest.ts'
import { openQuieting, quieting, restore, silence } from './duties/quiet.ts'
import { openStandard, standard } from './duties/standard.ts'
import { openWhatIf, tryWhatIf, whatIf } from './duties/what-if.ts'
import { gradeAppeal, submitGradeAnswer } from './evaluation/appeal.ts'
import { cancel as cancelEvaluation, close as closeEvaluation, evaluation, tell } from './evaluation/evaluation.ts'
import { goOn } from './evaluation/go-on.ts'
import { againGrades, chooseGrades, giveReasons, grading } from './evaluation/grading.ts'
import { againViews, chooseViews, groupView, lookAgain, setViews } from './evaluation/group-view.ts'
import { evaluationForm, submitEvaluation, submitVote, voteForm } from './evaluation/open.ts'
import { openGradeAppeal, ownGrade, submitGradeAppeal } from './evaluation/own-grade.ts'
import { reading, readOn } from './evaluation/reading.ts'
import { openSelfView, selfView, submitSelfView } from './evaluation/self-view.ts'
import { openAppeals, openGrading, openLots, openVoteForm } from './evaluation/steps.ts'
import { add, addWords, agenda, openAgenda, retag, settle } from './gatherings/agenda.ts'
import { callForm, submitCall } from './gatherings/call.ts'
import { cancel, corrections, openCorrections, reopen, reopenForm, unmark } from './gatherings/corrections.ts'
import { checkInPress, gathering } from './gatherings/gathering.ts'
import { close, confirm, host, mark } from './gatherings/host.ts'
import { decline, invitation, join, withdraw as withdrawBranch } from './gatherings/joint.ts'
import { ask, openLeave, slip, withdraw } from './gatherings/leave.ts'
import { confirm as confirmAsked, leaves, open as openAsked } from './gatherings/leaves-asked.ts'
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
} from './gatherings/make-up.ts'
import { confirmOwn, markOwn, ownBranch, unmarkOwn } from './gatherings/own-branch.ts'
import { reminder } from './gatherings/reminder.ts'
import { openReschedule, rescheduled, rescheduleForm, submitReschedule } from './gatherings/reschedule.ts'
import { codeForm, enterCode, showCode } from './gatherings/room-code.ts'
import { help } from './home/help.ts'
import { mine } from './home/mine.ts'
import { renewed } from './home/renewed.ts'
import { say } from './home/say.ts'
import { undelivered } from './home/undelivered.ts'
import {
  correct as correctCount,
  count as countElection,
  election,
  openElectionCard,
  recount,
  withdraw as withdrawElection,
} from './meeting-votes/election.ts'
import { again as electAgain } from './meeting-votes/election-again.ts'
import { begin as beginElection, electionForm, submit as submitElection } from './meeting-votes/election-form.ts'
import { amend, correct as correctHands, enter as enterHands } from './meeting-votes/hands.ts'
import { openResolve, resolve, submit as submitResolve } from './meeting-votes/resolve.ts'
import { callIt, changeDraft, rhythmDraft, skip, unskip } from './rhythms/draft.ts'
import { changeRhythm, newRhythm, resume, rhythmForm, rhythmsView, stop, submitRhythm } from './rhythms/rhythm.ts'
import { submitBind, welcome } from './roster/bind.ts'
import { dissolve, groups, lead, make, moveIn, moveOut, openGroup, rename, showGroups } from './roster/groups.ts'
import { openPerson, people, person, turnPeople } from './roster/people.ts'
import { appoint, changeGroup, changeStage, comeBack, goAway, openPart, remove, seatTold, undo, vacate } from './roster/person.ts'
import { addJoiner, decideProposal, proposals, undoRemoval } from './roster/proposals.ts'
import { find, grant, openRoles, revoke, roles } from './roster/roles.ts'
import { importList, rosterGuide, rosterPreview, rosterTemplate } from './roster/roster.ts'
import { rulebookPreview, saveRules } from './rulebook/file.ts'
import { holidayPreview, holidays, importYear, readHolidays } from './rulebook/holidays.ts'
import { handOut, rulebookTemplate } from './rulebook/list.ts'
import { rulebook, saveFigures } from './rulebook/rulebook.ts'
import { nextRows, order } from './scoreboard/order.ts'
import { score } from './scoreboard/score.ts'

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
