import { type Client, createClient, type InStatement } from '@libsql/client/http'
import { getTableName } from 'drizzle-orm'
import { type Db, gateOver, openDb } from '../client.ts'
import { deliveries } from '../ledgers/tables.ts'
import { fateOf } from './fate.ts'

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
 * A busy server turned us away and has done nothing: we come again. Where the reply was lost, only repeatable work is asked again. A read
 * is repeatable, and a migration, whose ledger row comes first. A batch with a claim is too: it then says that it was delivered.
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
