/** What one delivery came to in the store before it was answered: deeds, table names and counts, never a value or an id. */
export interface Written {
  trips: number
  rows: Record<string, number>
  /** What was decided, as the audit names it: `gathering.call`. */
  deeds: string[]
}

/** How an answer of the product carries it to the log of this Feishu; only the playground's own server writes this header. */
const HEADER = 'x-playground-written'

export const tell = (headers: Headers, written: Written): void => headers.set(HEADER, JSON.stringify(written))

export function toldIn(headers: Headers): Written | undefined {
  const told = headers.get(HEADER)
  return told ? JSON.parse(told) : undefined
}

/** `insert outbox` and the like, with how many rows. Of the arguments only the name of a deed is looked at: a value, or even a row's id, could tell a secret. */
export function note({ rows, deeds }: Written, sql: string, args: readonly unknown[], many: number): void {
  const [, verb = '', table = ''] = /^\s*(insert|update|delete)\b(?: or \w+)?(?: into| from)?\s+["`]?(\w+)/i.exec(sql) ?? []
  const name = `${verb.toLowerCase()} ${table}`
  if (verb && many > 0) rows[name] = (rows[name] ?? 0) + many
  if (name === 'insert audit') deeds.push(...args.filter(isDeed))
}

const isDeed = (arg: unknown): arg is string => typeof arg === 'string' && /^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/.test(arg)
