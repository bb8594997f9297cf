import { nameColumn, type RowOfCells } from './roster-columns.ts'
import { heading, isLabel, meaningOf } from './roster-headings.ts'

type Cell = string | number | undefined

/** A form names each fact beside its blank: 姓名 王芳 性别 女. It becomes a list, one row for each person. */
export function unfolded(rows: readonly RowOfCells[]): { rows: readonly RowOfCells[]; isForm: boolean } {
  const top = rows.slice(0, DEEPEST).findIndex(({ cells }) => nameColumn(cells) !== -1)
  const [row] = top === -1 ? [] : rows.slice(top)
  if (!row) return { rows, isForm: false }
  const column = nameColumn(row.cells)
  const beside = [...row.cells].slice(column + 1).filter((cell) => heading(cell) !== '' && heading(cell) !== heading(row.cells[column]))
  const below = rows.slice(top + 1, top + DEEPEST).map(({ cells }) => cells[column])
  const hasLabels = below.some((cell) => isLabel(cell) && meaningOf(cell)?.field !== 'name')
  const values = beside.filter((cell) => !isLabel(cell))
  const isForm = beside.some((cell) => /^[男女]$/.test(String(cell).trim())) || (hasLabels && !isLabel(nextTo(row.cells, column)))
  if (!isForm) return { rows, isForm: false }
  const isAcross = values.length > 1 && values.length === beside.length && !values.some((cell) => /^[男女]$/.test(String(cell).trim()))
  return isAcross ? { rows: turned(rows.slice(top), column), isForm: false } : { rows: peopleIn(rows.slice(top)), isForm: true }
}

const DEEPEST = 30

/** In a list, another heading stands beside the names; in a form, the name or its blank. */
const nextTo = (cells: readonly Cell[], column: number): Cell => {
  let at = column + 1
  while (at < cells.length && cells[at] === cells[column]) at++
  return cells[at]
}

/** A list that lies on its side: people stand beside each other. */
function turned(rows: readonly RowOfCells[], column: number): RowOfCells[] {
  const widest = Math.max(...rows.map(({ cells }) => cells.length))
  const at = rows[0]?.at ?? 1
  return Array.from({ length: widest - column }, (_, i) => ({ at: at + i, cells: rows.map(({ cells }) => cells[column + i]) }))
}

/** Each name begins a person; a label whose blank is empty says nothing. */
function peopleIn(rows: readonly RowOfCells[]): RowOfCells[] {
  const labels: string[] = []
  const people: { at: number; facts: Map<number, Cell> }[] = []
  for (const { at, cells } of rows)
    for (const [label, value] of pairsIn(cells)) {
      if (meaningOf(label)?.field === 'name') people.push({ at, facts: new Map() })
      const facts = people.at(-1)?.facts
      const known = labels.indexOf(label)
      const place = known === -1 ? labels.push(label) - 1 : known
      if (facts && !facts.has(place)) facts.set(place, value)
    }
  // An empty form is a list of nobody.
  if (people.length === 0) return [{ at: rows[0]?.at ?? 1, cells: ['姓名'] }]
  return [
    { at: rows[0]?.at ?? 1, cells: labels },
    ...people.map(({ at, facts }) => ({ at, cells: labels.map((_, place) => facts.get(place)) })),
  ]
}

function* pairsIn(cells: readonly Cell[]): Generator<[string, Cell]> {
  for (let at = 0; at < cells.length; at++) {
    const label = cells[at]
    if (!isLabel(label)) continue
    while (at + 1 < cells.length && cells[at + 1] === label) at++
    const value = cells[at + 1]
    if (value === undefined || String(value).trim() === '' || isLabel(value)) continue
    yield [String(label), value]
    at++
  }
}
