import type { Day } from '../../calendar.ts'
import { literal, type Text, t } from '../../text.ts'
import type { SeatRole } from '../branches/rights.ts'
import { isNothing, isTick, textOf } from './cell-words.ts'
import { type Field, notFull } from './heading-words.ts'
import { type DateField, dateFields, dateNames, type Stage } from './names.ts'
import { isName, LONGEST_NAME, type Note, nameIn, partsOf } from './person-words.ts'
import { awayIn, hasLeft } from './presence-words.ts'
import { type Column, type Columns, nameColumn } from './roster-columns.ts'
import { readDate } from './roster-dates.ts'
import { onlyText, remark, type Section } from './roster-sections.ts'
import { type Statement, stageOf } from './roster-stage.ts'
import { seatsIn } from './seat-words.ts'
import { type Stages, stagesIn } from './stage-words.ts'

/** A person from one row; missing fields are those the row leaves open. */
export type Listed = {
  /** The row's number in the spreadsheet. */
  row: number
  name: string
  stage?: Stage
  /** The stages that the row leaves possible where it does not say one. */
  among?: Stages
  /** The question about somebody whose stage neither row nor roster says. */
  ask?: Text
  /** Offices in the branch; empty when the row says that there are none. */
  seats?: SeatRole[]
  group?: string
  isAway?: boolean
  /** The branch that the row names. */
  branch?: string
} & Partial<Record<DateField, Day>>

export interface Wrong {
  row: number
  name: string
  why: Text
}

type Cell = string | number | undefined
export type ReadRow = { person: Listed; isMonthOnly: boolean; jobs: readonly string[] } | { wrong: Wrong } | null

/** Reads one row. Null for a row without a name and without facts, a repeated heading, a signature or a line of totals. */
export function readRow(row: number, cells: readonly Cell[], columns: Columns, today: Day, section: Section = {}): ReadRow {
  const cellOf = (field: Field) => cells[columns.at[field]?.column ?? -1]
  const said = (field: Field) => textOf(cellOf(field))
  const written = nameIn(String(cellOf('name') ?? ''))
  if (nameColumn(cells) === columns.at.name?.column && columns.at.name !== undefined) return null
  if (isRemark(cells, columns)) return null
  if (written === '') return saysNothing(cells, columns) ? null : { wrong: { row, name: '', why: t('缺姓名', 'no name') } }
  const { name, note } = partsOf(written)
  const wrong = (why: Text): ReadRow => ({ wrong: { row, name: [...name].slice(0, LONGEST_NAME).join(''), why } })
  if (!isName(name)) return wrong(t('不像姓名', 'does not look like a name'))

  const read = datesIn(cells, columns, today)
  if ('why' in read) return wrong(read.why)
  const statements = statementsIn(cells, columns, section, note, read.ticks)
  if ('why' in statements) return wrong(statements.why)
  const judged = stageOf({ statements: statements.all, days: read.days, doubt: section.doubt, isEmpty: hasStages(columns), today })
  if ('why' in judged) return wrong(judged.why)
  const seats = seatsIn(said('seats')) ?? seatsIn(note.seats ?? '')
  const isExact = (columns.at.seats?.exact ?? 0) > 1
  const odd = isExact ? seats?.others.find((one) => /书记|组长/.test(one) && !/党委|总支|党组|纪委|团|原|曾|前/.test(one)) : undefined
  if (odd) return wrong(unknown('职务', 'seat', odd, '书记、副书记、组织委员、宣传委员、纪检委员、委员、党小组长'))
  const left = [said('away'), said('remark')].find((text) => hasLeft.test(text))
  if (left) return wrong(t(`写着「${shortened(left)}」，不再加入名单`, `is said to be “${shortened(left)}” and is not added`))
  const away = awayIn(said('away'), columns.at.away)
  if (away === null) return wrong(unknown('在岗情况', 'presence', said('away'), '在岗、外出'))
  const isAway = away ?? note.isAway
  const inColumn = isNothing(said('group')) ? '' : groupNamed(said('group'))
  const group = inColumn || seats?.group || section.group
  if ([...(group ?? '')].length > LONGEST_NAME) return wrong(t('党小组名称太长', 'the name of the group is too long'))

  // Among jobs, 组长 without a group is a foreman.
  if (seats && !isExact && !group && seats.roles.includes('leader')) {
    seats.roles = seats.roles.filter((role) => role !== 'leader')
    seats.others.push('组长')
  }
  const person: Listed = { row, name, ...read.days }
  if (judged.stage) person.stage = judged.stage
  if (judged.among) person.among = judged.among
  if (judged.ask) person.ask = judged.ask
  // A job alone says nothing about offices of the branch.
  if (seats && (seats.roles.length > 0 || seats.others.length === 0)) person.seats = seats.roles
  if (group) person.group = group
  if (isAway !== undefined) person.isAway = isAway
  if (said('branch')) person.branch = said('branch')
  const contradiction = contradictionIn(person)
  return contradiction ? wrong(contradiction) : { person, isMonthOnly: read.isMonthOnly, jobs: seats?.others ?? [] }
}

