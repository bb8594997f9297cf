import { fail } from './failure.ts'
import type { MakeId } from './ids.ts'

const MINUTE = 60_000
const LIFE = 120 * MINUTE
const OVERLAP = 30 * MINUTE

export type Tokens = ReturnType<typeof createTokens>

/** Tenant tokens: one token serves until half an hour is left, then a new one is issued. Both stay valid until their end. */
export function createTokens(clock: () => Date, makeId: MakeId) {
  let issued: { token: string; endsAt: number }[] = []

  function issue(): { tenant_access_token: string; expire: number } {
    const now = clock().getTime()
    issued = issued.filter(({ endsAt }) => endsAt > now)
    let current = issued.at(-1)
    if (!current || current.endsAt - now < OVERLAP) {
      current = { token: makeId('t-'), endsAt: now + LIFE }
      issued.push(current)
    }
    return { tenant_access_token: current.token, expire: Math.floor((current.endsAt - now) / 1000) }
  }

  function check(authorization: string | undefined): void {
    if (!authorization) fail(99991661, 'Missing access token for authorization. Please make a request with token attached.')
    const [, token] = /^Bearer ([tu]-\S+)$/.exec(authorization) ?? []
    if (!token) fail(99991671, 'Invalid access token for authorization. Its form is wrong.')
    const now = clock().getTime()
    if (!issued.some((it) => it.token === token && it.endsAt > now))
      fail(99991663, 'Invalid access token for authorization. Please make a request with token attached.')
  }

  return {
    issue,
    check,
    /** A changed app secret kills every issued token at once. */
    revokeAll() {
      issued = []
    },
  }
}
