import { type Day, day, daysBetween } from '../../calendar.ts'

/** A talk is registered within this many days. */
const MOST_BACK_DAYS = 30

/** A talk registered later than this bears the mark 补记. */
const MARKED_AFTER_DAYS = 7

/** Returns why a talk cannot have been on this day; null when it can. */
export function wrongWithDay(on: Day, today: Day): 'to come' | 'too far back' | null {
  if (on > today) return 'to come'
  return daysBetween(on, today) > MOST_BACK_DAYS ? 'too far back' : null
}

export const isBackdated = (on: Day, claimedAt: Date): boolean => daysBetween(on, day(claimedAt)) > MARKED_AFTER_DAYS
