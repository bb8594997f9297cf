import { type CellValue, type ColumnDef, type DataValidation, writeXlsx } from 'hucre/xlsx'

export interface Table {
  /** What the sheet is called. */
  name: string
  title: string
  /** What is a number is written as one where its column says how it looks. */
  columns: readonly { heading: string; width: number; choices?: readonly string[]; number?: string }[]
  rows: readonly (readonly (string | number | null)[])[]
}

/** So many empty rows offer the choices, too. */
const ROOM = 500

/** A workbook of texts, and of numbers where a column is one: what begins like a formula is a text as well, and a date stays as it is written. */
export function writeTable({ name, title, columns, rows }: Table): Promise<Uint8Array> {
  const cells: CellValue[][] = [[title], columns.map(({ heading }) => heading), ...rows.map((row) => [...row])]
  const widths: ColumnDef[] = columns.map(({ width, number = '@' }) => ({ width, style: { numFmt: number } }))
  const dataValidations = columns.flatMap(({ choices }, column): DataValidation[] =>
    choices ? [{ type: 'list', values: [...choices], range: rangeOf(column, rows.length), showErrorMessage: false, allowBlank: true }] : [],
  )
  const freezePane = { rows: 2 }
  const merges = [{ startRow: 0, startCol: 0, endRow: 0, endCol: columns.length - 1 }]
  return writeXlsx({ sheets: [{ name, columns: widths, rows: cells, merges, freezePane, dataValidations }] })
}

function rangeOf(column: number, rows: number) {
  const letter = String.fromCharCode(65 + column)
  return `${letter}3:${letter}${rows + ROOM}`
}
