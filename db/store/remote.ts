import { type Client, createClient, type InStatement, LibsqlError } from '@libsql/client/web'
import { getTableName } from 'drizzle-orm'
import { type Db, gateOver, openDb } from '../client.ts'
import { deliveries } from '../ledgers/tables.ts'

interface Remote {
  url: string
  authToken?: string
  fetch: typeof fetch
  wait(ms: number, then: () => void): unknown
  random(bytes: number): Uint8Array
}

const TIMEOUT_MS = 5_000

/** A libSQL server over HTTP (Turso, sqld). The driver has no timeout of its own; a slow server must not hold a press for ever. */
export function openRemote(options: Remote): { db: Db; client: Client } {
  const client = createClient({
    url: options.url,
    authToken: options.authToken,
    fetch: (request: Request) => options.fetch(request, { signal: AbortSignal.timeout(TIMEOUT_MS) }),
  })
  persist(client, options)
  return { client, db: openDb(client, { ...gateOver(client), isFar: true }) }
}

/**
 * A busy server turned us away and has done nothing: we come again. Where the reply was lost, only repeatable work is asked again: a read,
 * a migration (its ledger row comes first), and a batch with a claim, which then says that it was delivered.
 */
function persist(client: Client, world: Remote) {
  const execute = client.execute.bind(client) as (asked: InStatement) => ReturnType<Client['execute']>
  const batch = client.batch.bind(client)
  const migrate = client.migrate.bind(client)
  const again = <T>(isRepeatable: boolean, ask: () => Promise<T>) => persisting(ask, isRepeatable, world)

  Object.assign(client, {
    execute: (asked: InStatement) => again(isRead(asked), () => execute(asked)),
    batch: (asked: InStatement[], mode: Parameters<Client['batch']>[1]) =>
      again(mode === 'read' || isClaimed(asked), () => batch(asked, mode)),
    migrate: (asked: InStatement[]) => again(true, () => migrate(asked)),
  })
}

const textOf = (asked: InStatement) => (typeof asked === 'string' ? asked : asked.sql)
const isRead = (asked: InStatement) => /^\s*select\b/i.test(textOf(asked))
const isClaimed = ([first = '']: readonly InStatement[]) => textOf(first).startsWith(`insert into "${getTableName(deliveries)}"`)

/** Two seconds in all: the person who pressed still waits, and the work may go on behind the answer. */
const PAUSES_MS = [30, 60, 120, 240, 480, 960]
const MOST_REPEATS = 1

async function persisting<T>(ask: () => Promise<T>, isRepeatable: boolean, world: Remote): Promise<T> {
  let repeats = 0
  for (const pause of PAUSES_MS) {
    try {
      return await ask()
    } catch (error) {
      const fate = fateOf(error)
      const mayAgain = fate === 'turned away' || (fate === 'unknown' && isRepeatable && repeats++ < MOST_REPEATS)
      if (!mayAgain) throw error
      await apart(pause, world)
    }
  }
  return ask()
}

/** Callers that were turned away together come back apart. */
const apart = (pause: number, { wait, random }: Remote) =>
  new Promise<void>((resolve) => void wait(pause * (0.5 + (random(1)[0] ?? 0) / 255), resolve))

/** Tells whether the work was done; `final` is an answer, and it was no. */
function fateOf(error: unknown): 'turned away' | 'unknown' | 'final' {
  if (!(error instanceof LibsqlError)) return 'unknown'
  const { code, cause } = error
  const status = cause instanceof Error && 'status' in cause ? Number(cause.status) : 0
  if (code === 'SQLITE_BUSY' || status === 429) return 'turned away'
  return status >= 500 || unread.has(code) ? 'unknown' : 'final'
}

/** The driver's codes for a reply that it could not read to the end. */
const unread = new Set(['HRANA_PROTO_ERROR', 'HRANA_CLOSED_ERROR', 'INTERNAL_ERROR', 'UNKNOWN'])
