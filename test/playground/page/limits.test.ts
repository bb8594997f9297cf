import { expect, test } from 'vitest'
import { moment } from '../../../src/calendar.ts'
import { limitsShown } from '../../../src/playground/gallery/limits.ts'

test('every limit is taken up to its edge and refused beyond', async () => {
  const shown = await limitsShown(moment('2026-10-08', '09:00'))
  expect(shown.map(({ name, green, red }) => [name, green.code, red.code])).toEqual([
    ['chat', 0, 230020],
    ['app', 0, 99991400],
    ['minute', 0, 99991400],
    ['card bytes', 0, 230025],
    ['text bytes', 0, 230025],
    ['elements', 0, 11310],
    ['tables', 0, 11310],
    ['levels', 0, 200621],
    ['uuid', 0, -1],
    ['update', 0, 230031],
    ['press', 0, 200080],
    ['answer', 0, 200341],
    ['token', 0, 99991663],
  ])
  expect(shown.every(({ green, red }) => green.isTaken && !red.isTaken)).toBe(true)
})
