import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sealBody } from '../../src/feishu/door/verify.ts'
import { freePort, keys } from '../harness/host.ts'
import { type Sqld, startSqld } from '../harness/sqld.ts'
import { type Bundle, bundleWorker, type WorkerHost, workerHost } from '../harness/worker.ts'
import { playBallots } from './ballot.ts'
import { playLoop } from './loop.ts'

let bundle: Bundle
beforeAll(async () => {
  bundle = await bundleWorker()
})
afterAll(() => bundle.remove())

async function withHost<T>(use: (host: WorkerHost) => Promise<T>, databaseUrl?: string): Promise<T> {
  const host = await workerHost({ bundle, databaseUrl })
  try {
    return await use(host)
  } finally {
    await host.stop()
  }
}

test('the loop in workerd with a libSQL server over HTTP, unchanged', async () => {
  const { cards } = await withHost(playLoop)
  expect(cards.length).toBeGreaterThan(15)
})

test('three ballots in workerd over HTTP, sealed as on Node', async () => {
  const { receipts } = await withHost(playBallots)
  expect(receipts).toHaveLength(4)
})

const urlCheck = { type: 'url_verification', token: keys.verificationToken, challenge: 'ajls384k' }
const sealedCheck = sealBody(JSON.stringify(urlCheck), keys.encryptKey, new Uint8Array(16))

/** The first thing a new workerd is ever asked: what it answers, and after how long. */
const askedCold = (path: string, request?: RequestInit, databaseUrl?: string) =>
  withHost(async ({ url }) => {
    const response = await fetch(url + path, request)
    return { status: response.status, answer: await response.json() }
  }, databaseUrl)

test.each([
  ['the sealed URL check', '/lark/webhook', { method: 'POST', body: sealedCheck }, { challenge: urlCheck.challenge }],
  ['its health', '/healthz', undefined, { ok: true }],
])('a cold start answers %s, the first schema included', async (_what, path, request, answer) => {
  expect(await askedCold(path, request)).toMatchObject({ status: 200, answer })
})

test.each([
  ['plain', JSON.stringify(urlCheck)],
  ['sealed', sealedCheck],
])('a cold Worker answers the %s URL check without its database', async (_how, body) => {
  const port = await freePort()
  let asked = 0
  const slow = createServer(() => asked++).listen(port, '127.0.0.1')
  try {
    expect(await askedCold('/lark/webhook', { method: 'POST', body }, `http://127.0.0.1:${port}`)).toMatchObject({
      status: 200,
      answer: { challenge: urlCheck.challenge },
    })
    expect(asked).toBe(0)
  } finally {
    slow.closeAllConnections()
    slow.close()
  }
})

test('in workerd readiness goes and comes back with the database', async () => {
  let sqld: Sqld | undefined = await startSqld()
  const { url, port } = { url: sqld.url, port: Number(new URL(sqld.url).port) }
  await sqld.stop()
  try {
    await withHost(async (host) => {
      expect((await fetch(`${host.url}/healthz`)).status).toBe(503)
      sqld = await startSqld({ port })
      expect(await (await fetch(`${host.url}/healthz`)).json()).toEqual({ ok: true })
    }, url)
  } finally {
    await sqld?.stop()
  }
})

test('beyond the platform’s limit a request of workerd fails', async () => {
  const host = await workerHost({ bundle, limit: { requests: 2, tripMs: 0 } })
  try {
    expect((await fetch(`${host.url}/healthz`)).status).toBe(503)
    const { spent, refused } = await host.spent()
    expect({ spent, isRefused: refused > 0 }).toEqual({ spent: 2, isRefused: true })
    expect(await host.spent()).toEqual({ spent: 0, refused: 0 })
  } finally {
    await host.stop()
  }
})
