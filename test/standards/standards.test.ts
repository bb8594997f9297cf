import { describe, expect, test } from 'vitest'
import { addMonths, lastDay } from '../../src/calendar.ts'
import { agendaTags } from '../../src/rules/gatherings/agenda.ts'
import { gatheringKindNames } from '../../src/rules/gatherings/gatherings.ts'
import { defaultRulebook, ownRulebook, rulebookOf, sumOfWeights } from '../../src/rules/rulebook/rulebook.ts'
import { couldRideAlong, creditsOf, partOf, parts, standards } from '../../src/rules/standards/standards.ts'
import { addWorkdays, lastWorkdayOf } from '../../src/rules/time/workdays.ts'

describe('standards', () => {
  test.each([
    ['committee', [], ['12.committee']],
    ['committee', ['study', 'opinion', 'unionAndLeague'], ['6.study', '12.committee', '20.analysis', '27.judged']],
    ['general', [], ['12.general']],
    ['general', ['report', 'study'], ['9.report', '10.study', '12.general']],
    ['themeDay', ['report'], ['10.study']],
    ['lecture', ['study'], ['10.study', '12.lecture']],
    ['activity', [], []],
  ] as const)('a %s gathering with the items %j credits %j', (kind, tags, credits) => {
    expect(creditsOf(kind, tags)).toEqual(credits)
  })

  test('are thirty, 100 points: 62 by records, 23 confirmed, 15 judged', () => {
    const weigh = (proof?: string) => standards.filter((one) => !proof || one.proof === proof).reduce((sum, { weight }) => sum + weight, 0)
    expect(standards.map(({ id }) => id)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
    expect([weigh(), weigh('A'), weigh('S'), weigh('M')]).toEqual([100, 62, 23, 15])
    expect(sumOfWeights(defaultRulebook)).toBe(100)
  })

  test('could ride along in a committee meeting, crediting only what is new', () => {
    expect(couldRideAlong('committee', ['study']).map(({ tag }) => tag)).not.toContain('study')
    for (const { tag, part } of couldRideAlong('committee', [])) expect(creditsOf('committee', [tag])).toContain(part)
    expect(couldRideAlong('activity', []).map(({ part }) => part)).not.toContain('9.report')
  })

  test('every part has its standard, its id and a crediting gathering', () => {
    expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length)
    for (const standard of standards) for (const part of standard.parts) expect(partOf(part.id)).toMatchObject({ standard: standard.id })
    const creditable = new Set(gatheringKindNames.flatMap((kind) => creditsOf(kind, agendaTags)))
    for (const { id, proof } of parts) if (proof === 'record') expect(creditable).toContain(id)
  })

  test.each(parts)('why $id is asked is told in both languages, with its source', ({ rule, standard }) => {
    expect(rule.zh).toMatch(new RegExp(`标准第${standard}项`))
    expect(rule.en).toMatch(new RegExp(`standard ${standard}( of this unit)?\\)`))
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
    expect(rulebookOf([{ latePercent: undefined, ladder: { before: undefined, after: [2] } }])).toEqual({
      ...defaultRulebook,
      ladder: { before: [7, 3, 1], after: [2] },
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
    { ranking: 'nobody' },
    { lastCountsFrom: 1 },
    { weights: { 31: 5 } },
    { weights: { 12: -1 } },
    { atLeast: { '12.lectures': 1 } },
    { cadences: { '7.life': 'week' } },
    { switches: { '15.dues': 'maybe' } },
    { tiers: [80, 90, 60] },
    { atLeast: { '12.general': 0 } },
    { unheardOf: 1 },
  ])('a rulebook may not say %j', (own) => {
    expect(ownRulebook.safeParse(own).success).toBe(false)
    expect(() => rulebookOf([own])).toThrow()
  })

  test('the defaults may be said aloud', () => {
    expect(ownRulebook.parse(defaultRulebook)).toEqual(defaultRulebook)
  })

  test('even the longest grace ends within the following month', () => {
    for (let each = 0; each < 60; each++) {
      const month = addMonths('2023-12', each)
      expect(addWorkdays(lastWorkdayOf(month), 15) <= lastDay(addMonths(month, 1))).toBe(true)
    }
    expect(ownRulebook.safeParse({ graceWorkdays: 15 }).success).toBe(true)
  })
})
