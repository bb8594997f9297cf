import { tooFast } from './limits.ts'

/** A fault on purpose for the calls it matches; it happens `times` times, once by default. */
export interface Fault {
  kind: '429' | '500' | 'timeout' | 'lostReply' | 'deadToken' | 'down'
  match?: (path: string, body: unknown) => boolean
  times?: number
}

/** Returns the kind of the first fitting fault, and removes a fault whose times are used up. */
export function takeFault(faults: Fault[], path: string, body: unknown): Fault['kind'] | null {
  const index = faults.findIndex(({ match }) => !match || match(path, body))
  const fault = faults[index]
  if (!fault) return null
  fault.times = (fault.times ?? 1) - 1
  if (fault.times <= 0) faults.splice(index, 1)
  return fault.kind
}

export const tooFastOnPurpose = () => tooFast(50, 1)

/** An answer that begins and breaks off: the caller sees a lost connection. */
export function brokenReply(): Response {
  const reset = Object.assign(new Error('connection reset'), { stack: 'the playground broke a connection on purpose' })
  const body = new ReadableStream({ start: (stream) => stream.error(reset) })
  return new Response(body, { headers: { 'content-type': 'application/json; charset=utf-8' } })
}

/** The answer of a gateway with nothing behind it. */
export const badGateway = () =>
  new Response('<html><body>502 Bad Gateway</body></html>', { status: 502, headers: { 'content-type': 'text/html' } })

export const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const stop = () => reject(new Error('the caller went away'))
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
