interface Env {
  /** The requests that one invocation may make. */
  MOST: number
  /** A request to this host takes so many milliseconds more. */
  DATABASE: string
  TRIP_MS: number
  /** The clock of the test is no part of the product, and costs nothing. */
  CLOCK: string
}

let [spent, refused] = [0, 0]

/**
 * The network of the Worker under test. Each request is counted, and one beyond the limit fails as the platform’s does: workerd by itself
 * sets no limit. Asked for `http://count`, it tells the count, and the next invocation begins at none.
 */
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { host, hostname } = new URL(request.url)
    if (request.url === env.CLOCK) return fetch(request)
    if (hostname === 'count') {
      const counted = { spent, refused }
      spent = refused = 0
      return Response.json(counted)
    }
    if (spent >= env.MOST) {
      refused++
      throw new Error('Too many subrequests by single Worker invocation.')
    }
    spent++
    if (host === env.DATABASE) await scheduler.wait(env.TRIP_MS)
    return fetch(request)
  },
}
