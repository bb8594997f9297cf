import { expect, test } from 'vitest'
import { moment } from '../../src/calendar.ts'
import { courteousFrom, courteously, isCourteous, notByNight } from '../../src/rules/time/courtesy.ts'

test.each([
  ['2026-10-08', '07:59', false],
  ['2026-10-08', '08:00', true],
  ['2026-10-08', '20:59', true],
  ['2026-10-08', '21:00', false],
  ['2026-10-07', '12:00', false],
  ['2026-10-10', '12:00', true],
  ['2026-10-11', '12:00', false],
])('%s at %s a message is welcome: %s', (on, time, isWelcome) => {
  const at = moment(on, time)
  expect(isCourteous(at)).toBe(isWelcome)
  expect(courteousFrom(at) > at).toBe(!isWelcome)
  expect(isCourteous(courteousFrom(at))).toBe(true)
})

test.each([
  ['2026-10-08', '06:30', '2026-10-08', '08:00'],
  ['2026-10-08', '21:00', '2026-10-09', '08:00'],
  ['2026-10-11', '12:00', '2026-10-11', '12:00'],
])('asked on %s at %s, it comes on %s at %s', (on, time, day, clock) => {
  expect(notByNight(moment(on, time))).toEqual(moment(day, clock))
})

test.each([
  ['2026-10-08', '09:00', '2026-10-08', '20:59', 'now'],
  ['2026-10-08', '09:00', '2026-10-08', '21:00', 'never'],
  ['2026-10-08', '09:00', '2026-10-09', '09:00', 'never'],
  ['2026-10-08', '06:00', '2026-10-08', '07:59', { at: moment('2026-10-08', '08:00') }],
])('due on %s at %s, on %s at %s: %o', (dueOn, due, on, time, when) => {
  expect(courteously(moment(dueOn, due), moment(on, time))).toEqual(when)
})
