import { expect } from 'vitest'
import { day, moment, time } from '../../src/calendar.ts'
import { readWhen, type When } from '../../src/rules/time/when.ts'

/** `'2026-10-09 15:00'`, or with a question mark what was clear of an unclear time. */
function shown(when: When): string {
  if (when.found === 'moment') return `${day(when.at)} ${time(when.at)}`
  if (when.found === 'day') return when.day
  if (when.found === 'time') return when.time
  if (when.found === 'nothing') return 'nothing'
  return ['?', when.day, when.time].filter(Boolean).join(' ')
}

/** words, reading, and what is left of the line (nothing, unless said). */
export type Phrase = [words: string, reading: string, rest?: string]
export const said = (now: string) => {
  const [on = '', at] = now.split(' ')
  return (words: string, reading: string, rest = '') => {
    const when = readWhen(words, moment(on, at))
    expect([shown(when), when.rest]).toEqual([reading, rest])
  }
}
