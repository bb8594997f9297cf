import { systemClock } from '../../node-host.ts'

/** A paused clock goes on so far with each exchange on the wire: the platform's limits count by the second. */
const EXCHANGE_MS = 250

/** The time of a world: it runs beside the machine's, can be moved, and can be stopped. */
export function createTime(from: Date | undefined, exchanges: () => number) {
  let ahead = from ? from.getTime() - systemClock().getTime() : 0
  let stopped: { at: number; exchanges: number } | null = null

  const clock = () => new Date(stopped ? stopped.at + (exchanges() - stopped.exchanges) * EXCHANGE_MS : systemClock().getTime() + ahead)
  function setClock(to: Date): void {
    ahead = to.getTime() - systemClock().getTime()
    if (stopped) stopped = { at: to.getTime(), exchanges: exchanges() }
  }
  return {
    clock,
    setClock,
    isPaused: () => stopped !== null,
    pauseClock(on: boolean): void {
      const now = clock()
      stopped = null
      setClock(now)
      if (on) stopped = { at: now.getTime(), exchanges: exchanges() }
    },
  }
}
