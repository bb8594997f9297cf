import type { GatheringAsItStands } from '../../db/gatherings/state.ts'
import { isUnderway, isVotingMeeting } from '../../db/gatherings/under-way.ts'
import { votesStand } from '../../db/gatherings/voters.ts'
import { button, type Element, listed, row } from '../../src/card.ts'
import { t } from '../../src/text.ts'
import { electionLines } from '../../src/words/elections-held.ts'
import { resolutionLines } from '../../src/words/resolutions.ts'
import { beginElection, openResolve } from '../meeting-votes/buttons.ts'
import { openInRoom } from './buttons.ts'

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
