/** The store's work for one delivery until its answer. It holds deeds, table names and counts, never a value or an id. */
export interface Written {
  trips: number
  rows: Record<string, number>
  /** The deeds by their names in the audit, such as `gathering.call`. */
  deeds: string[]
  /** The place of what the language model was sent, among all of its questions. */
  assist?: number
}

/** An answer of the product carries this header to the wire log. Only the playground's own server writes it. */
const HEADER = 'x-playground-written'

export const writeHeader = (headers: Headers, written: Written): void => headers.set(HEADER, JSON.stringify(written))

export function readHeader(headers: Headers): Written | undefined {
  const written = headers.get(HEADER)
  return written ? JSON.parse(written) : undefined
}

/** Counts rows under names such as `insert outbox`. Only deed names are read from the arguments: a value or a row's id could tell a secret. */
export function countRows({ rows, deeds }: Written, sql: string, args: readonly unknown[], many: number): void {
  const [, verb = '', table = ''] = /^\s*(insert|update|delete)\b(?: or \w+)?(?: into| from)?\s+["`]?(\w+)/i.exec(sql) ?? []
  const name = `${verb.toLowerCase()} ${table}`
  if (verb && many > 0) rows[name] = (rows[name] ?? 0) + many
  if (name === 'insert audit') deeds.push(...args.filter(isDeed))
}

const isDeed = (arg: unknown): arg is string => typeof arg === 'string' && /^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/.test(arg)
