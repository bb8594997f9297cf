import { type Day, day } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { wrongWithDay } from '../../src/rules/talks/days.ts'

/** Refuses a day on which no talk can be registered, when it is read back and when it is claimed. */
export function refuseWrongDay(on: Day, now: Date, talkDays: number): void {
  const wrong = wrongWithDay(on, day(now), talkDays)
  if (wrong === 'to come') refuse('这一天还没到，谈过以后再登记。', 'That day is still to come; register the talk when it has taken place.')
  if (wrong) refuse(`只能登记 ${talkDays} 天以内的谈心。`, `A talk can be registered within ${talkDays} days only.`)
}
