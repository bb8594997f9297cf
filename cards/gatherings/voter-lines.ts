import type { GatheringAsItStands } from '../../db/gatherings/state.ts'
import { isUnderway, isVotingMeeting } from '../../db/gatherings/under-way.ts'
import { isForRoom, type Voters, votersFor, votesStand } from '../../db/gatherings/voters.ts'
import { button, coloured, type Element, lines, listed, row } from '../../src/card.ts'
import { isOpen } from '../../src/rules/gatherings/gatherings.ts'
import { quorumOf } from '../../src/rules/gatherings/quorum.ts'
import { type Text, t } from '../../src/text.ts'
import { movesSaid } from '../../src/words/base-moves.ts'
import { electionLines } from '../../src/words/elections-held.ts'
import { resolutionLines } from '../../src/words/resolutions.ts'
import { beginElection, openResolve } from '../meeting-votes/buttons.ts'
import { openInRoom } from './buttons.ts'

/**
 * Whether enough people come is said wherever somebody is expected, and the voters where votes are held. Branches that meet jointly are
 * judged each by its own people: `branch` is the one that reads it. The host reads the moves of the bases, with names, under 到会核对.
 */
export function countsOf(it: GatheringAsItStands, branch = it.branch, tellsMoves = true): Element | null {
  if (isOpen(it.kind)) return null
  const own = it.branches.length > 1 ? it.branches.find(({ id }) => id === branch) : it
  if (!own) return null
  if (own.expected === 0) return lines(coloured('orange', t('名单上还没有该到会的人。', 'Nobody on the roster is expected yet.')))
  return lines(
    attendanceSaid({ ...own, kind: it.kind, closedAt: it.closedAt }),
    ...voterLines(it),
    ...(tellsMoves && isVotingMeeting(it) ? movesSaid(it.baseMoves) : []),
  )
}

/** The first of the three expected sets, by name: attendance alone decides whether the gathering counts for the standards. */
function attendanceSaid(it: Pick<GatheringAsItStands, 'kind' | 'expected' | 'away' | 'present' | 'closedAt'>): Text {
  const { inPlace, needed, present, isQuorate } = quorumOf(it.kind, it)
  const figures = t(
    `在岗 ${inPlace} 人，需到 ${needed} 人，实到 ${present} 人`,
    `${needed} of the ${inPlace} in place needed, ${present} here`,
  )
  if (isQuorate)
    return coloured('green', t(`到会人数够，计入标准（${figures.zh}）`, `Enough came to count for the standards (${figures.en})`))
  if (it.closedAt)
    return coloured('orange', t(`到会人数不够，不计入标准（${figures.zh}）`, `Too few came to count for the standards (${figures.en})`))
  return t(`计入标准：${figures.zh}，还差 ${needed - present} 人`, `To count for the standards: ${figures.en}, ${needed - present} to go`)
}

const names: Readonly<Record<'ordinary' | 'admission' | 'election', Text>> = {
  ordinary: t('表决', 'Resolutions'),
  admission: t('接收、转正', 'Admission, conversion'),
  election: t('选举', 'Elections'),
}

/**
 * The bases of resolutions and of elections decide only whether a vote may be held and what carries. Those who are away
 * belong to them, and the excluded are out where the vote leaves them out.
 */
export function voterLines(it: GatheringAsItStands): Text[] {
  if (!isVotingMeeting(it)) return []
  const isOne = !it.votesInRoom && it.electing === it.expectedVoters && it.admitting === it.expectedVoters
  const shown: (keyof typeof names)[] = isOne || it.kind === 'committee' ? ['ordinary'] : ['ordinary', 'admission', 'election']
  return shown.map((on) => voterLine(on, votersFor(it, on), isForRoom(it, on)))
}

const voterLine = (on: keyof typeof names, { expectedVoters, presentVoters }: Voters, inRoom: boolean): Text =>
  t(
    `**${names[on].zh}** 应到有${on === 'election' ? '选举权' : '表决权'} ${expectedVoters} 人（含外出），${inRoom ? '在场核对过' : '到会'} ${presentVoters} 人`,
    `**${names[on].en}** ${expectedVoters} voters expected, the away among them; ${presentVoters} ${inRoom ? 'confirmed in the room' : 'present'}`,
  )

/** A press from far away counts as attendance, which people learn before they press. */
export const inRoomNote: Text = t(
  '这次会要选举或接收、转正：在会场输入现场码，或由主持人标记、监票人核对，才算到会投票；在外地按「签到」只记考勤。',
  'This meeting elects, admits or converts. To vote, enter the room’s code, or be marked by the host and confirmed by a scrutineer; a press from elsewhere is attendance alone.',
)

/** The resolutions and elections of a meeting, at most `most` bytes of each. */
export function decided(it: GatheringAsItStands, most: number): (Element | null)[] {
  const { resolutions, elections } = it
  const stands = votesStand(it)
  return [
    listed(t('**表决**', '**Resolutions**'), resolutionLines(resolutions, stands), most),
    listed(t('**选举**', '**Elections**'), electionLines(elections, stands), most),
  ]
}

/** The host votes from the start of check-in; after the close the buttons lead to corrections. Who counts as present can always be read. */
export function voteButtons(it: GatheringAsItStands, now: Date): Element | null {
  if (!isVotingMeeting(it)) return null
  const isNow = isUnderway(it, now)
  const shown = [
    ...(isNow || it.resolutions.length > 0 ? [button(t('表决…', 'Resolve…'), openResolve.value({ gathering: it.id }))] : []),
    ...(it.kind === 'general' && (isNow || it.elections.length > 0)
      ? [button(t('选举…', 'Elect…'), beginElection.value({ gathering: it.id, after: null }))]
      : []),
    ...(it.cancelledAt ? [] : [button(t('到会核对…', 'Who is in the room…'), openInRoom.value({ gathering: it.id }))]),
  ]
  return shown.length > 0 ? row(...shown) : null
}
