import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addQuarters, day, isQuarter, month, type Period, quarter as quarterAt } from '../../src/calendar.ts'
import { dutiesOf as dutiesOfBranch } from '../../src/rules/duties/duties.ts'
import { type Duty, stateNames } from '../../src/rules/duties/duty.ts'
import type { Facts, Evidence as Proof } from '../../src/rules/duties/facts.ts'
import { evidenceSpan } from '../../src/rules/duties/slots.ts'
import { defaultRulebook, type OwnRulebook, rulebookOf } from '../../src/rules/rulebook/rulebook.ts'
import { isWorkday } from '../../src/rules/time/workdays.ts'
import { anAsked, meetingDuties as dutiesOf } from '../harness/duties.ts'

type Evidence = Omit<Proof, 'subject'>

const at = (spoken: string) => new Date(`${spoken.length === 10 ? `${spoken}T15:00` : spoken.replace(' ', 'T')}+08:00`)
const held = (part: Evidence['part'], ...moments: string[]): Evidence[] =>
  moments.map((moment) => ({ part, source: `${part} ${moment}`, sourceKind: 'gathering' as const, at: at(moment) }))

const branch = { since: '2020-01-01', hasCommittee: () => true }
const quarter = '2026Q3'
const duties = (evidence: readonly Evidence[], now: string, more: Partial<typeof branch> = {}, rulebook = defaultRulebook) =>
  dutiesOf({ ...branch, ...more }, quarter, evidence, at(now), rulebook)
const dutyOf = (period: Period, all: readonly Duty[]) => {
  const duty = all.find((each) => each.period === period)
  if (!duty) throw new Error(`no duty for ${period}`)
  return duty
}

describe('what a branch owes for a quarter', () => {
  test('is one committee meeting a month and one general meeting', () => {
    expect(
      duties([], '2026-07-01').map(({ part, standard, period, nth, dueOn, graceEndsOn }) => ({
        part,
        standard,
        period,
        nth,
        dueOn,
        graceEndsOn,
      })),
    ).toEqual([
      { part: '12.committee', standard: 12, period: '2026-07', nth: 1, dueOn: '2026-07-31', graceEndsOn: '2026-08-14' },
      { part: '12.committee', standard: 12, period: '2026-08', nth: 1, dueOn: '2026-08-31', graceEndsOn: '2026-09-14' },
      { part: '12.committee', standard: 12, period: '2026-09', nth: 1, dueOn: '2026-09-30', graceEndsOn: '2026-10-20' },
      { part: '12.general', standard: 12, period: '2026Q3', nth: 1, dueOn: '2026-09-30', graceEndsOn: '2026-10-20' },
    ])
  })

  test.each([
    ['2026-07-01', []],
    ['2026-07-02', ['2026-07', '2026Q3']],
    ['2026-08-01', ['2026-07', '2026Q3']],
    ['2026-08-02', ['2026-07', '2026-08', '2026Q3']],
    ['2026-10-01', ['2026-07', '2026-08', '2026-09', '2026Q3']],
  ])('a branch founded on %s leaves out begun periods: %j', (since, out) => {
    const all = duties(held('12.committee', '2026-07-10'), '2026-07-20', { since })
    expect(all.filter(({ state }) => state === 'not applicable').map(({ period }) => period)).toEqual(out)
  })

  test('without a committee no committee meeting counts, even a recorded one', () => {
    const all = duties(held('12.committee', '2026-07-10'), '2026-12-01', { hasCommittee: () => false })
    expect(all.map(({ state, evidence }) => [state, evidence])).toEqual([
      ['not applicable', undefined],
      ['not applicable', undefined],
      ['not applicable', undefined],
      ['missed', undefined],
    ])
  })

  test('several are needed where the rulebook says so, each with a gathering', () => {
    const rulebook = rulebookOf([{ atLeast: { '12.general': 2 } }])
    const all = duties(held('12.general', '2026-09-08'), '2026-10-08', {}, rulebook).filter(({ part }) => part === '12.general')
    expect(all.map(({ nth, state }) => [nth, state])).toEqual([
      [1, 'met'],
      [2, 'overdue'],
    ])
  })
})

