import { Column, getTableName, is, Name, Param, Placeholder, type Query, SQL, StringChunk, Table } from 'drizzle-orm'

/** Drizzle's types leave these parts of its dialect out. */
interface Dialect {
  casing: { getColumnCasing(column: Column): string }
  escapeName(name: string): string
  sqlToQuery(query: SQL, source?: 'indexes'): Query
}

interface Writing {
  text: string
  args: unknown[]
}

const classes = { text: StringChunk, name: Name, sql: SQL, table: Table, column: Column, param: Param, placeholder: Placeholder }
type Kind = keyof typeof classes | 'other'

/** Drizzle walks up a dozen chains of classes for each piece of each query. Here each class is judged once. */
const kinds = new Map<unknown, Kind>()
function kindOf(piece: object): Kind {
  const known = kinds.get(piece.constructor)
  if (known) return known
  const kind = (Object.keys(classes) as (keyof typeof classes)[]).find((one) => is(piece, classes[one])) ?? 'other'
  kinds.set(piece.constructor, kind)
  return kind
}

const isOf = (kind: Kind, value: unknown) => typeof value === 'object' && value !== null && kindOf(value) === kind

function asArgument(value: unknown, to: Writing) {
  to.text += '?'
  to.args.push(value)
}

/**
 * Lets a database write its queries in one pass over their pieces. Drizzle makes a small query of each piece and merges them, level by
 * level. That was nearly half of what it took to build one. Rare pieces are left to Drizzle.
 */
export function writtenAtOnce(db: object): void {
  const { dialect } = db as { dialect: Dialect }
  const byDrizzle = dialect.sqlToQuery.bind(dialect)
  const columns = new WeakMap<Column, string>()

  function columnName(column: Column): string {
    const known = columns.get(column)
    if (known) return known
    const name = `${dialect.escapeName(getTableName(column.table))}.${dialect.escapeName(dialect.casing.getColumnCasing(column))}`
    columns.set(column, name)
    return name
  }

  const writers: Record<Kind, (piece: never, to: Writing) => void> = {
    text({ value }: StringChunk, to) {
      to.text += value.join('')
    },
    name({ value }: Name, to) {
      to.text += dialect.escapeName(value)
    },
    table(table: Table, to) {
      to.text += dialect.escapeName(getTableName(table))
    },
    column(column: Column, to) {
      to.text += columnName(column)
    },
    placeholder: asArgument,
    param(param: Param, to) {
      const { value, encoder } = param
      if (isOf('placeholder', value)) return asArgument(param, to)
      const mapped = value === null ? null : encoder.mapToDriverValue(value)
      if (isOf('sql', mapped)) write(mapped, to)
      else asArgument(mapped, to)
    },
    sql(piece: SQL, to) {
      if ((piece as unknown as { shouldInlineParams: boolean }).shouldInlineParams) writers.other(piece as never, to)
      else for (const one of piece.queryChunks) write(one, to)
    },
    other(piece: SQL, to) {
      const { sql, params } = byDrizzle(new SQL([piece]))
      to.text += sql
      to.args.push(...params)
    },
  }

  function write(piece: unknown, to: Writing) {
    if (Array.isArray(piece)) inBrackets(piece, to)
    else if (typeof piece === 'object' && piece !== null) writers[kindOf(piece)](piece as never, to)
    else if (piece !== undefined) asArgument(piece, to)
  }

  function inBrackets(pieces: readonly unknown[], to: Writing) {
    to.text += '('
    for (const [nth, one] of pieces.entries()) {
      if (nth > 0) to.text += ', '
      write(one, to)
    }
    to.text += ')'
  }

  dialect.sqlToQuery = (query, source) => {
    if (source) return byDrizzle(query, source)
    const to: Writing = { text: '', args: [] }
    write(query, to)
    return { sql: to.text, params: to.args }
  }
}
