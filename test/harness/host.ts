import { execFileSync } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { eq } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { posts } from '../../db/ledgers/tables.ts'
import { moment } from '../../src/calendar.ts'
import type { Config } from '../../src/config.ts'
import { run } from '../../src/node-host.ts'
import { createFeishu, type Feishu } from '../../src/playground/feishu/feishu.ts'

/** A bot on some host, the headless Feishu behind real HTTP, and the clock of both. */
export interface TestHost {
  feishu: Feishu
  now(): Date
  at(on: string, time: string): void
  forward(ms: number): void
  /** A turn of the minute clock. */
  turn(): Promise<void>
  /** Whether the bot knows that the message arrived. The chat shows it earlier, most of all where a reply was lost. */
  hasPosted(messageId: string): Promise<boolean>
  stop(): Promise<void>
}

export const keys = {
  appId: 'cli_a1b2c3d4e5f60708',
  appSecret: 'stand-in-secret',
  encryptKey: 'stand-in-encrypt-key',
  verificationToken: 'stand-in-token',
}

export const dataKey = randomBytes(32).toString('base64')

export const SECRETARY = 'ou_lihua0000000000000000000000000000'

export const env = (feishuUrl: string, databaseUrl: string, port: number) => ({
  LARK_APP_ID: keys.appId,
  LARK_APP_SECRET: keys.appSecret,
  LARK_ENCRYPT_KEY: keys.encryptKey,
  LARK_VERIFICATION_TOKEN: keys.verificationToken,
  LARK_DOMAIN: feishuUrl,
  DATABASE_URL: databaseUrl,
  DATA_KEY: dataKey,
  PUBLIC_URL: `http://127.0.0.1:${port}`,
  ADMINS: SECRETARY,
  PORT: String(port),
})

/** The file that `npm start` runs, built if the sources have changed. From its sources a process takes five times as long to start. */
export function builtProduct(): string {
  execFileSync(process.execPath, ['src/scripts/build.mjs'])
  return 'dist/node.mjs'
}

export async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/** A clock that goes on by itself from wherever it is set. */
export function aClock(start: Date) {
  let set = start.getTime()
  let since = performance.now()
  const clock = () => new Date(set + Math.floor(performance.now() - since))
  const move = (to: number) => {
    set = to
    since = performance.now()
  }
  return {
    clock,
    at: (on: string, time: string) => move(moment(on, time).getTime()),
    forward: (ms: number) => move(clock().getTime() + ms),
  }
}

/** The stand-in, served on loopback; its events go to `botUrl`. */
export async function serveFeishu(botUrl: () => string) {
  let seed = 7
  const { clock, at, forward } = aClock(moment('2026-07-06', '09:00'))
  const feishu = createFeishu({
    ...keys,
    tenantKey: 'tenant_scenario',
    clock,
    random: () => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
      return seed / 2 ** 32
    },
    webhook: async (request) =>
      fetch(`${botUrl()}/lark/webhook`, { method: 'POST', headers: request.headers, body: await request.arrayBuffer() }),
  })
  const besides = new Map([['/clock', () => Response.json({ now: clock().getTime() })]])
  const port = await freePort()
  const server = serve({
    fetch: (request) => besides.get(new URL(request.url).pathname)?.() ?? feishu.api.fetch(request),
    port,
    hostname: '127.0.0.1',
  })
  return {
    feishu,
    /** Other paths on the same port. */
    besides,
    clock,
    url: `http://127.0.0.1:${port}`,
    at,
    forward,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

/** The Node host on an embedded file. */
export async function nodeHost(log?: (event: Record<string, unknown>) => void): Promise<TestHost & { db: Db; port: number }> {
  const port = await freePort()
  const side = await serveFeishu(() => `http://127.0.0.1:${port}`)
  const path = join(tmpdir(), `zhibu-${randomUUID()}.db`)
  const { readConfig } = await import('../../src/config.ts')
  const config: Config = readConfig(env(side.url, `file:${path}`, port))
  const running = await run(config, {
    clock: side.clock,
    log: log ?? (process.env.TEST_LOG ? (event) => console.log(JSON.stringify(event)) : () => {}),
  })
  return {
    feishu: side.feishu,
    now: side.clock,
    at: side.at,
    forward: side.forward,
    turn: () => running.host.turn(),
    hasPosted: async (messageId) => (await running.host.deps.db.$count(posts, eq(posts.messageId, messageId))) > 0,
    db: running.host.deps.db,
    port,
    async stop() {
      await running.stop()
      await side.close()
      for (const suffix of ['', '-wal', '-shm', '.known']) rmSync(path + suffix, { force: true })
    },
  }
}
