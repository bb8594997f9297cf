import type { Db } from '../../../db/client.ts'
import { clashesOf, type Planned } from '../../../db/gatherings/clashes.ts'
import { day, yearOf } from '../../calendar.ts'
import type { Clash } from '../../rules/gatherings/clashes.ts'
import { gatheringKinds } from '../../rules/gatherings/gatherings.ts'
import { holidayTable } from '../../rules/time/holidays.ts'
import { dayKind } from '../../rules/time/workdays.ts'
import { spokenDate, spokenDay, spokenSpan } from '../../spoken.ts'
import { asWritten, both, clipped, t } from '../../text.ts'
import type { Caution } from './caution.ts'

/** A day off, a year far away, or another meeting of the same people or in the same place. */
export const cautionsAbout = async (db: Db, planned: Planned, now: Date): Promise<Caution[]> =>
  cautionsOf(planned.startsAt, await clashesOf(db, planned), now)

function cautionsOf(startsAt: Date, clashes: readonly Clash[], now: Date): Caution[] {
  return [...ofTheYear(startsAt, now), ...ofTheDay(startsAt), ...clashes.flatMap(ofClash).slice(0, MOST_CLASHES)]
}

const MOST_CLASHES = 5

function ofTheYear(startsAt: Date, now: Date): Caution[] {
  const on = day(startsAt)
  if (Number(yearOf(on)) <= Number(yearOf(day(now))) + 1) return []
  const { zh, en } = spokenDate(on)
  return [{ code: `year ${yearOf(on)}`, says: t(`说的是 ${zh}，请看一下年份。`, `That is ${en}; please check the year.`) }]
}

function ofTheDay(startsAt: Date): Caution[] {
  const on = day(startsAt)
  const kind = dayKind(on)
  if (kind !== 'holiday' && kind !== 'weekend') return []
  const { zh, en } = spokenDay(on)
  const name = holidayTable[Number(yearOf(on))]?.off.find(({ from, to }) => from <= on && on <= to)?.name
  const says =
    kind === 'weekend'
      ? t(`${zh}是休息日。`, `${en} is a day off.`)
      : t(`${zh}放假${name ? `（${name.zh}）` : ''}。`, `${en} is a public holiday${name ? ` (${name.en})` : ''}.`)
  return [{ code: `rest ${on}`, says }]
}

function ofClash({ id, kind, branchName, startsAt, endsAt, place, isSamePlace, shared }: Clash): Caution[] {
  const what = both((l) => `${asWritten(clipped(branchName, 30))[l]}${l === 'zh' ? '的' : '’s '}${gatheringKinds[kind].name[l]}`)
  const when = spokenSpan(startsAt, endsAt)
  const people: Caution = {
    code: `people ${id}`,
    says: t(
      `和${what.zh}（${when.zh}）时间重叠，有 ${shared} 人两边都要参加。`,
      `It overlaps with ${what.en} (${when.en}); ${shared} are expected at both.`,
    ),
  }
  const where = asWritten(clipped(place, 30))
  const room: Caution = {
    code: `place ${id}`,
    says: t(`${where.zh}这段时间有${what.zh}（${when.zh}）。`, `${where.en} is taken then by ${what.en} (${when.en}).`),
  }
  return [...(shared > 0 ? [people] : []), ...(isSamePlace ? [room] : [])]
}
