import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { gatheringKindNames } from '../../src/rules/gatherings.ts'
import { isCarried, quorumOf } from '../../src/rules/quorum.ts'

const headcount = (expected: number, present: number, expectedVoters = expected, presentVoters = present) => ({
  expected,
  present,
  expectedVoters,
  presentVoters,
})

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
])('of %i voters of a branch, %i came (%i needed): quorate is %s', (voters, came, needed, isQuorate) => {
  expect(quorumOf('general', headcount(voters, came))).toMatchObject({ needed, isQuorate, counted: 'voters' })
})

test('probationers are counted present at a general meeting, and not towards its quorum', () => {
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
] as const)('a %s gathering that expects %i and sees %i needs no more than one person: %s', (kind, expected, present, isQuorate) => {
  expect(quorumOf(kind, headcount(expected, present))).toMatchObject({ needed: 1, isQuorate })
})

test('a gathering that expects somebody is quorate exactly when as many came as are needed', () => {
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

test.each([
  [10, 6, 6, true],
  [10, 10, 5, false],
  [10, 5, 5, false],
  [10, 6, 5, false],
  [10, 5, 6, false],
  [11, 6, 6, true],
  [1, 1, 1, true],
  [0, 0, 0, false],
])('with %i voters expected and %i present, %i approvals carry a resolution: %s', (expectedVoters, presentVoters, approvals, carried) => {
  expect(isCarried({ expectedVoters, presentVoters, approvals })).toBe(carried)
})
