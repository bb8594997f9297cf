import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gatheringKindNames } from '../../src/rules/gatherings/gatherings.ts'
import { isCarried, quorumOf, votingQuorum } from '../../src/rules/gatherings/quorum.ts'

const attendance = (expected: number, present: number, away = 0) => ({ expected, away, present })

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
  for (const kind of ['committee', 'committeeStudy'] as const)
    expect(quorumOf(kind, attendance(expected, present))).toMatchObject({ needed, isQuorate })
})

const rostered = ['general', 'group', 'lecture', 'memberStudy', 'life', 'themeDay', 'talkGathering', 'integrity'] as const

/** More than half of those in place and at least three, or all where fewer are in place (product.md 3). */
test.each([
  [0, 0, 0, 1, false],
  // Somebody who is not expected may come; nobody in place is no gathering.
  [0, 0, 1, 1, false],
  [1, 0, 0, 1, false],
  [1, 0, 1, 1, true],
  [2, 0, 1, 2, false],
  [2, 0, 2, 2, true],
  [3, 0, 2, 3, false],
  [3, 0, 3, 3, true],
  [4, 0, 2, 3, false],
  [4, 0, 3, 3, true],
  [5, 0, 3, 3, true],
  [6, 0, 3, 4, false],
  [6, 0, 4, 4, true],
  [20, 6, 7, 8, false],
  [20, 6, 8, 8, true],
  [10, 8, 1, 2, false],
  [10, 8, 2, 2, true],
  [10, 10, 0, 1, false],
  [50, 0, 25, 26, false],
  [50, 0, 26, 26, true],
])('of %i expected, %i away, %i came (%i needed): it counts: %s', (expected, away, present, needed, isQuorate) => {
  for (const kind of rostered) expect(quorumOf(kind, attendance(expected, present, away))).toMatchObject({ needed, isQuorate })
})

test('an open gathering counts with anybody', () => {
  expect(quorumOf('activity', attendance(0, 0)).isQuorate).toBe(false)
  expect(quorumOf('activity', attendance(1, 1))).toMatchObject({ needed: 1, isQuorate: true })
})

const someKinds = fc.constantFrom(...gatheringKindNames)
const someExpected = fc.integer({ min: 1, max: 500 })

test('a gathering counts exactly when as many came as needed', () => {
  fc.assert(
    fc.property(someKinds, someExpected, fc.nat(500), fc.nat(500), (kind, expected, away, present) => {
      const quorum = quorumOf(kind, attendance(expected, present, Math.min(away, expected - 1)))
      expect(quorum.isQuorate).toBe(present >= quorum.needed)
    }),
  )
})

test('somebody who is away and comes never makes a gathering count less', () => {
  fc.assert(
    fc.property(someKinds, someExpected, fc.nat(500), fc.nat(500), (kind, expected, some, came) => {
      const away = Math.max(1, Math.min(some, expected))
      const present = Math.min(came, expected - away)
      const [without, with_] = [
        quorumOf(kind, attendance(expected, present, away)),
        quorumOf(kind, attendance(expected, present + 1, away - 1)),
      ]
      expect(with_.isQuorate || !without.isQuorate).toBe(true)
    }),
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
