import { refuse } from '../refusal.ts'

/** Text as it was written, or a number; a date in a workbook is the number of its day. */
export type Cell = string | number

export interface Row {
  /** The row’s number in the spreadsheet, from 1. */
  at: number
  /** Empty cells are undefined. */
  cells: (Cell | undefined)[]
}

export interface Sheet {
  /** The name on its tab; a CSV file has none. */
  name?: string
  rows: Row[]
  /** Areas shown as one cell, such as `B3:B7`. */
  merges: string[]
  /** The workbook counts its days from 1904. */
  is1904?: boolean
}

/** No roster has more columns; cells to the right of these are not read. */
export const widest = 60
const MOST_MERGED = 50_000

export function tooManyRows(at: number): never {
  return refuse(
    `从第 ${at} 行起太多了，一次最多 10000 人；请分成几个文件发。`,
    `From row ${at} on it is too much: at most 10,000 people at a time; please send several files.`,
  )
}

/** Excel’s own limit. */
const LONGEST_CELL = 32_767

/** The text of a cell, refused when no spreadsheet could hold it. */
export function cellText(text: string): string {
  return text.length <= LONGEST_CELL
    ? text
    : refuse(
        '有一格的文字太长（超过 32767 个字符），没有读取；请改短再发。',
        'A cell of this file is too long (over 32,767 characters); please shorten it and send the file again.',
      )
}

/** The column of a cell’s reference, from 0: `C12` is column 2. */
export function columnOf(reference: string): number | undefined {
  const [letters] = /^[A-Z]{1,3}/.exec(reference) ?? []
  if (!letters) return undefined
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

interface Area {
  left: number
  right: number
  top: number
  bottom: number
}

/** The limits of a sheet, Excel’s own. */
export const ROWS = 1_048_576
const COLUMNS = 16_384

/** A reference of another form gives null. One that runs backwards or beyond the sheet is refused: it would never end. */
function areaOf(reference: string): Area | null {
  const [, from = '', top = '', to = '', bottom = ''] = /^([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)$/.exec(reference) ?? []
  const [left, right] = [columnOf(from), columnOf(to)]
  if (left === undefined || right === undefined) return null
  const area = { left, right, top: Number(top), bottom: Number(bottom) }
  const isInside = right < COLUMNS && area.top >= 1 && area.bottom <= ROWS
  if (!isInside || right < left || area.bottom < area.top)
    refuse(
      '这个文件里合并单元格的范围不对，没有读取；请另存为 .xlsx 再发。',
      'The merged cells of this file are broken and it was not read; please save it as .xlsx again and resend it.',
    )
  return area
}

/** A merged area says the same for each of its cells, such as a group’s name beside all its members. */
export function filledByMerges(sheet: Sheet): Sheet {
  const rows = new Map(sheet.rows.map((row) => [row.at, row]))
  let filled = 0
  for (const area of sheet.merges.map(areaOf)) {
    const said = area ? rows.get(area.top)?.cells[area.left] : undefined
    if (!area || said === undefined) continue
    for (let at = area.top; at <= area.bottom && filled < MOST_MERGED; at++)
      for (let column = area.left; column <= Math.min(area.right, widest); column++, filled++) {
        const cells = rows.get(at)?.cells
        if (cells) cells[column] = said
      }
  }
  return sheet
}
