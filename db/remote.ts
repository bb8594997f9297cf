import { type Client, createClient } from '@libsql/client/web'
import { type Db, openDb } from './client.ts'

const TIMEOUT_MS = 5_000

/** A libSQL server over HTTP (Turso, sqld). The driver has no timeout of its own; a slow server must not hold a press for ever. */
export function openRemote(options: { url: string; authToken?: string; fetch: typeof fetch }): { db: Db; client: Client } {
  const client = createClient({
    url: options.url,
    authToken: options.authToken,
    fetch: (request: Request) => options.fetch(request, { signal: AbortSignal.timeout(TIMEOUT_MS) }),
  })
  return { client, db: openDb(client) }
}
