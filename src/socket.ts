import * as lark from '@larksuiteoapi/node-sdk'
import { type AppDeps, answerDelivery } from './app.ts'
import type { Config } from './config.ts'
import { type Asked, endpointFrom, PING_MS } from './feishu/api/endpoint.ts'
import { backOff } from './feishu/delivery/rate-limits.ts'
import { readEvent } from './feishu/door/events.ts'
import { turnstile } from './feishu/door/turnstile.ts'

export interface Connection {
  /** False when the platform has not been connected for two ping intervals and 30 s. */
  isHealthy(): boolean
  close(): void
}

type ConnectionDeps = Pick<AppDeps, 'clock' | 'wait' | 'log'> & {
  fetch: typeof globalThis.fetch
  /** Carries out what the connection brings; gives the answer to a press. */
  take(envelope: unknown): Promise<unknown>
  /** A server that has answered nothing for so long after a ping is gone. */
  silenceMs?: number
}

const SILENCE_MS = 30_000
const HANDSHAKE_MS = 15_000

/**
 * Opens the long connection, for a Node host that nobody can reach from outside. It brings the same envelopes, authenticated and in clear,
 * and brings an envelope again unless the answer is 200. It is for one process: with several, each gets a random part.
 */
export function openSocket(config: Config, deps: AppDeps, fetch: typeof globalThis.fetch): Connection {
  const toBeJudged = turnstile()
  return connect(config, { ...deps, fetch, take: (envelope) => toBeJudged().then(() => take(deps, envelope)) })
}

/**
 * Connects, and stays connected. The SDK reconnects after a lost or silent socket. Connecting begins anew when it gives up, after 1 s, 2 s,
 * 4 s … up to a minute, for ever.
 */
export function connect(
  { LARK_APP_ID, LARK_APP_SECRET, LARK_DOMAIN }: Pick<Config, 'LARK_APP_ID' | 'LARK_APP_SECRET' | 'LARK_DOMAIN'>,
  { fetch, clock, wait, log, take, silenceMs = SILENCE_MS }: ConnectionDeps,
): Connection {
  let [pingMs, failures, isClosed] = [PING_MS, 0, false]
  let downSince: number | null = clock().getTime()
  let callOff = () => {}
  const up = (message: string) => {
    ;[downSince, failures] = [null, 0]
    log({ level: 'info', at: 'socket', message })
  }
  const down = () => {
    downSince ??= clock().getTime()
  }

  const client = new lark.WSClient({
    appId: LARK_APP_ID,
    appSecret: LARK_APP_SECRET,
    domain: domains[LARK_DOMAIN] ?? LARK_DOMAIN,
    httpInstance: {
      request: async (options: Asked) => {
        const endpoint = await endpointFrom(fetch, options)
        if (endpoint.code === 0) pingMs = endpoint.data.ClientConfig.PingInterval * 1_000
        return endpoint
      },
    } as unknown as lark.HttpInstance,
    logger: { ...silent, error: (...said: unknown[]) => tellFailure(log, said) },
    handshakeTimeoutMs: HANDSHAKE_MS,
    wsConfig: { pingTimeout: silenceMs / 1_000 },
    onReady: () => up('connected'),
    onReconnecting: () => {
      down()
      log({ level: 'warn', at: 'socket', message: 'reconnecting' })
    },
    onReconnected: () => up('connected again'),
    onError: ({ message }) => {
      down()
      const [ms, reason] = [backOff(++failures), message.replace(/^pullConnectConfig failed: code=-1, msg=/, '')]
      log({ level: 'error', at: 'socket', reason, againInMs: ms })
      if (!isClosed) callOff = wait(ms, start)
    },
  })
  // The SDK hands its dispatcher the whole envelope; its own dispatcher would flatten it.
  const eventDispatcher = { invoke: take } as unknown as lark.EventDispatcher
  const start = () => void client.start({ eventDispatcher })
  if (!SDK_APP_ID.test(LARK_APP_ID)) log({ level: 'error', at: 'socket', reason: 'LARK_APP_ID is not cli_ and 16 hexadecimal digits' })
  start()

  return {
    isHealthy: () => downSince === null || clock().getTime() - downSince <= 2 * pingMs + SILENCE_MS,
    close() {
      isClosed = true
      callOff()
      client.close({ force: true })
    },
  }
}

const domains: Record<string, lark.Domain> = { feishu: lark.Domain.Feishu, lark: lark.Domain.Lark }

async function take(deps: AppDeps, envelope: unknown): Promise<unknown> {
  const response = await answerDelivery(deps, readEvent(envelope, deps.secrets))
  if (response.status !== 200) throw new Error(`answered ${response.status}`)
  return response.json()
}

/** The SDK connects no app whose id looks otherwise, without a word. */
const SDK_APP_ID = /^cli_[0-9a-fA-F]{16}$/

function tellFailure(log: ConnectionDeps['log'], said: readonly unknown[]) {
  if (said.flat().includes('ws connect failed')) log({ level: 'warn', at: 'socket', reason: 'the platform refused the connection' })
}

/** The SDK logs nothing else: its messages carry addresses with tickets in them. */
const nothing = () => {}
const silent = { error: nothing, warn: nothing, info: nothing, debug: nothing, trace: nothing }
