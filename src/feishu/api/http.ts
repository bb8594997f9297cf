import type { HttpInstance, HttpRequestOptions } from '@larksuiteoapi/node-sdk'
import * as z from 'zod'

/** Whatever came back over the wire. Nothing here throws, and the headers that matter are kept. */
export interface HttpAnswer {
  /** 0 when no reply came. */
  status: number
  code?: number
  msg: string
  body: unknown
  logId?: string
  resetMs?: number
  failure?: 'timeout' | 'connection'
  /** True when the platform has certainly not acted on the call. */
  isUnsent?: boolean
}

/** The HTTP instance under the official SDK. The SDK’s own throws answers it dislikes, has no timeout, and drops the headers. */
export function httpOver(fetch: typeof globalThis.fetch, timeoutMs: number): HttpInstance {
  const request = (async (options) => askOver(fetch, timeoutMs, options)) as HttpInstance['request']
  const bare =
    (method: string) =>
    (url: string, options: HttpRequestOptions<unknown> = {}) =>
      request({ ...options, method, url })
  const withBody =
    (method: string) =>
    (url: string, data?: unknown, options: HttpRequestOptions<unknown> = {}) =>
      request({ ...options, method, url, data })

  return {
    request,
    get: bare('GET'),
    delete: bare('DELETE'),
    head: bare('HEAD'),
    options: bare('OPTIONS'),
    post: withBody('POST'),
    put: withBody('PUT'),
    patch: withBody('PATCH'),
  } as HttpInstance
}

async function askOver(fetch: typeof globalThis.fetch, timeoutMs: number, options: HttpRequestOptions<unknown>): Promise<HttpAnswer> {
  const gone = new AbortController()
  const exchange = async () => {
    const response = await fetch(addressOf(options), { ...requestOf(options), signal: gone.signal })
    return answerOf(response, await response.text())
  }
  const answer = Promise.withResolvers<HttpAnswer>()
  // A request made from a request may drop the signal. The timer resolves as well, so that the outbox never waits for ever.
  const timer = setTimeout(() => {
    gone.abort()
    answer.resolve(noAnswer(new DOMException('no answer', 'TimeoutError')))
  }, timeoutMs)
  exchange().then(answer.resolve, (error) => answer.resolve(noAnswer(error)))
  return answer.promise.finally(() => clearTimeout(timer))
}

function addressOf({ url = '', params = {} }: HttpRequestOptions<unknown>) {
  const asked = new URLSearchParams(Object.entries(params).map(([name, value]) => [name, String(value)] as [string, string])).toString()
  return asked ? `${url}?${asked}` : url
}

function requestOf({ method = 'GET', headers = {}, data }: HttpRequestOptions<unknown>): RequestInit {
  if (method === 'GET' || data === undefined) return { method, headers }
  return { method, headers: { ...headers, 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(data) }
}

const answerBody = z.looseObject({ code: z.number().optional(), msg: z.string().optional() })

export function answerOf({ status, headers }: Response, text: string): HttpAnswer {
  const body = parsed(text)
  const { data = {} } = answerBody.safeParse(body)
  const reset = Number(headers.get('x-ogw-ratelimit-reset') ?? Number.NaN)
  return {
    status,
    code: data.code,
    msg: data.msg ?? '',
    body,
    logId: headers.get('x-tt-logid') ?? undefined,
    resetMs: Number.isFinite(reset) ? reset * 1000 : undefined,
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Node’s codes for a connection that never came about. workerd has none; there the outcome stays unknown. */
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])

export function noAnswer(error: unknown): HttpAnswer {
  const { name, cause } = error instanceof Error ? error : { name: '', cause: undefined }
  const failure = name === 'TimeoutError' || name === 'AbortError' ? 'timeout' : 'connection'
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : ''
  return { status: 0, msg: '', body: undefined, failure, isUnsent: neverConnected.has(code) }
}
