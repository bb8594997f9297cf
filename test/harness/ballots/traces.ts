import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from '@libsql/client'

/** The files of a store as they lie on the disk: what is in each, byte by byte. */
export function filesOf(path: string): Map<string, Buffer> {
  const names = ['', '-wal', '-journal', '-shm'].filter((suffix) => existsSync(path + suffix))
  return new Map(names.map((suffix) => [suffix || 'database', readFileSync(path + suffix)]))
}

/** Every file below a folder. */
export const filesBelow = (folder: string): Map<string, Buffer> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name))]),
  )

/** Which of these stand in which file. */
export const hitsIn = (files: ReadonlyMap<string, Buffer>, needles: readonly string[]): string[] =>
  [...files].flatMap(([name, bytes]) => {
    const found = standingIn(bytes, needles)
    return needles.filter((needle) => found.has(needle)).map((needle) => `${needle} in ${name}`)
  })

/** Looks for all at once by their first four bytes: hundreds of searches through a large file take many seconds. */
function standingIn(bytes: Buffer, needles: readonly string[]): Set<string> {
  const short = needles.filter((needle) => Buffer.byteLength(needle) < 4)
  const found = new Set(short.filter((needle) => bytes.includes(needle)))
  const long = needles.filter((needle) => !short.includes(needle)).map((needle) => ({ needle, as: Buffer.from(needle) }))
  const byStart = Map.groupBy(long, ({ as }) => as.readUInt32BE(0))
  // Most places are passed by a look into this table, which is quicker than the map.
  const begins = new Uint8Array(2 ** 16)
  for (const start of byStart.keys()) begins[start >>> 16] = 1
  for (let at = 0; at + 4 <= bytes.length; at++) {
    if (begins[((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)] === 0) continue
    for (const { needle, as } of byStart.get(bytes.readUInt32BE(at)) ?? [])
      if (as.compare(bytes, at, Math.min(at + as.length, bytes.length)) === 0) found.add(needle)
  }
  return found
}

const PAGE = 4_096

/**
 * Returns the share of pairs whose order in the bytes is their order in time. A half says nothing, 0 and 1 say all. It is taken over the
 * whole file and within its pages, where a row that comes later is put first.
 */
export function orderedShares(bytes: Buffer, inTime: readonly (string | RegExp)[]): { whole: number; withinPages: number } {
  const text = bytes.toString('latin1')
  const places = inTime.map((one) => (typeof one === 'string' ? bytes.indexOf(one) : text.search(one)))
  // A row across the edge of a page is not found whole.
  const found = places.filter((place) => place >= 0)
  if (found.length < 0.9 * places.length) throw new Error(`only ${found.length} of ${places.length} stand there`)
  const share = (counts: (first: number, second: number) => boolean) => {
    let [inOrder, pairs] = [0, 0]
    for (const [nth, first] of found.entries())
      for (const second of found.slice(nth + 1)) {
        if (!counts(first, second)) continue
        pairs++
        if (first < second) inOrder++
      }
    return inOrder / pairs
  }
  const pageOf = (place: number) => Math.floor(place / PAGE)
  return { whole: share(() => true), withinPages: share((first, second) => pageOf(first) === pageOf(second)) }
}

export const saysNothing = (share: number): boolean => share > 0.4 && share < 0.6

/** Every value of every table, as text. */
export async function tablesOf(client: Pick<Client, 'execute'>): Promise<Map<string, string[]>> {
  const { rows } = await client.execute(
    "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\' and name not like '\\_%' escape '\\'",
  )
  const tables = new Map<string, string[]>()
  for (const { name } of rows) {
    const table = await client.execute(`select * from "${name}"`)
    tables.set(
      String(name),
      table.rows.map((row) => JSON.stringify(table.columns.map((_, nth) => row[nth]))),
    )
  }
  return tables
}
