import { expect, test } from 'vitest'
import { moment } from '../../src/calendar.ts'
import { nudgeDays } from '../../src/rules/duties/nudges.ts'

/** October 2026: 1–7 are the holiday, 8–9 a Thursday and a Friday, 10 a working Saturday. */
test.each([
  ['a week', '2026-10-12 09:00', '2026-10-19 17:00', { middle: '2026-10-16', last: '2026-10-19' }],
  ['closing in the morning', '2026-10-12 09:00', '2026-10-19 09:00', { last: '2026-10-16' }],
  ['closing on a Sunday', '2026-10-12 09:00', '2026-10-18 17:00', { middle: '2026-10-15', last: '2026-10-16' }],
  ['two days', '2026-10-12 09:00', '2026-10-13 17:00', { last: '2026-10-13' }],
  ['one day', '2026-10-12 09:00', '2026-10-12 17:00', {}],
  ['overnight, closing in the morning', '2026-10-12 15:00', '2026-10-13 10:00', {}],
  ['three days', '2026-10-12 09:00', '2026-10-14 17:00', { middle: '2026-10-13', last: '2026-10-14' }],
  ['over the holiday', '2026-09-29 09:00', '2026-10-09 17:00', { middle: '2026-10-08', last: '2026-10-09' }],
  ['all of it in the holiday', '2026-09-30 18:00', '2026-10-06 17:00', {}],
  ['a month', '2026-10-12 09:00', '2026-11-11 17:00', { middle: '2026-10-27', last: '2026-11-11' }],
])('%s: the middle and last working day, never the opening day', (_what, opened, closes, days) => {
  const at = (text: string) => moment(text.slice(0, 10), text.slice(11))
  expect(nudgeDays(at(opened), at(closes))).toEqual(days)
})
