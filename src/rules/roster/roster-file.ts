import type { Day } from '../../calendar.ts'
import { literal, type Text, t, withoutFormat } from '../../text.ts'
import type { SeatRole } from '../branches/rights.ts'
import { type DateField, dateFields, dateNames, type Stage } from './names.ts'
import { type Columns, type Field, isHeading } from './roster-columns.ts'
import { readDate } from './roster-dates.ts'

/** A person from one row; missing fields are those the row leaves open. */
export type Listed = {
  /** The row's number in the spreadsheet. */
  row: number
  name: string
  stage?: Stage
  /** Offices in the branch; empty when the row says that there are none. */
  seats?: SeatRole[]
  group?: string
  isAway?: boolean
} & Partial<Record<DateField, Day>>

export interface Wrong {
  row: number
  name: string
  why: Text
}

type Cell = string | number | undefined
type ReadRow = { person: Listed; isMonthOnly: boolean } | { wrong: Wrong } | null

const LONGEST_NAME = 30

/** Reads one row. Null for a row without a name and without facts, a repeated heading, or a line of totals. */
export function readRow(row: number, cells: readonly Cell[], columns: Columns, today: Day): ReadRow {
  const said = (field: Field) => textOf(cells[columns.at[field] ?? -1])
  const name = nameIn(said('name'))
  if (isHeading(cells, columns)) return null
  if (name === '') return saysNothing(cells, columns) ? null : { wrong: { row, name, why: t('缺姓名', 'no name') } }
  if (isRemark(cells, columns)) return null
  const wrong = (why: Text): ReadRow => ({ wrong: { row, name: [...name].slice(0, LONGEST_NAME).join(''), why } })
  if (!isName(name)) return wrong(t('不像姓名', 'does not look like a name'))

  const dates = datesIn(cells, columns, today)
  if ('why' in dates) return wrong(dates.why)
  const stage = stageIn(said('stage'))
  if (stage === null) return wrong(unknown('阶段', 'stage', said('stage'), '正式党员、预备党员、发展对象、积极分子、申请人'))
  const seats = seatsIn(said('seats'))
  if (seats === null) return wrong(unknown('职务', 'seat', said('seats'), '书记、副书记、组织委员、宣传委员、纪检委员、委员、党小组长'))
  const isAway = awayIn(said('away'), columns.isAboutAbsence)
  if (isAway === null) return wrong(unknown('在位情况', 'presence', said('away'), '在位、不在位'))
  const group = said('group')
  if ([...group].length > LONGEST_NAME) return wrong(t('党小组名称太长', 'the name of the group is too long'))

  const person: Listed = { row, name, ...dates.days }
  if (stage) person.stage = stage
  if (seats) person.seats = seats
  if (group && group !== '无') person.group = group
  if (isAway !== undefined) person.isAway = isAway
  const contradiction = contradictionIn(person)
  return contradiction ? wrong(contradiction) : { person, isMonthOnly: dates.isMonthOnly }
}

