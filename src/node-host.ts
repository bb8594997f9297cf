import { randomBytes } from 'node:crypto'
import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'
import { learnHolidays } from '../db/rulebook/holidays.ts'
import { openFile } from '../db/store/file.ts'
import { migrate } from '../db/store/migrate.ts'
import { openRemote } from '../db/store/remote.ts'
import { unopenedServer } from '../db/store/unopened.ts'
import { offerClaimCode, recogniseDataKey } from './at-start.ts'
import type { Config, StoreConfig } from './config.ts'
import { type Host, hostOf } from './host.ts'
import { openSocket } from './socket.ts'
import { sheetsInThread } from './spreadsheet/in-thread.ts'

export const systemClock = () => new Date()
export const chance = (bytes: number) => randomBytes(bytes)
export const timer = (ms: number, then: () => void) => {
  const set = setTimeout(then, ms)
  return () => clearTimeout(set)
}
export const jsonLog = (event: Record<string, unknown>) => console.log(JSON.stringify({ time: systemClock().toISOString(), ...event }))

/** Opens the store that the configuration names, and migrates it. */
export async function openStore({ DATABASE_URL, DATABASE_AUTH_TOKEN, DATABASE_ANEW }: StoreConfig, now: Date) {
  if (DATABASE_URL.startsWith('file:') || DATABASE_URL === ':memory:')
    return openFile(DATABASE_URL, now, 'power cut', { isAnew: DATABASE_ANEW === 'yes', random: chance })
  try {
    const { db, client } = openRemote({ url: DATABASE_URL, authToken: DATABASE_AUTH_TOKEN, fetch, wait: timer, random: chance })
    await migrate(client, now)
    return { db, client, close: () => client.close() }
  } catch (error) {
    throw unopenedServer(DATABASE_URL, error)
  }
}

/** Headers and bodies have five seconds. Node looks for late ones only each half minute by itself. */
const patience = { headersTimeout: 5_000, requestTimeout: 5_000, connectionsCheckingInterval: 1_000 }
const MOST_CONNECTIONS = 1_000
/** An answer takes the watchdog’s two seconds and a half at most. */
const LAST_ANSWERS_MS = 3_000
/** A file being read, a ballot being counted or a call of Feishu is cut off after this. The next start takes it up again. */
const LAST_WORK_MS = 5_000

/** Idle connections end at once, the others when they are answered, or cut off after three seconds. */
async function closed(server: Server) {
  const ended = new Promise((resolve) => server.close(resolve))
  const callOff = timer(LAST_ANSWERS_MS, () => server.closeAllConnections())
  await ended
  callOff()
}

/** False when the work was not over in time. */
function within(ms: number, work: () => Promise<void>): Promise<boolean> {
  const late = Promise.withResolvers<boolean>()
  const callOff = timer(ms, () => late.resolve(false))
  return Promise.race([work().then(() => true), late.promise]).finally(callOff)
}

export interface Running {
  host: Host
  port: number
  stop(): Promise<void>
}

interface NodeDeps {
  /** The machine’s clock by default; the playground’s can be moved. */
  clock?: () => Date
  log?: (event: Record<string, unknown>) => unknown
  hostname?: string
  /** Answers paths that the product does not, on the same port. */
  beside?: Hono
}

/** Runs the bot as one Node process: HTTP, the store, the timer. */
export async function run(
  config: Config,
  { clock = systemClock, log = jsonLog, hostname = '0.0.0.0', beside }: NodeDeps = {},
): Promise<Running> {
  const store = await openStore(config, clock())
  await learnHolidays(store.db)
  await recogniseDataKey(store.db, config, clock(), log)
  const behind = new Set<Promise<unknown>>()
  const after = (work: Promise<unknown>) => {
    const settled = work.catch(() => {}).finally(() => behind.delete(settled))
    behind.add(settled)
  }
  const host = hostOf(config, {
    db: store.db,
    fetch,
    clock,
    random: chance,
    wait: timer,
    after,
    log,
    gatherMs: 20,
    // With the 20 s of the jobs, a turn is over within its minute.
    budgetMs: 30_000,
    sheetsOf: sheetsInThread,
  })
  const code = config.ADMINS.length > 0 ? null : await offerClaimCode(store.db, chance, clock(), true)
  if (code)
    log({ level: 'info', at: 'start', message: `No administrator yet. In a direct chat with the bot say: /认领 ${code}  (/claim ${code})` })

  if (beside) host.app.route('/', beside)
  const server = serve({ fetch: host.app.fetch, port: config.PORT, hostname, serverOptions: patience }) as Server
  server.maxConnections = MOST_CONNECTIONS
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  const socket = config.LARK_RECEIVE === 'socket' ? openSocket(config, host.deps, fetch) : null
  if (socket && config.HEALTH_NEEDS_SOCKET) host.deps.isConnected = socket.isHealthy
  const stopTimer = everyMinute(() => host.turn().catch((error) => void log({ level: 'error', at: 'tick', error: String(error?.name) })))
  log({ level: 'info', at: 'start', message: `listening on port ${config.PORT}` })
  return {
    host,
    port: config.PORT,
    async stop() {
      socket?.close()
      host.end(new Date(clock().getTime() + LAST_ANSWERS_MS))
      const turned = stopTimer()
      const isDone = within(LAST_WORK_MS, async () => {
        await closed(server)
        await turned
        while (behind.size > 0) await Promise.all(behind)
        await host.runner.kick()
      })
      if (!(await isDone)) log({ level: 'warn', at: 'stop', message: 'cut off what was under way; the next start takes it up again' })
      store.close()
    },
  }
}

/** Turns at once, to catch up, and then on each minute. The function it returns stops that; it resolves when the turn under way is over. */
function everyMinute(turn: () => Promise<void>): () => Promise<void> {
  let stopped = false
  let turning = Promise.resolve()
  let next: NodeJS.Timeout | undefined
  const go = async () => {
    turning = turn()
    await turning
    if (!stopped) next = setTimeout(go, 60_000 - (systemClock().getTime() % 60_000))
  }
  void go()
  return () => {
    stopped = true
    clearTimeout(next)
    return turning
  }
}
