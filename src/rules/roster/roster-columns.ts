import { literal, type Text, t } from '../../text.ts'
import type { Field, Meaning } from './heading-words.ts'
import { heading, isAboutOthers, meaningOf } from './roster-headings.ts'
import { seatsIn } from './seat-words.ts'
import { stagesIn, stagesInTitle } from './stage-words.ts'

type Cells = readonly (string | number | undefined)[]
export interface RowOfCells {
  at: number
  cells: Cells
}

/** A column that is read, with its heading as it was written. */
export interface Column extends Meaning {
  column: number
  heading: string
}

export interface Columns {
  /** The column of each field. Stages have several: they must agree. */
  at: Partial<Record<Field, Column>>
  stages: readonly Column[]
  /** Headings of columns that are not read. */
  unread: readonly string[]
  /** The title above, where it speaks of a stage. */
  title?: string
  /** The workbook counts its days from 1904, as files from old Macs do. */
  is1904?: boolean
}

export interface Found {
  /** The first row of people. */
  first: number
  columns: Columns
  /** A list may be printed in several parts side by side, each `every` columns after the other. */
  parts: { many: number; start: number; every: number }
}

const LONGEST_NAME = 40

/** Most cells are no heading: looking at each closely would take seconds in a long list. */
const isName = (cell: Cells[number]) =>
  typeof cell === 'string' && cell.length <= LONGEST_NAME && /名|name/i.test(cell) && meaningOf(cell)?.field === 'name'
export const nameColumn = (cells: Cells): number => {
  const names = [...cells].flatMap((cell, column) => (isName(cell) ? [{ column, exact: meaningOf(cell)?.exact ?? 0 }] : []))
  return names.sort((a, b) => b.exact - a.exact || a.column - b.column)[0]?.column ?? -1
}

/** A row without a name may state a stage, and is no heading for it. */
const isHeading = (cell: Cells[number]) => meaningOf(cell) !== null && !stagesIn(heading(cell))

/** Titles may come above the heading; a heading of several lines ends where names begin. */
const DEEPEST_HEADING = 30

/** Finds the first row of people and the meaning of each column; null when no column holds names. */
export function findColumns(rows: readonly RowOfCells[], from = 0): Found | null {
  const top = rows.slice(from, from + DEEPEST_HEADING).findIndex(({ cells }) => nameColumn(cells) !== -1) + from
  if (top < from) return null
  const names = nameColumn(rows[top]?.cells ?? [])
  // In a file without merged cells, the lower line of a heading leaves the name's cell empty.
  const goesOn = (cells: Cells) => isName(cells[names]) || (heading(cells[names]) === '' && [...cells].some(isHeading))
  let last = top
  while (last - top < DEEPEST_HEADING && goesOn(rows[last + 1]?.cells ?? [])) last++
  // The upper line may be above the one with the names: 基本情况 over 姓名, 发展情况 over 入党时间.
  const isUpper = (cells: Cells) => new Set([...cells].filter((cell) => heading(cell) !== '').map(heading)).size > 1
  const above = rows[top - 1]?.cells ?? []
  const lines = [
    ...(top > from && isUpper(above) && [...above].every((cell) => typeof cell !== 'number') ? [above] : []),
    ...rows.slice(top, last + 1).map(({ cells }) => cells),
  ]
  const body = rows.slice(last + 1, last + 1 + SAMPLE).map(({ cells }) => cells)
  const parts = partsOf(rows[top]?.cells ?? [])
  const columns = columnsIn(lines, body, parts)
  const title = titleIn(rows.slice(from, top).flatMap(({ cells }) => [...new Set([...cells])].map((cell) => String(cell ?? ''))))
  return { first: last + 1, columns: title ? { ...columns, title } : columns, parts }
}

export const titleIn = (titles: readonly string[]): string | undefined =>
  titles.find((text) => text.length <= 60 && stagesInTitle(text) !== undefined)

/** This many rows show whether a column holds what its heading may mean. */
const SAMPLE = 300

/** Parts side by side have the same headings. */
function partsOf(cells: Cells): Found['parts'] {
  const names = [...cells].flatMap((cell, column) => (isName(cell) ? [column] : []))
  const [first = 0, second = 0] = names
  const every = second - first
  if (names.length < 2 || every < 2) return { many: 1, start: 0, every: 0 }
  const start = first - (heading(cells[second - 1]) === heading(cells[first - 1]) ? 1 : 0)
  const isSame = (part: number) =>
    Array.from({ length: every }, (_, i) => i + start).every((at) => heading(cells[at]) === heading(cells[at + part * every]))
  let many = 1
  while (many < names.length && isSame(many)) many++
  return { many, start, every }
}

