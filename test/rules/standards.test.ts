import { describe, expect, test } from 'vitest'
import { addMonths, lastDay } from '../../src/calendar.ts'
import { gatheringKindNames } from '../../src/rules/gatherings.ts'
import { defaultRulebook, ownRulebook, rulebookOf } from '../../src/rules/rulebook.ts'
import { creditsOf, partOf, parts, standards } from '../../src/rules/standards.ts'
import { addWorkdays, lastWorkdayOf } from '../../src/rules/workdays.ts'

describe('standards', () => {
  test.each([
    ['committee', ['12.committee']],
    ['general', ['12.general']],
    ['activity', []],
  ] as const)('a %s gathering credits %j', (kind, credits) => {
    expect(creditsOf(kind)).toEqual(credits)
  })

  test('every part is asked by the standard it stands under, has its own id, and is credited by some gathering', () => {
    expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length)
    for (const standard of standards) for (const part of standard.parts) expect(partOf(part.id)).toMatchObject({ standard: standard.id })
    expect(gatheringKindNames.flatMap(creditsOf).sort()).toEqual(parts.map(({ id }) => id).sort())
  })

  test.each(parts)('why $id is asked is told in both languages, with its source', ({ rule }) => {
    expect(rule.zh).toMatch(/第十.条.*第12项/)
    expect(rule.en).toMatch(/article 1\d; standard 12/)
  })
})

describe('rulebook', () => {
  test('where nobody says anything, the defaults hold', () => {
    expect(rulebookOf([])).toEqual(defaultRulebook)
    expect(rulebookOf([null, {}, null])).toEqual(defaultRulebook)
    expect(defaultRulebook).toMatchObject({ graceWorkdays: 10, latePercent: 80, ladder: { before: [7, 3, 1], after: [1, 3, 7] } })
  })

  test('figure by figure, the nearest committee that says something wins', () => {
    const nearest = { graceWorkdays: 5, ladder: { before: [3] }, weights: { 12: 10 } }
    const above = {
      graceWorkdays: 3,
      latePercent: 60,
      ladder: { before: [9], after: [2] },
      weights: { 12: 1, 3: 6 },
      atLeast: { '12.general': 2 },
    }
    expect(rulebookOf([nearest, null, above])).toEqual({
      ...defaultRulebook,
      graceWorkdays: 5,
      latePercent: 60,
      ladder: { before: [3], after: [2] },
      weights: { 12: 10, 3: 6 },
      atLeast: { '12.general': 2 },
    })
  })

  test('a figure left empty is inherited', () => {
    expect(rulebookOf([{ latePercent: undefined, quiet: { from: undefined, to: '09:00' } }])).toEqual({
      ...defaultRulebook,
      quiet: { from: '21:00', to: '09:00' },
    })
  })

  test('merging changes no default', () => {
    const before = structuredClone(defaultRulebook)
    rulebookOf([{ ladder: { before: [] }, weights: { 12: 0 } }])
    expect(defaultRulebook).toEqual(before)
  })

  test.each([
    { graceWorkdays: 16 },
    { graceWorkdays: 1.5 },
    { latePercent: 101 },
    { latePercent: '80' },
    { ladder: { before: [0] } },
    { ladder: { befor: [7] } },
    { quiet: { from: '24:00' } },
    { ranking: 'nobody' },
    { lastCountsFrom: 1 },
    { weights: { 31: 5 } },
    { weights: { 12: -1 } },
    { atLeast: { '12.lecture': 1 } },
    { atLeast: { '12.general': 0 } },
    { unheardOf: 1 },
  ])('a rulebook may not say %j', (own) => {
    expect(ownRulebook.safeParse(own).success).toBe(false)
    expect(() => rulebookOf([own])).toThrow()
  })

  test('the defaults may be said aloud', () => {
    expect(ownRulebook.parse(defaultRulebook)).toEqual(defaultRulebook)
  })

  test('even the longest grace ends within the following month, Spring Festival or not', () => {
    for (let each = 0; each < 60; each++) {
      const month = addMonths('2023-12', each)
      expect(addWorkdays(lastWorkdayOf(month), 15) <= lastDay(addMonths(month, 1))).toBe(true)
    }
    expect(ownRulebook.safeParse({ graceWorkdays: 15 }).success).toBe(true)
  })
})