describe('an unproved duty', () => {
  test.each([
    ['2026-06-30 23:59:59.999', 'upcoming'],
    ['2026-07-01 00:00', 'upcoming'],
    ['2026-07-21 23:59:59.999', 'upcoming'],
    ['2026-07-22 00:00', 'due soon'],
    ['2026-07-31 23:59:59.999', 'due soon'],
    ['2026-08-01 00:00', 'overdue'],
    ['2026-08-14 23:59:59.999', 'overdue'],
    ['2026-08-15 00:00', 'missed'],
    ['2027-01-01 00:00', 'missed'],
  ])('for July is, at %s, %s', (now, state) => {
    expect(dutyOf('2026-07', duties([], now)).state).toBe(state)
  })

  test.each([
    ['2026-10-30 23:59:59.999', 'due soon'],
    ['2026-10-31 23:59:59.999', 'due soon'],
    ['2026-11-01 00:00', 'overdue'],
  ])('whose month ends on a Saturday is, at %s, %s', (now, state) => {
    expect(dutyOf('2026-10', dutiesOf(branch, '2026Q4', [], at(now), defaultRulebook)).state).toBe(state)
  })

  test('is missed at once where there is no grace', () => {
    const rulebook = rulebookOf([{ graceWorkdays: 0 }])
    expect(dutyOf('2026-07', duties([], '2026-08-01 00:00', {}, rulebook)).state).toBe('missed')
  })

  test('is never due soon where the ladder has no step before', () => {
    const rulebook = rulebookOf([{ ladder: { before: [] } }])
    expect(dutyOf('2026-07', duties([], '2026-07-31', {}, rulebook)).state).toBe('upcoming')
  })

  test('is not due soon before its month has begun', () => {
    const rulebook = rulebookOf([{ ladder: { before: [60] } }])
    expect(dutyOf('2026-08', duties([], '2026-07-31 23:59:59.999', {}, rulebook)).state).toBe('upcoming')
    expect(dutyOf('2026-08', duties([], '2026-08-01 00:00', {}, rulebook)).state).toBe('due soon')
  })
})

describe('a gathering', () => {
  test.each([
    ['2026Q1', '2026-03-31 23:59:59.999', '2026-04-01 00:00'],
    ['2026Q2', '2026-06-30 23:59:59.999', '2026-07-01 00:00'],
    ['2026Q3', '2026-09-30 23:59:59.999', '2026-10-01 00:00'],
    ['2026Q4', '2026-12-31 23:59:59.999', '2027-01-01 00:00'],
  ])('proves %s to its last millisecond, %s', (of, last, after) => {
    const stateAfter = (moment: string) =>
      dutiesOf(branch, of, held('12.general', moment), at('2027-12-31'), defaultRulebook).find(({ part }) => part === '12.general')?.state
    expect(stateAfter(last)).toBe('met')
    expect(stateAfter(after)).toBe('met late')
  })

  test('on the Saturday that ends a month still proves that month', () => {
    const all = dutiesOf(branch, '2026Q4', held('12.committee', '2026-10-31'), at('2026-11-05'), defaultRulebook)
    expect(dutyOf('2026-10', all)).toMatchObject({ state: 'met', evidence: { source: '12.committee 2026-10-31' } })
  })

  test.each([
    ['the next month takes its own first', ['2026-08-03'], 'missed', 'met'],
    ['a second within the grace pays the debt', ['2026-08-03', '2026-08-14 23:59:59.999'], 'met late', 'met'],
    ['a second after the grace sets the first free for it', ['2026-08-03', '2026-08-15 00:00'], 'met late', 'met'],
    ['two after the grace come too late', ['2026-08-15 00:00', '2026-08-20'], 'missed', 'met'],
    ['two on one day will do', ['2026-08-03 09:00', '2026-08-03 15:00'], 'met late', 'met'],
    ['a third adds nothing', ['2026-08-03', '2026-08-04', '2026-08-05'], 'met late', 'met'],
    ['a meeting of its own makes the rest surplus', ['2026-07-31 23:59:59.999', '2026-08-03', '2026-08-04'], 'met', 'met'],
    ['what was surplus in its own month is no advance', ['2026-07-03', '2026-07-04'], 'met', 'missed'],
  ])('where July lacks one: %s', (_, moments, july, august) => {
    const all = duties(held('12.committee', ...moments), '2026-09-20')
    expect([dutyOf('2026-07', all).state, dutyOf('2026-08', all).state]).toEqual([july, august])
  })

  test('the earliest pays the debt, the next stays with its month', () => {
    const all = duties(held('12.committee', '2026-08-12', '2026-08-03', '2026-08-14'), '2026-08-20')
    expect(dutyOf('2026-07', all).evidence).toEqual({ source: '12.committee 2026-08-03', sourceKind: 'gathering', at: at('2026-08-03') })
    expect(dutyOf('2026-08', all).evidence).toEqual({ source: '12.committee 2026-08-12', sourceKind: 'gathering', at: at('2026-08-12') })
  })

  test('that is still to come proves nothing', () => {
    const evidence = held('12.committee', '2026-07-10 15:00')
    expect(dutyOf('2026-07', duties(evidence, '2026-07-10 14:59:59.999')).state).toBe('upcoming')
    expect(dutyOf('2026-07', duties(evidence, '2026-07-10 15:00')).state).toBe('met')
  })

  test('told twice counts once', () => {
    const [one] = held('12.committee', '2026-08-03')
    const all = duties(
      [one, one, one].flatMap((each) => each ?? []),
      '2026-08-20',
    )
    expect([dutyOf('2026-07', all).state, dutyOf('2026-08', all).state]).toEqual(['missed', 'met'])
  })

  test('of another kind proves nothing', () => {
    expect(duties(held('12.general', '2026-07-10'), '2026-12-01').map(({ state }) => state)).toEqual(['missed', 'missed', 'missed', 'met'])
  })
})

