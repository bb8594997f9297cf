import { expect, test } from 'vitest'
import { day, moment, time } from '../../src/calendar.ts'
import { renewedBefore } from '../../src/rules/gatherings/renewals.ts'

test.each([
  ['on a Tuesday, what is twelve days old', '2026-11-10', '2026-10-29 09:20'],
  ['on a Friday, what would be too old on Monday', '2026-11-13', '2026-11-02 21:20'],
  ['before the national holiday, what would be too old after it', '2026-09-30', '2026-09-24 21:20'],
  ['before the spring festival, too', '2026-02-14', '2026-02-10 21:20'],
])('%s', (_what, on, before) => {
  const at = renewedBefore(moment(on, '09:20'))
  expect(`${day(at)} ${time(at)}`).toBe(before)
})
