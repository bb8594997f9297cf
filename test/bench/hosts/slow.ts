import { serve } from '@hono/node-server'
import type { Gate } from '../../../db/client.ts'
import { openFile } from '../../../db/store/file.ts'
import { readConfig } from '../../../src/config.ts'
import { hostOf } from '../../../src/host.ts'
import { chance, timer } from '../../../src/node-host.ts'

/** The product on a database that takes its time: 200 ms more for each call (T06). */
const DELAY_MS = 200

const config = readConfig(process.env)
const store = await openFile(config.DATABASE_URL, new Date())
const late = async <T>(call: Promise<T>) => {
  await new Promise((resolve) => setTimeout(resolve, DELAY_MS))
  return call
}
const { gate } = store.db
const slow: Gate = { read: (statements) => late(gate.read(statements)), write: (statements) => late(gate.write(statements)) }
Object.assign(store.db, { gate: slow })

const after = (work: Promise<unknown>) => void work.catch(() => {})
const host = hostOf(config, {
  db: store.db,
  fetch,
  clock: () => new Date(),
  random: chance,
  wait: timer,
  after,
  log: () => {},
  gatherMs: 20,
})
serve({ fetch: host.app.fetch, port: config.PORT, hostname: '127.0.0.1' })
