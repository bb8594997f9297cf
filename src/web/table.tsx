import type { Child } from 'hono/jsx'
import { t } from '../text.ts'
import type { Frame } from './visit.ts'

export interface Column<Row> {
  /** `?sort=` uses this key too. */
  key: string
  head: string
  cell(row: Row): Child
  /** The value to sort by; without it the column does not sort. */
  by?(row: Row): number | string | null
  /** The cell that names the row. */
  isHead?: boolean
  isNumber?: boolean
}

interface TableProps<Row> {
  frame: Frame
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  /** The sentence for a table without rows. */
  empty: string
  /** On a phone each row becomes a small card. A table with very many columns scrolls instead, and its first column stays. */
  phone?: 'cards' | 'scroll'
  /** A text field to filter by, and the words of a row that it searches. */
  filter?: { label: string; words(row: Row): string }
  /** Tells the tables of one page apart. */
  name?: string
}

/**
 * A table sorted by links in its head and filtered by a form. It works without a script, and its address keeps the view. The roles are
 * explicit because a table with another layout loses them.
 */
export function DataTable<Row>({ frame, caption, columns, rows, empty, phone = 'cards', filter, name = '' }: TableProps<Row>) {
  const order = orderOf(columns, frame.query.get(`${name}sort`))
  const shown = sorted(filter ? matching(rows, filter, frame.query.get(`${name}q`)) : rows, order)
  const id = `${name}table`
  return (
    <div class="tabled">
      {filter && <Filter frame={frame} name={`${name}q`} label={filter.label} at={id} />}
      <div class={`around ${phone}`} {...(phone === 'scroll' ? { role: 'group', 'aria-labelledby': id, tabindex: 0 } : {})}>
        <table {...as('table')} class={phone}>
          <caption id={id}>{caption}</caption>
          <thead {...as('rowgroup')}>
            <tr {...as('row')}>
              {columns.map((column) => (
                <Head frame={frame} column={column} order={order} name={name} />
              ))}
            </tr>
          </thead>
          <tbody {...as('rowgroup')}>
            {shown.map((row) => (
              <tr {...as('row')}>
                {columns.map((column) => (
                  <Cell column={column} row={row} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length === 0 && <p class="empty">{empty}</p>}
    </div>
  )
}

const as = (role: string) => ({ role })

interface Order<Row> {
  column: Column<Row>
  isDown: boolean
}

/** `?sort=score` upwards, `?sort=-score` downwards. */
function orderOf<Row>(columns: readonly Column<Row>[], asked: string | null): Order<Row> | null {
  const column = columns.find(({ key, by }) => by && key === asked?.replace(/^-/, ''))
  return column ? { column, isDown: asked?.startsWith('-') ?? false } : null
}

function sorted<Row>(rows: readonly Row[], order: Order<Row> | null): readonly Row[] {
  if (!order) return rows
  const { column, isDown } = order
  const keyed = rows.map((row) => ({ row, key: column.by?.(row) ?? null }))
  return keyed.sort((a, b) => compared(a.key, b.key, isDown)).map(({ row }) => row)
}

/** Missing values come last in either direction. */
function compared(a: number | string | null, b: number | string | null, isDown: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'zh-CN')
  return isDown ? -order : order
}

function matching<Row>(rows: readonly Row[], { words }: { words(row: Row): string }, asked: string | null): readonly Row[] {
  const wanted = asked?.trim().toLowerCase()
  return wanted ? rows.filter((row) => words(row).toLowerCase().includes(wanted)) : rows
}

function Head<Row>({ frame, column, order, name }: { frame: Frame; column: Column<Row>; order: Order<Row> | null; name: string }) {
  const { key, head, by, isNumber } = column
  const isOrdered = order?.column.key === key
  const align = isNumber ? 'number' : undefined
  if (!by)
    return (
      <th {...as('columnheader')} scope="col" class={align ? 'number plain' : 'plain'}>
        {head}
      </th>
    )
  // The first click sorts figures from the highest and names from A.
  const isNextDown = isOrdered ? !order.isDown : isNumber
  return (
    <th {...as('columnheader')} scope="col" class={align} aria-sort={isOrdered ? (order.isDown ? 'descending' : 'ascending') : undefined}>
      <a href={`${frame.href({ [`${name}sort`]: isNextDown ? `-${key}` : key })}#${name}table`}>
        {head}
        <span aria-hidden="true">{isOrdered ? (order.isDown ? ' ▾' : ' ▴') : ''}</span>
      </a>
    </th>
  )
}

function Cell<Row>({ column: { head, cell, isHead, isNumber }, row }: { column: Column<Row>; row: Row }) {
  const align = isNumber ? 'number' : undefined
  return isHead ? (
    <th {...as('rowheader')} scope="row" class={align}>
      {cell(row)}
    </th>
  ) : (
    <td {...as('cell')} class={align} data-head={head}>
      {cell(row)}
    </td>
  )
}

function Filter({ frame: { query, say }, name, label, at }: { frame: Frame; name: string; label: string; at: string }) {
  const others = [...query].filter(([key]) => key !== name)
  return (
    <form method="get" action={`#${at}`} class="filter">
      {others.map(([key, value]) => (
        <input type="hidden" name={key} value={value} />
      ))}
      <div class="field">
        <label for={name}>{label}</label>
        <input type="search" id={name} name={name} value={query.get(name) ?? ''} maxlength={40} />
      </div>
      <button type="submit">{say(t('筛选', 'Filter'))}</button>
    </form>
  )
}
