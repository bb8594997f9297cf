import { CutOff, type Db, type Gate } from '../../db/client.ts'

/** A turn of the clock may spend this much: requests where the platform counts them, and time everywhere. */
export interface Budget {
  /** Round trips to the database and calls of Feishu, in one invocation; infinite on a server. */
  requests: number
  ms: number
}

/** A budget being spent. Nothing is left when its time is over. */
export interface Purse {
  /** The moment at which its time is over. */
  until: number
  left(): number
  spend(): void
}

export function purseOf({ requests, ms }: Budget, clock: () => Date): Purse {
  const until = clock().getTime() + ms
  let spent = 0
  return { until, left: () => (clock().getTime() >= until ? 0 : Math.max(0, requests - spent)), spend: () => void spent++ }
}

/** Who takes a turn of the clock, and how long it may go on. */
export interface Turn {
  /** A new name for each turn: the leases of its jobs are held under it. */
  holder: string
  /** The turn ends between two lots once nothing is left. A round trip that cannot be paid for ends it at once. */
  purse?: Purse
  clock?(): Date
}

/** The purse of a process that may end: nothing is left then. */
export const emptiedBy = (hasEnded: () => boolean, purse: Purse): Purse => ({ ...purse, left: () => (hasEnded() ? 0 : purse.left()) })

/** The words of the log: work that was cut off goes on by itself, and is no fault. */
export const failureSaid = (error: unknown) =>
  error instanceof CutOff
    ? { level: 'info', cutOff: error.name }
    : { level: 'error', error: error instanceof Error ? error.name : 'unknown' }

/** A part of what is left, of its time too: the purse inside pays for it. */
export function shareOf(purse: Purse, part: number, now: Date): Purse {
  const [most, before] = [Math.floor(purse.left() * part), purse.left()]
  const spent = () => (Number.isFinite(before) ? before - purse.left() : 0)
  const until = now.getTime() + Math.floor((purse.until - now.getTime()) * part)
  return { ...purse, until, left: () => Math.max(0, Math.min(purse.left(), most - spent())) }
}

/** Every round trip is paid for. `isStrict` work stops with `CutOff` before one that cannot be; other work looks at the purse itself. */
export function payingFrom(db: Db, purse: Purse, isStrict: boolean): Db {
  const pay =
    <A extends unknown[], R>(ask: (...asked: A) => Promise<R>) =>
    async (...asked: A): Promise<R> => {
      if (isStrict && purse.left() <= 0) throw new CutOff()
      purse.spend()
      return ask(...asked)
    }
  const gate: Gate = { ...db.gate, read: pay(db.gate.read), write: pay(db.gate.write) }
  return Object.create(db, { gate: { value: gate } })
}

export const payingFetch = (purse: Purse, ask: typeof fetch): typeof fetch =>
  ((...asked: Parameters<typeof fetch>) => {
    purse.spend()
    return ask(...asked)
  }) as typeof fetch
