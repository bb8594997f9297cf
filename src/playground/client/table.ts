import { hueClass } from './colours.ts'
import { h } from './dom.ts'
import { markdown, personNode } from './markdown.ts'
import type { Part } from './part.ts'
import { say } from './store.ts'

type Row = Record<string, unknown>

export function tableNode(element: Part): HTMLElement {
  const rows = Array.isArray(element.rows) ? element.rows : []
  const columns = element.columns ?? []
  const size = element.page_size ?? 5
  const last = Math.max(0, Math.ceil(rows.length / size) - 1)
  const body = h('tbody')
  const where = h('span', {}, '')
  const turn = (by: number) =>
    h('button', { type: 'button', 'aria-label': say(by < 0 ? 'previous' : 'next'), onclick: () => show(page + by) }, by < 0 ? '‹' : '›')
  const [back, on] = [turn(-1), turn(1)]
  let page = 0

  function show(wanted: number): void {
    page = wanted
    body.replaceChildren(...rows.slice(page * size, (page + 1) * size).map((row) => rowNode(columns, row, element.row_height)))
    where.textContent = `${page + 1} / ${last + 1}`
    back.disabled = page === 0
    on.disabled = page === last
  }
  show(0)
  const table = h('table', { class: element.freeze_first_column ? 'frozen' : '' }, headNode(columns, element.header_style ?? {}), body)
  const pager = last > 0 && h('div', { class: 'pager' }, back, where, on)
  return h(
    'div',
    {},
    h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': columns.map(titleOf).join(', ') }, table),
    pager,
  )
}

const titleOf = ({ display_name, name }: Part): string => display_name ?? name ?? ''

function headNode(columns: Part[], style: Part): HTMLElement {
  const look = `${style.background_style === 'grey' ? 'filled' : ''} ${style.bold === false ? '' : 'bold'} ${style.text_color === 'grey' ? 'soft' : ''}`
  const cells = columns.map((column) => {
    const cell = h('th', { scope: 'col', css: { 'text-align': style.text_align ?? 'left' } }, titleOf(column))
    if (/px$|%$/.test(column.width ?? '')) cell.style.minWidth = column.width ?? ''
    return cell
  })
  return h('thead', { class: look }, h('tr', {}, ...cells))
}

const heights: Record<string, string> = { low: '32px', middle: '48px', high: '64px' }

function rowNode(columns: Part[], row: Row, height = 'low'): HTMLElement {
  const line = h('tr', { css: { height: heights[height] ?? (/px$/.test(height) ? height : 'auto') } })
  for (const column of columns) {
    const side = column.horizontal_align ?? (column.data_type === 'number' ? 'right' : 'left')
    line.append(
      h(
        'td',
        {
          css: {
            'text-align': side,
            'vertical-align': column.vertical_align === 'center' ? 'middle' : (column.vertical_align ?? 'middle'),
          },
        },
        cell(column, row[column.name ?? '']),
      ),
    )
  }
  return line
}

function cell({ data_type, format, date_format }: Part, value: unknown): Node | string {
  if (value === undefined || value === null) return ''
  if (data_type === 'date') return dated(Number(value), date_format ?? 'YYYY/MM/DD')
  if (data_type === 'markdown' || data_type === 'lark_md') return markdown(String(value), { textOnly: data_type === 'lark_md' })
  if (data_type === 'persons')
    return h('span', { class: 'people' }, ...[value].flat().map((id) => personNode(String(id), { size: 'extra_small' })))
  if (data_type === 'options') return h('span', { class: 'tags' }, ...[value].flat().map(optionNode))
  return data_type === 'number' ? figure(Number(value), format) : String(value)
}

function optionNode(option: unknown): HTMLElement {
  const { text, color } =
    typeof option === 'object' && option !== null ? (option as { text?: string; color?: string }) : { text: String(option) }
  return h('span', { class: `tag ${hueClass(color)}` }, text)
}

function figure(value: number, { precision, symbol = '', separator }: NonNullable<Part['format']> = {}): string {
  const digits = precision === undefined ? {} : { minimumFractionDigits: precision, maximumFractionDigits: precision }
  return symbol + value.toLocaleString('en-US', { useGrouping: separator === true, maximumFractionDigits: 10, ...digits })
}

function dated(at: number, format: string): string {
  const [, YYYY = '', MM = '', DD = '', HH = '', mm = '', ss = ''] =
    /(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)/.exec(new Date(at + 8 * 3_600_000).toISOString()) ?? []
  const parts: Record<string, string> = { YYYY, MM, DD, HH, mm, ss }
  return format.replace(/YYYY|MM|DD|HH|mm|ss/g, (part) => parts[part] ?? part)
}
