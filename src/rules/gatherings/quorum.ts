import { type GatheringKind, gatheringKinds } from './gatherings.ts'

export interface Headcount {
  expected: number
  present: number
  expectedVoters: number
  presentVoters: number
}

export interface Quorum extends Headcount {
  /** The least number out of `counted` that makes the meeting quorate. */
  needed: number
  counted: 'people' | 'voters'
  isQuorate: boolean
}

export function quorumOf(kind: GatheringKind, { expected, present, expectedVoters, presentVoters }: Headcount): Quorum {
  const headcount = { expected, present, expectedVoters, presentVoters }
  if (kind === 'committee') return { ...headcount, ...halfOf(expected, present) }
  if (kind === 'general') return { ...headcount, ...moreThanHalfOf(expectedVoters, presentVoters) }
  const isSomebodyDue = expected > 0 || gatheringKinds[kind].roster === 'open'
  return { ...headcount, needed: 1, counted: 'people', isQuorate: isSomebodyDue && present > 0 }
}

/** 支部工作条例, art. 12: at least half of the committee. The shift rounds in whole people, without a division. */
const halfOf = (expected: number, present: number) => ({
  needed: Math.max(1, (expected + 1) >> 1),
  counted: 'people' as const,
  isQuorate: expected > 0 && 2 * present >= expected,
})

/** Art. 11 says 半数以上, which could include exactly half; the rules on admission say 超过. We take the stricter reading. */
const moreThanHalfOf = (expected: number, present: number) => ({
  needed: (expected >> 1) + 1,
  counted: 'voters' as const,
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

/** Whether the voters present may vote on a resolution. The measure is the meeting's own quorum, among people entitled to vote. */
export const votingQuorum = (
  kind: 'general' | 'committee',
  { expectedVoters, presentVoters }: Pick<Headcount, 'expectedVoters' | 'presentVoters'>,
) => (kind === 'committee' ? halfOf : moreThanHalfOf)(expectedVoters, presentVoters)
