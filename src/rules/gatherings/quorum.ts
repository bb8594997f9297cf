import { type GatheringKind, gatheringKinds } from './gatherings.ts'

/** The people of a gathering. `expectedVoters` have a vote in its resolutions, those who are away among them. */
export interface Headcount {
  expected: number
  /** The expected people who are away (人不在) and did not come. */
  away: number
  present: number
  expectedVoters: number
  presentVoters: number
}

/** The attendance of a gathering: whether it counts for the standards. It says nothing about votes. */
export interface Quorum {
  /** The people in place: expected and not away. */
  inPlace: number
  present: number
  /** The least number of people present that makes the gathering count. */
  needed: number
  isQuorate: boolean
}

/** A gathering at which fewer people are, out of more in place, counts for nothing. */
const LEAST_PRESENT = 3

/**
 * A gathering takes more than half of those in place and at least three; where fewer are in place, all. A committee takes half. People
 * who are away count once they have come.
 */
export function quorumOf(kind: GatheringKind, { expected, away, present }: Pick<Headcount, 'expected' | 'away' | 'present'>): Quorum {
  const { roster } = gatheringKinds[kind]
  const inPlace = expected - away
  if (roster === 'open') return { inPlace, present, needed: 1, isQuorate: present > 0 }
  if (roster === 'committee') return { inPlace, present, ...halfOf(inPlace, present) }
  const needed = Math.min(Math.max(inPlace, 1), Math.max(LEAST_PRESENT, (inPlace >> 1) + 1))
  return { inPlace, present, needed, isQuorate: inPlace > 0 && present >= needed }
}

/** 支部工作条例, art. 12: at least half of the committee. The shift rounds in whole people, without a division. */
const halfOf = (expected: number, present: number) => ({
  needed: Math.max(1, (expected + 1) >> 1),
  isQuorate: expected > 0 && 2 * present >= expected,
})

/** Art. 11 says 半数以上, which could include exactly half; the rules on admission say 超过. We take the stricter reading. */
const moreThanHalfOf = (expected: number, present: number) => ({
  needed: (expected >> 1) + 1,
  isQuorate: expected > 0 && 2 * present > expected,
})

/**
 * A resolution is measured by the number expected, an election by the number present. Art. 12 does not say how many votes carry a
 * resolution in a committee. We ask for more than half of the committee there too. A meeting with exactly half present may vote, but
 * carries nothing.
 */
export const isCarried = ({
  expectedVoters,
  presentVoters,
  approvals,
}: {
  expectedVoters: number
  presentVoters: number
  approvals: number
}) => 2 * presentVoters > expectedVoters && 2 * approvals > expectedVoters

/** Whether the voters present may vote on a resolution. The measure is everybody with a vote, away or not. */
export const votingQuorum = (
  kind: 'general' | 'committee',
  { expectedVoters, presentVoters }: Pick<Headcount, 'expectedVoters' | 'presentVoters'>,
) => (kind === 'committee' ? halfOf : moreThanHalfOf)(expectedVoters, presentVoters)
