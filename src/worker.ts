import type { Client } from '@libsql/client/web'
import type { Db } from '../db/client.ts'
import { learnHolidays } from '../db/rulebook/holidays.ts'
import { migrate } from '../db/store/migrate.ts'
import { openRemote } from '../db/store/remote.ts'
import { offerClaimCode, recogniseDataKey } from './at-start.ts'
import { type Config, Misconfigured, readConfig } from './config.ts'
import { type Host, type HostDeps, hostOf } from './host.ts'
import { payingFetch, purseOf } from './jobs/budget.ts'

export type Env = Record<string, string | undefined>

/**
 * Facts that never change, kept per isolate. Connections and promises are not kept: a request that waits for another’s hangs when that one
 * is cut off.
 */
const kept: { openId?: string; isMigrated?: boolean } = {}

/** The bot at the edge. `clock` is the machine’s by default; tests bring one that can be moved. */
export function workerFor(clock: (env: Env) => Promise<() => Date> = async () => () => new Date()) {
  async function hostFor(env: Env, ctx: ExecutionContext, ms: number): Promise<Host> {
    const config = readConfig(env)
    const now = await clock(env)
    const purse = purseOf({ requests: config.TURN_REQUESTS, ms }, now)
    const store = { url: config.DATABASE_URL, authToken: config.DATABASE_AUTH_TOKEN, ...machine }
    let ready: Promise<void> | undefined
    const prepared = () => {
      ready ??= prepareOnce(openRemote(store), config, now())
      return ready
    }
    // The first query of a request prepares the database. Waking may take it seconds, and the URL check does without it.
    const { db } = openRemote({ ...store, fetch: (input, init) => prepared().then(() => fetch(input, init)) })
    return hostOf(config, {
      ...machine,
      db,
      clock: now,
      after: (work) => ctx.waitUntil(work.catch(() => {})),
      fetch: payingFetch(purse, machine.fetch),
      gatherMs: 0,
      purse,
      bot: kept,
    })
  }

  return {
    async fetch(request: Request, env: Env, ctx: ExecutionContext): Promise<Response> {
      try {
        return await (await hostFor(env, ctx, BEHIND_ANSWER_MS)).app.fetch(request)
      } catch (error) {
        notStarted(error)
        return Response.json({ error: 'not ready' }, { status: 503 })
      }
    },
    async scheduled(_controller: ScheduledController, env: Env, ctx: ExecutionContext): Promise<void> {
      const host = await hostFor(env, ctx, TURN_MS).catch((error) => {
        notStarted(error)
        throw error
      })
      await offerAdministration(host)
      await host.turn()
    },
  }
}

/** The platform ends work behind an answer after 30 s. */
const BEHIND_ANSWER_MS = 20_000

/** The platform gives a cron 15 minutes and 30 s of processor. The next turn comes in a minute, and this one is to be over by then. */
const TURN_MS = 45_000

const machine: Pick<HostDeps, 'fetch' | 'random' | 'wait' | 'log'> = {
  fetch: (input, init) => fetch(input, init),
  random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
  wait: (ms, then) => {
    const set = setTimeout(then, ms)
    return () => clearTimeout(set)
  },
  log: (event) => console.log(JSON.stringify(event)),
}

/** Migrates once per isolate. Requests that start together each look, and only one of them applies the migrations. */
async function prepareOnce({ client, db }: { client: Client; db: Db }, config: Config, now: Date) {
  if (kept.isMigrated) return
  try {
    await migrate(client, now)
    await learnHolidays(db)
    await recogniseDataKey(db, config, now, machine.log)
  } catch (error) {
    notStarted(error)
    throw error
  }
  kept.isMigrated = true
}

/** Logs our own sentence about a variable, which names no value; any other message might. */
const notStarted = (error: unknown) =>
  machine.log({ level: 'error', at: 'start', error: error instanceof Misconfigured ? error.message : String((error as Error)?.name) })

async function offerAdministration({ deps: { admins, db, random, clock, log } }: Host) {
  const code = admins.length > 0 ? null : await offerClaimCode(db, random, clock(), false)
  if (code) log({ level: 'info', at: 'start', message: `No administrator yet. In a direct chat with the bot say: /认领 ${code}` })
}

export default workerFor()
