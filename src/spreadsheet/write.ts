import { type Cell, type CellStyle, type CellValue, type ColumnDef, type DataValidation, writeXlsx } from 'hucre/xlsx'

export interface Table {
  /** The sheet’s name. */
  name: string
  title: string
  /** A line under the title, in small letters: how to fill the form in. */
  hint?: string
  columns: readonly TableColumn[]
  rows: readonly (readonly (string | number | null)[])[]
  /** Empty lines at the end, to write on. */
  blanks?: number
}

/** A column with a `number` format holds numbers; every other holds texts. */
interface TableColumn {
  heading: string
  /** In front of the heading, for the machine that reads the table again: there, and out of sight. */
  key?: string
  width: number
  choices?: readonly string[]
  number?: string
  /** Keys that a person has no use for. The column is in the file, and hidden. */
  isHidden?: boolean
}

/** This many empty rows offer the choices, too. */
const ROOM = 500

/**
 * Writes a workbook of texts, and of numbers where a column is one. A text that begins like a formula stays text, and a date stays as
 * written. It prints as a form: A4 across, as wide as the page, title and headings on each.
 */
export function writeTable({ name, title, hint, columns, rows, blanks = 0 }: Table): Promise<Uint8Array> {
  const headings = columns.map(({ key, heading }) => (key ? `${key} ${heading}` : heading))
  const empty = Array.from({ length: blanks }, () => columns.map(() => null))
  const cells: CellValue[][] = [[title], headings, ...rows.map((row) => [...row]), ...empty]
  const dataValidations = columns.flatMap(({ choices }, column): DataValidation[] =>
    choices ? [{ type: 'list', values: [...choices], range: rangeOf(column, rows.length), showErrorMessage: false, allowBlank: true }] : [],
  )
  return writeXlsx({
    sheets: [
      {
        name,
        columns: columns.map(columnOf),
        rows: cells,
        cells: headOf({ title, hint, columns }),
        rowDefs: new Map<number, { height: number }>([
          [0, { height: hint ? 52 : 36 }],
          [1, { height: heightOf(columns) }],
          ...[...rows, ...empty].map((row, i): [number, { height: number }] => [i + 2, { height: rowHeight(row, columns) }]),
        ]),
        merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: columns.length - 1 }],
        freezePane: { rows: 2 },
        dataValidations,
        pageSetup: {
          paperSize: 'a4',
          orientation: 'landscape',
          fitToPage: true,
          fitToWidth: 1,
          fitToHeight: 0,
          printTitlesRow: '$1:$2',
          horizontalCentered: true,
          margins: { top: 0.6, bottom: 0.6, left: 0.5, right: 0.5, header: 0.3, footer: 0.3 },
        },
        headerFooter: { oddFooter: '&C&9&P / &N' },
      },
    ],
    defaultFont: { name: FONT, size: 11 },
  })
}

/** Excel and WPS in China have it, and others fall back to their own. */
const FONT = '宋体'
const HEADING_FILL = 'E8EEF7'
const side = { style: 'thin', color: { rgb: '7F7F7F' } } as const
const border = { top: side, right: side, bottom: side, left: side }
const SHORT = 16

const columnOf = ({ width, number = '@', isHidden }: TableColumn): ColumnDef => ({
  width,
  ...(isHidden ? { hidden: true } : {}),
  style: {
    numFmt: number,
    border,
    font: { name: FONT, size: 11 },
    alignment: { vertical: 'center', horizontal: width > SHORT ? 'left' : 'center', wrapText: true },
  },
})

/** A text’s width in half-width letters. */
const widthOf = (text: string) => [...text].reduce((sum, letter) => sum + (/[\x20-\x7e]/.test(letter) ? 1 : 2), 0)

const LINE = 15
const HIGHEST = 200
const linesOf = (text: string, width: number) => Math.max(1, Math.ceil((widthOf(text) * 1.05) / Math.max(width, 4)))

/** A heading as high as its longest one needs. */
const heightOf = (columns: readonly TableColumn[]): number =>
  Math.min(8 + LINE * Math.max(1, ...columns.map(({ heading, width, isHidden }) => (isHidden ? 1 : linesOf(heading, width)))), HIGHEST)

/** Not every program grows a row by itself for a text of two lines. */
const rowHeight = (row: readonly (string | number | null)[], columns: readonly TableColumn[]): number =>
  Math.min(
    5 +
      LINE *
        Math.max(
          1,
          ...row.map((cell, i) => (typeof cell === 'string' && !columns[i]?.isHidden ? linesOf(cell, columns[i]?.width ?? SHORT) : 1)),
        ),
    HIGHEST,
  )

/** The title and the headings. Runs of one cell make the hint small, and the key disappear in the heading’s own colour. */
function headOf({ title, hint, columns }: Pick<Table, 'title' | 'hint' | 'columns'>): Map<string, Partial<Cell>> {
  const titleStyle: CellStyle = {
    font: { name: FONT, size: 18, bold: true },
    alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
    numFmt: '@',
  }
  const headingStyle: CellStyle = {
    font: { name: FONT, size: 11, bold: true },
    fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: HEADING_FILL } },
    border,
    alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
    numFmt: '@',
  }
  const head = new Map<string, Partial<Cell>>([
    ['0,0', hint ? { style: titleStyle, richText: titleRuns(title, hint) } : { style: titleStyle }],
  ])
  for (const [column, { key, heading }] of columns.entries())
    head.set(`1,${column}`, { style: headingStyle, ...(key ? { richText: headingRuns(key, heading) } : {}) })
  return head
}

const titleRuns = (title: string, hint: string) => [
  { text: title, font: { name: FONT, size: 18, bold: true } },
  { text: `\n${hint}`, font: { name: FONT, size: 9, color: { rgb: '7F7F7F' } } },
]

const headingRuns = (key: string, heading: string) => [
  { text: `${key} `, font: { name: FONT, size: 1, color: { rgb: HEADING_FILL } } },
  { text: heading, font: { name: FONT, size: 11, bold: true } },
]

function rangeOf(column: number, rows: number) {
  const letter = String.fromCharCode(65 + column)
  return `${letter}3:${letter}${rows + ROOM}`
}
