import { describe, expect, test } from 'vitest'
import { type BallotKind, isGuessable, leastVoters, mayDecide, votesToClose } from '../../src/rules/ballots/electorate.ts'

const secret = (electorate: BallotKind['electorate'], use: BallotKind['use'] = 'resolution'): BallotKind => ({
  use,
  isSecret: true,
  electorate,
  gathering: null,
})

test.each([
  [secret('all'), 3],
  [secret('committee'), 3],
  [secret('chosen'), 5],
  [secret('all', 'pulse'), 5],
  [secret('committee', 'evaluation'), 3],
  [secret('chosen', 'award'), 5],
  [{ ...secret('chosen'), isSecret: false }, 0],
  [{ ...secret('all'), gathering: 'meeting' }, 0],
])('%o takes at least %i', (kind, least) => expect(leastVoters(kind)).toBe(least))

describe('a press closes it once', () => {
  test.each([
    ['half of a branch have voted', secret('all'), 20, 10],
    ['half of an odd number, rounded up', secret('all'), 7, 4],
    ['three of four have voted', secret('all'), 4, 3],
    ['all three have voted', secret('all'), 3, 3],
    ['five of six chosen people have voted', secret('chosen'), 6, 5],
    ['five of a pulse among nine have voted', secret('all', 'pulse'), 9, 5],
    ['half have voted by name', { ...secret('chosen'), isSecret: false }, 2, 1],
    ['half of those present in a meeting have voted', { ...secret('all'), gathering: 'meeting' }, 9, 5],
    ['both members of a small meeting’s half have voted', { ...secret('committee'), gathering: 'meeting' }, 3, 2],
  ] as const)('%s', (_when, kind, electors, needed) => expect(votesToClose(kind, electors)).toBe(needed))
})

test.each([
  [4, true, true],
  [5, true, false],
  [2, false, false],
])('%i voters, secret: %s; votes can be guessed: %s', (electors, isSecret, is) => expect(isGuessable({ isSecret }, electors)).toBe(is))

test.each([
  ['all', null, true],
  ['committee', null, true],
  ['chosen', null, false],
  ['chosen', 'meeting', true],
] as const)('voters %s, meeting %s: a resolution can be carried: %s', (electorate, gathering, is) =>
  expect(mayDecide({ electorate, gathering })).toBe(is),
)
