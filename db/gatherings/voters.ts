import { votingQuorum } from '../../src/rules/gatherings/quorum.ts'
import type { Matter } from '../../src/rules/meeting-votes/resolutions.ts'
import type { GatheringAsItStands } from './state.ts'

/** The subject of a vote in a meeting: a resolution by its matter, or an election. */
export type VotedOn = Matter | 'election'

/** The people with a vote on something, and how many of them are present for that vote. */
export interface Voters {
  expectedVoters: number
  presentVoters: number
}

type Counted = Pick<GatheringAsItStands, 'kind' | 'expectedVoters' | 'presentVoters' | 'electing' | 'admitting' | 'inRoom' | 'votesInRoom'>

/** Only voters in the room are present where the meeting elects, admits or converts. The vote itself makes it such a meeting. */
export const isForRoom = ({ kind, votesInRoom }: Pick<Counted, 'kind' | 'votesInRoom'>, on: VotedOn): boolean =>
  kind === 'general' && (votesInRoom || on !== 'ordinary')

/** The base of a vote is everybody who has one, away or not. The excluded are out where the vote leaves them out. */
export function votersFor(it: Counted, on: VotedOn): Voters {
  const { expectedVoters, presentVoters, electing, admitting, inRoom, kind } = it
  if (kind !== 'general') return { expectedVoters, presentVoters }
  if (on === 'election') return { expectedVoters: electing, presentVoters: inRoom.electing }
  if (on !== 'ordinary') return { expectedVoters: admitting, presentVoters: inRoom.admitting }
  return { expectedVoters, presentVoters: isForRoom(it, on) ? inRoom.voters : presentVoters }
}

/**
 * Whether the votes of a closed meeting stand: as many voters were there as a vote takes, after all corrections. Null until the close. Its
 * attendance says nothing about that.
 */
export function votesStand(it: Counted & Pick<GatheringAsItStands, 'closedAt'>): boolean | null {
  if (!it.closedAt || (it.kind !== 'general' && it.kind !== 'committee')) return null
  return votingQuorum(it.kind, votersFor(it, 'ordinary')).isQuorate
}
