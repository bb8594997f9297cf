import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, moment } from '../../src/calendar.ts'
import { ladderFor, type RecipientRole, saidSince, stepOf } from '../../src/rules/duties/alerts.ts'
import { defaultRulebook, rulebookOf } from '../../src/rules/rulebook/rulebook.ts'
import { meetingDuties as dutiesOf } from '../harness/duties.ts'

const branch = { since: '2020-01-01', hasCommittee: () => true }

/**
 * The September committee meeting of 2026 is due on Wednesday 30 September, with grace to 20 October. National Day is off until the 7th, and
 * Saturday the 10th is worked.
 */
function stepOn(today: string, rulebook = defaultRulebook) {
  const duty = dutiesOf(branch, '2026Q3', [], moment(today, '09:00'), rulebook).find(({ period }) => period === '2026-09')
  return duty ? stepOf(duty, today, rulebook) : undefined
}

test.each<[string, number | null, string]>([
  ['2026-08-31', null, 'its month has not begun'],
  ['2026-09-01', null, 'far away'],
  ['2026-09-18', null, 'eight working days: the Sunday after is worked'],
  ['2026-09-20', -7, 'seven working days, on a worked Sunday'],
  ['2026-09-21', -7, 'the job was down on the day itself'],
  ['2026-09-23', -7, 'four working days'],
  ['2026-09-24', -3, 'three working days'],
  ['2026-09-26', -3, 'a holiday'],
  ['2026-09-28', -3, 'two working days'],
  ['2026-09-29', -1, 'one working day'],
  ['2026-09-30', -1, 'the day itself'],
  ['2026-10-01', -1, 'overdue, but no working day has gone by'],
  ['2026-10-07', -1, 'the last day off'],
  ['2026-10-08', 1, 'the first working day after'],
  ['2026-10-09', 1, 'the second'],
  ['2026-10-10', 3, 'the third, on a worked Saturday'],
  ['2026-10-14', 3, 'the sixth'],
  ['2026-10-15', 7, 'the seventh'],
  ['2026-10-20', 7, 'the last day of grace'],
  ['2026-10-21', null, 'the grace is over'],
  ['2027-03-01', null, 'long ago'],
])('on %s the step is %j: %s', (today, step) => {
  expect(stepOn(today)).toBe(step)
})

test.each(['met', 'met late', 'missed', 'not applicable', 'excused'] as const)('what is %s alerts nobody', (state) => {
  expect(stepOf({ state, period: '2026-09', dueOn: '2026-09-30', graceEndsOn: '2026-10-20' }, '2026-10-09', defaultRulebook)).toBeNull()
})

test('the alert stops the moment the duty is met', () => {
  const evidence = [{ part: '12.committee' as const, source: 'one', sourceKind: 'gathering' as const, at: moment('2026-09-29', '15:00') }]
  const septemberAt = (time: string) => {
    const duty = dutiesOf(branch, '2026Q3', evidence, moment('2026-09-29', time), defaultRulebook)[2]
    return duty && stepOf(duty, '2026-09-29', defaultRulebook)
  }
  expect(septemberAt('14:59')).toBe(-1)
  expect(septemberAt('15:00')).toBeNull()
})

test('a committee sets its own ladder, in any order, or none', () => {
  const own = rulebookOf([{ ladder: { before: [2, 5], after: [4] } }])
  expect(stepOn('2026-09-28', own)).toBe(-2)
  expect(stepOn('2026-10-08', own)).toBe(-2)
  expect(stepOn('2026-10-12', own)).toBe(4)
  expect(stepOn('2026-10-12', rulebookOf([{ ladder: { before: [], after: [] } }]))).toBeNull()
})

test('however early the ladder, nobody is asked before the month begins', () => {
  const own = rulebookOf([{ ladder: { before: [60] } }])
  expect(stepOn('2026-08-31', own)).toBeNull()
  expect(stepOn('2026-09-01', own)).toBe(-60)
})

test('steps only climb, from the first reminder to the end of grace', () => {
  fc.assert(
    fc.property(fc.nat({ max: 60 }), fc.nat({ max: 30 }), (from, days) => {
      const earlier = stepOn(addDays('2026-09-01', from))
      const later = stepOn(addDays('2026-09-01', from + days))
      if (typeof earlier === 'number' && typeof later === 'number') expect(later).toBeGreaterThanOrEqual(earlier)
    }),
  )
})

test.each<[RecipientRole, Record<number, number>]>([
  ['owner', { [-7]: -7, [-3]: -7, [-1]: -1, 1: 1, 3: 1, 7: 7 }],
  ['secretary', { [-1]: -1, 1: 1, 3: 1, 7: 7 }],
  ['upper', { 3: 3, 7: 3 }],
])('a line of the %s says something new at some steps', (role, expected) => {
  const ladder = ladderFor(role, defaultRulebook.ladder)
  for (const [step, since] of Object.entries(expected)) expect([step, saidSince(Number(step), role, ladder)]).toEqual([step, since])
})
