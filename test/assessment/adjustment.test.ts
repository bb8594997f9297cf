import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { moment } from '../../src/calendar.ts'
import { adjustmentOf, type Frozen, frozenScore, thawed } from '../../src/rules/assessment/adjustment.ts'
import {
  answerOf,
  answers,
  appealRefused,
  appealsUntil,
  askedAboveOn,
  assessmentDays,
  judgementOf,
  permilleOfPercent,
  permilleOfPoints,
  pointsSaid,
} from '../../src/rules/assessment/assessment.ts'
import { tierOf, yearOfBranch } from '../../src/rules/assessment/year.ts'
import { dutiesOf } from '../../src/rules/duties/duties.ts'
import type { Attested, Evidence, Facts, Judged } from '../../src/rules/duties/facts.ts'
import { defaultRulebook } from '../../src/rules/rulebook/rulebook.ts'
import { parts } from '../../src/rules/standards/standards.ts'
import { anAsked, aSubject } from '../harness/duties.ts'

describe('points', () => {
  test.each([
    ['3.5', 5, 700],
    ['5', 5, 1000],
    ['0', 5, 0],
    ['０．５', 2, 250],
    ['2 分', 3, 667],
    ['5.1', 5, null],
    ['-1', 5, null],
    ['3.55', 5, null],
    ['三', 5, null],
    ['', 5, null],
  ])('“%s” of %i are %s thousandths', (said, most, permille) => {
    expect(permilleOfPoints(said, most)).toBe(permille)
  })

  test('a share is said from 0 to 100', () => {
    expect([permilleOfPercent('80%'), permilleOfPercent('100'), permilleOfPercent('101')]).toEqual([800, 1000, null])
  })

  test('whatever tenth is given is shown again as it was given', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(), (weight, n) => {
        const tenths = n % (weight * 10 + 1)
        const said = tenths % 10 === 0 ? String(tenths / 10) : `${Math.trunc(tenths / 10)}.${tenths % 10}`
        expect(pointsSaid(permilleOfPoints(said, weight) ?? -1, weight)).toBe(said)
      }),
    )
  })

  test('an answer is read back from what it was judged', () => {
    for (const answer of answers) {
      const { verdict, permille } = judgementOf(answer)
      const state = verdict === 'not applicable' ? verdict : permille > 0 ? 'met' : 'missed'
      expect(answerOf({ state, judged: { permille, byUpper: false, reason: '' } })).toBe(answer)
    }
    expect(answerOf({ state: 'due soon' })).toBe(null)
  })
})

describe('the days of an assessment', () => {
  test('are counted in working days, one window after the other', () => {
    expect(assessmentDays('2026-10-08', defaultRulebook)).toEqual({ selfUntil: '2026-10-14', reviewUntil: '2026-10-21' })
    expect(askedAboveOn('2026-10-21')).toBe('2026-11-05')
  })

  test.each([
    ['2026-10-08', '2026-10-20'],
    ['2026-10-13', '2026-10-20'],
    ['2026-10-21', '2026-10-28'],
  ])('published on %s, appeals are taken until %s', (on, until) => {
    expect(appealsUntil(on, '2026Q3', defaultRulebook)).toBe(until)
  })

  test('an appeal is taken to the last minute of the last day', () => {
    const windows = { publishedAt: moment('2026-10-08'), appealsUntil: '2026-10-20', closedAt: null }
    expect(appealRefused(windows, moment('2026-10-20', '23:59'))).toBe(null)
    expect(appealRefused(windows, moment('2026-10-21'))).toBe('over')
    expect(appealRefused({ ...windows, closedAt: moment('2026-10-19') }, moment('2026-10-19'))).toBe('over')
    expect(appealRefused({ publishedAt: null, appealsUntil: null, closedAt: null }, moment('2026-10-19'))).toBe('not published')
  })
})

describe('the year', () => {
  const closed = (...tenths: (number | null)[]) => tenths.map((one, i) => ({ quarter: `2026Q${i + 1}`, tenths: one, isLast: one === 0 }))
  test.each([
    [[900, 900, 900, 900], true, 900],
    [[899, 900, 900, 900], false, 900],
    [[1000, 1000, 1000, 600], true, 900],
    [[1000, 1000, 1000], null, 1000],
    [[1000, 1000, 1000, null], null, 1000],
    [[], null, null],
  ])('with %j five-good is %s, the mean %s', (tenths, isFiveGood, meanTenths) => {
    expect(yearOfBranch(closed(...tenths), '2026', defaultRulebook)).toMatchObject({ isFiveGood, meanTenths })
  })

  test('counts last places of this year alone, in a row or not', () => {
    const results = [...closed(0, 800, 0), { quarter: '2025Q4', tenths: 0, isLast: true }]
    expect(yearOfBranch(results, '2026', defaultRulebook).timesLast).toBe(2)
  })

  test.each([
    [900, 0],
    [899, 1],
    [800, 1],
    [600, 2],
    [599, 3],
    [0, 3],
    [null, null],
  ])('%s tenths stand in tier %s', (tenths, tier) => {
    expect(tierOf(tenths, defaultRulebook)).toBe(tier)
  })
})

function fail(): never {
  throw new Error('no such duty')
}

