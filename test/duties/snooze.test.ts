import { expect, test } from 'vitest'
import { moment } from '../../src/calendar.ts'
import { type Snooze, snoozedUntil } from '../../src/rules/duties/snooze.ts'
import { spread } from '../../src/rules/time/courtesy.ts'

test.each<[Snooze, string, string]>([
  ['hour', '2026-11-24 09:10', '2026-11-24 10:10'],
  ['hour', '2026-11-24 19:59', '2026-11-24 20:59'],
  ['hour', '2026-11-24 20:10', '2026-11-25 08:00'],
  ['hour', '2026-11-27 20:10', '2026-11-30 08:00'],
  ['hour', '2026-11-28 10:00', '2026-11-30 08:00'],
  ['tomorrow', '2026-11-24 09:10', '2026-11-25 09:00'],
  ['tomorrow', '2026-11-27 09:10', '2026-11-30 09:00'],
  ['tomorrow', '2026-09-30 09:10', '2026-10-08 09:00'],
  ['monday', '2026-11-24 09:10', '2026-11-30 09:00'],
  ['monday', '2026-11-30 09:10', '2026-12-07 09:00'],
  ['monday', '2026-09-29 09:10', '2026-10-08 09:00'],
])('“%s”, said at %s, is %s', (snooze, now, then) => {
  const at = (spoken: string) => moment(spoken.slice(0, 10), spoken.slice(11))
  expect(snoozedUntil(snooze, at(now), 'ou_1')).toEqual(snooze === 'hour' ? at(then) : spread(at(then), 'ou_1'))
})
