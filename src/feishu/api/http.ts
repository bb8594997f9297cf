import type { HttpInstance, HttpRequestOptions } from '@larksuiteoapi/node-sdk'
import * as z from 'zod'

/** What came back over the wire, whatever it was: nothing here throws, and the headers are kept. */
export interface Answer {
  /** 0 when no reply came. */
  status: number
  code?: number
  msg: string
  body: unknown
  logId?: string
  resetMs?: number
  failure?: 'timeout' | 'connection'
  /** The platform has certainly not acted on it. */
  isUnsent?: boolean
}

/** The line the official SDK speaks over. Its own one throws what it dislikes, has no timeout, and drops the headers. */
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

async function askOver(fetch: typeof globalThis.fetch, timeoutMs: number, options: HttpRequestOptions<unknown>): Promise<Answer> {
  const gone = new AbortController()
  const exchange = async () => {
    const response = await fetch(addressOf(options), { ...requestOf(options), signal: gone.signal })
    return answerOf(response, await response.text())
  }
  const answer = Promise.withResolvers<Answer>()
  // The signal alone may be dropped on its way through requests made of requests; the outbox must not wait for ever.
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

export function answerOf({ status, headers }: Response, text: string): Answer {
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

/** Words of Node for a connection that never came about; workerd has none, there it stays unknown. */
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])

export function noAnswer(error: unknown): Answer {
  const { name, cause } = error instanceof Error ? error : { name: '', cause: undefined }
  const failure = name === 'TimeoutError' || name === 'AbortError' ? 'timeout' : 'connection'
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : ''
  return { status: 0, msg: '', body: undefined, failure, isUnsent: neverConnected.has(code) }
}
