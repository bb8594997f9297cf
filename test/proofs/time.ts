/** A clock on which nothing takes time but what is waited for: the next timer is always at once. */
export function aFakeClock(start: Date) {
  let now = start.getTime()
  let timers: { at: number; then: () => void }[] = []
  const wait = (ms: number, then: () => void) => {
    const timer = { at: now + ms, then }
    timers.push(timer)
    return () => {
      timers = timers.filter((one) => one !== timer)
    }
  }
  /** Everything that waits for nothing but the machine is done. */
  const settle = async () => {
    for (let turns = 0; turns < 8; turns++) await new Promise((turn) => setImmediate(turn))
  }
  return {
    clock: () => new Date(now),
    wait,
    sleep: (ms: number) => new Promise<void>((resolve) => void wait(ms, resolve)),
    settle,
    /** Goes on to `until`, timer after timer; all that are due at one moment go off together. */
    async goTo(until: number) {
      for (;;) {
        await settle()
        const next = Math.min(...timers.map(({ at }) => at))
        if (next > until) break
        now = Math.max(now, next)
        const due = timers.filter(({ at }) => at <= now)
        timers = timers.filter(({ at }) => at > now)
        for (const { then } of due) then()
      }
      now = until
    },
    now: () => now,
    next: () => Math.min(...timers.map(({ at }) => at)),
  }
}
