import type { Refused } from './open-body.ts'

interface Sayer {
  clock(): Date
  wait(ms: number, then: () => void): () => void
  log(event: Record<string, unknown>): void
}

const EVERY_MS = 60_000

/** The tally belongs to the log: at the edge an app lives for one request, its log for many. */
const kept = new WeakMap<Sayer['log'], Tally>()

interface Tally {
  counts: Map<string, number>
  saidAt: number
}

/** Counts refused requests, which every stranger can send. The first is said at once, those that follow once a minute. */
export function refusalsSaid({ clock, wait, log }: Sayer): (refused: Refused) => void {
  const tally = kept.get(log) ?? { counts: new Map(), saidAt: Number.NEGATIVE_INFINITY }
  kept.set(log, tally)

  function say() {
    if (tally.counts.size === 0) return
    tally.saidAt = clock().getTime()
    log({ level: 'warn', at: 'door', refused: Object.fromEntries(tally.counts) })
    tally.counts.clear()
  }

  return ({ reason }) => {
    const isFirst = tally.counts.size === 0
    tally.counts.set(reason, (tally.counts.get(reason) ?? 0) + 1)
    const silentFor = Math.abs(clock().getTime() - tally.saidAt)
    if (silentFor >= EVERY_MS) say()
    else if (isFirst) wait(EVERY_MS - silentFor, say)
  }
}
