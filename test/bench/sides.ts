import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { end, healthy, startBot } from '../crash/bot.ts'
import { type Expected, fillFile, type Size } from '../crash/rosters.ts'
import { env, freePort } from '../harness/host.ts'
import type { Measured, Order } from './load.ts'

export type SideName = 'ours' | 'floor' | 'slow'

/** A server under test, with a file of its own in which everybody is still expected. */
export interface Side {
  name: SideName
  port: number
  /** Each press is taken from here, so that each is a real arrival. */
  expected: Expected[]
  readyAfterMs: number
  stop(): Promise<unknown>
}

export async function openSide(name: SideName, folder: string, size: Size, feishuUrl: string): Promise<Side> {
  const path = join(folder, `${name}.db`)
  const { expected } = await fillFile(path, size, new Date())
  const port = await freePort()
  const opened = await { ours: openOurs, floor: openFloor, slow: openSlow }[name](path, port, feishuUrl)
  return { name, port, expected, readyAfterMs: opened.readyAfterMs, stop: () => end(opened.process, 'SIGKILL') }
}

const openOurs = (path: string, port: number, feishuUrl: string) => startBot(env(feishuUrl, `file:${path}`, port))

const openFloor = (path: string, port: number) => forked('floor.ts', { PORT: String(port), DATABASE_URL: `file:${path}` }, port)
const openSlow = (path: string, port: number, feishuUrl: string) => forked('slow.ts', env(feishuUrl, `file:${path}`, port), port)

async function forked(file: string, settings: Record<string, string>, port: number) {
  const began = performance.now()
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), { env: { ...process.env, ...settings } })
  await healthy(`http://127.0.0.1:${port}`, child)
  return { process: child, readyAfterMs: performance.now() - began }
}

/** A Feishu that takes everything, so that what is measured is ours. */
export async function patientFeishu() {
  const port = await freePort()
  let sent = 0
  const answer = () =>
    Response.json({ code: 0, msg: 'ok', tenant_access_token: 't-1', expire: 7_200, data: { message_id: `om_${++sent}` } })
  const server = serve({ fetch: answer, port, hostname: '127.0.0.1' })
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close() }
}

export const openLoad = () => fork(fileURLToPath(new URL('load.ts', import.meta.url)))

export async function measureAt(load: ChildProcess, { port, expected }: Side, parallel: number, presses: number): Promise<Measured> {
  const taken = expected.splice(0, presses)
  if (taken.length < presses) throw new Error('nobody is left to press')
  load.send({ port, parallel, expected: taken } satisfies Order)
  const [measured] = await once(load, 'message')
  return measured as Measured
}
