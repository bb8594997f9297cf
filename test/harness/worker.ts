import { fileURLToPath } from 'node:url'
import { env, freePort, serveFeishu, type TestHost } from './host.ts'
import { startSqld } from './sqld.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface WorkerHost extends TestHost {
  url: string
}

/** The Worker as wrangler bundles it, in a real workerd, with a real libSQL server over HTTP. Nothing but loopback. */
export async function workerHost(): Promise<WorkerHost> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const sqld = await startSqld()
  const side = await serveFeishu(() => url)
  const closeAll = async () => {
    await side.close()
    await sqld.stop()
  }
  const worker = await serveWorker(port, { ...env(side.url, sqld.url, port), TEST_CLOCK_URL: `${side.url}/clock` }).catch(async (error) => {
    await closeAll()
    throw error
  })
  return {
    url,
    feishu: side.feishu,
    now: side.clock,
    at: side.at,
    forward: side.forward,
    async turn() {
      const { ok, status } = await fetch(`${url}/cdn-cgi/handler/scheduled`)
      if (!ok) throw new Error(`the scheduled handler failed: ${status}`)
    },
    async stop() {
      await worker.dispose()
      await closeAll()
    },
  }
}

async function serveWorker(port: number, settings: Record<string, string>) {
  const quiet = {
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    WRANGLER_SEND_METRICS: 'false',
    WRANGLER_LOG: process.env.TEST_LOG ? 'log' : 'none',
  }
  Object.assign(process.env, quiet)
  const { unstable_startWorker } = await import('wrangler')
  const worker = await unstable_startWorker({
    config: `${ROOT}wrangler.toml`,
    entrypoint: `${ROOT}test/worker/entry.ts`,
    envFiles: [],
    build: { minify: true },
    bindings: Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, { type: 'plain_text' as const, value }])),
    dev: { server: { hostname: '127.0.0.1', port }, inspector: false, persist: false, watch: false, liveReload: false, remote: false },
  })
  await worker.ready
  return worker
}
