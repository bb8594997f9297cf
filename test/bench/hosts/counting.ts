import { serve } from '@hono/node-server'
import { openFile } from '../../../db/store/file.ts'
import { readConfig } from '../../../src/config.ts'
import { hostOf } from '../../../src/host.ts'
import { chance, timer } from '../../../src/node-host.ts'

/** The product, which tells its parent when the pulse is closed, counted and wiped. */
const config = readConfig(process.env)
const store = await openFile(config.DATABASE_URL, new Date())
const after = (work: Promise<unknown>) => void work.catch((error) => console.error(error))
const log = (event: Record<string, unknown>) => void (event.level === 'error' && console.error(event))
const host = hostOf(config, { db: store.db, fetch, clock: () => new Date(), random: chance, wait: timer, after, log, gatherMs: 20 })
serve({ fetch: host.app.fetch, port: config.PORT, hostname: '127.0.0.1' })

const marks = { closed: 'ballot_closures', counted: 'ballot_results' }
const told = new Set<string>()
const look = setInterval(async () => {
  for (const [what, table] of Object.entries(marks)) if (await holds(`select 1 from ${table} where ballot = 'pulse'`)) tell(what)
  if (await holds("select 1 from ballots where id = 'pulse' and wiped_at is not null")) {
    tell('wiped')
    clearInterval(look)
  }
}, 5)

const holds = async (sql: string) => (await store.client.execute(sql)).rows.length > 0
function tell(what: string) {
  if (told.has(what)) return
  told.add(what)
  process.send?.({ what, at: Date.now() })
}