describe('whatever is held', () => {
  const parts = ['12.committee', '12.general'] as const
  const moments = fc.date({ min: at('2026-06-01'), max: at('2026-12-31'), noInvalidDate: true })
  const evidences = fc
    .array(fc.record({ part: fc.constantFrom(...parts), at: moments }), { maxLength: 14 })
    .map((many) => many.map((one, index) => ({ ...one, source: `g${index}`, sourceKind: 'gathering' as const })))
  const rulebooks = fc
    .record({ graceWorkdays: fc.integer({ min: 0, max: 15 }), atLeast: fc.constantFrom({}, { '12.committee': 2 }) })
    .map((own) => rulebookOf([own]))
  const judged = (evidence: readonly Evidence[], now: Date, rulebook = defaultRulebook) =>
    dutiesOf(branch, quarter, evidence, now, rulebook)

  test('the order of telling says nothing', () => {
    const shuffled = evidences.chain((evidence) =>
      fc.tuple(fc.constant(evidence), fc.shuffledSubarray(evidence, { minLength: evidence.length })),
    )
    fc.assert(
      fc.property(shuffled, moments, rulebooks, ([evidence, other], now, rulebook) => {
        expect(judged(other, now, rulebook)).toEqual(judged(evidence, now, rulebook))
      }),
    )
  })

  test('each gathering proves one duty, in its period or its grace', () => {
    fc.assert(
      fc.property(evidences, moments, rulebooks, (evidence, now, rulebook) => {
        const proofs = judged(evidence, now, rulebook).flatMap((duty) => (duty.evidence ? { ...duty, ...duty.evidence } : []))
        expect(new Set(proofs.map(({ source }) => source)).size).toBe(proofs.length)
        for (const { period, state, at: when, graceEndsOn } of proofs) {
          expect(when <= now).toBe(true)
          const own = isQuarter(period) ? quarterAt(when) : month(when)
          if (state === 'met') expect(own).toBe(period)
          else expect([state, own > period, day(when) <= graceEndsOn]).toEqual(['met late', true, true])
        }
      }),
    )
  })

  test('what lies outside the span asked for changes nothing', () => {
    fc.assert(
      fc.property(evidences, rulebooks, (evidence, rulebook) => {
        const { from, until } = evidenceSpan(quarter, rulebook)
        const within = evidence.filter((one) => one.at >= from && one.at < until)
        expect(judged(within, at('2027-06-01'), rulebook)).toEqual(judged(evidence, at('2027-06-01'), rulebook))
      }),
    )
  })

  // A duty may become late by it, where another one is paid besides. August takes the second of September's two.
  test('one more gathering never lowers the sum', () => {
    const worth: Partial<Record<Duty['state'], number>> = { met: 100, 'met late': 80 }
    const sumOf = (duties: readonly Duty[]) => duties.reduce((sum, { state }) => sum + (worth[state] ?? 0), 0)
    const sumWith = (evidence: readonly Evidence[], now: Date) => sumOf(judged(evidence, now))
    const three = held('12.committee', '2026-09-01 00:00', '2026-09-01 00:00', '2026-08-01 00:00').map((one, nth) => ({
      ...one,
      source: `g${nth}`,
    }))
    expect(sumWith(three, at('2026-09-01 00:00')) - sumWith(three.slice(1), at('2026-09-01 00:00'))).toBe(60)
    fc.assert(
      fc.property(evidences, moments, (evidence, now) => {
        expect(sumWith(evidence, now)).toBeGreaterThanOrEqual(sumWith(evidence.slice(1), now))
      }),
    )
  })
})

test.each([
  [10, '2024-04-16'],
  [0, '2024-04-01'],
])('with %i days of grace a Sunday quarter asks until %s', (graceWorkdays, until) => {
  expect(evidenceSpan('2024Q1', { graceWorkdays })).toEqual({ from: at('2023-01-01 00:00'), until: at(`${until} 00:00`) })
})

