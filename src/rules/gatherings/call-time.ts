import { day, moment } from '../../calendar.ts'
import { type Text, t } from '../../text.ts'
import type { When } from '../time/when.ts'
import type { GatheringKind } from './gatherings.ts'
import { isPlainPlace } from './notice.ts'

/** 15:00 alone is today's while it is ahead, if no other word could name another day. */
export function todayIfAhead(said: When, place: string, now: Date): When {
  if (said.found !== 'time' || !isPlainPlace(place)) return said
  const at = moment(day(now), said.time)
  return at > now ? { found: 'moment', at, rest: said.rest } : said
}

/** The times that 3点 may mean, the afternoon first. */
export function offersOf(when: When, now: Date): string[] {
  if (when.found !== 'unclear' || !when.offers) return []
  const on = when.day ?? day(now)
  return when.offers.filter((at) => moment(on, at) > now).map((at) => `${on} ${at}`)
}

/** A day alone still fills the picker, with nine o'clock for its time. A time alone is filled in for today. */
export function halfSaid(when: When, now: Date): string | undefined {
  const [on, at] = ['day' in when ? when.day : undefined, 'time' in when ? when.time : undefined]
  if (on) return `${on} ${at === '24:00' ? '23:59' : (at ?? '09:00')}`
  return when.found === 'time' && at && moment(day(now), at) > now ? `${day(now)} ${at}` : undefined
}

export function doubt(kind: GatheringKind | undefined, when: When): Text {
  if (when.found === 'unclear') return when.why
  if (when.found === 'day')
    return t('还差具体时间，请在下面选好再按「召集」。', 'The time of day is missing; please choose it below and press “Call”.')
  if (when.found === 'time')
    return t('还差日期，请在下面选好再按「召集」。', 'The day is missing; please choose it below and press “Call”.')
  if (when.found === 'nothing')
    return kind
      ? t('还差日期和时间。', 'The day and time are missing.')
      : t('请选择开什么会、什么时间。', 'Please choose which meeting, and when.')
  return t('请选择开什么会。', 'Please choose which meeting.')
}
