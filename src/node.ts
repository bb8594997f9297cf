import { StoreRefused } from '../db/store/refused.ts'
import { Misconfigured, readConfig } from './config.ts'
import { jsonLog, run } from './node-host.ts'

async function main() {
  const isLive = Boolean(process.env.LARK_APP_ID)
  const starting: Promise<{ stop(): Promise<unknown> }> = isLive
    ? run(readConfig(process.env))
    : import('./playground/start.ts').then(({ startPlayground }) => startPlayground(process.env))
  // Heard from the beginning: whoever reads “listening” in the log may stop it in the same instant.
  const stop = async () => {
    jsonLog({ level: 'info', at: 'stop', message: 'finishing what is under way' })
    setTimeout(() => process.exit(1), 10_000).unref()
    const running = await starting.catch(() => null)
    if (!running) return
    await running.stop()
    process.exit(0)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  await starting
}

/** A sentence instead of a stack, for errors that the person who starts the bot can mend. */
function plainReason(error: unknown): string | undefined {
  if (error instanceof Misconfigured || error instanceof StoreRefused) return error.message
  const { code, port } = error as { code?: string; port?: number }
  return code === 'EADDRINUSE' ? `Port ${port} is in use by another program. Set PORT to another one, or stop that program.` : undefined
}

if (process.argv[1]?.match(/node\.(mjs|ts)$/)) {
  main().catch((error) => {
    console.error(plainReason(error) ?? error)
    process.exit(1)
  })
}
