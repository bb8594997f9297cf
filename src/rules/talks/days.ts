import { type Day, day, daysBetween } from '../../calendar.ts'

/** A talk registered later than this bears the mark 补记. */
const MARKED_AFTER_DAYS = 7

/** Returns why a talk cannot be registered for this day; null when it can. The rulebook says how many days back it may be. */
export function wrongWithDay(on: Day, today: Day, talkDays: number): 'to come' | 'too far back' | null {
  if (on > today) return 'to come'
  return daysBetween(on, today) > talkDays ? 'too far back' : null
}

export const isBackdated = (on: Day, claimedAt: Date): boolean => daysBetween(on, day(claimedAt)) > MARKED_AFTER_DAYS