describe('a closed quarter', () => {
  const quarter = '2026Q3'
  const closedAt = moment('2026-10-21')
  const branch = anAsked({ groups: ['g1', 'g2'].map((id) => aSubject(id)), activists: [aSubject('a1')], inDevelopment: true })
  const recorded = parts.filter(({ proof }) => proof === 'record')
  const stated = parts.filter(({ proof }) => proof === 'attested')
  const judgedParts = parts.filter(({ proof }) => proof === 'confirmed' || proof === 'upper')

  const dayIn = fc.integer({ min: 0, max: 91 }).map((days) => new Date(moment('2026-07-01', '10:00').getTime() + days * 86_400_000))
  const evidence: fc.Arbitrary<Evidence> = fc
    .tuple(fc.constantFrom(...recorded), fc.constantFrom('g1', 'g2'), dayIn, fc.nat(40))
    .map(([part, group, at, n]) => ({
      part: part.id,
      subject: part.per === 'group' ? group : '',
      source: `g${n} ${at.getTime()}`,
      sourceKind: 'gathering' as const,
      at,
    }))
  const attested: fc.Arbitrary<Attested> = fc
    .tuple(
      fc.constantFrom(...stated),
      fc.constantFrom('2026-07', '2026-08', '2026-09', quarter, '2026H1', '2026'),
      fc.boolean(),
      fc.nat(1000),
    )
    .map(([part, period, isConfirmed, n]) => ({
      id: `t${n}`,
      part: part.id,
      subject: part.per === 'activist' ? 'a1' : '',
      period,
      on: '2026-09-01',
      isConfirmed,
    }))
  const judged: fc.Arbitrary<Judged> = fc
    .tuple(
      fc.constantFrom(...judgedParts),
      fc.constantFrom('points', 'excused', 'not applicable'),
      fc.integer({ min: 0, max: 1000 }),
      fc.boolean(),
      fc.nat(1_000_000),
    )
    .map(
      ([part, verdict, permille, byUpper, n]) =>
        ({
          part: part.id,
          subject: '',
          period: quarter,
          verdict,
          permille,
          byUpper,
          reason: '',
          at: new Date(closedAt.getTime() - 2_000_000 + n),
        }) as Judged,
    )
  const facts = fc.record({
    evidence: fc.array(evidence, { maxLength: 30 }),
    attested: fc.uniqueArray(attested, { maxLength: 12, selector: ({ id }) => id }),
    judged: fc.uniqueArray(judged, { maxLength: 12, selector: ({ at }) => at.getTime() }),
  })
  const frozenFrom = (known: Facts): Frozen => ({
    quarter,
    duties: dutiesOf(branch, quarter, { ...known, closedThrough: '2026Q2' }, closedAt, defaultRulebook),
    findings: [],
    rulebook: defaultRulebook,
  })
  const later = fc.integer({ min: 0, max: 700 }).map((days) => new Date(closedAt.getTime() + days * 86_400_000))

  test('is kept and read again without a difference in the score', () => {
    fc.assert(
      fc.property(facts, (known) => {
        const frozen = frozenFrom(known)
        const text = JSON.stringify(frozen)
        expect(JSON.stringify(thawed(JSON.parse(text)))).toBe(text)
        expect(frozenScore(thawed(JSON.parse(text)))).toEqual(frozenScore(frozen))
      }),
      { numRuns: 60 },
    )
  })

  test('is not adjusted by the same facts in another order', () => {
    fc.assert(
      fc.property(facts, later, fc.array(fc.nat(), { minLength: 60, maxLength: 60 }), (known, now, keys) => {
        const shuffled = <T>(all: readonly T[]) =>
          all
            .map((one, i) => [keys[i] ?? 0, one] as const)
            .sort((a, b) => a[0] - b[0])
            .map(([, one]) => one)
        const again = {
          evidence: shuffled(known.evidence),
          attested: shuffled(known.attested),
          judged: shuffled(known.judged),
          findings: [],
        }
        expect(adjustmentOf(frozenFrom(known), again, now)).toBe(null)
      }),
      { numRuns: 120 },
    )
  })

  test('credit before its time that is disproved leaves the last state', () => {
    const life = (on: string): Evidence => ({ part: '7.life', subject: '', source: on, sourceKind: 'gathering', at: moment(on, '10:00') })
    const [kept] = dutiesOf(branch, quarter, { evidence: [], attested: [], judged: [] }, closedAt, defaultRulebook).filter(
      ({ part }) => part === '7.life',
    )
    // Quarters that were closed before 0.4 credited a life meeting to the half-year that was still running.
    const { kept: _, ...rest } = kept ?? fail()
    const early = {
      ...rest,
      period: '2026H2',
      dueOn: '2026-12-31',
      state: 'met' as const,
      evidence: { source: '2026-08-03', sourceKind: 'gathering' as const, at: moment('2026-08-03', '10:00') },
    }
    const frozen: Frozen = { quarter, duties: [early], findings: [], rulebook: defaultRulebook }
    const by = (evidence: Evidence[]) => adjustmentOf(frozen, { evidence, attested: [], judged: [], findings: [] }, moment('2026-11-02'))
    expect(by([life('2026-08-03')])).toBe(null)
    expect(by([])?.changed.map(({ before, after }) => [before.state, after.state])).toEqual([['met', 'missed']])
    expect(by([life('2026-06-03')])).toBe(null)
  })

  test('is adjusted by exactly the standard that a later fact is about', () => {
    fc.assert(
      fc.property(facts, evidence, later, (known, more, now) => {
        const adjustment = adjustmentOf(frozenFrom(known), { ...known, evidence: [...known.evidence, more], findings: [] }, now)
        const standards = new Set(adjustment?.changed.map(({ before }) => before.part))
        expect([...standards].every((part) => part === more.part)).toBe(true)
        if (adjustment) expect(adjustment.after.tenths ?? 0).toBeGreaterThanOrEqual(adjustment.before.tenths ?? 0)
      }),
      { numRuns: 120 },
    )
  })
})
