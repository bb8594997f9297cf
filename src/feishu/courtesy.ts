import { day, moment, time } from '../calendar.ts'
import { isWorkday } from '../rules/workdays.ts'

const EARLIEST = '08:00'
const LATEST = '21:00'

/**
 * What nobody asked for goes out on a working day between eight and nine in the evening (product.md 2), and only on its own day:
 * the next day's digest says what is then still so. Answers when it may go: now, later, or never.
 */
export function courteously(dueAt: Date, now: Date): 'now' | 'never' | { at: Date } {
  const own = day(dueAt)
  if (day(now) !== own || !isWorkday(own) || time(now) >= LATEST) return 'never'
  return time(now) < EARLIEST ? { at: moment(own, EARLIEST) } : 'now'
}
