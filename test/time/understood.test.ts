import { expect, test } from 'vitest'
import { day, moment, time } from '../../src/calendar.ts'
import { placeSaid } from '../../src/rules/gatherings/notice.ts'
import { readWhen } from '../../src/rules/time/when.ts'
import * as doubts from '../../src/rules/time/when-doubts.ts'
import { askedInEnglish } from './phrases-asked-en.ts'
import { askedInChinese } from './phrases-asked-zh.ts'
import { read } from './phrases-read.ts'

const now = moment('2026-10-08', '10:00')

test.each(read)('%s is %s', (said, at, place) => {
  const when = readWhen(said, now)
  if (when.found === 'moment') expect(`${day(when.at)} ${time(when.at)}`).toBe(at)
  else if (when.found === 'day') expect(when.day).toBe(at)
  else expect(when).toMatchObject({ found: 'time', time: at })
  expect(placeSaid(when.rest)).toBe(place)
})

/** The question by its name; the words that nobody read stand behind “unread”. */
function asks(question: string): string[] {
  const [name, words] = question.split(': ')
  if (words !== undefined) return [doubts.unread(words).zh]
  const named = Object.entries(doubts).find(([one]) => one === name)?.[1]
  if (typeof named !== 'function') return named ? [named.zh] : []
  return Array.from({ length: 25 }, (_, hour) => (named as (hour: number) => { zh: string })(hour).zh)
}

test.each([...askedInChinese, ...askedInEnglish])('%s is asked back: %s', (said, question) => {
  const when = readWhen(said, now)
  expect(when).toMatchObject({ found: 'unclear' })
  if (when.found === 'unclear') expect(asks(question)).toContain(when.why.zh)
})

test('what nobody read is never part of the place', () => {
  for (const [said, question] of [...askedInChinese, ...askedInEnglish]) {
    const [, unread = ''] = question.split(': ')
    if (unread) expect(` ${readWhen(said, now).rest} `).not.toContain(` ${unread} `)
  }
})
