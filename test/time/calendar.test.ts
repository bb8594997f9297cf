import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addDays,
  addMinutes,
  addMonths,
  addQuarters,
  day,
  daysBetween,
  firstDay,
  isDay,
  isQuarter,
  lastDay,
  moment,
  month,
  periodEnd,
  periodMonths,
  periodStart,
  quarter,
  quarterOf,
  time,
  weekday,
} from '../../src/calendar.ts'

test.each([
  ['2026-03-31', '2026Q1', '2026Q2'],
  ['2026-06-30', '2026Q2', '2026Q3'],
  ['2026-09-30', '2026Q3', '2026Q4'],
  ['2026-12-31', '2026Q4', '2027Q1'],
  ['2024-12-31', '2024Q4', '2025Q1'],
])('the last millisecond of %s is in %s, the next in %s', (on, inside, after) => {
  const last = new Date(`${on}T23:59:59.999+08:00`)
  const next = new Date(last.getTime() + 1)
  expect([day(last), quarter(last), quarter(next)]).toEqual([on, inside, after])
  expect(last < periodEnd(inside)).toBe(true)
  expect(periodEnd(inside)).toEqual(next)
  expect(periodStart(after)).toEqual(next)
})

test.each([
  ['2026-10-07T15:59:59.999Z', '2026-10-07', '23:59'],
  ['2026-10-07T16:00:00.000Z', '2026-10-08', '00:00'],
  ['2026-12-31T16:00:00.000Z', '2027-01-01', '00:00'],
  ['2024-02-28T16:00:00.000Z', '2024-02-29', '00:00'],
])('%s is %s %s in Beijing, whatever clock the machine keeps', (at, on, clock) => {
  expect([day(new Date(at)), time(new Date(at))]).toEqual([on, clock])
})

test('midnight at the end of a day starts the next', () => {
  expect(moment('2026-12-31', '24:00')).toEqual(moment('2027-01-01'))
  expect(moment('2026-10-08', '15:04').toISOString()).toBe('2026-10-08T07:04:00.000Z')
})

test.each([
  ['2026-10-08', true],
  ['2024-02-29', true],
  ['2026-02-29', false],
  ['2026-02-30', false],
  ['2026-13-01', false],
  ['2026-00-10', false],
  ['2026-1-1', false],
  ['20261008', false],
  ['', false],
])('%s is a day: %s', (text, real) => {
  expect(isDay(text)).toBe(real)
})

test.each([
  ['2026-10', 3, '2027-01'],
  ['2026-01', -1, '2025-12'],
  ['2026-12', 1, '2027-01'],
  ['2026-06', -18, '2024-12'],
  ['2026-06', 0, '2026-06'],
])('%s and %d months is %s', (from, months, to) => {
  expect(addMonths(from, months)).toBe(to)
})

test.each([
  ['2026-02', '2026-02-28'],
  ['2024-02', '2024-02-29'],
  ['2026-12', '2026-12-31'],
  ['2026-04', '2026-04-30'],
])('%s ends on %s', (in_, last) => {
  expect([firstDay(in_), lastDay(in_)]).toEqual([`${in_}-01`, last])
})

test('a quarter has three months, and the first follows last year’s fourth', () => {
  expect(periodMonths('2026Q4')).toEqual(['2026-10', '2026-11', '2026-12'])
  expect(periodMonths('2026Q1')).toEqual(['2026-01', '2026-02', '2026-03'])
  expect(periodMonths('2026-10')).toEqual(['2026-10'])
  expect(addQuarters('2026Q1', -1)).toBe('2025Q4')
  expect(addQuarters('2026Q4', 1)).toBe('2027Q1')
  expect([isQuarter('2026Q4'), isQuarter('2026Q5'), isQuarter('2026-10')]).toEqual([true, false, false])
})

test('a month runs from its first moment to the next month’s', () => {
  expect(periodStart('2026-12')).toEqual(moment('2026-12-01'))
  expect(periodEnd('2026-12')).toEqual(moment('2027-01-01'))
})

test('8 October 2026 is a Thursday; leap February ends on the 29th', () => {
  expect(weekday('2026-10-08')).toBe(4)
  expect(weekday('2026-10-11')).toBe(0)
  expect(addDays('2024-03-01', -1)).toBe('2024-02-29')
  expect(addMinutes(moment('2026-12-31', '23:30'), 45)).toEqual(moment('2027-01-01', '00:15'))
})

const anyMoment = fc.date({ min: moment('2004-01-01'), max: moment('2099-12-31'), noInvalidDate: true })

// T20: every moment in its own day, month and quarter
test('every moment lies in its own day, month and quarter', () => {
  fc.assert(
    fc.property(anyMoment, (at) => {
      expect(moment(day(at)) <= at && at < moment(addDays(day(at), 1))).toBe(true)
      for (const period of [month(at), quarter(at)]) expect(periodStart(period) <= at && at < periodEnd(period)).toBe(true)
      expect(quarterOf(month(at))).toBe(quarter(at))
      expect(day(moment(day(at), time(at)))).toBe(day(at))
    }),
    { numRuns: 10_000 },
  )
})

test('days and months count on and back alike', () => {
  fc.assert(
    fc.property(anyMoment, fc.integer({ min: -400, max: 400 }), (at, n) => {
      expect(daysBetween(day(at), addDays(day(at), n))).toBe(n)
      expect(addMonths(addMonths(month(at), n), -n)).toBe(month(at))
      expect(month(new Date(periodEnd(month(at)).getTime() - 1))).toBe(month(at))
    }),
  )
})