/** A number alone is a group's number: 2 is 第二党小组. */
function groupNamed(text: string): string {
  const nth = numerals.indexOf(text) === -1 ? Number(text) : numerals.indexOf(text) + 1
  return /^(\d{1,2}|[一二三四五六七八九十])$/.test(text) && nth >= 1 && nth <= 10 ? `第${numerals[nth - 1]}党小组` : text
}
const numerals = '一二三四五六七八九十'

/** A list about development, or with stages, is no list of full members alone. */
const hasStages = ({ stages, at }: Columns) => stages.length > 0 || Boolean(at.appliedOn ?? at.activistOn ?? at.prospectOn)

const saysNothing = (cells: readonly Cell[], { at }: Columns) =>
  Object.values(at).every((column) => ['', '0'].includes(textOf(cells[column.column])) || column.field === 'remark')

const total = /^(合计|总计|共计|小计|总人数|人数|total)/i

/** A line across or under the table, such as its author or the number of people. A signature may be spread over several cells. */
function isRemark(cells: readonly Cell[], { at }: Columns): boolean {
  const name = nameIn(String(cells[at.name?.column ?? -1] ?? ''))
  const before = cells.slice(0, at.name?.column ?? 0).map(textOf)
  if (remark.test(name) || before.some((text) => total.test(text)) || onlyText(cells)?.isAcross) return true
  if (name !== '') return false
  const texts = [...cells].map((cell) => textOf(cell).replace(/\s+/g, '')).filter((text) => text !== '')
  const isDated = texts.length === 1 && /^\d{4}年\d{1,2}月\d{1,2}日$/.test(texts[0] ?? '')
  return isDated || texts.some((text) => remark.test(text) || /(签字|签名|盖章|签章)[)）]?[:：]?/.test(text))
}

function datesIn(
  cells: readonly Cell[],
  columns: Columns,
  today: Day,
): { days: Partial<Record<DateField, Day>>; isMonthOnly: boolean; ticks: Statement[] } | { why: Text } {
  const days: Partial<Record<DateField, Day>> = {}
  const ticks: Statement[] = []
  let isMonthOnly = false
  for (const [i, field] of dateFields.entries()) {
    const column = columns.at[field]
    const cell = cells[column?.column ?? -1]
    const text = textOf(cell)
    if (!column || cell === undefined || text === '' || isNothing(text) || /^[否×]$/.test(text)) continue
    if (column.mayTick && isTick(text)) {
      ticks.push({ said: `${column.heading} ${text}`, stages: [ofDates[i] as Stage] })
      continue
    }
    if (field === 'fullOn' && /^(尚|还|暂)?(未|没有?|待)(到期|转正|转)?$|^预备(期|党员)?(中|内)?$/.test(text)) {
      ticks.push({ said: `${column.heading} ${text}`, stages: notFull })
      continue
    }
    const read = readDate(cell, columns.is1904)
    if ('wrong' in read) return { why: wrongDate(dateNames[field], text, read.wrong) }
    if (read.day > today) return { why: wrongDate(dateNames[field], text, 'to come') }
    days[field] = read.day
    isMonthOnly ||= read.isMonthOnly ?? false
  }
  return { days, isMonthOnly, ticks: ticks.slice(-1) }
}

