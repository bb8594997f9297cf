import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { say } from '../../cards/home/say.ts'
import { statementOf, together } from '../../db/client.ts'
import { type Lease, takeLease } from '../../db/ledgers/leases.ts'
import { enqueue } from '../../db/ledgers/outbox.ts'
import { openRemote } from '../../db/store/remote.ts'
import { timer } from '../../src/node-host.ts'
import { emptyFile } from '../harness/database.ts'
import { builtProduct, env, freePort } from '../harness/host.ts'
import { type Sqld, startSqld } from '../harness/sqld.ts'
import { until } from '../harness/until.ts'

let product: string
beforeAll(() => {
  product = builtProduct()
})
const started: ChildProcess[] = []
const sockets: Socket[] = []
const folders: string[] = []
const servers: Sqld[] = []
afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  for (const socket of sockets.splice(0)) socket.destroy()
  for (const server of servers.splice(0)) await server.stop()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const aFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'zhibu-stop-'))
  folders.push(folder)
  return folder
}

/** The real process, as `npm start` runs it. */
async function aProcess(databaseUrl: string, more: Record<string, string> = {}) {
  const port = await freePort()
  const child = spawn(process.execPath, [product], {
    env: { PATH: process.env.PATH, ...env('http://127.0.0.1:9', databaseUrl, port), ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  const said = { out: '', err: '' }
  child.stdout.on('data', (bytes) => {
    said.out += bytes
  })
  child.stderr.on('data', (bytes) => {
    said.err += bytes
  })
  const ended = once(child, 'close').then(([code, signal]) => code ?? signal)
  return { child, port, said, ended }
}

test('SIGTERM ends idle and half-sent connections, and exits with 0', async () => {
  const { child, port, said, ended } = await aProcess(`file:${join(aFolder(), 'zhibu.db')}`)
  await until('the bot to listen', () => said.out.includes('listening'))
  const opened = async (text: string) => {
    const socket = connect({ port, host: '127.0.0.1' })
    sockets.push(socket)
    socket.on('error', () => {})
    await once(socket, 'connect')
    socket.write(text)
    return socket
  }
  const idle = await opened('GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n')
  await once(idle, 'data')
  const half = await opened('POST /lark/webhook HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{')
  const order: string[] = []
  for (const [name, socket] of [
    ['idle', idle],
    ['half', half],
  ] as const)
    socket.resume().once('close', () => order.push(name))

  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  await until('both to be closed', () => order.length === 2)
  expect(order).toEqual(['idle', 'half'])
  expect(said.out).not.toContain('cut off')
})

/** A database server on which a message waits to be sent. */
async function aMessageWaiting(heldBy: Lease | null) {
  const sqld = await startSqld({ holds: await emptyFile() })
  servers.push(sqld)
  const { db, client } = openRemote({ url: sqld.url, fetch, wait: timer, random: randomBytes })
  const now = new Date()
  await together(db, [
    statementOf(enqueue(db, { occasion: 'late', to: { chat: 'oc' }, ...say.args({ zh: '好', en: 'good' }), dueAt: now })),
    ...(heldBy ? [statementOf(takeLease(db, heldBy, now, 3_600_000))] : []),
  ])
  client.close()
  return sqld.url
}

test('SIGTERM amid a wait for another’s lease exits with 0', async () => {
  const { child, said, ended } = await aProcess(await aMessageWaiting({ name: 'outbox', holder: 'killed' }))
  await until('the bot to listen', () => said.out.includes('listening'))
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(said.out).not.toContain('cut off')
})

test('SIGTERM amid a call that is not answered exits with 0', async () => {
  let calls = 0
  const silent = createServer(() => calls++).listen(0, '127.0.0.1')
  silent.unref()
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  const { child, said, ended } = await aProcess(await aMessageWaiting(null), { LARK_DOMAIN: `http://127.0.0.1:${port}` })
  await until('a call', () => calls > 0)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(said.out).toContain('cut off')
})

/** A server that speaks no libSQL. */
async function noServer(status: number) {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.unref()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
}

const starts: [string, (folder: string) => string | Promise<string>, RegExp][] = [
  ['an unreachable server', async () => `http://127.0.0.1:${await freePort()}`, /127\.0\.0\.1:\d+ cannot be reached/],
  ['a server that is none of libSQL', () => noServer(404), /cannot be reached/],
  ['a server that refuses the token', () => noServer(401), /does not accept DATABASE_AUTH_TOKEN/],
  ['a folder', (folder) => `file:${folder}`, /cannot be opened: it is a folder/],
  [
    'a file that is no database',
    (folder) => {
      writeFileSync(join(folder, 'letter.db'), 'Dear committee, '.repeat(1_000))
      return `file:${join(folder, 'letter.db')}`
    },
    /letter\.db is no database/,
  ],
  [
    'a folder below a file',
    (folder) => {
      writeFileSync(join(folder, 'file'), '')
      return `file:${join(folder, 'file', 'zhibu.db')}`
    },
    /cannot be opened/,
  ],
]

test.each(starts)('a start with %s says one sentence and exits with 1', async (_what, url, sentence) => {
  const { said, ended } = await aProcess(await url(aFolder()))
  expect(await ended).toBe(1)
  expect(said.err).toMatch(sentence)
  expect(said.err.trim().split('\n')).toHaveLength(1)
})

test('a start without the known database says how to begin anew', async () => {
  const path = join(aFolder(), 'var', 'zhibu.db')
  const first = await aProcess(`file:${path}`)
  await until('the bot to answer', () => fetch(`http://127.0.0.1:${first.port}/healthz`).catch(() => null))
  first.child.kill('SIGTERM')
  expect(await first.ended).toBe(0)
  expect(existsSync(`${path}.known`)).toBe(true)
  rmSync(path)

  const second = await aProcess(`file:${path}`)
  expect(await second.ended).toBe(1)
  expect(second.said.err).toMatch(/^zhibu\.db .*DATABASE_ANEW=yes.*\n$/)
  const third = await aProcess(`file:${path}`, { DATABASE_ANEW: 'yes' })
  await until('the bot to listen', () => third.said.out.includes('listening'))
})
