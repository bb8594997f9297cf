import type { Client, InValue } from '@libsql/client'
import type { Db, Gate, Statement } from '../../db/client.ts'

/** Notes every different statement that goes through a database's gate, with the arguments it came with first. */
export function recordingStatements(db: Db): Map<string, InValue[]> {
  const said = new Map<string, InValue[]>()
  const note = (statements: readonly Statement[]) => {
    for (const { sql, args } of statements) if (!said.has(sql)) said.set(sql, args)
  }
  const { gate } = db
  const recording: Gate = {
    ...gate,
    read(statements) {
      note(statements)
      return gate.read(statements)
    },
    write(statements) {
      note(statements)
      return gate.write(statements)
    },
  }
  Object.assign(db, { gate: recording })
  return said
}

/** History does not make these tables longer: the unit itself and its keys, one row a person, and what is forgotten within days. */
const small = new Set(
  `units committees holiday_years data_keys job_runs leases guards rhythms unreachable snoozes mutes sent_files roster_asks roster_proposals roster_drafts
  rulebook_asks rulebook_drafts holiday_drafts`.split(/\s+/),
)

/** Nearly every row is in these partial indexes: their condition leaves out the few that were taken back. */
const whole = new Set(['talks_once'])

/**
 * Returns the tables that a statement reads whole. A partial index holds the open rows alone, so going through it is no scan. A table that
 * the statement makes itself is none either, though its name may be another table's alias elsewhere.
 */
export async function scansOf(client: Client, sql: string, args: InValue[]): Promise<string[]> {
  const { rows } = await client.execute({ sql: `explain query plan ${sql}`, args })
  const partial = await partialIndexes(client)
  const tableOf = aliasesIn(sql, await tables(client))
  return rows.flatMap(({ parent, detail }) => {
    const [, alias = '', index] = /^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?/.exec(String(detail)) ?? []
    const isMade = rows.some((row) => row.parent === parent && /^(?:CO-ROUTINE|MATERIALIZE) (\w+)$/.exec(String(row.detail))?.[1] === alias)
    const table = isMade ? undefined : tableOf.get(alias)
    return table && !small.has(table) && !(index && partial.has(index) && !whole.has(index)) ? [table] : []
  })
}

const tables = async (client: Client) =>
  new Set((await client.execute("select name from sqlite_master where type = 'table'")).rows.map(({ name }) => String(name)))

const partialIndexes = async (client: Client) =>
  new Set(
    (await client.execute("select name from sqlite_master where type = 'index' and sql like '% where %'")).rows.map(({ name }) =>
      String(name),
    ),
  )

/** The plan names a table by its alias. */
function aliasesIn(sql: string, known: ReadonlySet<string>): Map<string, string> {
  const found = new Map([...known].map((name) => [name, name]))
  for (const [, table = '', alias = ''] of sql.matchAll(/(?:from|join|,)\s+"?(\w+)"?\s+(?:as\s+)?"?(\w+)"?/gi))
    if (known.has(table) && !/^(where|on|join|left|inner|order|limit|group|set|union|values|select|cross)$/i.test(alias))
      found.set(alias, table)
  return found
}
