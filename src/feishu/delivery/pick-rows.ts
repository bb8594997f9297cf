import { type Db, lookUp } from '../../../db/client.ts'
import { lanes, nextDue, type OutboxRow, unreachableSince, waitingRows } from '../../../db/ledgers/outbox.ts'
import { courteously } from '../../rules/time/courtesy.ts'
import { backOff, type RateLimits } from './rate-limits.ts'
import type { Ending } from './record-outcome.ts'

export const ROWS_READ = 128
const READS = 4

/** The platform keeps a `uuid` for an hour. An attempt of unknown outcome is not repeated when that is nearly over. */
const UNSURE_MS = 55 * 60_000
/** Repeating a card does no harm, but there is an end to it. */
const MOST_REFRESHES = 60
/** A recipient’s later messages wait for one of unknown outcome through this many tries, and then pass it. */
const PATIENT_TRIES = 8
/** An unreachable recipient is tried again after a day, unless an event says earlier that they are back. */
const GIVEN_UP_MS = 86_400_000

/** A batch is made while the limit of the last one still runs. A smaller one would take as many trips. */
const AHEAD_MS = 1_000

export interface Picked {
  /** At most one row a recipient, in order. */
  batch: OutboxRow[]
  /** Rows that will never go, or not at this hour. */
  endings: Ending[]
  /** The moment at which a row that is due but held back may go. */
  freeAt: number
  /** The moment at which the next row comes due. */
  dueAt: number
  /** The keys of the rows that were read; a due row that is not among them came later. */
  seen: Set<string>
}

/** Sorts the due rows: those that may go now, those that must wait, and those that never will. */
export async function pickRows(db: Db, limits: RateLimits, now: Date, most: number): Promise<Picked> {
  const [first, [next], given] = await lookUp(db, [
    waitingRows(db, now, ROWS_READ),
    nextDue(db, now),
    unreachableSince(db, new Date(now.getTime() - GIVEN_UP_MS)),
  ])
  const picked: Picked = { batch: [], endings: [], freeAt: Infinity, dueAt: next?.at ?? Infinity, seen: new Set() }
  const givenUp = new Map(given.map(({ recipient, code }) => [recipient, code]))
  const room = Math.min(most, limits.room(now.getTime(), AHEAD_MS))
  const busyRecipients = new Set<string>()

  let rows = first
  for (let reads = 1; ; reads++) {
    for (const row of rows) {
      picked.seen.add(keyOf(row))
      const ending = endingOf(row, now, givenUp)
      if (ending) picked.endings.push(ending)
      else pickOrWait(picked, row, busyRecipients, room, limits, now.getTime())
    }
    if (picked.batch.length >= room || rows.length < ROWS_READ || reads === READS) return picked
    ;[rows] = await lookUp(db, [waitingRows(db, now, ROWS_READ, [...busyRecipients])])
  }
}

export const keyOf = ({ id, version }: Pick<OutboxRow, 'id' | 'version'>) => `${id}:${version}`

function endingOf(row: OutboxRow, now: Date, givenUp: ReadonlyMap<string, string>): Ending | null {
  if (row.toKind !== 'card' && row.unsureSince && now.getTime() - row.unsureSince.getTime() > UNSURE_MS)
    return { row, state: 'dead', code: 'unsure', tell: 'recipient' }
  if (row.toKind === 'card' && row.attempts >= MOST_REFRESHES) return { row, state: 'dead', code: row.outcome ?? 'unsure', tell: 'view' }
  const code = givenUp.get(row.recipient)
  if (code && row.lane !== lanes.answer) return { row, state: 'dead', code }
  if (!row.unasked) return null
  const when = courteously(row.dueAt, now)
  if (when === 'never') return { row, state: 'moot', code: 'out of hours' }
  return when === 'now' ? null : { row, state: 'waiting', until: when.at }
}

function pickOrWait(picked: Picked, row: OutboxRow, busyRecipients: Set<string>, room: number, limits: RateLimits, now: number) {
  if (busyRecipients.has(row.recipient)) return
  const wait = (until: number) => {
    picked.freeAt = Math.min(picked.freeAt, until)
  }
  if (picked.batch.length >= room) return wait(limits.appFreeAt())

  const ready = readyAt(row, limits)
  const free = limits.recipientFreeAt(row.recipient)
  if (free > now || ready <= now || (row.unsureSince && row.attempts <= PATIENT_TRIES)) busyRecipients.add(row.recipient)
  if (free > now || ready > now) wait(Math.max(free, ready))
  else picked.batch.push(row)
}

/** The database’s wait holds for another runner too; this runner’s own holds are a little longer. */
const readyAt = ({ id, triedAt, attempts }: OutboxRow, limits: RateLimits) =>
  Math.max(limits.heldUntil(rowKey(id)), triedAt ? triedAt.getTime() + backOff(attempts) : 0)

export const rowKey = (id: number) => `row ${id}`
