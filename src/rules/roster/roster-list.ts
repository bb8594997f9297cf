import type { Day } from '../../calendar.ts'
import { type Columns, findColumns, nameColumn, type RowOfCells, titleIn } from './roster-columns.ts'
import { type ReadRow, readRow } from './roster-file.ts'
import { unfolded } from './roster-form.ts'
import { type Section, sectionIn } from './roster-sections.ts'
import { stagesInTitle } from './stage-words.ts'

interface SheetOfRows {
  rows: readonly RowOfCells[]
  is1904?: boolean
  /** The sheet's own name, which may say whose list it is: 预备党员. */
  name?: string
}

export interface List {
  columns: Columns
  /** One person's form, or several below each other. */
  isForm: boolean
  rows: readonly RowOfCells[]
  /** Reads one row after the other, since lines between people speak of those below. */
  read(row: RowOfCells): ReadRow[]
}

/** A sheet as a list of people; null when it holds no names. `fileName` may say whose list it is, too. */
export function listIn({ rows: all, is1904, name }: SheetOfRows, today: Day, fileName = ''): List | null {
  const { rows, isForm } = unfolded(all)
  const found = findColumns(rows)
  if (!found) return null
  const title = found.columns.title ?? titleIn([name ?? '', fileName.replace(/\.\w+$/, '')])
  let columns: Columns = { ...found.columns, is1904 }
  let { parts } = found
  const whole = sectionOf(title)
  let section = whole
  let group: string | undefined
  let headings = 0

  function read({ at, cells }: RowOfCells): ReadRow[] {
    if (nameColumn(cells) !== -1) {
      const again =
        ++headings <= MOST_HEADINGS
          ? findColumns(
              rows,
              rows.findIndex((row) => row.at === at),
            )
          : null
      if (again) {
        columns = { ...again.columns, is1904 }
        parts = again.parts
      }
      return []
    }
    const between = sectionIn(cells, columns)
    if (between) {
      group = between.group ?? (between.stage || between.doubt ? undefined : group)
      section = between.group ? { ...section, group } : { ...between, group }
      return []
    }
    const starts = Array.from({ length: parts.many }, (_, nth) => nth * parts.every)
    return starts.map((start) => readRow(at, start === 0 ? cells : cells.slice(start), columns, today, section))
  }
  return { columns, isForm, rows: rows.slice(found.first), read }
}

/** Several lists may stand below each other; more are one list whose heading is repeated on each page. */
const MOST_HEADINGS = 20

function sectionOf(title: string | undefined): Section {
  if (!title) return {}
  const stages = stagesInTitle(title)
  return stages ? { stage: { said: title, stages } } : stages === null ? { doubt: title } : {}
}
