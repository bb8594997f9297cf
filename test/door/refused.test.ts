import { connect, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { turn } from '../../src/turn.ts'
import { anApp } from '../harness/app.ts'
import { aBranch } from '../harness/branch.ts'
import { envelope, sealed, unsigned } from '../harness/door.ts'
import { nodeHost } from '../harness/host.ts'
import { until } from '../harness/until.ts'

const KB = 1024

/** The door with a log, a clock that is moved by hand and timers that go off when told to. */
async function aDoor() {
  const timers: { ms: number; then: () => void }[] = []
  let now = Date.parse('2026-10-08T09:00:00+08:00')
  const { store } = await aBranch([])
  const app = anApp(store, {
    clock: () => new Date(now),
    wait: (ms, then) => {
      const timer = { ms, then }
      timers.push(timer)
      return () => void timers.splice(timers.indexOf(timer), 1)
    },
  })
  const timestamp = () => String(Math.floor(now / 1000))
  const post = async (body: string | ReadableStream, headers: Record<string, string> = {}) => {
    const request = new Request('http://bot/lark/webhook', { method: 'POST', body, headers, duplex: 'half' } as RequestInit)
    return { status: (await app.app.fetch(request)).status, request }
  }
  return {
    ...app,
    post,
    forged: () => sealed(JSON.stringify(envelope('x', {})), { key: 'another', timestamp: timestamp() }),
    headers: () => ({ 'x-lark-request-timestamp': timestamp(), 'x-lark-request-nonce': 'n', 'x-lark-signature': '0'.repeat(64) }),
    goOff: (ms: number) => {
      now += ms
      for (const timer of timers.filter((one) => one.ms <= ms)) {
        timers.splice(timers.indexOf(timer), 1)
        timer.then()
      }
    },
  }
}

test('a body over its limit is refused by its length, unread', async () => {
  const { post, headers } = await aDoor()
  const claiming = async (length: number, more = {}) => {
    const { status, request } = await post('{}', { 'content-length': String(length), ...more })
    return [status, request.bodyUsed]
  }
  expect(await claiming(4 * KB + 1)).toEqual([413, false])
  expect(await claiming(512 * KB + 1, headers())).toEqual([413, false])
  expect(await claiming(512 * KB, headers())).toEqual([401, true])
  expect(await claiming(2, { ...headers(), 'x-lark-signature': 'none' })).toEqual([401, false])
  expect(await claiming(2, { ...headers(), 'x-lark-request-timestamp': '1000000000' })).toEqual([401, false])
})

test('a body in chunks is read no further than its limit', async () => {
  const { post, headers } = await aDoor()
  const sends = async (more = {}) => {
    let pulled = 0
    const endless = new ReadableStream({
      pull(to) {
        pulled++
        to.enqueue(new Uint8Array(KB))
      },
    })
    return [(await post(endless, more)).status, pulled]
  }
  const [status, pulled] = await sends()
  expect([status, (pulled as number) < 10]).toEqual([413, true])
  const [signed, pulledSigned] = await sends(headers())
  expect([signed, (pulledSigned as number) < 520]).toEqual([413, true])
})

test('large bodies under way share a room; small ones always pass', async () => {
  const { post, headers, send, forged } = await aDoor()
  const stuck = Array.from({ length: 40 }, () =>
    post(
      new ReadableStream({
        start(to) {
          to.enqueue(new Uint8Array(511 * KB))
        },
      }),
      headers(),
    ).then(({ status }) => status),
  )
  expect(await Promise.race(stuck)).toBe(503)
  expect((await send(forged())).status).toBe(401)
}, 20_000)

test('a body that does not end is given up after five seconds', async () => {
  const { post, goOff } = await aDoor()
  const answer = post(new ReadableStream({}))
  await turn()
  goOff(5_000)
  expect((await answer).status).toBe(408)
}, 20_000)

test('refusals are said by reason, at once and then once a minute', async () => {
  const { send, forged, logs, goOff } = await aDoor()
  for (let nth = 0; nth < 50; nth++) await send(nth % 2 === 0 ? forged() : unsigned('{}'))
  expect(logs).toEqual([{ level: 'warn', at: 'door', refused: { 'bad-signature': 1 } }])
  goOff(60_000)
  expect(logs.slice(1)).toEqual([{ level: 'warn', at: 'door', refused: { unsigned: 25, 'bad-signature': 24 } }])
  goOff(60_000)
  expect(logs).toHaveLength(2)
})

const hosts: Awaited<ReturnType<typeof nodeHost>>[] = []
const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  for (const host of hosts.splice(0)) await host.stop()
})

test('a real server ends half-sent headers and bodies by itself', async () => {
  const host = await nodeHost()
  hosts.push(host)
  const begun = performance.now()
  const endings = [
    'POST /lark/webhook HTTP/1.1\r\nhost: x\r\ncontent-le',
    'POST /lark/webhook HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{',
  ].map(async (half) => {
    const socket = connect({ port: host.port, host: '127.0.0.1' })
    sockets.push(socket)
    socket.on('error', () => {})
    let isEnded = false
    socket.once('close', () => {
      isEnded = true
    })
    socket.resume()
    socket.write(half)
    await until('the connection to end', () => isEnded)
  })
  await Promise.all(endings)
  const took = performance.now() - begun
  expect(took).toBeGreaterThan(4_000)
  // Node’s own habit, to look every half minute, would take longer.
  expect(took).toBeLessThan(20_000)
})

test('of more than a thousand connections the rest end unanswered', async () => {
  const host = await nodeHost()
  hosts.push(host)
  let refused = 0
  for (let nth = 0; nth < 1_050; nth++) {
    const socket = connect({ port: host.port, host: '127.0.0.1' })
    sockets.push(socket)
    let isAnswered = false
    socket.on('error', () => {})
    socket.on('data', () => {
      isAnswered = true
    })
    socket.once('close', () => {
      if (!isAnswered) refused++
    })
    socket.write('POST /lark/webhook HTTP/1.1\r\nhost: x\r\ncontent-le')
  }
  await until('fifty to be refused', () => refused >= 50)
  expect(refused).toBe(50)
  for (const socket of sockets.splice(0)) socket.destroy()
  await until('the next to be answered', () =>
    fetch(`http://127.0.0.1:${host.port}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    ),
  )
})