describe('the democratic review of a year', () => {
  const review = (of: string, facts: Partial<Facts>, now: string, own: OwnRulebook = {}) => {
    const all = dutiesOfBranch(anAsked(), of, { evidence: [], attested: [], judged: [], ...facts }, at(now), rulebookOf([own]))
    return all.filter(({ part }) => part === '14.review').map(({ period, state, basis, nth }) => [period, nth, state, basis].join(' '))
  }
  const evaluation = (period: Period, finished: string) => [
    {
      part: '14.review' as const,
      subject: '',
      source: `evaluation ${period}`,
      sourceKind: 'evaluation' as const,
      at: at(finished),
      period,
    },
  ]
  const attested = (on: string, isConfirmed = true) => [
    { id: 'a', part: '14.review' as const, subject: '', period: '2026', on, isConfirmed },
  ]

  test.each<[string, string, Partial<Facts>, string, OwnRulebook?]>([
    ['nothing is recorded', '2026Q4', {}, '2026 1 upcoming attested'],
    ['an evaluation was finished in the year', '2026Q4', { evidence: evaluation('2026', '2026-12-20') }, '2026 1 met attested'],
    ['on its last day', '2026Q4', { evidence: evaluation('2026', '2026-12-31 23:59') }, '2026 1 met attested'],
    ['within the grace', '2026Q4', { evidence: evaluation('2026', '2027-01-01 00:00') }, '2026 1 met late attested'],
    ['the evaluation is another year’s', '2026Q4', { evidence: evaluation('2025', '2026-12-20') }, '2026 1 upcoming attested'],
    ['it was a half-year’s', '2026Q4', { evidence: evaluation('2026H2', '2026-12-20') }, '2026 1 upcoming attested'],
    [
      'a half-year is what the rulebook asks for',
      '2026Q4',
      { evidence: evaluation('2026H2', '2026-12-20') },
      '2026H2 1 met attested',
      { cadences: { '14.review': 'half' } },
    ],
    ['it is attested', '2026Q4', { attested: attested('2026-12-20') }, '2026 1 met attested'],
    ['it is attested and not confirmed', '2026Q4', { attested: attested('2026-12-20', false) }, '2026 1 waiting attested'],
    [
      'the rulebook wants it attested',
      '2026Q4',
      { evidence: evaluation('2026', '2026-12-20') },
      '2026 1 upcoming attested',
      { switches: { '14.review': 'attested' } },
    ],
    ['another quarter keeps it', '2027Q3', { evidence: evaluation('2026', '2026-12-20') }, '2026 1 met attested'],
    ['the next year’s own is not paid with it', '2027Q4', { evidence: evaluation('2026', '2027-01-05') }, '2027 1 upcoming attested'],
  ])('%s: in %s', (_what, of, facts, stands, own) => {
    const now = { '2026Q4': '2026-12-31 23:59', '2027Q3': '2027-09-01', '2027Q4': '2027-10-01' }[of] ?? ''
    const late = facts.evidence?.some((one) => one.at > at(now)) ? '2027-01-10' : now
    expect(review(of, facts, late, own).map((said) => said.replace('due soon', 'upcoming'))).toEqual([stands])
  })

  test('after the grace it is missed, whatever is finished then', () => {
    expect(review('2026Q4', { evidence: evaluation('2026', '2027-01-18') }, '2027-02-01')).toEqual(['2026 1 missed attested'])
  })

  test('of two that are asked one may be recorded, one attested', () => {
    const facts = { evidence: evaluation('2026', '2026-12-20'), attested: attested('2026-07-01') }
    expect(review('2026Q4', facts, '2026-12-31', { atLeast: { '14.review': 2 } })).toEqual(['2026 1 met attested', '2026 2 met attested'])
  })
})

test('no deadline of any quarter and grace falls on a day off', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 15 }), (quarters, graceWorkdays) => {
      const rulebook = rulebookOf([{ graceWorkdays }])
      for (const duty of dutiesOf(branch, addQuarters('2023Q1', quarters), [], at('2026-01-01'), rulebook)) {
        expect([isWorkday(duty.dueOn), isWorkday(duty.graceEndsOn), duty.graceEndsOn >= duty.dueOn]).toEqual([true, true, true])
      }
    }),
  )
})

test('every state has a name of its own in both languages', () => {
  const names = Object.values(stateNames)
  expect(new Set(names.map(({ zh }) => zh)).size).toBe(names.length)
  expect(new Set(names.map(({ en }) => en)).size).toBe(names.length)
})
