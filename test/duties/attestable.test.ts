import { expect, test } from 'vitest'
import { attestableDays } from '../../src/rules/duties/attestable.ts'
import type { PartId } from '../../src/rules/standards/standards.ts'

test.each<[PartId, string, string, string]>([
  ['30.records', '2026Q3', '2026-10-20', '2026-07-01'],
  ['15.dues', '2026-09', '2026-10-20', '2026-09-01'],
  ['14.review', '2026', '2027-01-15', '2026-01-01'],
  ['23.check', '2026H2', '2027-01-15', '2026-07-01'],
  ['10.plan', '2026', '2026-04-15', '2025-10-01'],
  ['23.pledge', '2026', '2026-04-15', '2025-10-01'],
  ['29.plan', '2026', '2026-04-15', '2025-10-01'],
  ['29.summary', '2026', '2027-01-15', '2026-01-01'],
  ['4.term', '2026Q3', '2026-10-20', '2021-07-02'],
])('%s for %s, in time until %s, is entered from %s on', (part, period, graceEndsOn, from) => {
  expect(attestableDays({ part, period, graceEndsOn })).toEqual({ from, until: graceEndsOn })
})
