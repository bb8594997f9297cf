import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gatheringKindNames } from '../../src/rules/gatherings/gatherings.ts'
import { isCarried, quorumOf, votingQuorum } from '../../src/rules/gatherings/quorum.ts'

const headcount = (expected: number, present: number, expectedVoters = expected, presentVoters = present) => ({
  expected,
  present,
  expectedVoters,
  presentVoters,
})

/** 支部工作条例, art. 12: 支部委员会会议须有半数以上委员到会, at least half of the committee. */
test.each([
  [0, 0, 1, false],
  [0, 1, 1, false],
  [1, 0, 1, false],
  [1, 1, 1, true],
  [3, 1, 2, false],
  [3, 2, 2, true],
  [4, 1, 2, false],
  [4, 2, 2, true],
  [5, 2, 3, false],
  [5, 3, 3, true],
  [7, 4, 4, true],
])('of a committee of %i, %i came (%i needed): quorate is %s', (expected, present, needed, isQuorate) => {
  expect(quorumOf('committee', headcount(expected, present))).toMatchObject({ needed, isQuorate, counted: 'people' })
})

/** The same, art. 11, as strictly as 发展党员工作细则 puts it (超过): more than half of those who have a vote. */
test.each([
  [0, 0, 1, false],
  [1, 1, 1, true],
  [2, 1, 2, false],
  [3, 1, 2, false],
  [3, 2, 2, true],
  [10, 5, 6, false],
  [10, 6, 6, true],
  [49, 24, 25, false],
  [49, 25, 25, true],
  [50, 25, 26, false],
  [50, 26, 26, true],
])('of %i voters %i came (%i needed): quorate is %s', (voters, came, needed, isQuorate) => {
  expect(quorumOf('general', headcount(voters, came))).toMatchObject({ needed, isQuorate, counted: 'voters' })
})

test('probationers count as present, but not towards the quorum', () => {
  expect(quorumOf('general', headcount(12, 9, 8, 4))).toEqual({ ...headcount(12, 9, 8, 4), needed: 5, counted: 'voters', isQuorate: false })
  expect(quorumOf('general', headcount(12, 5, 8, 5)).isQuorate).toBe(true)
})

test.each([
  ['group', 8, 0, false],
  ['group', 8, 1, true],
  ['group', 0, 1, false],
  ['themeDay', 0, 0, false],
  ['activity', 0, 0, false],
  ['activity', 0, 1, true],
] as const)('a %s gathering that expects %i and sees %i: %s', (kind, expected, present, isQuorate) => {
  expect(quorumOf(kind, headcount(expected, present))).toMatchObject({ needed: 1, isQuorate })
})

test('a gathering is quorate exactly when as many came as needed', () => {
  const people = fc.nat(500)
  fc.assert(
    fc.property(
      fc.constantFrom(...gatheringKindNames),
      fc.integer({ min: 1, max: 500 }),
      people,
      fc.integer({ min: 1, max: 500 }),
      people,
      (kind, ...counts) => {
        const quorum = quorumOf(kind, headcount(...counts))
        const came = quorum.counted === 'voters' ? quorum.presentVoters : quorum.present
        expect(quorum.isQuorate).toBe(came >= quorum.needed)
      },
    ),
  )
})

describe('a resolution takes the meeting’s own quorum of voters (art. 11, 12)', () => {
  test.each([
    ['general', 10, 5, 6, false],
    ['general', 10, 6, 6, true],
    ['general', 11, 5, 6, false],
    ['general', 11, 6, 6, true],
    ['general', 1, 1, 1, true],
    ['general', 0, 0, 1, false],
    ['committee', 4, 1, 2, false],
    ['committee', 4, 2, 2, true],
    ['committee', 5, 2, 3, false],
    ['committee', 5, 3, 3, true],
    ['committee', 0, 0, 1, false],
  ] as const)('%s: of %i voters %i present (%i needed): %s', (kind, expectedVoters, presentVoters, needed, isQuorate) => {
    expect(votingQuorum(kind, { expectedVoters, presentVoters })).toMatchObject({ needed, isQuorate })
  })
})

/** Art. 11, and art. 发展党员工作细则 (2026), articles 19 and 20, on admission. More than half of those expected are there, and more than half of those expected approve. */
test.each([
  [10, 6, 6, true],
  [10, 10, 5, false],
  [10, 5, 5, false],
  [10, 6, 5, false],
  [10, 5, 6, false],
  [11, 6, 6, true],
  [1, 1, 1, true],
  [0, 0, 0, false],
  [2, 2, 1, false],
  [2, 2, 2, true],
  [50, 26, 25, false],
  [50, 26, 26, true],
  [50, 50, 25, false],
  [49, 25, 25, true],
  [49, 25, 24, false],
])('with %i voters expected, %i present, %i approvals carry: %s', (expectedVoters, presentVoters, approvals, carried) => {
  expect(isCarried({ expectedVoters, presentVoters, approvals })).toBe(carried)
})