/** One line, with full-width letters and digits made half-width. */
const textOf = (cell: Cell): string =>
  withoutFormat(String(cell ?? ''))
    .normalize('NFKC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()

/** Names of two characters are often spread to the width of three. */
export const nameIn = (text: string) => textOf(text).replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
const isName = (name: string) => [...name].length <= LONGEST_NAME && /^\p{L}[\p{L}\p{M}·•・.’' -]*$/u.test(name)

const saysNothing = (cells: readonly Cell[], { at }: Columns) => Object.values(at).every((column) => textOf(cells[column]) === '')

/** A single line across or under the table, such as its author or the number of people. */
function isRemark(cells: readonly Cell[], { at }: Columns): boolean {
  const { name: column = 0, ...rest } = at
  const name = textOf(cells[column])
  const others = Object.values(rest).map((one) => textOf(cells[one]))
  const isAcross = others.length > 1 && others.every((text) => text === name)
  return isAcross || (/^(填表|制表|审核|联系|备注|说明|注:|合计|总计|共计)/.test(name) && others.every((text) => text === ''))
}

/** The marks that people write for an empty cell. */
const isNothing = (text: string) => /^(无|-+|—+|\/|n\/?a|none)$/i.test(text)

function datesIn(
  cells: readonly Cell[],
  columns: Columns,
  today: Day,
): { days: Partial<Record<DateField, Day>>; isMonthOnly: boolean } | { why: Text } {
  const days: Partial<Record<DateField, Day>> = {}
  let isMonthOnly = false
  for (const field of dateFields) {
    const cell = cells[columns.at[field] ?? -1]
    const text = textOf(cell)
    if (cell === undefined || text === '' || isNothing(text)) continue
    const read = readDate(cell, columns.is1904)
    if ('wrong' in read) return { why: wrongDate(dateNames[field], text, read.wrong) }
    if (read.day > today) return { why: wrongDate(dateNames[field], text, 'to come') }
    days[field] = read.day
    isMonthOnly ||= read.isMonthOnly ?? false
  }
  return { days, isMonthOnly }
}

const wrongs = {
  unreadable: t('看不懂，请写成 2021-07-01', 'cannot be read; please write 2021-07-01'),
  unclear: t('可能是 1 月也可能是 10 月，请写成 2021-10-01', 'may be January or October; please write 2021-10-01'),
  'out of range': t('不在 1921 年 7 月之后', 'is not after July 1921'),
  'to come': t('还没有到', 'is yet to come'),
}

function wrongDate(what: Text, said: string, why: keyof typeof wrongs): Text {
  return t(`${what.zh}「${shortened(said)}」${wrongs[why].zh}`, `${what.en} “${shortened(said)}” ${wrongs[why].en}`)
}

const unknown = (zh: string, en: string, said: string, choices: string): Text =>
  t(`${zh}「${shortened(said)}」不认识，可写：${choices}`, `${en} “${shortened(said)}” is not known; known are: ${choices}`)

const shortened = (said: string) => literal([...said].length > 16 ? `${[...said].slice(0, 15).join('')}…` : said)

const stageWords: [RegExp, Stage][] = [
  [/^(中共)?(正式)?党员$|^正式$|^full( member)?$/i, 'full'],
  [/^(中共)?预备(党员)?$|^probationer$/i, 'probationer'],
  [/^发展对象$|^prospect$/i, 'prospect'],
  [/^(入党)?积极分子$|^activist$/i, 'activist'],
  [/^(入党)?申请人$|^申请入党人?$|^applicant$/i, 'applicant'],
]

/** Undefined when the cell is empty, null when it is not understood. */
function stageIn(text: string): Stage | undefined | null {
  if (text === '' || isNothing(text)) return undefined
  return stageWords.find(([pattern]) => pattern.test(text.replace(/[（(].*$/, '').trim()))?.[1] ?? null
}

const seatWords: [RegExp, SeatRole][] = [
  [/^(党?支部)?书记$|^secretary$/i, 'secretary'],
  [/^(党?支部)?副书记$|^deputy( secretary)?$/i, 'deputy'],
  [/^(支部)?组织委员$|^organi[sz]ation$/i, 'organisation'],
  [/^(支部)?宣传委员$|^publicity$/i, 'publicity'],
  [/^(支部)?纪检委员$|^discipline$/i, 'discipline'],
  [/^(支部)?委员$|^支委(会?委员)?$|^committee member$/i, 'committeeMember'],
  [/^(党?小)?组长$|^leader$/i, 'leader'],
]

function seatsIn(text: string): SeatRole[] | undefined | null {
  if (text === '') return undefined
  if (isNothing(text) || /^(普通)?(党员|群众)$/.test(text)) return []
  const roles = text.split(/[、,，;；/兼和&]|\band\b/).map((one) => seatWords.find(([pattern]) => pattern.test(one.trim()))?.[1])
  return roles.includes(undefined) ? null : [...new Set(roles as SeatRole[])]
}

function awayIn(text: string, isAboutAbsence: boolean): boolean | undefined | null {
  if (text === '' || isNothing(text)) return undefined
  if (/^(是|y|yes|true|1|√)$/i.test(text)) return isAboutAbsence
  if (/^(否|n|no|false|0|×)$/i.test(text)) return !isAboutAbsence
  if (/^(在|在位|在岗|在职|正常|in place)$/i.test(text)) return false
  return /^(不在|不在位|不在岗|外出|流动|流出|流动党员|人不在|关系在人不在|away)$/i.test(text.replace(/[、,， ]/g, '') || text)
    ? true
    : null
}

/** Only full members hold a seat, and each step towards membership comes after the last. */
function contradictionIn(person: Listed): Text | null {
  if (person.seats?.length && person.stage && person.stage !== 'full')
    return t('只有正式党员才能担任职务', 'only full members may hold a seat')
  if (person.seats?.includes('leader') && !person.group) return t('党小组长要写明党小组', 'a group’s leader needs the group')
  const days = dateFields.flatMap((field) => person[field] ?? [])
  return days.some((day, i) => day < (days[i - 1] ?? '')) ? t('日期先后不对', 'the dates are out of order') : null
}
