import type { InValue, ResultSet, Row } from '@libsql/client'
import type Database from 'libsql'

export interface Prepared {
  run(args: readonly InValue[]): ResultSet
}

const MOST_KEPT = 300

/** Statements by their text, each prepared when first asked; the oldest makes room. */
export function preparedOnce(database: Database.Database) {
  const kept = new Map<string, Prepared>()

  function prepare(sql: string): Prepared {
    const known = kept.get(sql)
    if (known) return known
    const made = prepared(database.prepare<InValue[]>(sql))
    kept.set(sql, made)
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value ?? sql)
    return made
  }
  return Object.assign(prepare, { forget: () => kept.clear() })
}

function prepared(statement: Database.Statement<InValue[]>): Prepared {
  const columns = statement.columns().map(({ name }) => name)
  if (columns.length === 0)
    return {
      run(args) {
        const { changes, lastInsertRowid } = statement.run(...args.map(bindable))
        return resultOf(columns, [], changes, BigInt(lastInsertRowid))
      },
    }
  statement.raw(true)
  const named = namesFor(columns)
  return {
    run(args) {
      const rows = statement.all(...args.map(bindable)) as unknown[][]
      return resultOf(
        columns,
        rows.map((row) => Object.setPrototypeOf(row, named) as Row),
        0,
        undefined,
      )
    },
  }
}

/** A row is its values in order. Access by name goes through this prototype, made once for each statement. */
function namesFor(columns: readonly string[]): object {
  const named: object = Object.create(Array.prototype)
  columns.forEach((name, index) => {
    if (Object.hasOwn(named, name)) return
    Object.defineProperty(named, name, {
      get(this: unknown[]) {
        return this[index]
      },
    })
  })
  return named
}

function bindable(value: InValue): InValue {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value instanceof Date) return value.getTime()
  if (value === undefined) throw new TypeError('undefined cannot be an argument')
  return value
}

const resultOf = (columns: string[], rows: Row[], rowsAffected: number, lastInsertRowid: bigint | undefined): ResultSet => ({
  columns,
  columnTypes: [],
  rows,
  rowsAffected,
  lastInsertRowid,
  toJSON: () => ({ columns, rows, rowsAffected }),
})
