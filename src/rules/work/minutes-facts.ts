import type { GatheringKind } from '../gatherings/gatherings.ts'
import type { LeaveReason } from '../gatherings/leaves.ts'
import type { Outcome } from '../meeting-votes/elections.ts'
import type { Hands, Matter, Way } from '../meeting-votes/resolutions.ts'

/** A vote of the meeting, as it was announced. */
export interface MinuteVote {
  words: string
  matter: Matter
  way: Way
  expectedVoters: number
  presentVoters: number
  /** The counts; null where no result is told. */
  votes: Hands | null
  /** The written views among the votes. */
  views: number
  isVoid: boolean
  isCarried: boolean
}

/** One round of an election, with its tally. */
export interface MinuteElection {
  title: string
  seats: number
  /** A round after another: between those who tied, for the seats left, or held anew. */
  again: 'tie' | 'rest' | 'anew' | null
  expectedVoters: number
  presentVoters: number
  scrutineers: string[]
  tellers: string[]
  box: { handedOut: number; returned: number; invalid: number } | null
  votes: { name: string; for: number; against: number; abstain: number }[]
  writtenIn: { name: string; for: number }[]
  outcome: Outcome | null
}

export interface MinuteDecision {
  /** Null where the words stay off the record: 另有纸质记录. */
  words: string | null
  owner: string | null
  dueOn: string | null
}

/** A task of an earlier meeting of the kind, as this meeting found it. */
export interface EarlierTask {
  words: string
  owner: string
  dueOn: string
  isDone: boolean
}

/** Everything the minutes of one branch are made from. All of it happened in the bot; nothing is taken from a chat. */
export interface MinuteFacts {
  branch: string
  kind: GatheringKind
  group: string | null
  /** The other branches that met with this one. */
  others: string[]
  from: number
  until: number
  place: string
  calledBy: string
  /** The person who closed it, or else called it, and was there. */
  host: string | null
  recorder: string | null
  expected: number
  away: number
  present: { name: string; isLate: boolean }[]
  /** Enough came for it to count for the standards, and enough voters for its votes to stand. */
  isQuorate: boolean
  votesStand: boolean
  leaves: Partial<Record<LeaveReason, number>>
  madeUp: number
  agenda: { words: string; wasHeld: boolean | null; points: string | null }[]
  /** The points of a meeting without an agenda. */
  points: string | null
  votes: MinuteVote[]
  elections: MinuteElection[]
  decisions: MinuteDecision[]
  earlier: EarlierTask[]
  /** The standards that it was counted for, as `（7）组织生活会`. */
  credited: string[]
}
