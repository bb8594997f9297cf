import { lookUp, together } from '../../../db/client.ts'
import { giveBack, type Lease, leaseUntil, takeLease } from '../../../db/ledgers/leases.ts'
import { lastTry, triedSince, waitingRows } from '../../../db/ledgers/outbox.ts'
import { type Circuit, createCircuit } from './circuit.ts'
import { deliverBatch, IN_FLIGHT, LEASE_MS } from './deliver-batch.ts'
import type { Delivered, DeliveryDeps } from './deps.ts'
import { keyOf, type Picked, pickRows, ROWS_READ } from './pick-rows.ts'
import { createRateLimits, LONGEST_WINDOW_MS, type RateLimits } from './rate-limits.ts'
import { type Ending, noticeRecipientsOf, statementsOfEnding } from './record-outcome.ts'

/** Sends the rows that are due. A lease lets one runner work at a time; one that comes meanwhile leaves the rows to it. */
export async function deliverOutbox(deps: DeliveryDeps): Promise<Delivered> {
  const { db, clock, random, budgetMs = BUDGET_MS, endsAt = () => Number.POSITIVE_INFINITY } = deps
  const lease = { name: LEASE, holder: hex(random(12)) }
  const over = clock().getTime() + budgetMs
  const deadline = () => Math.min(over, endsAt())
  const tally: Delivered = { sent: 0, moot: 0, dead: 0, isBusy: false, nextAt: null }
  let left: Picked | null
  do {
    const [held] = await together(db, [takeLease(db, lease, clock(), LEASE_MS)])
    if (held.length === 0) return { ...tally, isBusy: true }
    try {
      left = await run(deps, lease, deadline, tally)
    } finally {
      await together(db, [giveBack(db, lease)]).catch(() => [])
    }
  } while (left && (await hasNewRows(deps, left)))
  return tally
}

/**
 * Waits for the end of a lease, which a killed runner holds for 15 s at most. A clock that turns in those seconds would otherwise leave the
 * rows until the next minute.
 */
export async function leaseOver({ db, clock, sleep }: Pick<DeliveryDeps, 'db' | 'clock' | 'sleep'>): Promise<void> {
  const [[held]] = await lookUp(db, [leaseUntil(db, LEASE)])
  const ms = (held?.until.getTime() ?? 0) - clock().getTime()
  if (ms > 0) await sleep(Math.min(ms, LEASE_MS))
}

const LEASE = 'outbox'
const BUDGET_MS = 50_000

/** While one row is waited for, another may be added. */
const NAP_MS = 250
const LONG_NAP_MS = 5_000

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** Sends until nothing more can go soon; returns what was left then, or null when it was cut off. */
async function run(deps: DeliveryDeps, lease: Lease, deadline: () => number, tally: Delivered): Promise<Picked | null> {
  const { db, clock, sleep, lingerMs = 0 } = deps
  const { limits, circuit } = await restored(deps)
  const isOurs = renewalOf(deps, lease)

  for (; ; await sleep(0)) {
    const now = clock()
    tally.nextAt = now
    const room = deps.room?.() ?? Number.POSITIVE_INFINITY
    if (now.getTime() >= deadline() || room < 1 || !(await isOurs(now))) return null

    const picked = await pickRows(db, limits, now, Math.min(circuit.most(), room))
    if (picked.endings.length > 0) await end(deps, picked.endings, now, tally)
    else if (picked.batch.length > 0) {
      if (!(await sendBatch(deps, picked, lease, { limits, circuit }, tally))) return null
    } else {
      const wakeAt = Math.min(picked.freeAt, picked.dueAt)
      tally.nextAt = wakeAt === Infinity ? null : new Date(wakeAt)
      if (picked.freeAt >= deadline() && picked.dueAt > Math.min(deadline(), now.getTime() + lingerMs)) return picked
      await sleep(napUntil(wakeAt, limits, now.getTime()))
    }
  }
}

function renewalOf({ db, clock }: DeliveryDeps, lease: Lease) {
  let renewedAt = clock().getTime()
  return async (now: Date) => {
    if (now.getTime() - renewedAt < LEASE_MS / 3) return true
    const [held] = await together(db, [takeLease(db, lease, now, LEASE_MS)])
    renewedAt = now.getTime()
    return held.length > 0
  }
}

/** False when the lease was lost. */
async function sendBatch(
  deps: DeliveryDeps,
  { batch }: Picked,
  lease: Lease,
  { limits, circuit }: { limits: RateLimits; circuit: Circuit },
  tally: Delivered,
): Promise<boolean> {
  const { feishuClient, clock } = deps
  if (!(await circuit.mayCall(feishuClient, clock))) return true
  const done = await deliverBatch(deps, batch, lease, limits)
  if (!done) return false
  circuit.learnFrom(done.attempts, clock().getTime())
  count(tally, done.endings)
  tally.sent += done.attempts.filter(({ outcome }) => outcome.what === 'sent').length
  return true
}

/** The limits as the last runner used them up, and whether it stopped in the middle of a call. */
async function restored({ db, clock, random, batch = IN_FLIGHT }: DeliveryDeps): Promise<{ limits: RateLimits; circuit: Circuit }> {
  const limits = createRateLimits(random)
  const [tried, [last]] = await lookUp(db, [triedSince(db, new Date(clock().getTime() - LONGEST_WINDOW_MS)), lastTry(db)])
  for (const { recipient, at } of tried) limits.countSent(recipient, at)
  return { limits, circuit: createCircuit(limits, last?.isUnsure === 1, batch) }
}

async function end({ db, admins }: DeliveryDeps, endings: readonly Ending[], now: Date, tally: Delivered) {
  const on = { db, now, noticeTo: await noticeRecipientsOf(db, admins, endings) }
  await together(
    db,
    endings.flatMap((ending) => statementsOfEnding(ending, on)),
  )
  count(tally, endings)
}

function count(tally: Delivered, endings: readonly Ending[]) {
  for (const { state } of endings) if (state === 'moot' || state === 'dead') tally[state]++
}

/** A nap is short, unless nothing at all may be sent before. */
const napUntil = (wakeAt: number, limits: RateLimits, now: number) => {
  const isHeld = limits.appFreeAt() > now
  return Math.max(1, Math.min(wakeAt - now, isHeld ? Math.min(LONG_NAP_MS, limits.appFreeAt() - now) : NAP_MS))
}

/** Whether a row came while this runner was about to stop. Its adder saw the lease held, and left it here. */
async function hasNewRows({ db, clock }: DeliveryDeps, { seen }: Picked) {
  const [due] = await lookUp(db, [waitingRows(db, clock(), ROWS_READ)])
  return due.some((row) => !seen.has(keyOf(row)))
}
