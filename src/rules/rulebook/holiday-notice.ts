import { addDays, type Day, daysBetween, isDay, weekday } from '../../calendar.ts'
import { both, type Text, t } from '../../text.ts'
import { type HolidayTable, type HolidayYear, holidayNames, holidayTable } from '../time/holidays.ts'
import { lawfulHolidays } from '../time/workdays.ts'
import { changed, extended, isChange } from './holiday-change.ts'

export interface Notice {
  year: number
  off: HolidayYear['off'][number][]
  work: Day[]
}

/**
 * Reads the State Council's notice as published (“1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班”), or in short (“2027 放假 1.1-1.3 上班 1.4”).
 * Contradictions are reported, and nothing is guessed. A notice that changes a published year says only what changes.
 */
export function readNotice(text: string, table: HolidayTable = holidayTable): { notice: Notice; wrong: Text[] } | null {
  const said = text.normalize('NFKC').replace(/\s+/gu, ' ')
  const year = yearIn(said)
  if (!year) return null
  const read = /\d月\d{1,2}日/.test(said) ? inFull(said, year) : inShort(said, year)
  const known = isChange(said) ? table[year] : undefined
  const off = [...read.off, ...(known ? extended(said, year, known) : [])]
  if (off.length === 0) return null
  const all = known ? changed(known, { off, work: read.work }) : { off, work: read.work }
  const notice = { year, off: all.off.toSorted(byDay), work: all.work.toSorted() }
  return { notice, wrong: [...read.wrong, ...contradictionsIn(notice)] }
}

const byDay = (a: { from: Day }, b: { from: Day }) => (a.from < b.from ? -1 : 1)

/** A bare year, not the year of a single date. */
const yearIn = (said: string) =>
  Number(/^\D{0,60}?(20\d{2})(?!\d)(?!年\d{1,2}月)/.exec(said)?.[1] ?? /(20\d{2})年(?!\d)/.exec(said)?.[1] ?? 0)

type Read = Notice & { wrong: Text[] }
type Span = { from: Day; to: Day }

const oneDay = String.raw`(?:(20\d{2})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^)]*)\))?`
const words = new RegExp(
  String.raw`${oneDay}(?:\s*(?:至|到|-|–|—|~)\s*${oneDay})?|(放假|补休)(?:(\d+)天)?|(上班)|共(\d+)天|(元旦|春节|清明|劳动节|端午|中秋|国庆)|(鼓励|[。;]|[一二三四五六七八九十]、)`,
  'g',
)

/** Days wait for the word that says whether they are off or worked; a full stop ends the list. */
function inFull(said: string, year: number): Read {
  const read: Read = { year, off: [], work: [], wrong: [] }
  let waiting: Span[] = []
  let given: Span[] = []
  let names: string[] = []
  for (const found of said.matchAll(words)) {
    const [whole, y1, m1, d1, w1, y2, m2, d2, w2, off, offDays, work, days, name, end] = found
    if (d1) {
      const from = dayOf(y1, m1, d1, year)
      const to = d2 ? dayOf(y2 ?? (y1 && m2 && Number(m2) >= Number(m1) ? y1 : undefined), m2 ?? m1, d2, year) : from
      if (from === null || to === null || to < from || daysBetween(from, to) > 20)
        read.wrong.push(t(`「${whole}」不是有效的日期`, `“${whole}” is no valid date`))
      else {
        waiting.push({ from, to })
        read.wrong.push(...otherWeekday(from, w1), ...(d2 ? otherWeekday(to, w2) : []))
      }
    }
    if (off) {
      read.off.push(...waiting.map((span) => ({ ...named(names), ...span })))
      if (waiting.length > 0) given = waiting
      waiting = []
    }
    if (offDays ?? days) read.wrong.push(...otherCount(given, Number(offDays ?? days)))
    if (work) {
      read.work.push(...waiting.flatMap(eachDay))
      waiting = []
    }
    if (name) names.push(name)
    if (end) [waiting, given, names] = [[], [], []]
  }
  return read
}

const shortWords = /(放假|放|休|off)|(上班|班|work)|(\d{1,2})[./](\d{1,2})(?:\s*(?:至|到|-|–|—|~)\s*(?:(\d{1,2})[./])?(\d{1,2}))?/giu

