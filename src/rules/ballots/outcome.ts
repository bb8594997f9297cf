/**
 * The outcomes. `few` and `unsound` keep the turnout alone: figures that may not be told are not kept. The pieces of an unsound count stay
 * locked until an administrator ends the inquiry.
 */
export const ballotOutcomes = ['counted', 'few', 'unsound'] as const
export type BallotOutcome = (typeof ballotOutcomes)[number]
