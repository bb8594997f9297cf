import type { Place, Right, Role } from '../../src/rules/branches/rights.ts'

const roles = [
  'secretary',
  'deputy',
  'organisation',
  'publicity',
  'discipline',
  'committeeMember',
  'leader',
  'assessor',
  'admin',
  'member',
  'known',
  'anyone',
] as const satisfies readonly Role[]

/**
 * Who may do what, written down by hand a second time: `×` may. It follows the standards of the branch, not the code. A row of
 * `src/rules/branches/rights.ts` that is loosened or tightened differs from it, and a change has to be meant twice.
 */
const grid = `
                      sec dep org pub dis com lea ass adm mem kno any
help                   .   .   .   .   .   .   .   .   .   .   .   ×
claim                  .   .   .   .   .   .   .   .   .   .   .   ×

mine                   .   .   .   .   .   .   .   .   .   .   ×   .
vote                   .   .   .   .   .   .   .   .   .   .   ×   .
beEvaluated            .   .   .   .   .   .   .   .   .   .   ×   .
quieten                .   .   .   .   .   .   .   .   .   .   ×   .

checkIn                .   .   .   .   .   .   .   .   .   ×   .   .
askLeave               .   .   .   .   .   .   .   .   .   ×   .   .
makeUp                 .   .   .   .   .   .   .   .   .   ×   .   .
seeScore               .   .   .   .   .   .   .   ×   ×   ×   .   .

callGathering          ×   ×   ×   ×   ×   ×   ×   .   ×   .   .   .
setRhythm              ×   ×   ×   ×   ×   ×   ×   .   ×   .   .   .
setAgenda              ×   ×   ×   ×   ×   ×   ×   .   ×   .   .   .
recordMinutes          ×   ×   ×   ×   ×   ×   ×   .   .   .   .   .
confirmMinutes         ×   ×   ×   ×   ×   ×   ×   ×   .   ×   .   .
provideMinutes         ×   ×   .   .   .   .   .   .   .   .   .   .
readMinutes            ×   ×   ×   ×   ×   ×   ×   ×   .   ×   .   .
confirmMakeUp          ×   ×   ×   ×   ×   ×   ×   .   ×   .   .   .
markPresent            ×   ×   ×   ×   ×   ×   ×   .   ×   .   .   .
closeGathering         ×   ×   ×   ×   ×   ×   ×   .   ×   .   .   .
confirmLeave           ×   ×   ×   ×   ×   ×   ×   .   ×   .   .   .
cancelGathering        ×   ×   ×   ×   ×   ×   ×   .   ×   .   .   .
reopenAttendance       ×   .   .   .   .   .   .   .   ×   .   .   .
joinGathering          ×   ×   .   .   .   .   .   ×   ×   .   .   .

openBallot             ×   ×   ×   ×   ×   ×   .   ×   .   .   .   .
holdVote               ×   ×   ×   ×   ×   ×   .   .   .   .   .   .
runEvaluation          ×   ×   ×   ×   ×   ×   .   .   .   .   .   .
enterGroupView         ×   ×   .   .   .   .   ×   .   .   .   .   .
setGrades              ×   ×   ×   ×   ×   ×   .   ×   .   .   .   .

answerAlert            ×   ×   .   .   .   .   ×   .   ×   .   .   .
submitSelf             ×   ×   ×   ×   ×   ×   .   .   .   .   .   .
attest                 ×   ×   .   .   .   .   .   .   .   .   .   .
appeal                 ×   ×   .   .   .   .   .   .   .   .   .   .
assess                 .   .   .   .   .   .   .   ×   .   .   .   .
answerAppeal           .   .   .   .   .   .   .   ×   .   .   .   .
publishAssessment      .   .   .   .   .   .   .   ×   .   .   .   .
seeOrder               .   .   .   .   .   .   .   ×   ×   .   .   .
revokeScoreLinks       ×   ×   .   .   .   .   .   ×   ×   .   .   .

talk                   .   .   .   .   .   .   .   .   .   .   ×   .
readOpinions           ×   ×   ×   .   .   .   .   .   .   .   .   .
speakUp                .   .   .   .   .   .   .   .   .   .   ×   .
answerVoices           ×   ×   .   ×   .   .   .   .   .   .   .   .
answerUpperVoices      .   .   .   .   .   .   .   ×   .   .   .   .
answerToolVoices       .   .   .   .   .   .   .   .   ×   .   .   .
analyseOpinion         ×   ×   ×   ×   ×   ×   .   .   .   .   .   .

seePeople              ×   ×   ×   .   .   .   .   ×   ×   .   .   .
addMember              ×   ×   ×   .   .   .   .   .   ×   .   .   .
decideProposal         ×   ×   ×   .   .   .   .   ×   ×   .   .   .
requestExclusion       ×   ×   .   .   .   .   .   .   .   .   .   .
confirmExclusion       .   .   .   .   .   .   .   ×   .   .   .   .
suspendVote            .   .   .   .   .   .   .   ×   .   .   .   .
importRoster           ×   ×   ×   .   .   .   .   .   ×   .   .   .
manageGroups           ×   ×   ×   .   .   .   .   .   ×   .   .   .
grantSeat              ×   .   .   .   .   .   .   ×   ×   .   .   .
grantSecretary         .   .   .   .   .   .   .   ×   ×   .   .   .
grantAssessor          .   .   .   .   .   .   .   ×   ×   .   .   .
grantAdmin             .   .   .   .   .   .   .   .   ×   .   .   .

bindBranch             ×   .   .   .   .   .   .   ×   ×   .   .   .
bindCommittee          .   .   .   .   .   .   .   ×   ×   .   .   .
makeBranch             .   .   .   .   .   .   .   ×   ×   .   .   .
editRulebook           .   .   .   .   .   .   .   ×   ×   .   .   .
importHolidays         .   .   .   .   .   .   .   .   ×   .   .   .
endInquiry             .   .   .   .   .   .   .   .   ×   .   .   .

keepPapers             ×   ×   ×   ×   ×   ×   .   .   .   .   .   .
reportUp               ×   .   .   .   .   .   .   .   .   .   .   .
record                 .   .   .   .   .   .   .   .   .   ×   .   .

showSelf               .   .   .   .   .   .   .   .   .   ×   .   .
keepAreas              ×   ×   .   ×   .   .   .   .   .   .   .   .
keepScreen             ×   ×   .   ×   .   .   .   .   .   .   .   .
approveScreen          ×   ×   .   ×   .   .   .   .   .   ×   .   .
pledge                 .   .   .   .   .   .   .   .   .   ×   .   .
reviewPledges          ×   ×   ×   ×   ×   ×   .   ×   .   .   .   .
enterPledges           .   .   ×   ×   .   .   .   .   .   .   .   .
checkIntegrity         ×   .   .   .   ×   .   .   ×   .   .   .   .

planTalks              ×   ×   ×   ×   ×   ×   ×   .   .   .   .   .
keepContacts           ×   ×   ×   .   .   .   .   .   .   .   .   .
decide                 ×   ×   ×   ×   ×   ×   ×   .   .   .   .   .
doTask                 .   .   .   .   .   .   .   .   .   .   ×   .
checkTask              ×   ×   ×   ×   ×   ×   .   .   .   .   .   .
attestTalk             ×   ×   ×   ×   ×   ×   .   .   .   .   .   .
`

