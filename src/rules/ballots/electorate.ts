import { type BallotUse, uses } from './uses.ts'

/** How the voters were found: everybody with the vote there, the branch's committee as such, or people whom somebody chose. */
export const electorateKinds = ['all', 'committee', 'chosen'] as const
export type ElectorateKind = (typeof electorateKinds)[number]

/** The facts about a ballot that decide what may be told of it. */
export interface BallotKind {
  use: BallotUse
  isSecret: boolean
  electorate: ElectorateKind
  /** The meeting in which it is voted; null outside a meeting. */
  gathering: string | null
}

/** People who were chosen are easier to guess than a whole branch, hence they must be more. */
const LEAST: Readonly<Record<ElectorateKind, number>> = { all: 3, committee: 3, chosen: 5 }

/**
 * The least number of voters for a ballot to be opened, and of votes for its figures to be told. A named vote hides nobody. A meeting
 * sees who votes and announces its counts.
 */
export function leastVoters({ use, isSecret, electorate, gathering }: BallotKind): number {
  if (!isSecret) return 0
  return gathering === null ? Math.max(uses[use].least, LEAST[electorate]) : uses[use].least
}

/** The votes that let a press close the ballot: half of the voters and at least the minimum, or all. */
export const votesToClose = (kind: BallotKind, electors: number): number =>
  Math.min(electors, Math.max((electors + 1) >> 1, leastVoters(kind)))

const GUESSABLE_BELOW = 5

/** Among so few voters the figures can show who chose what. */
export const isGuessable = ({ isSecret }: Pick<BallotKind, 'isSecret'>, electors: number): boolean => isSecret && electors < GUESSABLE_BELOW

/** Outside a meeting a resolution needs everybody with the vote to be asked; the chosen give an opinion. */
export const mayDecide = ({ electorate, gathering }: Pick<BallotKind, 'electorate' | 'gathering'>): boolean =>
  gathering !== null || electorate !== 'chosen'