function columnsIn(lines: readonly Cells[], body: readonly Cells[], { many, start, every }: Found['parts']): Columns {
  const widest = Math.max(...lines.map((cells) => cells.length))
  const columns: Column[] = []
  const unread: string[] = []
  for (let column = 0; column < widest; column++) {
    const texts = lines
      .map((cells) => cells[column])
      .filter((cell, i, all) => heading(cell) !== '' && heading(cell) !== heading(all[i - 1]))
    const meaning = proved(meaningIn(texts), body, column)
    const said = String(texts.at(-1) ?? '').trim()
    if (meaning) columns.push({ ...meaning, column, heading: said })
    else if (said !== '' && !/^(序号|编号|备注|no\.?)$/i.test(said)) unread.push(said)
  }
  const at: Columns['at'] = {}
  for (const one of columns) {
    const before = at[one.field]
    if (before && before.exact >= one.exact) continue
    at[one.field] = one
  }
  // In a list of a company's staff, 转正 is the end of the trial period.
  const isOfStaff = lines.flat().some((cell) => /^(入职|到职|试用期|合同)/.test(heading(cell)))
  const full = at.fullOn
  if (full && isOfStaff && !at.probationerOn && /^转正/.test(heading(full.heading))) delete at.fullOn
  const isInFirst = ({ column }: Column) => many === 1 || column < start + every
  const stages = columns.filter((one) => one.field === 'stage' && isInFirst(one)).sort((a, b) => b.exact - a.exact)
  const left = columns.filter((one) => one.field !== 'stage' && at[one.field] !== one && isInFirst(one))
  const dropped = full && !at.fullOn ? [full.heading] : []
  return { at, stages, unread: [...new Set([...unread, ...left.map((one) => one.heading), ...dropped])] }
}

/** The lower line of a heading is more exact. Alone it may say too little: 转正 over 时间 is the time of conversion. */
function meaningIn(texts: Cells): Meaning | null {
  const [upper, lower] = [texts.at(-2), texts.at(-1)]
  if (lower === undefined) return null
  if (upper === undefined) return meaningOf(lower)
  if (isAboutOthers(upper)) return null
  const isBare = /^(具体)?(日期|时间|年月|年月日|名称|类别|情况|时间点)$/.test(heading(lower))
  return meaningOf(lower) ?? meaningOf(`${upper}${lower}`) ?? (isBare ? meaningOf(upper) : null)
}

/** 党员状态 may be about presence or about the stage: the values tell. */
function proved(meaning: Meaning | null, body: readonly Cells[], column: number): Meaning | null {
  if (!meaning?.isProvedByValues) return meaning
  const cells = body.map((row) => row[column])
  const asStage: Meaning = { field: 'stage', exact: 2, isProvedByValues: true }
  const readings = meaning.field === 'away' ? [meaning, asStage] : [meaning]
  return readings.find((one) => isProved(one, cells)) ?? null
}

/** A heading that may mean something else needs a cell that says a stage, an office or a presence. */
function isProved({ field }: Meaning, cells: Cells): boolean {
  const said = cells
    .map((cell) =>
      String(cell ?? '')
        .normalize('NFKC')
        .trim(),
    )
    .filter((text) => text !== '')
  if (field === 'stage') return said.some((text) => stagesIn(text))
  if (field === 'seats') {
    const seats = said.map(seatsIn)
    return seats.some((one) => one && (one.roles.length > 0 || one.others.length === 0))
  }
  return said.some((text) => /在|外出|流动|流出|转出|去世|失联|停止|出党|正常|是|否/.test(text))
}

/** The note about columns that were not read, so that nobody believes they were. */
export function unreadNote(unread: readonly string[]): Text | null {
  if (unread.length === 0) return null
  const shown = unread
    .slice(0, MOST_UNREAD)
    .map((one) => ([...one].length > 12 ? `${[...one].slice(0, 11).join('')}…` : one).replace(/\s+/g, ' '))
  const [zh, en] = [literal(shown.join('、')), literal(shown.join(', '))]
  return unread.length > MOST_UNREAD
    ? t(`没有读取的列：${zh} 等 ${unread.length} 列`, `Columns not read: ${en} and others, ${unread.length} in all`)
    : t(`没有读取的列：${zh}`, `Columns not read: ${en}`)
}

const MOST_UNREAD = 12
