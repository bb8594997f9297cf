import { type CellValue, type ColumnDef, type DataValidation, writeXlsx } from 'hucre/xlsx'

export interface Table {
  /** The sheet’s name. */
  name: string
  title: string
  /** A column with a `number` format holds numbers; every other holds texts. */
  columns: readonly { heading: string; width: number; choices?: readonly string[]; number?: string }[]
  rows: readonly (readonly (string | number | null)[])[]
}

/** This many empty rows offer the choices, too. */
const ROOM = 500

/**
 * Writes a workbook of texts, and of numbers where a column is one. A text that begins like a formula stays text, and a date stays as
 * written.
 */
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
