import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { createClient } from '@libsql/client'
import { transformSync } from 'esbuild'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { env, freePort, serveFeishu, type TestHost } from './host.ts'
import { startSqld } from './sqld.ts'

export interface WorkerHost extends TestHost {
  url: string
  databaseUrl: string
  /** The requests since it was asked last, and those refused beyond the limit; without a limit nothing counts them. */
  spent(): Promise<{ spent: number; refused: number }>
}

interface WorkerOptions {
  bundle?: Bundle
  databaseUrl?: string
  /** The requests that an invocation may make, and what a round trip to the database takes besides its own time. */
  limit?: { requests: number; tripMs: number }
  /** Gets each line of the Worker’s log. */
  log?(line: string): void
}

/** The Worker as it is bundled to be deployed, in a real workerd, with a real libSQL server over HTTP. Nothing but loopback. */
export async function workerHost(options: WorkerOptions = {}): Promise<WorkerHost> {
  const undo: (() => unknown)[] = []
  const stop = async () => {
    for (const one of undo.splice(0).reverse()) await one()
  }
  try {
    const bundle = options.bundle ?? (await bundleWorker())
    if (!options.bundle) undo.push(bundle.remove)
    const databaseUrl = options.databaseUrl ?? (await aServer(undo))
    const port = await freePort()
    const url = `http://127.0.0.1:${port}`
    const side = await serveFeishu(() => url)
    undo.push(side.close)
    const workerd = inWorkerd(bundle, port, databaseUrl, options, {
      ...env(side.url, databaseUrl, port),
      TEST_CLOCK_URL: `${side.url}/clock`,
      TURN_REQUESTS: '900',
    })
    undo.push(() => workerd.dispose())
    await workerd.ready

    const { feishu, clock: now, at, forward } = side
    const turn = async () => {
      const { outcome } = await (await workerd.getWorker()).scheduled({ cron: '* * * * *' })
      if (outcome !== 'ok') throw new Error(`the scheduled handler ended with: ${outcome}`)
    }
    const spent = async () => {
      const outside = await workerd.getWorker(OUTSIDE)
      return (await (await outside.fetch('http://count')).json()) as { spent: number; refused: number }
    }
    const client = createClient({ url: databaseUrl })
    undo.push(() => client.close())
    const hasPosted = async (messageId: string) =>
      (await client.execute({ sql: 'select 1 from posts where message_id = ?', args: [messageId] })).rows.length > 0
    return { url, databaseUrl, feishu, now, at, forward, turn, hasPosted, spent, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function aServer(undo: (() => unknown)[]): Promise<string> {
  const sqld = await startSqld()
  undo.push(sqld.stop)
  return sqld.url
}

export interface Bundle {
  path: string
  remove(): void
}

/** workerd reads only what lies below the working directory, so it is put beside the real one. */
export async function bundleWorker(): Promise<Bundle> {
  const folder = join('dist', `test-${randomUUID()}`)
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
    const [, ...args] = String(scripts['build:edge'])
      .replace('src/worker.ts', 'test/worker/entry.ts')
      .replace('dist/edge', folder)
      .split(' ')
    await promisify(execFile)(join('node_modules', '.bin', 'esbuild'), args)
  } catch (error) {
    remove()
    throw error
  }
  return { path: join(folder, 'entry.js'), remove }
}

function inWorkerd({ path }: Bundle, port: number, databaseUrl: string, { limit, log }: WorkerOptions, bindings: Record<string, string>) {
  const worker = { name: 'zhibu', modules: modulesOf(path), ...compatibility(), bindings }
  const outside = limit && {
    name: OUTSIDE,
    modules: [{ type: 'ESModule' as const, path: 'outside.js', contents: outsideWorker() }],
    ...compatibility(),
    bindings: { MOST: limit.requests, TRIP_MS: limit.tripMs, DATABASE: new URL(databaseUrl).host, CLOCK: bindings.TEST_CLOCK_URL ?? '' },
  }
  return new Miniflare(
    convertV4MiniflareOptions({
      workers: outside ? [{ ...worker, outboundService: OUTSIDE }, outside] : [worker],
      host: '127.0.0.1',
      port,
      cf: false,
      handleStructuredLogs: ({ level, message }) => {
        if (process.env.TEST_LOG) console.log(level, message)
        log?.(message)
      },
    }),
  )
}

const OUTSIDE = 'outside'
const outsideWorker = () => transformSync(readFileSync(join('test', 'worker', 'outside.ts'), 'utf8'), { loader: 'ts' }).code

/** The entry first, and beside it what it loads when it is asked for. */
const modulesOf = (entry: string) =>
  [basename(entry), ...readdirSync(dirname(entry)).filter((file) => file.endsWith('.js') && file !== basename(entry))].map((file) => ({
    type: 'ESModule' as const,
    path: join(dirname(entry), file),
  }))

/** The compatibility settings of production. */
function compatibility() {
  const toml = readFileSync('wrangler.toml', 'utf8')
  const told = (name: string) => JSON.parse(new RegExp(`^${name} = (.+)$`, 'm').exec(toml)?.[1] ?? 'null')
  return { compatibilityDate: told('compatibility_date'), compatibilityFlags: told('compatibility_flags') }
}
