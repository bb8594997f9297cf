import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DutyState, stateNames } from '../../src/rules/duties/duty.ts'
import { rankOf, scoreOf } from '../../src/rules/duties/scoring.ts'
import { defaultRulebook, rulebookOf } from '../../src/rules/rulebook/rulebook.ts'
import { standardOf, standards } from '../../src/rules/standards/standards.ts'
import { meetingDuties } from '../harness/duties.ts'

const standard = (id: number, weight: number, ...parts: string[]) => ({ id, weight, parts: parts.map((part) => ({ id: part })) })
const duty = (part: string, state: DutyState) => ({ part, state })
const three = [standard(1, 8, 'a', 'b'), standard(2, 5, 'c'), standard(3, 1, 'd')]

describe('the score of one standard with two parts', () => {
  const scoreWith = (a: readonly DutyState[], b: readonly DutyState[]) =>
    scoreOf([...a.map((state) => duty('a', state)), ...b.map((state) => duty('b', state))], [standard(1, 8, 'a', 'b')], defaultRulebook)

  test.each<[DutyState[], DutyState[], number | null, number]>([
    [[], [], null, 0],
    [['upcoming'], ['due soon'], null, 2],
    [['not applicable'], ['excused'], null, 0],
    [['met', 'met', 'met'], ['met'], 1000, 0],
    [['missed', 'missed', 'missed'], ['missed'], 0, 0],
    [['met', 'met', 'missed'], ['met'], 833, 0],
    [['met', 'met', 'met late'], ['met'], 967, 0],
    [['met', 'overdue', 'overdue'], ['met'], 667, 0],
    [['met', 'met late', 'missed'], ['met late'], 700, 0],
    [['met', 'upcoming', 'upcoming'], ['upcoming'], 1000, 3],
    [['missed', 'due soon', 'upcoming'], ['met'], 500, 2],
    [['not applicable', 'not applicable', 'not applicable'], ['met late'], 800, 0],
    [['not applicable', 'met', 'missed'], ['excused'], 500, 0],
  ])('%j and %j is %j tenths, %i still open', (a, b, tenths, stillOpen) => {
    expect(scoreWith(a, b)).toMatchObject({ tenths, stillOpen })
  })
})

describe('the score of several standards', () => {
  test('weighs each, and leaves out those that do not count', () => {
    const score = scoreOf([duty('a', 'met'), duty('b', 'missed'), duty('c', 'met'), duty('d', 'upcoming')], three, defaultRulebook)
    expect(score).toMatchObject({ tenths: 692, weightAsked: 13, stillOpen: 1 })
    expect(score.standards.map(({ percentTenths, earnedTenths }) => [percentTenths, earnedTenths])).toEqual([
      [500, 40],
      [1000, 50],
      [null, null],
    ])
  })

  test('rounds half up, once, at the end', () => {
    const halves = [standard(1, 1999, 'a'), standard(2, 1, 'b')]
    expect(scoreOf([duty('a', 'missed'), duty('b', 'met')], halves, defaultRulebook).tenths).toBe(1)
    const less = [standard(1, 2000, 'a'), standard(2, 1, 'b')]
    expect(scoreOf([duty('a', 'missed'), duty('b', 'met')], less, defaultRulebook).tenths).toBe(0)
  })

  test('an accident keeps the score below 90, and lowers no other', () => {
    const scored = (b: DutyState) =>
      scoreOf([duty('a', 'met'), duty('b', b)], [standard(1, 8, 'a', 'b')], defaultRulebook, [{ kind: 'accident', standard: null }])
    expect(scored('met')).toMatchObject({ tenths: 899, isCapped: true })
    expect(scored('missed')).toMatchObject({ tenths: 500, isCapped: false })
  })

  test('follows the committee’s weights and what it gives for late', () => {
    const rulebook = rulebookOf([{ weights: { 1: 1, 2: 3 }, latePercent: 60 }])
    expect(scoreOf([duty('a', 'met'), duty('c', 'met late')], three, rulebook).tenths).toBe(700)
    expect(scoreOf([duty('a', 'met')], three, rulebookOf([{ weights: { 1: 0 } }])).tenths).toBeNull()
  })

  test('opens each number down to the evidence', () => {
    const met = { part: 'a', state: 'met', evidence: { source: 'one', sourceKind: 'gathering', at: new Date(0) } } as const
    const [first] = scoreOf([met, { ...duty('a', 'missed'), evidence: undefined }], three, defaultRulebook).standards
    expect(first?.parts[0]).toMatchObject({ part: 'a', earned: 1000, counted: 2, percentTenths: 500 })
    expect(first?.parts[0]?.duties[0]).toBe(met)
  })

  const states = fc.constantFrom(...(Object.keys(stateNames) as DutyState[]))
  const someDuties = fc.array(fc.record({ part: fc.constantFrom('a', 'b', 'c', 'd'), state: states }), { maxLength: 40 })

  test('is the sum of what its parts list, exactly', () => {
    fc.assert(
      fc.property(someDuties, (duties) => {
        const score = scoreOf(duties, three, defaultRulebook)
        expect(score.standards.flatMap(({ parts }) => parts.flatMap((part) => part.duties)).length).toBe(duties.length)
        expect(score.tenths).toBe(addedUp(score))
      }),
    )
  })

  /** Over one common denominator, so that no rounding can hide a difference. */
  function addedUp({ standards: listed, weightAsked }: ReturnType<typeof scoreOf<{ part: string; state: DutyState }>>): number | null {
    if (weightAsked === 0) return null
    const base = listed.flatMap(({ parts }) => parts).reduce((all, { counted }) => all * BigInt(Math.max(1, counted)), 120n)
    const shares = listed.flatMap(({ weight, parts }) => {
      const counting = parts.filter(({ counted }) => counted > 0)
      return counting.map(
        ({ earned, counted }) => (BigInt(weight) * BigInt(earned) * base) / 10n / BigInt(counted) / BigInt(counting.length),
      )
    })
    const whole = base * BigInt(weightAsked)
    return Number((20n * shares.reduce((a, b) => a + b, 0n) + whole) / (2n * whole))
  }

  test('lies between 0 and 100, whatever the order of duties', () => {
    const shuffled = someDuties.chain((duties) => fc.tuple(fc.constant(duties), fc.shuffledSubarray(duties, { minLength: duties.length })))
    fc.assert(
      fc.property(shuffled, ([duties, other]) => {
        const { tenths } = scoreOf(duties, three, defaultRulebook)
        expect(scoreOf(other, three, defaultRulebook).tenths).toBe(tenths)
        if (tenths !== null) expect(tenths >= 0 && tenths <= 1000).toBe(true)
      }),
    )
  })
})

