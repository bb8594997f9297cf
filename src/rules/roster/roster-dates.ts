import { addDays, type Day, isDay } from '../../calendar.ts'

/** A date as somebody wrote it: a day, or the reason why it is none. */
export type Read = { day: Day; isMonthOnly?: true } | { wrong: 'unreadable' | 'unclear' | 'out of range' }

/** Nobody joined the Party before it was founded. */
const FIRST: Day = '1921-07-01'
const LAST: Day = '2099-12-31'

const separated = /^(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月?)(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?$/
const solid = /^(\d{4})(\d{2})(\d{2})?$/

/** Reads every usual form: 2021-07-01, 2021/7/1, 2021.7.1, 2021年7月1日, 20210701, 2021.07, full width, and a workbook's own date number. */
export function readDate(cell: string | number, is1904 = false): Read {
  if (typeof cell === 'number') return fromNumber(cell, is1904)
  const text = cell
    .normalize('NFKC')
    .replace(/[—–−]/g, '-')
    .replace(/^'/, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([-/.年月日]) ?/g, '$1')
    .trim()
  if (/^\d{5}(\.\d+)?$/.test(text)) return fromNumber(Number(text), is1904)
  const [, year, month, on] = separated.exec(text) ?? []
  const [, solidYear, solidMonth, solidDay] = year ? [] : (solid.exec(text) ?? [])
  return dated(year ?? solidYear, month ?? solidMonth, on ?? solidDay)
}

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
  if (/^\d{4}\.\d{1,2}$/.test(text) && number < 2100) return readDate(text)
  if (/^(\d{8}|\d{6})$/.test(text) && number > 190_000) return readDate(text)
  const serial = Math.floor(number) + (is1904 ? 1462 : 0)
  if (serial < 61 || serial > 100_000) return { wrong: 'unreadable' }
  const day = addDays('1899-12-30', serial)
  return day < FIRST || day > LAST ? { wrong: 'out of range' } : { day }
}
