/** Keeps the outbox moving: rows that are due go out now, rows due within seconds are waited for. The minute’s tick sends the rest. */
export interface Runner {
  /** Says that something may be waiting. Resolves when nothing more is due for a while, or when the time of the run is over. */
  kick(): Promise<void>
}

interface RunnerDeps {
  /** The moment at which the next row is due; null when none waits. */
  next(): Promise<Date | null>
  /** Sends the rows that are due, for as long as it is given; returns how many were settled. */
  deliver(ms: number): Promise<number>
  clock(): Date
  wait(ms: number, then: () => void): () => void
  /** Kicks within this time share one look at the outbox. */
  gatherMs: number
  /** The moment at which a run that begins now is to end. */
  until?(): number
  /** The end of the process: a run under way ends then, and waits for no row. Infinite before there is one. */
  endsAt(): number
  failed(error: unknown): void
}

const PATIENCE_MS = 5_000
/** Timers may fire a little early. */
const TIMER_SLACK_MS = 5

export function createRunner({ next, deliver, clock, wait, gatherMs, until, endsAt, failed }: RunnerDeps): Runner {
  let running: Promise<void> | null = null
  let isKicked = false
  let wake = () => {}

  const sleep = (ms: number) =>
    new Promise<void>((resolve) => {
      const callOff = wait(ms, resolve)
      wake = () => {
        callOff()
        resolve()
      }
    })

  async function run() {
    do {
      // A kick that came in the meantime has a run of its own. It ends with the invocation where that ends at a moment.
      const deadline = until?.() ?? Number.POSITIVE_INFINITY
      if (gatherMs > 0) await sleep(gatherMs)
      isKicked = false
      await drain(deadline)
    } while (isKicked && clock().getTime() < Math.min(until?.() ?? Number.POSITIVE_INFINITY, endsAt()))
  }

  async function drain(deadline: number) {
    const left = () => Math.min(deadline, endsAt()) - clock().getTime()
    for (let waitedFor = 0; left() > 0; ) {
      const due = (await next())?.getTime() ?? Number.POSITIVE_INFINITY
      const ms = due - clock().getTime()
      if (ms > (endsAt() < Number.POSITIVE_INFINITY ? 0 : PATIENCE_MS)) return
      if (ms <= 0) {
        if ((await deliver(left())) === 0) return
      } else if (due === waitedFor && !isKicked) {
        // The row was waited for and is still not due: the clock of a test or the playground stands still. Moving it kicks again.
        return
      } else {
        isKicked = false
        waitedFor = due
        await sleep(Math.min(ms, left()) + TIMER_SLACK_MS)
      }
    }
  }

  return {
    kick() {
      isKicked = true
      if (running) wake()
      running ??= run()
        .catch(failed)
        .finally(() => {
          running = null
        })
      return running
    },
  }
}