function inShort(said: string, year: number): Read {
  const read: Read = { year, off: [], work: [], wrong: [] }
  let isWork = false
  for (const [whole, off, work, m1, d1, m2, d2] of said.matchAll(shortWords)) {
    if (off || work) isWork = !off
    if (!m1) continue
    // December before January belongs to the year before.
    const from = dayOf(m2 && Number(m2) < Number(m1) ? String(year - 1) : undefined, m1, d1, year)
    const to = d2 ? dayOf(undefined, m2 ?? m1, d2, year) : from
    if (from === null || to === null || to < from || daysBetween(from, to) > 20)
      read.wrong.push(t(`「${whole}」不是有效的日期`, `“${whole}” is no valid date`))
    else if (isWork) read.work.push(...eachDay({ from, to }))
    else read.off.push({ from, to })
  }
  return read
}

function dayOf(inYear: string | undefined, month: string | undefined, date: string | undefined, year: number): Day | null {
  const two = (text = '') => text.padStart(2, '0')
  const on = `${inYear ?? year}-${two(month)}-${two(date)}`
  return isDay(on) ? on : null
}

const eachDay = ({ from, to }: Span): Day[] => Array.from({ length: daysBetween(from, to) + 1 }, (_, nth) => addDays(from, nth))

function named(names: readonly string[]): { name?: Text } {
  const known = names.flatMap((said) => holidayNames.find(({ zh }) => zh.startsWith(said)) ?? [])
  if (known.length === 0) return {}
  return { name: t(known.map(({ zh }) => zh).join('、'), known.map(({ en }) => en).join(' and ')) }
}

const weekdays = '日一二三四五六'

function otherWeekday(on: Day, inBrackets = ''): Text[] {
  const [, said] = /(?:周|星期)([一二三四五六日天])/.exec(inBrackets) ?? []
  const is = weekdays[weekday(on)] ?? ''
  return !said || said.replace('天', '日') === is
    ? []
    : [t(`${spoken(on).zh}是周${is}，不是周${said}`, `${spoken(on).en} is not the day of the week that is said`)]
}

function otherCount(given: readonly Span[], said: number): Text[] {
  const days = given.flatMap(eachDay).length
  if (days === 0 || days === said) return []
  const from = spoken(given[0]?.from ?? '')
  return [t(`${from.zh}起的假期是 ${days} 天，不是 ${said} 天`, `the holiday from ${from.en} on has ${days} days, not ${said}`)]
}

const spoken = (on: Day): Text => both((l) => (l === 'zh' ? `${Number(on.slice(5, 7))}月${Number(on.slice(8))}日` : on))

/** Spring Festival alone is longer than this. */
const FEWEST_DAYS_OFF = 11
const MOST_DAYS_OFF = 45

function contradictionsIn({ year, off, work }: Notice): Text[] {
  const days = off.flatMap(eachDay)
  const isOff = new Set(days)
  const wrong: Text[] = []
  for (const on of [...days, ...work])
    if (Number(on.slice(0, 4)) !== year && !on.startsWith(`${year - 1}-12`))
      wrong.push(t(`${on} 不在 ${year} 年的安排里`, `${on} is not of ${year}`))
  for (const on of work) {
    const { zh, en } = spoken(on)
    if (isOff.has(on)) wrong.push(t(`${zh}既放假又上班`, `${en} is both off and worked`))
    else if (weekday(on) % 6 !== 0) wrong.push(t(`${zh}本来就上班，不是调休`, `${en} is worked anyway`))
  }
  const missing = [...lawfulHolidays].map((each) => `${year}-${each}`).filter((on) => !isOff.has(on))
  if (missing.length > 0)
    wrong.push(
      t(`缺少法定假日 ${missing.map((on) => spoken(on).zh).join('、')}`, `days that are off by law are missing: ${missing.join(', ')}`),
    )
  if (isOff.size < days.length) wrong.push(t('有的日子写了两次', 'some days are said twice'))
  if (days.length < FEWEST_DAYS_OFF || days.length > MOST_DAYS_OFF)
    wrong.push(t(`全年放假 ${days.length} 天，不像完整的安排`, `${days.length} days off in all do not look like a whole year`))
  return wrong
}
