import { expect, test } from 'vitest'
import { isLocked, opensAt, punctualityAt } from '../../src/rules/gatherings/attendance.ts'

const at = (time: string) => new Date(`2026-10-09T${time}+08:00`)
const gathering = { startsAt: at('15:00:00.000'), endsAt: at('16:30:00.000') }

test.each([
  ['00:00:00.000', 'early'],
  ['14:29:59.999', 'early'],
  ['14:30:00.000', 'on time'],
  ['15:00:00.000', 'on time'],
  ['15:00:00.001', 'late'],
  ['15:01:00.000', 'late'],
  ['16:29:59.999', 'late'],
  ['16:30:00.000', 'over'],
  ['23:00:00.000', 'over'],
] as const)('from 15:00 to 16:30, somebody who comes at %s is %s', (time, punctuality) => {
  expect(punctualityAt(gathering, at(time))).toBe(punctuality)
})

test('check-in opens half an hour before the start', () => {
  expect(opensAt(gathering)).toEqual(at('14:30:00.000'))
})

test.each([
  ['2026-10-09T16:30:00.000+08:00', false],
  ['2026-10-10T16:29:59.999+08:00', false],
  ['2026-10-10T16:30:00.000+08:00', true],
  ['2026-12-01T00:00:00.000+08:00', true],
])('attendance closed at 16:30 on 9 October, at %s: locked is %s', (moment, locked) => {
  expect(isLocked(gathering.endsAt, new Date(moment))).toBe(locked)
})

test('what was never closed is not locked', () => {
  expect(isLocked(null, at('23:59:59.999'))).toBe(false)
})
