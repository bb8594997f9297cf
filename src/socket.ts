import * as lark from '@larksuiteoapi/node-sdk'
import { type AppDeps, answerDelivery } from './app.ts'
import type { Config } from './config.ts'
import { readEvent } from './feishu/door/events.ts'

/**
 * Opens the long connection, for a Node host that nobody can reach from outside. It brings the same envelopes, authenticated and in clear,
 * and brings an envelope again unless the answer is 200. It is for one process: with several, each gets a random part.
 */
export function openSocket(
  { LARK_APP_ID, LARK_APP_SECRET, LARK_DOMAIN }: Config,
  deps: AppDeps,
  fetch: typeof globalThis.fetch,
): { close(): void } {
  const client = new lark.WSClient({
    appId: LARK_APP_ID,
    appSecret: LARK_APP_SECRET,
    domain: domains[LARK_DOMAIN] ?? LARK_DOMAIN,
    httpInstance: {
      request: (options: { url: string; method: string; data: unknown }) => asked(fetch, options),
    } as unknown as lark.HttpInstance,
    logger: silent,
    onReady: () => deps.log({ level: 'info', at: 'socket', message: 'connected' }),
    onReconnecting: () => deps.log({ level: 'warn', at: 'socket', message: 'reconnecting' }),
    onReconnected: () => deps.log({ level: 'info', at: 'socket', message: 'connected again' }),
    onError: (error: Error) => deps.log({ level: 'error', at: 'socket', error: error.name }),
  })
  // The SDK hands its dispatcher the whole envelope; its own dispatcher would flatten it.
  const eventDispatcher = { invoke: (envelope: unknown) => take(deps, envelope) } as unknown as lark.EventDispatcher
  void client.start({ eventDispatcher })
  return { close: () => client.close({ force: true }) }
}

const domains: Record<string, lark.Domain> = { feishu: lark.Domain.Feishu, lark: lark.Domain.Lark }

async function take(deps: AppDeps, envelope: unknown): Promise<unknown> {
  const response = await answerDelivery(deps, readEvent(envelope, deps.secrets))
  if (response.status !== 200) throw new Error(`answerDelivery ${response.status}`)
  return response.json()
}

/** The connection’s one request: it asks where to connect to. */
async function asked(fetch: typeof globalThis.fetch, { url, method, data }: { url: string; method: string; data: unknown }) {
  const response = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(data),
    signal: AbortSignal.timeout(5_000),
  })
  return response.json()
}

/** The SDK logs nothing: its messages carry addresses with tickets in them. */
const nothing = () => {}
const silent = { error: nothing, warn: nothing, info: nothing, debug: nothing, trace: nothing }
