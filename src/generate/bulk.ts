import type { Statement } from '../../db/client.ts'

type Value = string | number | null

/** Inserts any number of rows in one statement: a parameter for each cell would be too many. */
export function bulk(table: string, columns: readonly string[], rows: readonly (readonly Value[])[]): Statement[] {
  if (rows.length === 0) return []
  const names = columns.map((column) => `"${column}"`).join(', ')
  const cells = columns.map((_, nth) => `value ->> ${nth}`).join(', ')
  return [
    { sql: `insert into "${table}" (${names}) select ${cells} from json_each(?)`, args: [JSON.stringify(rows)], map: () => undefined },
  ]
}
