import { asPicked, day, moment } from '../../calendar.ts'
import { nameFrom, type Text, t } from '../../text.ts'
import { readWhen, type When } from '../time/when.ts'
import { agendaSaid } from './agenda-said.ts'
import { type GatheringKind, kindOf } from './gatherings.ts'
import { branchesNamed } from './named-branches.ts'
import { groupNamed } from './named-group.ts'
import { isPlainPlace, noticeSaid, placeSaid, topicSaid } from './notice.ts'
import { roomCodeSaid } from './room-code.ts'

const LONGEST_PLACE = 60

/** Takes the agenda and the other branches out of a line that calls a meeting. */
export function partsSaid<B extends { name: string }>(line: string, branches: readonly B[]) {
  const { before, items } = agendaSaid(line)
  return { ...branchesNamed(before, branches), items }
}

/** Reads group and kind first, then the time. The rest is the place, and what the meeting is about. */
export function callSaid<G extends { name: string }>(line: string, groups: readonly G[], now: Date) {
  const code = roomCodeSaid(line)
  const notice = noticeSaid(code.rest)
  const named = groupNamed(notice.line, groups)
  const spoken = kindOf(named?.rest ?? notice.line)
  const said = readWhen(spoken ? spoken.rest : notice.line, now)
  const { rest, topic } = notice.place ? { rest: '', topic: undefined } : topicSaid(said.rest)
  const place = nameFrom(notice.place ?? placeSaid(rest), LONGEST_PLACE)
  const when = todayIfAhead(said, place, now)
  const offers = offersOf(when, now)
  const at = when.found === 'moment' ? when.at : undefined
  return {
    needsCode: code.isAsked,
    group: named?.group,
    kind: spoken?.kind,
    at,
    place,
    topic,
    offers,
    /** The picker's value, as far as the line says it. */
    startsAt: at ? asPicked(at) : (offers[0] ?? halfSaid(when, now)),
    whyNot: (kind: GatheringKind | undefined) => doubt(kind, when),
  }
}

/** The kind, the new time and the new place of a meeting that is changed. */
export function changeSaid(line: string, now: Date) {
  const spoken = kindOf(line)
  const when = readWhen(spoken ? spoken.rest : line, now)
  return { kind: spoken?.kind, when, place: nameFrom(placeSaid(when.rest), LONGEST_PLACE) }
}

/** 15:00 alone is today's while it is ahead, if no other word could name another day. */
function todayIfAhead(said: When, place: string, now: Date): When {
  if (said.found !== 'time' || !isPlainPlace(place)) return said
  const at = moment(day(now), said.time)
  return at > now ? { found: 'moment', at, rest: said.rest } : said
}

/** The times that 3点 may mean, the afternoon first. */
function offersOf(when: When, now: Date): string[] {
  if (when.found !== 'unclear' || !when.offers) return []
  const on = when.day ?? day(now)
  return when.offers.filter((at) => moment(on, at) > now).map((at) => `${on} ${at}`)
}

/** A day alone still fills the picker, with nine o'clock for its time. A time alone is filled in for today. */
function halfSaid(when: When, now: Date): string | undefined {
  const [on, at] = ['day' in when ? when.day : undefined, 'time' in when ? when.time : undefined]
  if (on) return `${on} ${at === '24:00' ? '23:59' : (at ?? '09:00')}`
  return when.found === 'time' && at && moment(day(now), at) > now ? `${day(now)} ${at}` : undefined
}

function doubt(kind: GatheringKind | undefined, when: When): Text {
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