describe('the score of a branch’s quarter', () => {
  const branch = { since: '2020-01-01', hasCommittee: () => true }
  const evidence = [
    ...['2026-07-10', '2026-08-10', '2026-09-10'].map((on) => ({
      part: '12.committee' as const,
      source: on,
      sourceKind: 'gathering' as const,
      at: new Date(`${on}T15:00+08:00`),
    })),
    { part: '12.general' as const, source: 'general', sourceKind: 'gathering' as const, at: new Date('2026-09-20T15:00+08:00') },
  ]
  const is12 = ({ standard }: { standard: number }) => standard === standardOf(12).id
  const scored = (facts: typeof evidence) =>
    scoreOf(meetingDuties(branch, '2026Q3', facts, new Date('2026-12-01'), defaultRulebook), standards, defaultRulebook)

  test('is 100 with three committee meetings and a general meeting', () => {
    expect(scored(evidence)).toMatchObject({ tenths: 1000, stillOpen: 0 })
  })

  test.each(evidence)('loses $part alone when the evidence $source goes', ({ part, source }) => {
    const [before] = scored(evidence).standards.filter(is12)
    const [after] = scored(evidence.filter((one) => one.source !== source)).standards.filter(is12)
    const changed = after?.parts.filter((each, index) => each.earned !== before?.parts[index]?.earned).map((each) => each.part)
    expect(changed).toEqual([part])
  })
})

describe('the order of branches', () => {
  const ranked = (...tenths: (number | null)[]) =>
    rankOf(
      tenths.map((each, index) => ({ branch: index, tenths: each })),
      { lastCountsFrom: 5 },
    )

  test.each([
    [[], [], []],
    [[900], [1], []],
    [[900, 800, 700, 600], [1, 2, 3, 4], []],
    [[500, 900, 800, 700, 600], [1, 2, 3, 4, 5], [0]],
    [[900, 900, 800, 700, 600], [1, 1, 3, 4, 5], [4]],
    [[900, 800, 800, 800, 600], [1, 2, 2, 2, 5], [4]],
    [[900, 800, 700, 600, 600], [1, 2, 3, 4, 4], []],
    [[900, 900, 900, 900, 900], [1, 1, 1, 1, 1], []],
    [[900, 800, null, 700, 600], [1, 2, 3, 4, null], []],
    [[900, 800, null, 700, 600, 0], [1, 2, 3, 4, 5, null], [5]],
    [[null, null], [null, null], []],
  ])('of %j tenths has the places %j, and last is %j', (tenths, places, last) => {
    const order = ranked(...tenths)
    expect(order.map(({ place }) => place)).toEqual(places)
    expect(order.filter(({ isLast }) => isLast).map(({ branch }) => branch)).toEqual(last)
  })

  test('keeps the order it was given among equals', () => {
    expect(ranked(700, 900, 700, null, 900).map(({ branch }) => branch)).toEqual([1, 4, 0, 2, 3])
  })
})
