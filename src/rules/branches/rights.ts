/** Offices. Those of a branch make its committee (支委会); `assessor` sits in an upper committee, `admin` looks after the unit's bot. */
export const branchSeats = ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember'] as const
export const seatRoles = [...branchSeats, 'leader', 'assessor', 'admin'] as const
export type SeatRole = (typeof seatRoles)[number]

/** `member` is anyone on a branch's roster, for that branch; `known` anyone in the unit whom we know; `anyone` includes strangers. */
type Role = SeatRole | 'member' | 'known' | 'anyone'

/**
 * Who may do what: the one table. What is not listed may not be done by anybody, and a test goes through every
 * command, press and row of it. Holding a role counts for its own place: a branch's secretary for that branch, a leader for that
 * group, an assessor for the branches below that committee, an administrator for the unit.
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
  setRhythm: ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember', 'leader', 'admin'],
  setAgenda: ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember', 'leader', 'admin'],
  joinGathering: ['secretary', 'deputy', 'assessor', 'admin'],
  makeUp: ['member'],
  /** Whether somebody has a vote stands in the electorate. */
  vote: ['known'],
  openBallot: ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember', 'assessor'],
  /** A resolution or an election in a meeting of the branch: for its own committee, never for whoever looks after the bot. */
  holdVote: ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember'],
  /** One’s own word, and one’s own appeal: whether somebody is evaluated stands in the evaluation. */
  beEvaluated: ['known'],
  runEvaluation: ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember'],
  enterGroupView: ['secretary', 'deputy', 'leader'],
  /** The assessor’s hand, where nobody else of the committee could decide on one of it. */
  setGrades: ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember', 'assessor'],
  confirmMakeUp: ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember', 'leader', 'admin'],
  markPresent: ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember', 'leader', 'admin'],
  closeGathering: ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember', 'leader', 'admin'],
  confirmLeave: ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember', 'leader', 'admin'],
  cancelGathering: ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember', 'leader', 'admin'],
  reopenAttendance: ['secretary', 'admin'],
  answerAlert: ['secretary', 'deputy', 'leader', 'admin'],
  quieten: ['known'],
  submitSelf: ['secretary', 'deputy'],
  attest: ['secretary', 'deputy'],
  appeal: ['secretary', 'deputy'],
  assess: ['assessor'],
  answerAppeal: ['assessor'],
  publishAssessment: ['assessor'],
  seePeople: ['secretary', 'deputy', 'organisation', 'admin', 'assessor'],
  addMember: ['secretary', 'deputy', 'organisation', 'admin'],
  /** Who came or left: the assessor’s hand, where the branch has nobody to decide. */
  decideProposal: ['secretary', 'deputy', 'organisation', 'admin', 'assessor'],
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
} as const satisfies Record<string, readonly Role[]>

export type Right = keyof typeof rights

/** Where something is done. `lineage` are the committees above, nearest first. */
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
