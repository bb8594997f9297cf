import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const BUILT = join(ROOT, 'dist', `under-test-${process.pid}`)

/** Builds as `npm start` does, into a folder apart, because others may build meanwhile. */
export function build() {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: 'inherit' })
  mkdirSync(BUILT, { recursive: true })
  for (const file of ['node.mjs', 'product.mjs', 'file-thread.mjs']) copyFileSync(join(ROOT, 'dist', file), join(BUILT, file))
  return { takeAway: () => rmSync(BUILT, { recursive: true, force: true }) }
}

export interface Bot {
  process: ChildProcess
  url: string
  /** Since the process was spawned. */
  readyAfterMs: number
}

/** The process that `npm start` makes. */
export function spawnBot(env: Record<string, string>): ChildProcess {
  const { PATH = '', HOME = '' } = process.env
  return spawn(process.execPath, [join(BUILT, 'node.mjs')], {
    cwd: ROOT,
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

export async function startBot(env: Record<string, string> & { PORT: string }): Promise<Bot> {
  const began = performance.now()
  const child = spawnBot(env)
  const url = `http://127.0.0.1:${env.PORT}`
  await healthy(url, child).catch(async (error) => {
    await end(child, 'SIGKILL')
    throw error
  })
  return { process: child, url, readyAfterMs: performance.now() - began }
}

const PATIENCE_MS = 120_000

export async function healthy(url: string, child: ChildProcess): Promise<void> {
  for (const began = performance.now(); performance.now() - began < PATIENCE_MS; await pause(5)) {
    if (child.exitCode !== null) throw new Error(`the process ended with ${child.exitCode}`)
    const answer = await fetch(`${url}/healthz`).catch(() => null)
    await answer?.arrayBuffer()
    if (answer?.ok) return
  }
  throw new Error('the process is not healthy')
}

/** Ends the process and says how it ended: an exit code, or the signal's name. */
export async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM') {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode ?? child.signalCode
  const ended = once(child, 'exit')
  child.kill(signal)
  const [code, by] = await ended
  return (code ?? by) as number | string
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
