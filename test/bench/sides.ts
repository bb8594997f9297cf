import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { serve } from '@hono/node-server'
import { end, healthy, startBot } from '../crash/bot.ts'
import { checkInOf } from '../crash/press.ts'
import { fillFile, type Size } from '../crash/rosters.ts'
import { env, freePort } from '../harness/host.ts'
import type { Measured, Order, Pressing } from './load.ts'

export type SideName = keyof typeof servers

/** A server under test, with a file of its own in which everything is still to be pressed. */
export interface Side {
  name: SideName
  port: number
  /** Each press is taken from here, so that each is a real one. */
  presses: Pressing[]
  readyAfterMs: number
  process: ChildProcess
  stop(): Promise<unknown>
}

/** Everybody who is still expected at a gathering. */
export const checkIns = (size: Size) => async (path: string) =>
  (await fillFile(path, size, new Date())).expected.map((one) => ({ name: `${one.gathering} ${one.member}`, pressed: checkInOf(one) }))

export async function openSide(
  name: SideName,
  folder: string,
  feishuUrl: string,
  fill: (path: string) => Promise<Pressing[]>,
): Promise<Side> {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${name.replaceAll(' ', '-')}.db`)
  const presses = await fill(path)
  const port = await freePort()
  const { process, readyAfterMs } = await servers[name](path, port, feishuUrl)
  return { name, port, presses, readyAfterMs, process, stop: () => end(process, 'SIGKILL') }
}

const openOurs = (path: string, port: number, feishuUrl: string) => startBot(env(feishuUrl, `file:${path}`, port))

const alone = (file: string) => (path: string, port: number) => forked(file, { PORT: String(port), DATABASE_URL: `file:${path}` }, port)
const beside = (file: string) => (path: string, port: number, feishuUrl: string) => forked(file, env(feishuUrl, `file:${path}`, port), port)

const servers = {
  ours: openOurs,
  floor: alone('floor.ts'),
  bare: alone('hosts/bare.ts'),
  slow: beside('hosts/slow.ts'),
  'floor of votes': alone('floor-votes.ts'),
  counting: beside('hosts/counting.ts'),
  busy: beside('hosts/busy.ts'),
  'hostile files': beside('hostile-side.ts'),
}

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

export const openLoad = () => fork(fileURLToPath(new URL('./load.ts', import.meta.url)))

export async function measureAt(load: ChildProcess, { port, presses }: Side, parallel: number, many: number): Promise<Measured> {
  const taken = presses.splice(0, many)
  if (taken.length < many) throw new Error('nobody is left to press')
  load.send({ port, parallel, presses: taken } satisfies Order)
  const [measured] = await once(load, 'message')
  return measured as Measured
}