const ofDates: readonly Stage[] = ['applicant', 'activist', 'prospect', 'probationer', 'full']

/** All words about a row's stage, in its columns, behind its name, in its remark and in the line above. */
function statementsIn(
  cells: readonly Cell[],
  { stages: columns, at }: Columns,
  section: Section,
  note: Note,
  ticks: readonly Statement[],
): { all: Statement[] } | { why: Text } {
  const all: Statement[] = []
  for (const column of columns) {
    const text = textOf(cells[column.column])
    if (text === '' || /^(-+|—+|\/)$/.test(text)) continue
    const stages = column.yes ? answerIn(text, column) : stagesIn(text)
    if (stages === null) return { why: unknown('阶段', 'stage', text, '正式党员、预备党员、发展对象、积极分子、申请人') }
    if (stages) all.push({ said: column.yes ? `${column.heading} ${text}` : text, stages })
  }
  if (note.stages) all.push({ said: '姓名后的括号', stages: note.stages })
  const beside = textOf(cells[at.remark?.column ?? -1])
  const remarked = stagesIn(beside)
  if (remarked) all.push({ said: beside, stages: remarked })
  if (section.stage) all.push(section.stage)
  return { all: [...all, ...ticks] }
}

const answerIn = (text: string, { yes, no }: Column): Stages | undefined | null => {
  if (isTick(text)) return yes
  return /^(否|不是|没有|n|no|false|0|×|未)$/i.test(text) ? no : stagesIn(text)
}

const wrongs = {
  unreadable: t('看不懂，请写成 2021-07-01', 'cannot be read; please write 2021-07-01'),
  unclear: t('可能是 1 月也可能是 10 月，请写成 2021-10-01', 'may be January or October; please write 2021-10-01'),
  mangled: t(
    '像被表格软件改过，年月日不全或先后不明，请写成 2021-07-01',
    'seems changed by a spreadsheet program; please write 2021-07-01',
  ),
  'year alone': t('只有年份，请写成 2021-07-01', 'is a year alone; please write 2021-07-01'),
  'out of range': t('不在 1921 年 7 月之后', 'is not after July 1921'),
  'to come': t('还没有到', 'is yet to come'),
}

function wrongDate(what: Text, said: string, why: keyof typeof wrongs): Text {
  return t(`${what.zh}「${shortened(said)}」${wrongs[why].zh}`, `${what.en} “${shortened(said)}” ${wrongs[why].en}`)
}

const unknown = (zh: string, en: string, said: string, choices: string): Text =>
  t(`${zh}「${shortened(said)}」不认识，可写：${choices}`, `${en} “${shortened(said)}” is not known; known are: ${choices}`)

const shortened = (said: string) => literal([...said].length > 16 ? `${[...said].slice(0, 15).join('')}…` : said)

/** Only full members hold a seat, and each step towards membership comes after the last. */
function contradictionIn(person: Listed): Text | null {
  const stage = person.stage ?? (person.among?.includes('full') === false ? person.among[0] : undefined)
  if (person.seats?.length && stage && stage !== 'full') return t('只有正式党员才能担任职务', 'only full members may hold a seat')
  if (person.seats?.includes('leader') && !person.group) return t('党小组长要写明党小组', 'a group’s leader needs the group')
  const days = dateFields.flatMap((field) => person[field] ?? [])
  return days.some((day, i) => day < (days[i - 1] ?? '')) ? t('日期先后不对', 'the dates are out of order') : null
}
