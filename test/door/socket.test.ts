import { once } from 'node:events'
import { expect, test } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { readConfig } from '../../src/config.ts'
import { run } from '../../src/node-host.ts'
import { connect } from '../../src/socket.ts'
import { anApp } from '../harness/app.ts'
import { aStore } from '../harness/database.ts'
import { env, freePort, keys, SECRETARY, serveFeishu } from '../harness/host.ts'
import { until } from '../harness/until.ts'

/** Writes a frame of the long connection in protobuf. Tags hold field number and type; a varint or length and bytes follow. */
function frame(headers: Record<string, string>, payload: string, method = 1): Uint8Array {
  const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)])
  const bytes = (field: number, body: Uint8Array) => [...varint((field << 3) | 2), ...varint(body.length), ...body]
  const text = (field: number, value: string) => bytes(field, new TextEncoder().encode(value))
  const number = (field: number, value: number) => [...varint(field << 3), ...varint(value)]
  const pairs = Object.entries(headers).flatMap(([key, value]) => bytes(5, Uint8Array.from([...text(1, key), ...text(2, value)])))
  return Uint8Array.from([...number(1, 1), ...number(2, 1), ...number(3, 1), ...number(4, method), ...pairs, ...text(8, payload)])
}

/** The JSON that an answering frame carries. */
const payloadOf = (answer: Uint8Array) => JSON.parse(/\{"code".*\}/.exec(Buffer.from(answer).toString('latin1'))?.[0] ?? '{}')

/** A platform that names the socket server and counts how often it was asked; `answers` overrides, in order. */
async function aPlatform(answers: (() => Response | Promise<Response>)[] = []) {
  const port = await freePort()
  const sockets = new WebSocketServer({ port, host: '127.0.0.1' })
  const ClientConfig = { PingInterval: 0.1, ReconnectCount: 1, ReconnectInterval: 0.02, ReconnectNonce: 0 }
  const endpoint = () => Response.json({ code: 0, msg: '', data: { URL: `ws://127.0.0.1:${port}/?service_id=1`, ClientConfig } })
  const [logs, opened]: [Record<string, unknown>[], { isSilent: boolean; socket: WebSocket }[]] = [[], []]
  let [asked, now, isSilent] = [0, 0, false]
  sockets.on('connection', (socket) => {
    opened.push({ isSilent, socket })
    const pong = frame({ type: 'pong' }, JSON.stringify(ClientConfig), 0)
    if (!isSilent) socket.on('message', () => socket.send(pong))
  })
  const waits: number[] = []
  const connection = connect(
    { LARK_APP_ID: keys.appId, LARK_APP_SECRET: keys.appSecret, LARK_DOMAIN: 'http://127.0.0.1:9' },
    {
      fetch: async () => (answers[asked++] ?? endpoint)(),
      clock: () => new Date(now),
      wait: (ms, then) => {
        waits.push(ms)
        const set = setTimeout(then, 5)
        return () => clearTimeout(set)
      },
      log: (event) => void logs.push(event),
      take: async () => ({}),
      silenceMs: 60,
    },
  )
  return {
    connection,
    logs,
    opened,
    waits,
    said: () => logs.map(({ message, reason }) => message ?? reason),
    silence: (is: boolean) => {
      isSilent = is
    },
    pass: (ms: number) => {
      now += ms
    },
    stop() {
      connection.close()
      for (const one of sockets.clients) one.terminate()
      return new Promise((closed) => sockets.close(closed))
    },
  }
}

test('a server that answers no ping is left and another sought', async () => {
  const it = await aPlatform()
  try {
    it.silence(true)
    await until('the silent server is left', () => it.opened.length >= 2)
    it.silence(false)
    await until('it is connected again', () => it.said().includes('connected again') && it.opened.at(-1)?.isSilent === false)
    expect(it.said().slice(0, 3)).toEqual(['connected', 'reconnecting', 'connected again'])
    expect(it.connection.isHealthy()).toBe(true)
  } finally {
    await it.stop()
  }
})

test('a server that answers its pings is kept', async () => {
  const it = await aPlatform()
  try {
    let pings = 0
    await until('it is connected', () => it.opened.length > 0)
    it.opened[0]?.socket.on('message', () => pings++)
    await until('five pings are answered', () => pings >= 5)
    expect(it.said()).toEqual(['connected'])
  } finally {
    await it.stop()
  }
})

test('whatever keeps it from connecting is tried again and told', async () => {
  const busy = () => Response.json({ code: 1, msg: 'system busy' })
  const it = await aPlatform([
    busy,
    () => Response.json({ code: 514, msg: 'app_id or app_secret is wrong', data: { URL: '', ClientConfig: {} } }),
    () => Response.json({ code: 1_000_040_343, msg: 'internal error', data: {} }),
    () => new Response('<html>', { status: 502 }),
    () => Promise.reject(new TypeError('fetch failed')),
    () => Promise.reject(new DOMException('late', 'TimeoutError')),
    () => Response.json({ code: 0, msg: '', data: {} }),
    ...Array.from({ length: 40 }, () => busy),
  ])
  try {
    await until('it is connected', () => it.said().includes('connected'))
    expect(it.said().slice(0, 8)).toEqual([
      '1 system busy',
      '514 app_id or app_secret is wrong',
      '1000040343 internal error',
      'http 502',
      'connection',
      'timeout',
      'no address',
      '1 system busy',
    ])
    expect(it.waits.slice(0, 8)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000])
    expect(it.waits).toHaveLength(47)
    expect(JSON.stringify(it.logs)).not.toContain(keys.appSecret)
  } finally {
    await it.stop()
  }
})

