import type { BallotAsItStands } from '../../db/ballots/state.ts'
import { mayDecide } from '../rules/ballots/electorate.ts'
import type { CircleTally } from '../rules/ballots/tally.ts'
import { isCarried } from '../rules/gatherings/quorum.ts'
import { type Outcome, outcomeIn, writtenIn } from '../rules/meeting-votes/elections.ts'
import { matched } from '../rules/meeting-votes/write-ins.ts'
import { type Text, t } from '../text.ts'
import { outcomeLines } from './elections.ts'
import { opinionSaid } from './electorate.ts'
import { viewsSaid } from './resolutions.ts'

/** Says what the figures decide, or that they decide nothing. */
export const decisionLines = (it: BallotAsItStands): Text[] => {
  const opinion = opinionSaid(it)
  return [...carriedSaid(it), ...viewsAmong(it), ...electedSaid(it), ...(opinion ? [opinion] : [])]
}

/** A vote by card has no tellers: a doubtful name stays unread. */
export const matchedIn = ({ standers }: Pick<BallotAsItStands, 'standers'>, writeIns: CircleTally['writeIns']) =>
  matched(
    Object.entries(writeIns).flatMap(([name, votes]) => (name === '' ? [] : [{ name, for: votes }])),
    standers,
    true,
  )

/** Whether a resolution is carried, with both figures that measure it. */
function carriedSaid(it: BallotAsItStands): Text[] {
  const { result } = it
  if (it.use !== 'resolution' || result?.outcome !== 'counted' || !mayDecide(it)) return []
  const approvals = result.tally.members?.counts[it.question.subjects[0]?.key ?? '']?.for ?? 0
  const [expectedVoters, presentVoters] = [it.expectedVoters ?? result.expected, it.presentVoters ?? result.voted]
  const is = isCarried({ expectedVoters, presentVoters, approvals })
  return [
    t(
      `**${is ? '通过' : '未通过'}**（应到有表决权 ${expectedVoters} 人，${it.presentVoters === null ? '参加' : '到会'} ${presentVoters} 人；赞成须超过应到的半数）`,
      `**${is ? 'Carried' : 'Not carried'}** (${expectedVoters} voters expected, ${presentVoters} ${it.presentVoters === null ? 'took part' : 'present'}; approvals must exceed half of those expected)`,
    ),
  ]
}

/** The counts have the written views in their sums. */
function viewsAmong({ views }: BallotAsItStands): Text[] {
  const said = viewsSaid(views)
  if (said.zh === '') return []
  return [t(`票数${said.zh}。`, `The counts: ${said.en.replace(/^, /, '')}.`)]
}

/** The people elected, by more than half of the voters present. The ballot fills no seats by itself. */
function electedSaid(it: BallotAsItStands): Text[] {
  const outcome = electionOutcome(it)
  return outcome ? outcomeLines(outcome) : []
}

/** Null where the ballot is no election, or tells no figures. */
export function electionOutcome(it: BallotAsItStands): Outcome | null {
  const { use, question, presentVoters, result } = it
  if (use !== 'election' || result?.outcome !== 'counted') return null
  const { counts = {}, writeIns = {} } = result.tally.members ?? {}
  const candidates = [
    ...question.subjects.map(({ key, name }) => ({ name, member: null, votes: counts[key]?.for ?? 0 })),
    ...writtenIn(matchedIn(it, writeIns)),
  ]
  return outcomeIn(
    { seats: question.most ?? 1, presentVoters: presentVoters ?? result.expected, isRunOff: question.isRunOff ?? false },
    candidates,
  )
}
