import type { Client, InValue, ResultSet } from '@libsql/client'
import { fillPlaceholders, getTableName, type Placeholder, type SQL, sql, type Table } from 'drizzle-orm'
import type { LibSQLDatabase } from 'drizzle-orm/libsql'
import { drizzle } from 'drizzle-orm/libsql/http'
import type { RunnableQuery } from 'drizzle-orm/runnable-query'

/** The one form of a query on its way to the database: text, arguments, and how to read the result. */
export interface Statement<T = unknown> {
  sql: string
  args: InValue[]
  map(result: ResultSet): T
  /** A guard's refusal, see `failIf`. The first argument of the statement is its place among the guards of the batch. */
  otherwise?: () => never
}

/** The way to the store. `write` is one transaction; where the store allows, writes that arrive together share a commit. */
export interface Gate {
  read(statements: readonly Statement[]): Promise<ResultSet[]>
  write(statements: readonly Statement[]): Promise<ResultSet[]>
  /** Each round trip goes over a network. */
  isFar?: boolean
  /**
   * Wipes the traces of deleted rows. The journal takes milliseconds; the whole store is rewritten meanwhile. Absent where the store is not
   * ours to wipe.
   */
  wipe?(what: 'journal' | 'whole'): Promise<void>
}

/**
 * The database of one handler. `claim` is what its writes depend on, and `together` puts it in front. A repeat of the delivery then changes
 * nothing, nor does a job whose lease has another holder.
 */
export type Db = LibSQLDatabase & { readonly gate: Gate; readonly claim?: Statement }

type Query = Statement | RunnableQuery<unknown, 'sqlite'>
type ResultOf<Q> = Q extends Statement<infer T> ? T : Q extends RunnableQuery<infer T, 'sqlite'> ? T : never
type Results<Q extends readonly Query[]> = { -readonly [K in keyof Q]: ResultOf<Q[K]> }

export function openDb(client: Client, gate: Gate = gateOver(client)): Db {
  return Object.assign(drizzle({ client, casing: 'snake_case' }), { gate })
}

export const boundTo = (db: Db, claim: Statement): Db => Object.create(db, { claim: { value: claim } })

/** For a deed that no delivery may be joined to, as an unsigned voice. A key of its own has to make a repeat harmless. */
export const unbound = (db: Db): Db => Object.create(db, { claim: { value: undefined } })

/** Reads in one round trip, and from one moment. */
export async function lookUp<const Q extends readonly Query[]>(db: Db, queries: Q): Promise<Results<Q>> {
  const statements = queries.map(statementOf)
  return mapped(statements, await db.gate.read(statements)) as Results<Q>
}

/**
 * Writes in one batch of mode `'write'` and one round trip: all of it or none. The claim stands in front.
 * @throws AlreadyDelivered when the claim was made before, LeaseLost when its lease has another holder. Nothing has happened then.
 */
export async function together<const Q extends readonly Query[]>(db: Db, queries: Q): Promise<Results<Q>> {
  const statements = guardsNumbered(queries.map(statementOf))
  const written = db.gate.write(db.claim ? [db.claim, ...statements] : statements).catch(refusedBy(statements))
  const results = await (db.claim ? written.catch(claimFailed) : written)
  return mapped(statements, db.claim ? results.slice(1) : results) as Results<Q>
}

/** The table of guards has a named check for each place in a batch; a fifth guard would pass unnoticed. */
const MOST_GUARDS = 4

/** The name of the broken check tells the guards of one batch apart. */
function guardsNumbered(statements: readonly Statement[]): readonly Statement[] {
  let nth = 0
  if (statements.filter(({ otherwise }) => otherwise).length > MOST_GUARDS) throw new Error(`a batch has at most ${MOST_GUARDS} guards`)
  return statements.map((one) => (one.otherwise ? { ...one, args: [nth++, ...one.args.slice(1)] } : one))
}

const refusedBy = (statements: readonly Statement[]) => (error: unknown) => {
  const nth = isConstraint(error) && /\bguard_(\d)/.exec(error.message)?.[1]
  if (nth) statements.filter(({ otherwise }) => otherwise)[Number(nth)]?.otherwise?.()
  throw error
}

export class AlreadyDelivered extends Error {
  override name = 'AlreadyDelivered'
}

/** Work that has to stop where it is; it goes on at a later turn. */
export class CutOff extends Error {
  override name = 'CutOff'
}

/** Another process took the work over. */
export class LeaseLost extends CutOff {
  override name = 'LeaseLost'
}

function claimFailed(error: unknown): never {
  if (isConstraint(error) && error.message.includes('NOT NULL constraint failed: guards.')) throw new LeaseLost()
  return onConstraint('deliveries.', () => new AlreadyDelivered())(error)
}

/** For `together(…).catch(onDuplicate(arrivals, () => refuse(…)))`: the table's key refused the row. */
export function onDuplicate(table: Table, otherwise: () => never) {
  return onConstraint(`UNIQUE constraint failed: ${getTableName(table)}.`, otherwise)
}

/** True when a key, a check or a trigger refused the batch. */
export const isConstraint = (error: unknown): error is Error => error instanceof Error && /constraint/i.test(error.message)

/** The store's message names the broken key or trigger. Messages are alike for files and over HTTP; error codes are not. */
export function onConstraint(words: string, otherwise: () => Error) {
  return (error: unknown): never => {
    if (isConstraint(error) && error.message.includes(words)) throw otherwise()
    throw error
  }
}

interface Preparable {
  _prepare(): { getQuery(): { sql: string; params: unknown[] }; mapResult(result: ResultSet, fromBatch: boolean): unknown }
}

/** Builds a query once for many uses: `asked(prepared)({ gathering })` costs no query building. */
export function prepared<T, V extends Record<string, unknown> = Record<string, unknown>>(build: (db: Db) => RunnableQuery<T, 'sqlite'>) {
  let query: ReturnType<Preparable['_prepare']> | undefined
  return (db: Db, values: V): Statement<T> => {
    query ??= (build(db) as unknown as Preparable)._prepare()
    const { sql, params } = query.getQuery()
    const made = query
    return { sql, args: fillPlaceholders(params, values) as InValue[], map: (result) => made.mapResult(result, true) as T }
  }
}

/** `column in ${inList(values)}` takes one argument for any number of values. A placeholder is filled with a JSON array. */
export const inList = (values: readonly (string | number)[] | Placeholder): SQL =>
  sql`(select value from json_each(${Array.isArray(values) ? JSON.stringify(values) : values}))`

export function statementOf<const Q extends Query>(query: Q): Statement<ResultOf<Q>> {
  if ('args' in query) return query as Statement<ResultOf<Q>>
  const made = (query as unknown as Preparable)._prepare()
  const { sql, params } = made.getQuery()
  return { sql, args: params as InValue[], map: (result) => made.mapResult(result, true) as ResultOf<Q> }
}

/** A statement that tells how many rows it changed. */
export const deleting = (query: Query): Statement<number> => ({ ...statementOf(query), map: ({ rowsAffected }) => rowsAffected })

const mapped = (statements: readonly Statement[], results: readonly ResultSet[]) =>
  results.map((result, i) => (statements[i] as Statement).map(result))

const plain = (statements: readonly Statement[]) => statements.map(({ sql, args }) => ({ sql, args }))

export function gateOver(client: Client): Gate {
  return {
    read: async (statements) => {
      const [only] = statements
      return only && statements.length === 1
        ? [await client.execute({ sql: only.sql, args: only.args })]
        : client.batch(plain(statements), 'read')
    },
    write: (statements) => client.batch(plain(statements), 'write'),
  }
}
