import { DAY_MS, day, moment, time } from '../../calendar.ts'
import { nextWorkday } from '../time/workdays.ts'

/** Feishu lets a card answer and be updated for fourteen days; the twelfth day sends it again. */
const RENEWED_AFTER_DAYS = 12
/** The latest age for sending a card again, however many holidays lie between. */
const LATEST_DAYS = 13.5

/** Cards posted up to this moment are sent again on this working day. They are old, or would be too old on the next one. */
export function renewedBefore(now: Date): Date {
  const next = moment(nextWorkday(day(now)), time(now))
  return new Date(Math.max(now.getTime() - RENEWED_AFTER_DAYS * DAY_MS, next.getTime() - LATEST_DAYS * DAY_MS))
}
