import * as z from 'zod'
import type { HttpAnswer } from './http.ts'

const HALF_AN_HOUR_S = 1_800
const given = z.looseObject({ code: z.literal(0), tenant_access_token: z.string().min(1), expire: z.number() })

/**
 * The tenant’s token, asked for once however many calls want it. The platform gives the same token again until half an hour is left, then a
 * new one beside the old. It is renewed from then on.
 */
export function tenantToken(ask: () => Promise<HttpAnswer>, clock: () => Date) {
  let held: { token: string; renewAt: number } | undefined
  let asking: Promise<string | HttpAnswer> | undefined

  async function renew(): Promise<string | HttpAnswer> {
    const answer = await ask()
    const { data } = given.safeParse(answer.body)
    if (!data) return { ...answer, isUnsent: true }
    const { tenant_access_token: token, expire } = data
    held = { token, renewAt: clock().getTime() + Math.max(expire - HALF_AN_HOUR_S, expire / 2) * 1000 }
    return token
  }

  return {
    /** The token, or the answer that came instead of one. */
    async get(): Promise<string | HttpAnswer> {
      if (held && clock().getTime() < held.renewAt) return held.token
      asking ??= renew().finally(() => {
        asking = undefined
      })
      return asking
    },
    /** Drops only the token found dead: another caller may have a new one already. */
    drop(token: string) {
      if (held?.token === token) held = undefined
    },
  }
}
