import { addDays, day, moment, time } from '../../calendar.ts'
import { isWorkday } from './workdays.ts'

/** No unasked message is sent between nine in the evening and eight in the morning, or on a day off. */
const FROM = '08:00'
const UNTIL = '21:00'

export const isCourteous = (at: Date): boolean => isWorkday(day(at)) && time(at) >= FROM && time(at) < UNTIL

/** A request that somebody has just made is sent on days off too, but not at night. */
export function notByNight(at: Date): Date {
  if (time(at) >= FROM && time(at) < UNTIL) return at
  return moment(time(at) < FROM ? day(at) : addDays(day(at), 1), FROM)
}

/** The moment itself, or the next one at which a message is welcome. */
export function courteousFrom(at: Date): Date {
  if (isCourteous(at)) return at
  let on = day(at)
  if (isWorkday(on) && time(at) < FROM) return moment(on, FROM)
  do on = addDays(on, 1)
  while (!isWorkday(on))
  return moment(on, FROM)
}

/** Nobody is asked at night, unless the event would begin before the morning. */
export function courteousBefore(now: Date, startsAt: Date): Date {
  const at = courteousFrom(now)
  return at < startsAt ? at : now
}

/**
 * Whether an unasked message may go now, later today, or never. A message missed on its own day comes with the next working day's digest,
 * if it is still true.
 */
export function courteously(dueAt: Date, now: Date): 'now' | 'never' | { at: Date } {
  if (day(now) !== day(dueAt) || !isWorkday(day(now)) || time(now) >= UNTIL) return 'never'
  return time(now) < FROM ? { at: moment(day(now), FROM) } : 'now'
}

/** The digests of a day are made up by then. */
const DIGESTS_MADE = '09:10'

/** A card of the morning waits until the digests are made up: it may ride in one. Later in the day it goes at once. */
export function afterTheDigests(now: Date, by: string): Date {
  const at = courteousFrom(now)
  const made = moment(day(at), DIGESTS_MADE)
  return courteousFrom(spread(at < made ? made : at, by))
}

const SPREAD_MS = 20 * 60_000

/** Sends are spread over 20 minutes by a hash of the recipient, never all on the hour. */
export function spread(at: Date, by: string): Date {
  let hash = 2_166_136_261
  for (const character of by) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0
  return new Date(at.getTime() + (hash % SPREAD_MS))
}
