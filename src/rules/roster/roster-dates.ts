import { addDays, type Day, isDay } from '../../calendar.ts'

/** A date as somebody wrote it: a day, or the reason why it is none. */
export type Read = { day: Day; isMonthOnly?: true } | { wrong: 'unreadable' | 'unclear' | 'mangled' | 'year alone' | 'out of range' }

/** Nobody joined the Party before it was founded. */
const FIRST: Day = '1921-07-01'
const LAST: Day = '2099-12-31'

const separated = /^(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})[日号]?|月?)(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AP]M)?(Z)?)?$/i
const solid = /^(\d{4})(\d{2})(\d{2})?$/
/** Two digits of a year are sure beside 年 alone: 21.7.1 may be of any century, and may begin with the day. */
const short = /^(\d{2})年(\d{1,2})月?(?:(\d{1,2})[日号]?)?$/
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const english =
  /^(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,. ]+)?(?:(\d{1,2})[-. ]([a-z]{3,9})[-., ]+|([a-z]{3,9})[-. ](\d{1,2})(?:st|nd|rd|th)?[., ]+)(\d{4})(?: 00:00.*)?$/i

/** Chinese numerals become digits: 二〇二一年七月十一日 is 2021年7月11日. */
const arabic = (text: string) =>
  text
    .replace(/[〇零○ＯOo](?=[〇零○ＯOo一二三四五六七八九年])/g, '0')
    .replace(
      /([一二三四五六七八九]?)十([一二三四五六七八九]?)(?=[年月日号])/g,
      (_, tens, ones) => `${tens ? numeral(tens) : 1}${ones ? numeral(ones) : 0}`,
    )
    .replace(/[一二三四五六七八九](?=[0-9一二三四五六七八九年月日号])/g, numeral)
const numeral = (character: string) => String('〇一二三四五六七八九'.indexOf(character))

/** A spreadsheet lost digits or the year. Or a program wrote Beijing's midnight as the afternoon before in London. */
const mangled =
  /^#+$|^\d(?:\.\d+)?e\+?\d+$|^\d{1,2}-[a-z]{3}(-\d{2})?$|^[a-z]{3}-\d{2}$|^\d{1,2}[-/.]\d{1,2}([-/.]\d{2,4})?$|^\d{2}[-/.]\d{1,2}([-/.]\d{1,2})?$|^\d{1,2}月\d{1,2}[日号]$/i

/**
 * Reads every usual form: 2021-07-01, 2021/7/1, 2021.7.1, 2021年7月1日, 二〇二一年七月一日, 20210701, 2021.07, full width, and a workbook's own
 * date number.
 */
export function readDate(cell: string | number, is1904 = false): Read {
  if (typeof cell === 'number') return fromNumber(cell, is1904)
  const text = plain(cell)
  if (/^\d{5}(\.\d+)?$/.test(text)) return fromNumber(Number(text), is1904)
  // In a list saved as CSV, 2021.10 has become 2021.1.
  if (/^\d{4}\.1$/.test(text)) return { wrong: 'unclear' }
  const [, year, month, on, isLondon] = separated.exec(text) ?? []
  if (isLondon && !/[T ]0{1,2}:00/.test(text)) return { wrong: 'mangled' }
  if (year) return dated(year, month, on)
  const [, solidYear, solidMonth, solidDay] = solid.exec(text) ?? []
  if (solidYear) return dated(solidYear, solidMonth, solidDay)
  const [, shortYear, shortMonth, shortDay] = short.exec(text) ?? []
  if (shortYear) return dated(`${Number(shortYear) < 50 ? 20 : 19}${shortYear}`, shortMonth, shortDay)
  const [, dayBefore, monthAfter, monthBefore, dayAfter, englishYear] = english.exec(text) ?? []
  const englishMonth = months.indexOf((monthAfter ?? monthBefore ?? '').slice(0, 3).toLowerCase()) + 1
  if (englishYear && englishMonth > 0) return dated(englishYear, String(englishMonth), dayBefore ?? dayAfter)
  if (/^\d{4}年?$/.test(text)) return { wrong: 'year alone' }
  return { wrong: mangled.test(text) ? 'mangled' : 'unreadable' }
}

const plain = (cell: string) =>
  arabic(
    cell
      .normalize('NFKC')
      .replace(/[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?/g, '')
      .replaceAll('元月', '1月')
      .replace(/[—–−－~_\\]/g, '-')
      .replace(/[、·•,，。]/g, '.'),
  )
    .replace(/^['‘’`]/, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([-/.年月日号]) ?/g, '$1')
    .trim()
    .replace(/^(\d{4}) (\d{1,2}) (\d{1,2})$/, '$1-$2-$3')
    .replace(/[.-]$/, '')

function dated(year: string | undefined, month = '', on: string | undefined): Read {
  if (!year) return { wrong: 'unreadable' }
  const day = `${year}-${month.padStart(2, '0')}-${(on ?? '1').padStart(2, '0')}`
  if (!isDay(day)) return { wrong: 'unreadable' }
  if (day < FIRST || day > LAST) return { wrong: 'out of range' }
  return on === undefined ? { day, isMonthOnly: true } : { day }
}

/**
 * A date cell holds its day's number since 1900 (or 1904). Typing 2021.07 or 20210701 into a plain cell leaves a number too. A
 * spreadsheet stores 2021.1 and 2021.10 as the same number.
 */
function fromNumber(number: number, is1904: boolean): Read {
  const text = String(number)
  if (/^\d{4}\.1$/.test(text)) return { wrong: 'unclear' }
  if (/^\d{2}\.\d{1,2}$/.test(text)) return { wrong: 'mangled' }
  if (/^\d{4}\.\d{1,2}$/.test(text) && number < 2100) return readDate(text)
  if (/^(\d{8}|\d{6})$/.test(text) && number > 190_000) return readDate(text)
  if (Number.isInteger(number) && number >= 1900 && number < 2100) return { wrong: 'year alone' }
  const serial = Math.floor(number) + (is1904 ? 1462 : 0)
  if (serial < 61 || serial > 100_000) return { wrong: 'unreadable' }
  const day = addDays('1899-12-30', serial)
  return day < FIRST || day > LAST ? { wrong: 'out of range' } : { day }
}
