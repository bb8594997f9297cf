import { createClient } from '@libsql/client'
import { migrate } from '../../db/store/migrate.ts'
import { startSqld } from './sqld.ts'

const LOT = 100

/**
 * The statements that a libSQL server does not take, each with its reason. The server reads SQL with a parser of its own before SQLite sees it,
 * and knows less: `having` without `group by` is a fault there alone.
 */
export async function refusedByServer(statements: Iterable<string>, now: Date): Promise<string[]> {
  const all = [...statements]
  const server = await startSqld()
  const client = createClient({ url: server.url })
  try {
    await migrate(client, now)
    const refused: string[] = []
    for (let first = 0; first < all.length; first += LOT) {
      const lot = all.slice(first, first + LOT)
      const requests = lot.map((sql) => ({ type: 'execute', stmt: { sql: `explain query plan ${sql}` } }))
      const body = JSON.stringify({ baton: null, requests: [...requests, { type: 'close' }] })
      const response = await fetch(`${server.url}/v2/pipeline`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      const { results } = (await response.json()) as { results: { type: string; error?: { message: string } }[] }
      results.forEach(({ error }, nth) => {
        if (error) refused.push(`${error.message}: ${lot[nth]}`)
      })
    }
    return refused
  } finally {
    client.close()
    await server.stop()
  }
}
