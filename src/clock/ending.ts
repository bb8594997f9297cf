/** The end of a process. Its jobs begin no new lot and nothing is waited for. Messages go out until a last moment. */
export interface Ending {
  hasBegun(): boolean
  /** The moment at which no further message is sent; infinite before the end has begun. */
  at(): number
  begin(last: Date): void
  /** Waits, but not beyond the beginning of the end. */
  sleep(ms: number): Promise<void>
}

export function createEnding(wait: (ms: number, then: () => void) => () => void): Ending {
  let at = Number.POSITIVE_INFINITY
  const wakers = new Set<() => void>()

  return {
    hasBegun: () => at < Number.POSITIVE_INFINITY,
    at: () => at,
    begin(last) {
      at = last.getTime()
      for (const wake of wakers) wake()
    },
    sleep: (ms) =>
      new Promise((resolve) => {
        const wake = () => {
          callOff()
          wakers.delete(wake)
          resolve()
        }
        wakers.add(wake)
        const callOff = wait(ms, wake)
      }),
  }
}
