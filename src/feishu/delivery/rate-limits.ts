/** The platform’s limits, tightened a little: its clock is not ours, and a message may arrive late. */
const appLimits = [
  { most: 50, ms: 1_050 },
  { most: 1_000, ms: 61_000 },
]
const recipientLimit = { most: 5, ms: 1_100 }
const KEPT = Math.max(...appLimits.map(({ most }) => most))

export const LONGEST_WINDOW_MS = Math.max(...appLimits.map(({ ms }) => ms))

interface Limit {
  most: number
  ms: number
}

export type RateLimits = ReturnType<typeof createRateLimits>

/** Sliding windows over the calls made, and holds where the platform asked for a wait. */
export function createRateLimits(random: (bytes: number) => Uint8Array) {
  const sent: number[] = []
  const sentTo = new Map<string, number[]>()
  const holds = new Map<string, number>()
  const failures = new Map<string, number>()

  return {
    /** Counts a call when its answer is there: the platform counted it before that. */
    countSent(recipient: string, at: number) {
      remember(sent, at, KEPT)
      const times = sentTo.get(recipient) ?? []
      remember(times, at, recipientLimit.most)
      sentTo.set(recipient, times)
    },

    heldUntil: (what: string) => holds.get(what) ?? 0,
    appFreeAt: () => Math.max(holds.get('app') ?? 0, ...appLimits.map((limit) => freeAt(sent, limit))),
    recipientFreeAt: (recipient: string) => Math.max(holds.get(recipient) ?? 0, freeAt(sentTo.get(recipient) ?? [], recipientLimit)),

    /** The number of messages that may go by then; none while the platform’s wait lasts. */
    room: (now: number, aheadMs = 0) =>
      (holds.get('app') ?? 0) > now
        ? 0
        : Math.min(...appLimits.map(({ most, ms }) => most - sent.filter((at) => at > now + aheadMs - ms).length)),

    /** Holds for at least `ms`, longer each time it happens again. */
    hold(what: string, ms: number, now: number) {
      const times = (failures.get(what) ?? 0) + 1
      failures.set(what, times)
      holds.set(what, now + Math.max(ms, backOff(times)) * (1 + jitter(random)))
    },
    forgetFailures(what: string) {
      failures.delete(what)
    },
  }
}

function remember(times: number[], at: number, most: number) {
  times.push(at)
  if (times.length > most) times.splice(0, times.length - most)
}

const freeAt = (times: readonly number[], { most, ms }: Limit) => (times.at(-most) ?? Number.NEGATIVE_INFINITY) + ms

const LONGEST_MS = 60_000

/** 1 s, 2 s, 4 s … up to a minute. */
export const backOff = (times: number) => (times <= 0 ? 0 : Math.min(LONGEST_MS, 1_000 * 2 ** Math.min(times - 1, 20)))

/** Adds up to a fifth, so that calls that failed together do not come back together. */
const jitter = (random: (bytes: number) => Uint8Array) => (random(1)[0] ?? 0) / 255 / 5
