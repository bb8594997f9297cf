import { type Day, day, isHalf, isQuarter, isYear, type Month, type Period, type Quarter, time, weekday, yearOf } from './calendar.ts'
import { type Text, t } from './text.ts'

/** Days, moments and periods as people say them. */
const weekdays = { zh: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'], en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] }
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const parts = (on: Day) => ({ year: Number(on.slice(0, 4)), month: Number(on.slice(5, 7)), date: Number(on.slice(8, 10)) })

export function spokenDay(on: Day): Text {
  const { month, date } = parts(on)
  return t(`${month}月${date}日（${weekdays.zh[weekday(on)]}）`, `${weekdays.en[weekday(on)]} ${date} ${months[month - 1]}`)
}

/** A day of another year is said with its year: terms and exclusions last for years. */
export function spokenDate(on: Day): Text {
  const { year, month, date } = parts(on)
  return t(`${year}年${month}月${date}日`, `${date} ${months[month - 1]} ${year}`)
}

/** Says why something is held on another day than the one named. */
export function spokenMove(named: Day, on: Day): Text {
  const { zh, en } = spokenDay(named)
  return t(`原${zh}休息，${on > named ? '顺延' : '提前'}`, `${en} is a day off, ${on > named ? 'moved on' : 'brought forward'}`)
}

export function spokenMoment(at: Date): Text {
  const { zh, en } = spokenDay(day(at))
  return t(`${zh}${time(at)}`, `${en}, ${time(at)}`)
}

/** The year of a moment, where nobody would take it for granted: neither this year nor the next. */
export function spokenYear(at: Date, now: Date): Text {
  const [year, thisYear] = [Number(day(at).slice(0, 4)), Number(day(now).slice(0, 4))]
  return year === thisYear || year === thisYear + 1 ? t('', '') : t(`${year}年`, ` ${year}`)
}

/** `9月25日（周五）15:00–16:30`; a gathering that ends on another day says which. */
export function spokenSpan(from: Date, to: Date): Text {
  const { zh, en } = spokenMoment(from)
  if (day(from) !== day(to)) return t(`${zh} – ${spokenMoment(to).zh}`, `${en} – ${spokenMoment(to).en}`)
  return t(`${zh}–${time(to)}`, `${en}–${time(to)}`)
}

function spokenMonth(in_: Month): Text {
  const { month } = parts(`${in_}-01`)
  return t(`${month}月`, months[month - 1] as string)
}

const quarterNames = ['一', '二', '三', '四']

export function spokenQuarter(quarter: Quarter): Text {
  const number = Number(quarter.slice(5))
  return t(`${quarter.slice(0, 4)}年第${quarterNames[number - 1]}季度`, `Q${number} ${quarter.slice(0, 4)}`)
}

export function spokenPeriod(period: Period): Text {
  if (isQuarter(period)) return spokenQuarter(period)
  const year = yearOf(period)
  if (isHalf(period))
    return period.endsWith('1') ? t(`${year}年上半年`, `first half of ${year}`) : t(`${year}年下半年`, `second half of ${year}`)
  return isYear(period) ? t(`${year}年`, year) : spokenMonth(period)
}

const kinds = {
  month: { name: t('月份', 'Month'), running: t('本月', 'this month') },
  quarter: { name: t('季度', 'Quarter'), running: t('本季度', 'this quarter') },
  half: { name: t('半年', 'Half-year'), running: t('本半年', 'this half-year') },
  year: { name: t('年度', 'Year'), running: t('本年', 'this year') },
}

/** A reader is told of a month, a quarter, a half-year or a year, never of a period. */
export const kindOfPeriod = (period: Period): (typeof kinds)[keyof typeof kinds] =>
  kinds[isQuarter(period) ? 'quarter' : isHalf(period) ? 'half' : isYear(period) ? 'year' : 'month']

/** Writes a score in tenths: `983` is 98.3. */
export const points = (tenths: number) => `${Math.trunc(tenths / 10)}.${tenths % 10}`