/** The grid, read: for each right the roles that hold it. */
export const expected = Object.fromEntries(
  grid
    .split('\n')
    .filter((line) => /[.×]/.test(line))
    .map((line) => {
      const [right = '', ...cells] = line.trim().split(/\s+/)
      if (cells.length !== roles.length) throw new Error(`${right} has ${cells.length} cells`)
      return [right, roles.filter((_, i) => cells[i] === '×')]
    }),
) as Record<Right, Role[]>

const seatsAtHome = ['secretary', 'deputy', 'organisation', 'publicity', 'discipline', 'committeeMember'] as const
const ofHome = [...seatsAtHome, 'leader', 'member', 'probationer', 'activist', 'former secretary']
const ofUnit = [
  ...ofHome,
  'admin',
  'assessor',
  'top assessor',
  'assessor elsewhere',
  'sibling secretary',
  'sibling member',
  'cousin secretary',
]
const everybody = [...ofUnit, 'far secretary', 'far admin', 'departed secretary', 'stranger']
const itself = Object.fromEntries(seatsAtHome.map((seat) => [seat, [seat]]))

const atHome = { ...itself, assessor: ['assessor', 'top assessor'], admin: ['admin'], member: ofHome, known: ofUnit, anyone: everybody }

/** Where something is done, and who of the town holds which role there. A role that is not named is held by nobody. */
const places = {
  /** The branch `home`. */
  home: atHome,
  /** The group of `home` that the leader leads. */
  group: { ...atHome, leader: ['leader'] },
  /** The unit of the person who acts, whichever that is. */
  'own unit': { admin: ['admin', 'far admin'], known: [...ofUnit, 'far secretary', 'far admin'], anyone: everybody },
  /** The branch of the person who acts, whichever that is. */
  'own branch': { member: [...ofHome, 'sibling secretary', 'sibling member', 'cousin secretary', 'far secretary'] },
  /** The branch or the committee in which the person who acts has a seat, whichever that is. */
  'own seat': {
    ...itself,
    secretary: ['secretary', 'sibling secretary', 'cousin secretary', 'far secretary'],
    assessor: ['assessor', 'top assessor', 'assessor elsewhere'],
  },
  /** The committee `first`, above `home`. */
  committee: { assessor: ['assessor', 'top assessor'], admin: ['admin'], known: ofUnit, anyone: everybody },
  unit: { admin: ['admin'], known: ofUnit, anyone: everybody },
  /** A branch that is yet to be made: under the assessor's own committee, or in the administrator's unit. */
  'new branch': { assessor: ['assessor', 'top assessor', 'assessor elsewhere'], admin: ['admin', 'far admin'], anyone: everybody },
  /** The branch `home`. The other unit has none of that name, and a branch is made there. */
  'home or new abroad': { ...atHome, admin: ['admin', 'far admin'] },
} satisfies Record<string, Partial<Record<Role, readonly string[]>>>

export type PlaceName = keyof typeof places

/** Whether the grid lets that person of the town do it there. */
export const isExpectedToHave = (person: string, right: Right, place: PlaceName): boolean =>
  expected[right].some((role) => (places[place] as Partial<Record<Role, readonly string[]>>)[role]?.includes(person))

/** The place of a seat, and a place that the seat does not reach. */
export const own: Place = { unit: 'unit', branch: 'home', group: 'group', lineage: ['first', 'top'] }
export const another: Place = { unit: 'unit', branch: 'sibling', group: 'its group', lineage: ['second', 'second top'] }
export const allRoles = roles
