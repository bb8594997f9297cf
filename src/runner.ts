/** Keeps the outbox moving: what is due goes out now, what is due within moments is waited for, the rest is the minute tick's. */
export interface Runner {
  /** Something may be waiting. Resolves when nothing is due any more for a while. */
  kick(): Promise<void>
}

interface RunnerDeps {
  /** When the next row wants to go out. */
  next(): Promise<Date | null>
  /** Sends what is due; says how many rows it settled. */
  deliver(): Promise<number>
  clock(): Date
  wait(ms: number, then: () => void): () => void
  /** Kicks that come together are answered by one look. */
  gatherMs: number
  failed(error: unknown): void
}

const PATIENCE_MS = 5_000
/** Timers may fire a little early. */
const TIMER_SLACK_MS = 5

export function createRunner({ next, deliver, clock, wait, gatherMs, failed }: RunnerDeps): Runner {
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
      if (gatherMs > 0) await sleep(gatherMs)
      isKicked = false
      await drain()
    } while (isKicked)
  }

  async function drain() {
    for (let waitedFor = 0; ; ) {
      const due = (await next())?.getTime() ?? Number.POSITIVE_INFINITY
      const ms = due - clock().getTime()
      if (ms > PATIENCE_MS) return
      if (ms <= 0) {
        if ((await deliver()) === 0) return
      } else if (due === waitedFor && !isKicked) {
        // It was waited for and is still not due: the clock stands still (a test's, the playground's), and whoever moves it kicks again.
        return
      } else {
        isKicked = false
        waitedFor = due
        await sleep(ms + TIMER_SLACK_MS)
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
