import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { env, freePort, serveFeishu, type TestHost } from './host.ts'
import { startSqld } from './sqld.ts'

export interface WorkerHost extends TestHost {
  url: string
  databaseUrl: string
}

/** The Worker as wrangler bundles it, in a real workerd, with a real libSQL server over HTTP. Nothing but loopback. */
export async function workerHost(options: { bundle?: Bundle; databaseUrl?: string } = {}): Promise<WorkerHost> {
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
    const workerd = inWorkerd(bundle, port, { ...env(side.url, databaseUrl, port), TEST_CLOCK_URL: `${side.url}/clock` })
    undo.push(() => workerd.dispose())
    await workerd.ready

    const { feishu, clock: now, at, forward } = side
    const turn = async () => {
      const { outcome } = await (await workerd.getWorker()).scheduled({ cron: '* * * * *' })
      if (outcome !== 'ok') throw new Error(`the scheduled handler ended with: ${outcome}`)
    }
    return { url, databaseUrl, feishu, now, at, forward, turn, stop }
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
    await promisify(execFile)('wrangler', ['deploy', 'test/worker/entry.ts', '--dry-run', '--outdir', folder], {
      env: { ...process.env, PATH: `${join('node_modules', '.bin')}:${process.env.PATH}`, WRANGLER_HIDE_BANNER: 'true' },
    })
  } catch (error) {
    remove()
    throw error
  }
  return { path: join(folder, 'entry.js'), remove }
}

function inWorkerd({ path }: Bundle, port: number, bindings: Record<string, string>) {
  return new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      scriptPath: path,
      ...compatibility(),
      host: '127.0.0.1',
      port,
      cf: false,
      bindings,
      handleStructuredLogs: ({ level, message }) => {
        if (process.env.TEST_LOG) console.log(level, message)
      },
    }),
  )
}

/** What production runs with. */
function compatibility() {
  const toml = readFileSync('wrangler.toml', 'utf8')
  const told = (name: string) => JSON.parse(new RegExp(`^${name} = (.+)$`, 'm').exec(toml)?.[1] ?? 'null')
  return { compatibilityDate: told('compatibility_date'), compatibilityFlags: told('compatibility_flags') }
}
