import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, addPeriods, day, moment, periodEnd, periodMonths, periodStart, type Quarter } from '../../src/calendar.ts'
import { dutiesOf } from '../../src/rules/duties/duties.ts'
import type { Duty, DutyState } from '../../src/rules/duties/duty.ts'
import type { Evidence, Facts } from '../../src/rules/duties/facts.ts'
import { type Rulebook, rulebookOf } from '../../src/rules/rulebook/rulebook.ts'
import type { PartId } from '../../src/rules/standards/standards.ts'
import { addWorkdays, lastWorkdayOf } from '../../src/rules/time/workdays.ts'
import { anAsked } from '../harness/duties.ts'

const LATER = moment('2028-01-01')
const heldOn = (part: PartId, ...days: string[]): Evidence[] =>
  days.map((on) => ({ part, subject: '', source: on, sourceKind: 'gathering' as const, at: moment(on, '15:00') }))
const owed = (part: PartId, quarter: Quarter, facts: Partial<Facts>, rulebook: Rulebook, since = '2026-04-01'): Duty[] =>
  dutiesOf(anAsked({ since }), quarter, { evidence: [], attested: [], judged: [], ...facts }, LATER, rulebook).filter(
    (duty) => duty.part === part,
  )
const said = (duties: readonly Duty[]) => duties.map(({ period, state, evidence }) => `${period} ${state} ${evidence?.source ?? '–'}`)

/**
 * The oracle says the rule and knows no way to fulfil it. It tries every assignment of a quarter's gatherings to its periods: the most
 * points win, then the better earlier period. The rest of the debt takes the first gatherings after the quarter. They are gone for the next.
 */
function mostPoints(quarters: readonly Quarter[], evidence: readonly Evidence[], part: PartId, rulebook: Rulebook): number[][] {
  const asked = rulebook.atLeast[part] ?? 1
  let left = evidence.toSorted((a, b) => a.at.getTime() - b.at.getTime())
  return quarters.map((quarter) => {
    const periods = part === '12.committee' ? periodMonths(quarter) : [quarter]
    const nobody = { paid: periods.map((): number[] => []), used: [] as Evidence[] }
    const within = bestOf(
      left.filter(({ at }) => at < periodEnd(quarter)),
      periods,
      nobody,
    )
    const after = bestOf(
      left.filter(({ at }) => at >= periodEnd(quarter)),
      periods,
      within,
    )
    left = left.filter((one) => !after.used.includes(one))
    return after.paid.map(sum)
  })

  function bestOf(some: readonly Evidence[], periods: readonly string[], from: { paid: number[][]; used: Evidence[] }) {
    let best = from
    const attempt = (nth: number, so: { paid: number[][]; used: Evidence[] }) => {
      const one = some[nth]
      if (!one) {
        if (isBetter(so.paid.map(sum), best.paid.map(sum))) best = so
        return
      }
      for (const [index, name] of periods.entries()) {
        const worth = worthOf(one, name, rulebook)
        if (worth !== null && (so.paid[index] ?? []).length < asked)
          attempt(nth + 1, { paid: so.paid.with(index, [...(so.paid[index] ?? []), worth]), used: [...so.used, one] })
      }
      attempt(nth + 1, so)
    }
    attempt(0, from)
    return best
  }
}

const sum = (all: readonly number[]) => all.reduce((points, one) => points + one, 0)

function isBetter(points: readonly number[], than: readonly number[]): boolean {
  if (sum(points) !== sum(than)) return sum(points) > sum(than)
  const first = points.findIndex((one, index) => one !== than[index])
  return first >= 0 && (points[first] ?? 0) > (than[first] ?? 0)
}

function worthOf({ at }: Evidence, period: string, { graceWorkdays, latePercent }: Rulebook): number | null {
  if (at >= periodStart(period) && at < periodEnd(period)) return 100
  const isLate = at >= periodEnd(period) && day(at) <= addWorkdays(lastWorkdayOf(period), graceWorkdays)
  return isLate ? latePercent : null
}

const worth = (state: DutyState, { latePercent }: Rulebook) => (state === 'met' ? 100 : state === 'met late' ? latePercent : 0)

describe('the most points', () => {
  const quarters = ['2026Q2', '2026Q3']
  const dayOf = fc.integer({ min: 0, max: 200 }).map((days) => addDays('2026-04-01', days))
  // Most gatherings lie where two periods may want them: in the first weeks of a month.
  const early = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 20 })).map(([months, days]) => {
    const [first = ''] = periodMonths(addPeriods('2026-04', months))
    return addDays(`${first}-01`, days)
  })
  const cases = fc.record({
    part: fc.constantFrom<PartId>('12.committee', '12.general'),
    days: fc.uniqueArray(fc.oneof(dayOf, early, early), { maxLength: 6 }),
    graceWorkdays: fc.integer({ min: 0, max: 15 }),
    latePercent: fc.constantFrom(1, 50, 51, 80, 99, 100),
    asked: fc.constantFrom(1, 1, 2),
  })

  test('are what trying every assignment finds', () => {
    let late = 0
    fc.assert(
      fc.property(cases, ({ part, days, graceWorkdays, latePercent, asked }) => {
        const rulebook = rulebookOf([{ graceWorkdays, latePercent, atLeast: { [part]: asked } }])
        const evidence = heldOn(part, ...days)
        const found = quarters.map((quarter) => owed(part, quarter, { evidence }, rulebook))
        late += found.flat().filter(({ state }) => state === 'met late').length
        const points = found.map((duties) =>
          [...Map.groupBy(duties, ({ period }) => period).values()].map((same) => sum(same.map(({ state }) => worth(state, rulebook)))),
        )
        expect(points).toEqual(mostPoints(quarters, evidence, part, rulebook))
        const used = found.flat().flatMap(({ evidence: paid }) => paid?.source ?? [])
        expect(new Set(used).size).toBe(used.length)
      }),
      { numRuns: 300 },
    )
    expect(late).toBeGreaterThan(20)
  })
})

