import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, type Day, day, moment, weekday } from '../../src/calendar.ts'
import { builtIn, type HolidayTable, holidayTable, learn } from '../../src/rules/time/holidays.ts'
import {
  addWorkdays,
  dayKind,
  firstWorkdayOf,
  isProvisional,
  isWorkday,
  lastWorkdayOf,
  nextWorkday,
  workdayOnOrAfter,
  workdayOnOrBefore,
  workdaysBetween,
} from '../../src/rules/time/workdays.ts'
import { t } from '../../src/text.ts'
import published from '../fixtures/holidays.json' with { type: 'json' }

test.each([
  ['2026-10-08', 'workday'],
  ['2026-10-07', 'holiday'],
  ['2026-10-04', 'holiday'],
  ['2026-10-10', 'makeup'],
  ['2026-10-11', 'weekend'],
  ['2026-01-04', 'makeup'],
  ['2025-10-08', 'holiday'],
  ['2024-02-09', 'workday'],
  ['2024-02-18', 'makeup'],
  ['2027-10-01', 'holiday'],
  ['2027-10-04', 'workday'],
  ['2027-10-09', 'weekend'],
])('%s is a %s', (on, kind) => {
  expect(dayKind(on)).toBe(kind)
})

test('days off and days worked match the State Council’s notices', () => {
  const counted = Object.entries(holidayTable).map(([year, { off, work }]) => {
    const days = off.map(({ from, to }) => (moment(to).getTime() - moment(from).getTime()) / 86_400_000 + 1)
    return [year, days.reduce((sum, each) => sum + each, 0), work.length]
  })
  expect(counted).toEqual([
    ['2024', 28, 8],
    ['2025', 28, 5],
    ['2026', 33, 6],
  ])
})

test('only weekends are worked in exchange, and no day is both', () => {
  for (const { off, work } of Object.values(holidayTable))
    for (const on of work) {
      expect(weekday(on) % 6).toBe(0)
      expect(off.some(({ from, to }) => from <= on && on <= to)).toBe(false)
    }
})

test.each([
  ['2026-12-31', false],
  ['2027-01-01', true],
  ['2023-12-31', true],
])('a year that is not published is provisional: %s %s', (on, provisional) => {
  expect(isProvisional(on)).toBe(provisional)
})

test('over National Day the next working day is the eighth', () => {
  expect(nextWorkday('2026-09-30')).toBe('2026-10-08')
  expect(workdayOnOrAfter('2026-10-01')).toBe('2026-10-08')
  expect(workdayOnOrBefore('2026-10-07')).toBe('2026-09-30')
  expect(workdayOnOrBefore('2026-10-08')).toBe('2026-10-08')
  expect(nextWorkday('2026-10-09')).toBe('2026-10-10')
  expect(addWorkdays('2026-10-08', 3)).toBe('2026-10-12')
  expect(addWorkdays('2026-10-08', -1)).toBe('2026-09-30')
  expect(addWorkdays('2026-10-03', 0)).toBe('2026-10-03')
})

describe('how many working days are left', () => {
  const due = '2026-10-12'
  test.each([
    ['2026-09-27', 7],
    ['2026-09-30', 4],
    ['2026-10-01', 4],
    ['2026-10-07', 4],
    ['2026-10-08', 3],
    ['2026-10-09', 2],
    ['2026-10-10', 1],
    ['2026-10-11', 1],
    ['2026-10-12', 0],
    ['2026-10-13', -1],
    ['2026-10-15', -3],
    ['2026-10-21', -7],
  ])('on %s, until 12 October: %d', (on, left) => {
    expect(workdaysBetween(on, due)).toBe(left)
  })
})

test.each([
  ['2026-10', '2026-10-08', '2026-10-30'],
  ['2026-02', '2026-02-02', '2026-02-28'],
  ['2026Q1', '2026-01-04', '2026-03-31'],
  ['2026Q2', '2026-04-01', '2026-06-30'],
  ['2026Q3', '2026-07-01', '2026-09-30'],
  ['2026Q4', '2026-10-08', '2026-12-31'],
  ['2025-05', '2025-05-06', '2025-05-30'],
  ['2027Q1', '2027-01-04', '2027-03-31'],
])('%s is worked from %s to %s', (period, first, last) => {
  expect([firstWorkdayOf(period), lastWorkdayOf(period)]).toEqual([first, last])
})

test('a unit may bring its own table', () => {
  const own: HolidayTable = {
    2027: { off: [{ name: t('厂庆', 'Works day'), from: '2027-03-01', to: '2027-03-02' }], work: ['2027-03-06'] },
  }
  expect(dayKind('2027-03-01', own)).toBe('holiday')
  expect(nextWorkday('2027-02-26', own)).toBe('2027-03-03')
  expect(workdaysBetween('2027-02-26', '2027-03-06', own)).toBe(4)
  expect(isProvisional('2027-03-01', own)).toBe(false)
})

test('an imported year is not provisional, and the last import stands', () => {
  try {
    learn([{ year: 2027, off: [{ from: '2027-01-01', to: '2027-01-03' }], work: ['2027-01-09'] }])
    expect([isProvisional('2027-01-09'), isWorkday('2027-01-09'), isWorkday('2026-01-04')]).toEqual([false, true, true])
    learn([{ year: 2027, off: [], work: [] }])
    expect(isWorkday('2027-01-09')).toBe(false)
    const same = holidayTable
    learn([{ year: 2027, off: [], work: [] }])
    expect(holidayTable).toBe(same)
  } finally {
    learn([])
  }
  expect(holidayTable).toEqual(builtIn)
})

