import { Failure, fail } from './failure.ts'

interface Window {
  most: number
  ms: number
}

const SECOND = 1000

/** Tier 4 counts per app. All message calls are counted together here, the strictest reading of the documents. */
const tiers = {
  T4: [
    { most: 50, ms: SECOND },
    { most: 1000, ms: 60 * SECOND },
  ],
  T6: [{ most: 5, ms: SECOND }],
} satisfies Record<string, Window[]>

/** A chat, a person or one card takes five a second. This limit names no time to wait. */
const perTarget: Window[] = [{ most: 5, ms: SECOND }]

type Tier = keyof typeof tiers
export type Limits = ReturnType<typeof createLimits>

/** Sliding windows over the given clock. A refused call takes no place. */
export function createLimits(clock: () => Date) {
  const taken = new Map<string, number[]>()

  /** Takes a place and returns null. A full window is returned with the milliseconds until it has room. */
  function take(key: string, windows: readonly Window[]): { window: Window; wait: number } | null {
    const now = clock().getTime()
    const longest = Math.max(...windows.map(({ ms }) => ms))
    const recent = (taken.get(key) ?? []).filter((at) => at > now - longest && at <= now)
    taken.set(key, recent)
    for (const window of windows) {
      const oldest = recent.at(-window.most)
      if (oldest !== undefined && oldest > now - window.ms) return { window, wait: oldest + window.ms - now }
    }
    recent.push(now)
    return null
  }

  return {
    checkGateway(api: string, tier: Tier): void {
      const full = take(`api ${api}`, tiers[tier])
      if (full) throw tooFast(full.window.most, Math.ceil(full.wait / SECOND))
    },
    checkTarget(key: string): void {
      if (take(`place ${key}`, perTarget)) fail(230020, 'This operation triggers the frequency limit.')
    },
  }
}

export const tooFast = (limit: number, resetSeconds: number) =>
  new Failure(99991400, 'request trigger frequency limit', 429, {
    'x-ogw-ratelimit-limit': String(limit),
    'x-ogw-ratelimit-reset': String(resetSeconds),
  })