test('a refused handshake is told, and tried again', async () => {
  const it = await aPlatform([
    () =>
      Response.json({
        code: 0,
        data: { URL: 'ws://127.0.0.1:9/', ClientConfig: { ReconnectNonce: 0, ReconnectInterval: 0.01, ReconnectCount: 2 } },
      }),
  ])
  try {
    await until('it is connected', () => it.said().includes('connected'))
    expect(it.said()).toContain('the platform refused the connection')
  } finally {
    await it.stop()
  }
})

test('health ends after two ping intervals and 30 s without connection', async () => {
  const it = await aPlatform(Array.from({ length: 5_000 }, () => () => Response.json({ code: 1, msg: 'system busy' })))
  try {
    // The SDK's interval of 120 s, as no server has named one.
    it.pass(270_000)
    expect(it.connection.isHealthy()).toBe(true)
    it.pass(1)
    expect(it.connection.isHealthy()).toBe(false)
  } finally {
    await it.stop()
  }
})

test('/healthz asks for the connection unless told otherwise', async () => {
  const store = await aStore()
  const statusWith = async (isConnected?: () => boolean) => (await anApp(store, { isConnected }).app.request('http://bot/healthz')).status
  expect([await statusWith(), await statusWith(() => true), await statusWith(() => false)]).toEqual([200, 200, 503])
})

test('the long connection hears words, answers presses, refuses broken envelopes', async () => {
  const [httpPort, wsPort] = [await freePort(), await freePort()]
  const sockets = new WebSocketServer({ port: wsPort, host: '127.0.0.1' })
  const side = await serveFeishu(() => 'http://127.0.0.1:9')
  side.besides.set('/callback/ws/endpoint', () => {
    const ClientConfig = { PingInterval: 60, ReconnectCount: -1, ReconnectInterval: 1, ReconnectNonce: 0 }
    return Response.json({ code: 0, msg: '', data: { URL: `ws://127.0.0.1:${wsPort}/?device_id=d&service_id=1`, ClientConfig } })
  })
  const connected = once(sockets, 'connection')
  const config = readConfig({
    ...env(side.url, ':memory:', httpPort),
    LARK_RECEIVE: 'socket',
    LARK_ENCRYPT_KEY: '',
    LARK_VERIFICATION_TOKEN: '',
  })
  const ready = Promise.withResolvers<void>()
  const running = await run(config, { clock: side.clock, log: ({ message }) => message === 'connected' && ready.resolve() })
  await ready.promise
  const [socket] = await connected
  const bring = async (envelope: unknown) => {
    // The client pings in between.
    const answered = new Promise<{ code: number; data: string }>((resolve) => {
      socket.on('message', (said: Buffer) => payloadOf(said).code && resolve(payloadOf(said)))
    })
    socket.send(frame({ type: 'event', message_id: 'm', sum: '1', seq: '0', trace_id: 't' }, JSON.stringify(envelope)))
    return answered
  }
  const header = (event_id: string, event_type: string) => ({
    schema: '2.0',
    header: { event_id, event_type, create_time: '1', token: '', app_id: keys.appId, tenant_key: 'tenant_scenario' },
  })
  try {
    side.feishu.addPerson('李华', { openId: SECRETARY })
    const chat_id = side.feishu.dm(SECRETARY)
    const message = { message_id: 'om_1', chat_id, chat_type: 'p2p', message_type: 'text', content: '{"text":"帮助"}', create_time: '1' }
    expect(
      await bring({
        ...header('e1', 'im.message.receive_v1'),
        event: { sender: { sender_id: { open_id: SECRETARY }, sender_type: 'user' }, message },
      }),
    ).toMatchObject({ code: 200 })

    const pressed = await bring({
      ...header('e2', 'card.action.trigger'),
      event: {
        operator: { open_id: SECRETARY },
        token: 'c-1',
        action: { tag: 'button', value: { press: 'gone' } },
        context: { open_chat_id: chat_id },
      },
    })
    expect(pressed.code).toBe(200)
    expect(JSON.parse(Buffer.from(pressed.data, 'base64').toString())).toMatchObject({
      toast: { i18n: { en_us: expect.stringContaining('out of date') } },
    })

    expect(await bring({ schema: '2.0', header: {} })).toMatchObject({ code: 500 })
  } finally {
    await running.stop()
    sockets.close()
    for (const one of sockets.clients) one.terminate()
    await side.close()
  }
})
