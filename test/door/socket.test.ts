import { once } from 'node:events'
import { expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { readConfig } from '../../src/config.ts'
import { run } from '../../src/node-host.ts'
import { env, freePort, keys, SECRETARY, serveFeishu } from '../harness/host.ts'

/** A frame of the long connection, in protobuf: field number and type in a tag, then a varint or a length and bytes. */
function frame(headers: Record<string, string>, payload: string): Uint8Array {
  const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)])
  const bytes = (field: number, body: Uint8Array) => [...varint((field << 3) | 2), ...varint(body.length), ...body]
  const text = (field: number, value: string) => bytes(field, new TextEncoder().encode(value))
  const number = (field: number, value: number) => [...varint(field << 3), ...varint(value)]
  const pairs = Object.entries(headers).flatMap(([key, value]) => bytes(5, Uint8Array.from([...text(1, key), ...text(2, value)])))
  return Uint8Array.from([...number(1, 1), ...number(2, 1), ...number(3, 1), ...number(4, 1), ...pairs, ...text(8, payload)])
}

/** The JSON that an answering frame carries. */
const payloadOf = (answer: Uint8Array) => JSON.parse(/\{"code".*\}/.exec(Buffer.from(answer).toString('latin1'))?.[0] ?? '{}')

test('the long connection: words are heard and acknowledged, a press is answerDelivery, and a broken envelope is not', async () => {
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
    const answerDelivery = new Promise<{ code: number; data: string }>((resolve) => {
      socket.on('message', (said: Buffer) => payloadOf(said).code && resolve(payloadOf(said)))
    })
    socket.send(frame({ type: 'event', message_id: 'm', sum: '1', seq: '0', trace_id: 't' }, JSON.stringify(envelope)))
    return answerDelivery
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
