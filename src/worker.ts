import type { Client } from '@libsql/client/web'
import { migrate } from '../db/migrate.ts'
import { openRemote } from '../db/remote.ts'
import { offerClaimCode } from './claim-code.ts'
import { readConfig } from './config.ts'
import { type Host, hostOf } from './host.ts'

export type Env = Record<string, string | undefined>

/** Per isolate: facts that never change, no connections (those belong to a request). */
const kept: { openId?: string } = {}
let migrated: Promise<unknown> | undefined

/** The bot at the edge. `clock` is the machine's; tests bring one that can be moved. */
export function workerFor(clock: (env: Env) => Promise<() => Date> = async () => () => new Date()) {
  async function hostFor(env: Env, ctx: ExecutionContext): Promise<Host> {
    const config = readConfig(env)
    const now = await clock(env)
    const { db, client } = openRemote({
      url: config.DATABASE_URL,
      authToken: config.DATABASE_AUTH_TOKEN,
      fetch: (input, init) => fetch(input, init),
    })
    await migratedOnce(client, now())
    return hostOf(config, {
      db,
      fetch: (input, init) => fetch(input, init),
      clock: now,
      random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
      wait: (ms, then) => {
        const set = setTimeout(then, ms)
        return () => clearTimeout(set)
      },
      after: (work) => ctx.waitUntil(work.catch(() => {})),
      log: (event) => console.log(JSON.stringify(event)),
      gatherMs: 0,
      bot: kept,
    })
  }

  return {
    fetch: async (request: Request, env: Env, ctx: ExecutionContext) => (await hostFor(env, ctx)).app.fetch(request),
    async scheduled(_controller: ScheduledController, env: Env, ctx: ExecutionContext) {
      const host = await hostFor(env, ctx)
      const code = host.world.admins.length > 0 ? null : await offerClaimCode(host.world.db, host.world.random, host.world.clock(), false)
      if (code)
        host.world.log({ level: 'info', at: 'start', message: `No administrator yet. In a direct chat with the bot say: /认领 ${code}` })
      await host.turn()
    },
  }
}

/** Once per isolate; a failure is tried again by the next request. */
function migratedOnce(client: Client, now: Date): Promise<unknown> {
  migrated ??= migrate(client, now).catch((error) => {
    migrated = undefined
    throw error
  })
  return migrated
}

export default workerFor()