describe('on any day from 2004 to 2026, with what was published', () => {
  /** Published notices say which working days were off and which weekend days worked. Two collections agree on every day from 2007 on. */
  const years = Object.entries(published).map(([year, { off, work }]) => [year, inYear(year, off, work)] as const)
  const table: HolidayTable = Object.fromEntries(years)
  const aDay = fc.date({ min: moment('2004-01-01'), max: moment('2026-12-31'), noInvalidDate: true }).map(day)

  test('the product’s own years say the same', () => {
    for (const year of Object.keys(builtIn))
      for (let on = `${year}-01-01`; on <= `${year}-12-31`; on = addDays(on, 1))
        expect([on, isWorkday(on)]).toEqual([on, isWorkday(on, table)])
  })

  /** Whole, and without each of the years. */
  const tables = [table, ...years.map(([year]) => Object.fromEntries(years.filter(([each]) => each !== year)) as HolidayTable)]

  test('working days equal a walk through the calendar', () => {
    fc.assert(
      fc.property(aDay, fc.integer({ min: 1, max: 15 }), fc.constantFrom(...tables), (on, n, left) => {
        let then = on
        for (let found = 0; found < n; found += workedIn(then, left) ? 1 : 0) then = addDays(then, 1)
        expect(addWorkdays(on, n, left)).toBe(then)
        expect(workdaysBetween(on, then, left)).toBe(n)
        expect(isProvisional(on, left)).toBe(!(on.slice(0, 4) in left))
      }),
      { numRuns: 10_000 },
    )
  })

  const byLaw = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']
  function workedIn(on: Day, left: HolidayTable): boolean {
    const year = left[Number(on.slice(0, 4))]
    if (!year) return weekday(on) % 6 !== 0 && !byLaw.includes(on.slice(5))
    return year.work.includes(on) || (weekday(on) % 6 !== 0 && !year.off.some(({ from }) => from === on))
  }
})

const inYear = (year: string, off: readonly string[], work: readonly string[]) => ({
  off: off.map((each) => ({ from: `${year}-${each}`, to: `${year}-${each}` })),
  work: work.map((each) => `${year}-${each}`),
})

describe('on any day from 2004 to 2027, with any holidays', () => {
  const RUNS = { numRuns: 10_000 }
  const aDay = fc.date({ min: moment('2004-01-01'), max: moment('2027-12-31'), noInvalidDate: true }).map(day)
  const tables = Array.from({ length: 8 }, (_, missing) => madeUp(2004 + missing * 3))
  const aTable = fc.constantFrom(holidayTable, ...tables)
  const few = fc.integer({ min: -15, max: 15 })

  // T20: nothing is due on a day off
  test('nothing is ever due on a day off', () => {
    fc.assert(
      fc.property(aDay, aTable, few, (on, table, n) => {
        const found = [
          nextWorkday(on, table),
          workdayOnOrAfter(on, table),
          workdayOnOrBefore(on, table),
          firstWorkdayOf(on.slice(0, 7), table),
        ]
        const moved = n === 0 ? [] : [addWorkdays(on, n, table)]
        expect([...found, ...moved].filter((each) => !isWorkday(each, table))).toEqual([])
        expect(nextWorkday(on, table) > on).toBe(true)
        expect(workdayOnOrBefore(on, table) <= on && on <= workdayOnOrAfter(on, table)).toBe(true)
      }),
      RUNS,
    )
  })

  test('going that many working days arrives that many away', () => {
    fc.assert(
      fc.property(aDay, aTable, few, (any, table, n) => {
        const on = n < 0 ? workdayOnOrAfter(any, table) : any
        expect(workdaysBetween(on, addWorkdays(on, n, table), table)).toBe(n)
        expect(addWorkdays(addWorkdays(workdayOnOrAfter(any, table), n, table), -n, table)).toBe(workdayOnOrAfter(any, table))
      }),
      RUNS,
    )
  })

  test('there and back is as far, and steps add one', () => {
    fc.assert(
      fc.property(aDay, aTable, fc.integer({ min: 0, max: 40 }), (on, table, days) => {
        const to = addDays(on, days)
        expect(workdaysBetween(on, to, table) + workdaysBetween(to, on, table)).toBe(0)
        expect(workdaysBetween(on, addDays(to, 1), table) - workdaysBetween(on, to, table)).toBe(isWorkday(addDays(to, 1), table) ? 1 : 0)
      }),
      RUNS,
    )
  })

  test('a missing year knows weekends and six days off by law', () => {
    const byLaw = ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']
    fc.assert(
      fc.property(aDay, fc.constantFrom(...tables), (on, table) => {
        if (isProvisional(on, table)) expect(isWorkday(on, table)).toBe(weekday(on) % 6 !== 0 && !byLaw.includes(on.slice(5)))
      }),
      RUNS,
    )
  })
})

/** Every year from 2004 to 2027 but one has a week off in February and October. A weekend day is worked beside each. */
function madeUp(missing: number): HolidayTable {
  const week = (from: Day) => ({ name: t('假期', 'Holiday'), from, to: addDays(from, 6) })
  const years = Array.from({ length: 24 }, (_, i) => 2004 + i).filter((year) => year !== missing)
  return Object.fromEntries(
    years.map((year) => {
      const off = [week(`${year}-02-0${1 + (year % 9)}`), week(`${year}-10-01`)]
      return [year, { off, work: off.map(({ to }) => saturdayAfter(to)) }]
    }),
  )
}

const saturdayAfter = (on: Day): Day => addDays(on, ((6 - weekday(on) + 6) % 7) + 1)
