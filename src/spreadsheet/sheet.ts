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

/** The column of a cell’s reference, from 0: `C12` is column 2. */
export function columnOf(reference: string): number | undefined {
  const [letters] = /^[A-Z]{1,3}/.exec(reference) ?? []
  if (!letters) return undefined
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

/** A merged area says the same for each of its cells, such as a group’s name beside all its members. */
export function filledByMerges(sheet: Sheet): Sheet {
  const rows = new Map(sheet.rows.map((row) => [row.at, row]))
  let filled = 0
  for (const merge of sheet.merges) {
    const [from = '', to = ''] = merge.split(':')
    const [left, right] = [columnOf(from), columnOf(to)]
    const [top, bottom] = [Number(/\d+$/.exec(from)?.[0]), Number(/\d+$/.exec(to)?.[0])]
    const said = left === undefined ? undefined : rows.get(top)?.cells[left]
    if (said === undefined || left === undefined || right === undefined) continue
    for (let at = top; at <= bottom && filled < MOST_MERGED; at++)
      for (let column = left; column <= Math.min(right, widest); column++, filled++) {
        const cells = rows.get(at)?.cells
        if (cells) cells[column] = said
      }
  }
  return sheet
}