describe('over a quarter’s edge', () => {
  const rulebook = rulebookOf([])

  test.each<[string, string[], string[], string[]]>([
    ['the first makes June late, July is without', ['2026-07-06'], ['2026-06 met late 2026-07-06'], ['2026-07 missed –']],
    ['July needs its own', ['2026-07-06', '2026-07-20'], ['2026-06 met late 2026-07-06'], ['2026-07 met 2026-07-20']],
    ['after the grace July keeps it', ['2026-07-20'], ['2026-06 missed –'], ['2026-07 met 2026-07-20']],
    ['a June that was met asks for nothing', ['2026-06-30', '2026-07-06'], ['2026-06 met 2026-06-30'], ['2026-07 met 2026-07-06']],
  ])('%s', (_what, days, june, july) => {
    const evidence = heldOn('12.committee', ...days)
    expect(said(owed('12.committee', '2026Q2', { evidence }, rulebook)).slice(2)).toEqual(june)
    expect(said(owed('12.committee', '2026Q3', { evidence }, rulebook)).slice(0, 1)).toEqual(july)
  })

  test('a debt is handed on from one quarter to the next', () => {
    const evidence = heldOn('12.general', '2026-07-06', '2026-10-08')
    expect(said(owed('12.general', '2026Q2', { evidence }, rulebook))).toEqual(['2026Q2 met late 2026-07-06'])
    expect(said(owed('12.general', '2026Q3', { evidence }, rulebook))).toEqual(['2026Q3 met late 2026-10-08'])
    expect(said(owed('12.general', '2026Q4', { evidence }, rulebook))).toEqual(['2026Q4 missed –'])
  })

  test('nothing is owed for what was excused, or not asked', () => {
    const evidence = heldOn('12.general', '2026-07-06')
    const excused = { part: '12.general', subject: '', period: '2026Q2', verdict: 'excused', permille: 0 } as const
    const judged = [{ ...excused, byUpper: true, reason: '抗洪', at: moment('2026-07-01') }]
    expect(said(owed('12.general', '2026Q3', { evidence, judged }, rulebook))).toEqual(['2026Q3 met 2026-07-06'])
    expect(said(owed('12.general', '2026Q3', { evidence }, rulebook, '2026-06-01'))).toEqual(['2026Q3 met 2026-07-06'])
  })

  test('a half-year pays like a quarter', () => {
    const evidence = heldOn('7.life', '2026-07-06')
    expect(said(owed('7.life', '2026Q3', { evidence }, rulebook, '2026-01-01'))).toEqual(['2026H1 met late 2026-07-06'])
    expect(said(owed('7.life', '2026Q4', { evidence }, rulebook, '2026-01-01'))).toEqual(['2026H2 missed –'])
  })

  test('a closed quarter claims nothing more', () => {
    const facts = { evidence: heldOn('12.general', '2026-07-06'), closedThrough: '2026Q2' }
    expect(said(owed('12.general', '2026Q3', facts, rulebook))).toEqual(['2026Q3 met 2026-07-06'])
    expect(said(owed('12.general', '2026Q2', facts, rulebook))).toEqual(['2026Q2 missed –'])
  })

  test('what a closed quarter used stays spent, whatever comes to light', () => {
    const spent = [{ part: '12.general' as const, subject: '', source: '2026-07-06', period: '2026Q2' }]
    const facts = { evidence: heldOn('12.general', '2026-06-10', '2026-07-06'), closedThrough: '2026Q2', spent }
    expect(said(owed('12.general', '2026Q3', facts, rulebook))).toEqual(['2026Q3 missed –'])
    const more = { ...facts, evidence: [...facts.evidence, ...heldOn('12.general', '2026-07-08')] }
    expect(said(owed('12.general', '2026Q3', more, rulebook))).toEqual(['2026Q3 met 2026-07-08'])
  })
})

describe('within a quarter', () => {
  test('a month that gives one away takes one itself', () => {
    const evidence = heldOn('12.committee', '2026-05-06', '2026-06-03', '2026-06-20')
    expect(said(owed('12.committee', '2026Q2', { evidence }, rulebookOf([])))).toEqual([
      '2026-04 met late 2026-05-06',
      '2026-05 met late 2026-06-03',
      '2026-06 met 2026-06-20',
    ])
    expect(said(owed('12.committee', '2026Q2', { evidence }, rulebookOf([{ latePercent: 49 }])))[0]).toBe('2026-04 missed –')
  })

  test('where a late one counts in full, the earlier month is paid', () => {
    const evidence = heldOn('12.committee', '2026-04-10', '2026-06-03')
    const of = (latePercent: number) => said(owed('12.committee', '2026Q2', { evidence }, rulebookOf([{ latePercent }])))
    expect(of(99)).toEqual(['2026-04 met 2026-04-10', '2026-05 missed –', '2026-06 met 2026-06-03'])
    expect(of(100)).toEqual(['2026-04 met 2026-04-10', '2026-05 met late 2026-06-03', '2026-06 missed –'])
  })
})
