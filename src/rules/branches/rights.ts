/** A branch's offices make its committee (支委会). `assessor` sits in an upper committee; `admin` looks after the unit's bot. */
export const branchSeats = ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember'] as const
export const seatRoles = [...branchSeats, 'leader', 'assessor', 'admin'] as const
export type SeatRole = (typeof seatRoles)[number]

/** `member` is anyone on a branch's roster, for that branch. `known` is anyone in the unit whom we know; `anyone` includes strangers. */
export type Role = SeatRole | 'member' | 'known' | 'anyone'

/**
 * The one table of who may do what. A deed that is not listed is allowed to nobody, and a test goes through every command, press and row.
 * A role counts for its own place only. A secretary acts for that branch, a leader for that group. An assessor acts for the branches
 * below that committee, an administrator for the unit.
 */
export const rights = {
  help: ['anyone'],
  claim: ['anyone'],
  mine: ['known'],
  checkIn: ['member'],
  askLeave: ['member'],
  seeScore: ['member', 'assessor', 'admin'],
  seeOrder: ['assessor', 'admin'],
  revokeScoreLinks: ['secretary', 'deputy', 'assessor', 'admin'],
  callGathering: ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember', 'leader', 'admin'],
  /** The committee writes the minutes, and the leader those of the group. The minutes themselves decide whose turn it is. */
  recordMinutes: [...branchSeats, 'leader'],
  confirmMinutes: [...branchSeats, 'leader', 'member', 'assessor'],
  /** Minutes go up by the branch's own hand. */
  provideMinutes: ['secretary', 'deputy'],
  readMinutes: [...branchSeats, 'leader', 'member', 'assessor'],
  setRhythm: ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember', 'leader', 'admin'],
  setAgenda: ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember', 'leader', 'admin'],
  joinGathering: ['secretary', 'deputy', 'assessor', 'admin'],
  makeUp: ['member'],
  /** The electorate decides who has a vote. */
  vote: ['known'],
  openBallot: ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember', 'assessor'],
  /** A vote in a meeting belongs to the branch's own committee, never to the person who looks after the bot. */
  holdVote: ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember'],
  /** A person's own word and own appeal; the evaluation decides who is evaluated. */
  beEvaluated: ['known'],
  runEvaluation: ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember'],
  enterGroupView: ['secretary', 'deputy', 'leader'],
  /** The assessor acts where nobody else on the committee could decide about one of its own. */
  setGrades: ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember', 'assessor'],
  confirmMakeUp: ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember', 'leader', 'admin'],
  markPresent: ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember', 'leader', 'admin'],
  closeGathering: ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember', 'leader', 'admin'],
  confirmLeave: ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember', 'leader', 'admin'],
  cancelGathering: ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember', 'leader', 'admin'],
  reopenAttendance: ['secretary', 'admin'],
  answerAlert: ['secretary', 'deputy', 'leader', 'admin'],
  quieten: ['known'],
  /** Everybody in the committee may answer for the branch: it does not lose by one person's silence. */
  submitSelf: [...branchSeats],
  attest: ['secretary', 'deputy'],
  appeal: ['secretary', 'deputy'],
  assess: ['assessor'],
  answerAppeal: ['assessor'],
  publishAssessment: ['assessor'],
  /** A talk, and the words that the two keep of it, are theirs: the talk itself decides whose. */
  talk: ['known'],
  readOpinions: ['secretary', 'deputy', 'organisation'],
  /** Anybody whom we know may say something and is owed an answer. */
  speakUp: ['known'],
  answerVoices: ['secretary', 'deputy', 'publicity'],
  /** About the secretary, and where the branch has nobody to answer. */
  answerUpperVoices: ['assessor'],
  answerToolVoices: ['admin'],
  analyseOpinion: [...branchSeats],
  planTalks: [...branchSeats, 'leader'],
  keepContacts: ['secretary', 'deputy', 'organisation'],
  attestTalk: [...branchSeats],
  /** The committee’s report, the year’s plan and summary, and the list of systems. */
  keepPapers: [...branchSeats],
  /** The secretary’s own report to the level above. */
  reportUp: ['secretary'],
  /** Members pledge; the pledge itself decides who of the committee reviews it, or the assessor where nobody else could. */
  pledge: ['member'],
  reviewPledges: [...branchSeats, 'assessor'],
  /** Types the paper sheet of somebody who is not in Feishu. */
  enterPledges: ['organisation', 'publicity'],
  /** Never of oneself: the discipline member checks the officers, the secretary the discipline member, the assessor the secretary. */
  checkIntegrity: ['discipline', 'secretary', 'assessor'],
  /** Something that was done, and another member's word that it was. */
  record: ['member'],
  /** The people who lead a meeting write down what it decides, and give tasks. A leader does so in the own group. */
  decide: [...branchSeats, 'leader'],
  /** A task is its owner's; the task itself decides whose. */
  doTask: ['known'],
  checkTask: [...branchSeats],
  /** A person’s own press alone shows them. */
  showSelf: ['member'],
  keepAreas: ['secretary', 'deputy', 'publicity'],
  keepScreen: ['secretary', 'deputy', 'publicity'],
  /** Another of those who keep it. Where nobody else does, the line itself takes any other full member. */
  approveScreen: ['secretary', 'deputy', 'publicity', 'member'],
  seePeople: ['secretary', 'deputy', 'organisation', 'admin', 'assessor'],
  addMember: ['secretary', 'deputy', 'organisation', 'admin'],
  /** Arrivals and departures; the assessor acts where the branch has nobody to decide. */
  decideProposal: ['secretary', 'deputy', 'organisation', 'admin', 'assessor'],
  /** The branch asks to leave somebody out of a voting base; the assessor decides, and alone suspends a right. */
  requestExclusion: ['secretary', 'deputy'],
  confirmExclusion: ['assessor'],
  suspendVote: ['assessor'],
  importRoster: ['secretary', 'deputy', 'organisation', 'admin'],
  grantSeat: ['secretary', 'admin', 'assessor'],
  grantSecretary: ['admin', 'assessor'],
  manageGroups: ['secretary', 'deputy', 'organisation', 'admin'],
  grantAssessor: ['admin', 'assessor'],
  grantAdmin: ['admin'],
  bindBranch: ['admin', 'assessor', 'secretary'],
  bindCommittee: ['admin', 'assessor'],
  makeBranch: ['admin', 'assessor'],
  editRulebook: ['assessor', 'admin'],
  importHolidays: ['admin'],
  /** An unsound count points at the database; the people who look after it find the cause. */
  endInquiry: ['admin'],
} as const satisfies Record<string, readonly Role[]>

export type Right = keyof typeof rights

/** The place where something is done. `lineage` lists the committees above, nearest first. */
export type Place = { unit: string; branch?: string; group?: string; lineage?: readonly string[] }

export interface Holder {
  unit: string
  branch: string | null
  seats: readonly { role: SeatRole; branch: string | null; committee: string | null; group: string | null }[]
}

export function may(actor: Holder | null, right: Right, place: Place): boolean {
  const roles: readonly Role[] = rights[right] ?? []
  if (roles.includes('anyone')) return true
  if (!actor || actor.unit !== place.unit) return false
  if (roles.includes('known')) return true
  if (roles.includes('member') && actor.branch !== null && actor.branch === place.branch) return true
  return actor.seats.some((seat) => roles.includes(seat.role) && covers(seat, place))
}

function covers(seat: Holder['seats'][number], place: Place): boolean {
  if (seat.role === 'admin') return true
  if (seat.committee !== null) return place.lineage?.includes(seat.committee) ?? false
  if (seat.branch !== null) return seat.branch === place.branch
  return seat.group !== null && seat.group === place.group
}
