import type { Quarter } from '../../calendar.ts'
import type { Item } from './sheet.ts'

/** The columns of the file besides the items. Words in brackets are ignored when the file is read. */
export const sheetHeadings = {
  branch: '支部',
  quarter: '季度',
  reason: '更正理由',
  answers: '支部自评（只供查看）',
  waiting: '登记待确认（只供查看）',
  confirm: '确认登记（填“确认”）',
  adopt: '采纳自评（填“采纳”）',
  id: '支部编号（请勿改动）',
  seen: '核对码（请勿改动）',
} as const

/** The key says which item a column is when the file comes back. */
export const itemHeading = ({ key, name, weight, isOwn }: Item): { key: string; heading: string } => ({
  key,
  heading: `${name.zh}（0–${weight}${isOwn ? '，改动须写理由' : ''}）`,
})

type Cells = readonly (string | number | undefined)[]
const said = (cell: string | number | undefined) => String(cell ?? '').trim()
const plain = (cell: string | number | undefined) =>
  said(cell)
    .replace(/[(（].*$/su, '')
    .trim()

interface SheetColumns {
  /** The first row after the headings. */
  first: number
  at: { branch: number; quarter: number; reason: number; confirm: number; adopt: number; id: number; seen: number }
  items: ReadonlyMap<string, number>
}

const DEEPEST_HEADING = 30

/** Finds the table by its headings, in any order: a branch, a quarter, and each item by number and period. */
export function findSheet(rows: readonly { cells: Cells }[]): SheetColumns | null {
  for (const [index, { cells }] of rows.slice(0, DEEPEST_HEADING).entries()) {
    const headings = [...cells].map(plain)
    const items = new Map<string, number>()
    for (const [column, cell] of [...cells].entries()) {
      const [, key] = /^(\d{1,2}\.[a-z]+ \d{4}(?:Q[1-4]|H[12]|-\d\d)?)(?:\s|$)/.exec(said(cell)) ?? []
      if (key && !items.has(key)) items.set(key, column)
    }
    const at = (name: keyof typeof sheetHeadings) => headings.indexOf(plain(sheetHeadings[name]))
    const found = {
      branch: at('branch'),
      quarter: at('quarter'),
      reason: at('reason'),
      confirm: at('confirm'),
      adopt: at('adopt'),
      id: at('id'),
      seen: at('seen'),
    }
    if (found.branch !== -1 && found.quarter !== -1 && items.size > 0) return { first: index + 1, at: found, items }
  }
  return null
}

export interface SheetRow {
  row: number
  name: string
  id: string
  quarter: Quarter
  reason: string
  seen: string | null
  /** The assessor confirms this branch's entries, or takes over its answers, as they were when the file was made. */
  confirms: boolean
  adopts: boolean
  points: ReadonlyMap<string, string>
}

/** Reads one row of a file; null for a row without a branch. */
export function sheetRow(row: number, cells: Cells, { at, items }: SheetColumns): SheetRow | null {
  const cell = (column: number) => (column === -1 ? '' : said(cells[column]))
  const name = cell(at.branch)
  const id = cell(at.id)
  if (name === '' && id === '') return null
  const points = new Map([...items].map(([key, column]) => [key, cell(column)]))
  return {
    row,
    name,
    id,
    quarter: cell(at.quarter).toUpperCase(),
    reason: cell(at.reason),
    seen: cell(at.seen) || null,
    confirms: /^确认|^是$|^yes$/iu.test(cell(at.confirm)),
    adopts: /^采纳|^是$|^yes$/iu.test(cell(at.adopt)),
    points,
  }
}
