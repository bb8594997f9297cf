import type { GatheringAsItStands } from '../../db/gatherings/state.ts'
import { isUnderway, isVotingMeeting } from '../../db/gatherings/under-way.ts'
import { button, type Element, listed, row } from '../../src/card.ts'
import { t } from '../../src/text.ts'
import { electionLines } from '../../src/words/elections-held.ts'
import { resolutionLines } from '../../src/words/resolutions.ts'
import { beginElection, openResolve } from '../meeting-votes/buttons.ts'

/** What a meeting resolved, and whom it elected; `most` bytes for each. */
export function decided({ resolutions, elections, closedAt, isQuorate }: GatheringAsItStands, most: number): (Element | null)[] {
  const stands = closedAt ? isQuorate : null
  return [
    listed(t('**表决**', '**Resolutions**'), resolutionLines(resolutions, stands), most),
    listed(t('**选举**', '**Elections**'), electionLines(elections, stands), most),
  ]
}

/** For the host: from the start of check-in; after the close, to put right what was entered. */
export function voteButtons(it: GatheringAsItStands, now: Date): Element | null {
  if (!isVotingMeeting(it)) return null
  const isNow = isUnderway(it, now)
  const shown = [
    ...(isNow || it.resolutions.length > 0 ? [button(t('表决…', 'Resolve…'), openResolve.value({ gathering: it.id }))] : []),
    ...(it.kind === 'general' && (isNow || it.elections.length > 0)
      ? [button(t('选举…', 'Elect…'), beginElection.value({ gathering: it.id, after: null }))]
      : []),
  ]
  return shown.length > 0 ? row(...shown) : null
}
