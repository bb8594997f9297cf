import * as z from 'zod'
import { noAnswer } from './http.ts'

/** The SDK’s own interval, where the server names none. */
export const PING_MS = 120_000

export interface Asked {
  url: string
  method: string
  data: unknown
}

/** The part of the answer that the SDK reads. Without the numbers of `ClientConfig` it would ping without a pause. */
const answer = z.object({
  code: z.number(),
  msg: z.string().catch(''),
  data: z
    .object({
      URL: z.string(),
      ClientConfig: z.object({
        PingInterval: z
          .number()
          .positive()
          .catch(PING_MS / 1_000),
        ReconnectCount: z.number().catch(-1),
        ReconnectInterval: z.number().positive().catch(120),
        ReconnectNonce: z.number().nonnegative().catch(30),
      }),
    })
    .catch({ URL: '', ClientConfig: { PingInterval: PING_MS / 1_000, ReconnectCount: -1, ReconnectInterval: 120, ReconnectNonce: 30 } }),
})
type Endpoint = z.infer<typeof answer>

/**
 * Makes the connection’s one request, which asks where to connect to. Every failure becomes a refusal that the SDK gives up on, with the
 * platform’s reason. The SDK would otherwise wait two minutes and keep the reason to itself.
 */
export async function endpointFrom(fetch: typeof globalThis.fetch, { url, method, data }: Asked): Promise<Endpoint> {
  const refusedFor = (reason: string): Endpoint => ({ ...answer.parse({ code: UNANSWERED }), msg: reason })
  try {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(url, { method, headers, body: JSON.stringify(data), signal: AbortSignal.timeout(5_000) })
    const { data: endpoint } = answer.safeParse(await response.json().catch(() => null))
    if (!endpoint) return refusedFor(`http ${response.status}`)
    if (endpoint.code === 0) return endpoint.data.URL ? endpoint : refusedFor('no address')
    return refusedFor(`${endpoint.code} ${endpoint.msg}`.slice(0, LONGEST_REASON))
  } catch (error) {
    return refusedFor(noAnswer(error).failure ?? 'connection')
  }
}

const LONGEST_REASON = 200

/** A code that is none of the platform’s: the SDK tries some of those again in its own way. */
const UNANSWERED = -1
