import { type Day, isDay, weekday } from '../../calendar.ts'
import { type HolidayYear, holidayNames } from '../time/holidays.ts'

const CHANGES = /调整|延长|变更|更改|改为|改到|推迟|提前|补充通知|(?<![a-z])(?:change[sd]?|extend(?:s|ed)?|adjust(?:s|ed|ment)?)(?![a-z])/iu

/** 调整2019年劳动节假期 changes one holiday of a year that is published; the other holidays stay. */
export const isChange = (said: string): boolean => CHANGES.test(said)

type Parts = { off: HolidayYear['off'][number][]; work: Day[] }

/** 延长2020年春节假期至2月2日 names only the new end. */
export function extended(said: string, year: number, known: HolidayYear): HolidayYear['off'][number][] {
  const [, name = '', month = '', date = ''] =
    /延长[^。;]{0,12}?(元旦|春节|清明|劳动节|端午|中秋|国庆)(?:节)?(?:假期|放假)?(?:时间)?至(?:20\d{2}年)?(\d{1,2})月(\d{1,2})日/u.exec(
      said,
    ) ?? []
  const to = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  const was = known.off.find((one) => name !== '' && one.name?.zh.includes(name))
  return was && isDay(to) && to > was.to ? [{ ...was, to }] : []
}

/** A holiday that is said anew replaces the one that bears its name or shares a day with it. */
export function changed(known: HolidayYear, { off, work }: Parts): Parts {
  const isReplaced = (was: HolidayYear['off'][number]) =>
    off.some((now) => (now.from <= was.to && was.from <= now.to) || namesOf(now).some((name) => namesOf(was).includes(name)))
  const isOff = (on: Day) => off.some(({ from, to }) => from <= on && on <= to)
  const kept = known.off.filter((was) => !isReplaced(was))
  const named = off.map((now) => ({ ...(known.off.find((was) => was.from <= now.to && now.from <= was.to) ?? {}), ...now }))
  // 2月3日起正常上班 names an ordinary working day: it is no day worked in exchange.
  const exchanged = work.filter((on) => weekday(on) % 6 === 0)
  return { off: [...kept, ...named], work: [...new Set([...known.work.filter((on) => !isOff(on)), ...exchanged])] }
}

const namesOf = ({ name }: HolidayYear['off'][number]) => holidayNames.flatMap(({ zh }) => (name?.zh.includes(zh) ? [zh] : []))
