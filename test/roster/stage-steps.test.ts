import { expect, test } from 'vitest'
import { dateFieldOf, isStepBack, stagesInOrder, stepsFrom, wrongWith } from '../../src/rules/roster/stage-steps.ts'

test.each([
  ['applicant', ['activist', 'applicant']],
  ['activist', ['prospect', 'activist', 'applicant']],
  ['probationer', ['full', 'probationer', 'prospect']],
  ['full', ['full', 'probationer']],
  [null, [...stagesInOrder]],
] as const)('from %s one goes a step on, stays, or a step back', (from, to) => {
  expect(stepsFrom(from)).toEqual(to)
})

test('a step back goes to an earlier stage, if known', () => {
  expect([isStepBack('full', 'probationer'), isStepBack('full', 'full'), isStepBack('activist', 'prospect')]).toEqual([true, false, false])
  expect(isStepBack(null, 'applicant')).toBe(false)
})

const dates = { appliedOn: '2024-01-02', activistOn: null, prospectOn: '2025-03-04', probationerOn: '2026-01-01', fullOn: null }

test.each([
  ['prospect', '2024-01-01', 'before the stage before'],
  ['prospect', '2024-01-02', null],
  ['probationer', '2025-03-03', 'before the stage before'],
  ['probationer', '2025-03-04', null],
  ['applicant', '1990-01-01', null],
  ['full', '2026-10-08', null],
  ['full', '2026-10-09', 'to come'],
  ['full', '2025-12-31', 'before the stage before'],
] as const)('%s on %s: %s', (stage, on, wrong) => {
  expect(wrongWith(stage, on, dates, '2026-10-08')).toBe(wrong)
})

test('every stage has a day of its own', () => {
  expect(stagesInOrder.map(dateFieldOf)).toEqual(['appliedOn', 'activistOn', 'prospectOn', 'probationerOn', 'fullOn'])
})
