import fc from 'fast-check'
import { expect, test } from 'vitest'
import { day, moment } from '../../src/calendar.ts'
import { readWhen } from '../../src/rules/time/when.ts'

const at = moment('2026-10-08', '10:00')

test.each([
  ['周五3点', '3 in the morning or the afternoon'],
  ['Fri 3', 'an hour or a place'],
  ['今天9:00', 'already past'],
  ['这周三', 'already past'],
  ['9月30日', 'already past'],
  ['周四', 'Today is that day'],
  ['next Friday', 'this week’s or next week’s'],
  ['2月30日', 'no such day'],
  ['25:00', 'no such time'],
  ['13/12', 'month/day'],
  ['周五周六', 'More than one day'],
  ['15:00 16:00', 'More than one time'],
  ['15:00-16:00', 'span'],
  ['周五晚上12点', 'does not fit'],
  ['周五午夜', 'Midnight'],
  ['每周五', 'every week'],
  ['周末', 'Which day'],
  ['下午', 'Which hour'],
  ['周五之前', 'no exact time'],
  ['农历初五', 'solar'],
])('%s says why it is unclear, in both languages', (words, why) => {
  const when = readWhen(words, at)
  if (when.found !== 'unclear') throw new Error(`${words} was found clear`)
  expect(when.why.en).toContain(why)
  expect(when.why.zh).toMatch(/[一-龥].*。$/)
})

test('seconds are never part of a time counted from now', () => {
  expect(readWhen('2小时后', new Date(at.getTime() + 59_999))).toEqual({ found: 'moment', at: moment('2026-10-08', '12:00'), rest: '' })
})

const pieces = [
  '周',
  '五',
  '三',
  '下',
  '点',
  '半',
  '12',
  '3',
  '/',
  ':',
  '月',
  '日',
  '号',
  '底',
  ' ',
  'Fri',
  'pm',
  'at',
  'next',
  'week',
  '后',
  '到',
  '-',
  '晚',
  '楼',
  '（',
  '）',
  '．',
  '\u{1F600}',
  '\ud800',
]
const junk = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map((words) => words.join('')),
)
const now = fc.date({ min: moment('2004-01-01'), max: moment('2030-12-31'), noInvalidDate: true })

/** Everything of `part` stands in `whole`, in the same order. */
function isWithin(part: string, whole: string): boolean {
  let from = 0
  for (const unit of part.replaceAll(' ', '').split('')) {
    from = whole.indexOf(unit, from) + 1
    if (from === 0) return false
  }
  return true
}

test('any text throws nothing, finds nothing past and gains no character', () => {
  fc.assert(
    fc.property(junk, now, (words, now) => {
      const when = readWhen(words, now)
      expect(when.rest.length).toBeLessThanOrEqual(words.length)
      expect(isWithin(when.rest, words)).toBe(true)
      expect(when.rest).not.toMatch(/^\s|\s$|\s\s/)
      if (when.found === 'moment') expect(when.at.getTime()).toBeGreaterThan(now.getTime() - 60_000)
      if (when.found === 'day') expect(when.day >= day(now)).toBe(true)
      if (when.found === 'time') expect(when.time).toMatch(/^(?:[01]\d|2[0-4]):[0-5]\d$/)
    }),
    { numRuns: 5000 },
  )
})

test.each(['周日', '周一', '周六'])('a bare %s is never today nor more than a week away', (words) => {
  fc.assert(
    fc.property(now, (now) => {
      const when = readWhen(words, now)
      if (when.found === 'day') expect((moment(when.day).getTime() - moment(day(now)).getTime()) / 86_400_000).toBeOneOf([1, 2, 3, 4, 5, 6])
      else expect(when.found).toBe('unclear')
    }),
  )
})
