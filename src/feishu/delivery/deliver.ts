import { lookUp, together } from '../../../db/client.ts'
import { giveBack, type Lease, takeLease } from '../../../db/ledgers/leases.ts'
import { lastTry, triedSince, waitingRows } from '../../../db/ledgers/outbox.ts'
import { createDoubt, type Doubt } from './circuit.ts'
import { deliverLot, LEASE_MS } from './deliver-batch.ts'
import { type Choice, choose, keyOf, ROWS_READ } from './pick-rows.ts'
import { createPace, LONGEST_WINDOW_MS, type Pace } from './rate-limits.ts'
import { type Ending, finished, hearersOf } from './record-outcome.ts'
import type { Delivered, DeliveryDeps } from './world.ts'

/** Sends what is due. One runner at a time, by a lease: whoever comes meanwhile leaves it to that one. */
export async function deliverOutbox(world: DeliveryDeps): Promise<Delivered> {
  const { db, clock, random, budgetMs = BUDGET_MS } = world
  const lease = { name: 'outbox', holder: hex(random(12)) }
  const deadline = clock().getTime() + budgetMs
  const tally: Delivered = { sent: 0, moot: 0, dead: 0, isBusy: false, nextAt: null }
  let left: Choice | null
  do {
    const [held] = await together(db, [takeLease(db, lease, clock(), LEASE_MS)])
    if (held.length === 0) return { ...tally, isBusy: true }
    try {
      left = await run(world, lease, deadline, tally)
    } finally {
      await together(db, [giveBack(db, lease)]).catch(() => [])
    }
  } while (left && (await hasMissedSome(world, left)))
  return tally
}

const BUDGET_MS = 50_000

/** While we wait for one thing, somebody may add another. */
const NAP_MS = 250
const LONG_NAP_MS = 5_000

const hex = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** Until nothing more can go soon; answers what it left then, or null when it was cut off. */
async function run(world: DeliveryDeps, lease: Lease, deadline: number, tally: Delivered): Promise<Choice | null> {
  const { db, clock, sleep, lingerMs = 0 } = world
  const { pace, doubt } = await asItWasLeft(world)
  const isOurs = renewing(world, lease)

  for (; ; await sleep(0)) {
    const now = clock()
    tally.nextAt = now
    if (now.getTime() >= deadline || !(await isOurs(now))) return null

    const choice = await choose(db, pace, now, doubt.most())
    if (choice.endings.length > 0) await end(world, choice.endings, now, tally)
    else if (choice.lot.length > 0) {
      if (!(await speak(world, choice, lease, doubt, tally))) return null
    } else {
      const wakeAt = Math.min(choice.freeAt, choice.dueAt)
      tally.nextAt = wakeAt === Infinity ? null : new Date(wakeAt)
      if (choice.freeAt >= deadline && choice.dueAt > Math.min(deadline, now.getTime() + lingerMs)) return choice
      await sleep(napUntil(wakeAt, pace, now.getTime()))
    }
  }
}

function renewing({ db, clock }: DeliveryDeps, lease: Lease) {
  let renewedAt = clock().getTime()
  return async (now: Date) => {
    if (now.getTime() - renewedAt < LEASE_MS / 3) return true
    const [held] = await together(db, [takeLease(db, lease, now, LEASE_MS)])
    renewedAt = now.getTime()
    return held.length > 0
  }
}

/** False when the lease was lost. */
async function speak(world: DeliveryDeps, { lot }: Choice, lease: Lease, doubt: Doubt, tally: Delivered): Promise<boolean> {
  const { mouth, clock } = world
  if (!(await doubt.isDispelled(mouth, clock))) return true
  const done = await deliverLot(world, lot, lease)
  if (!done) return false
  doubt.learn(done.told, clock().getTime())
  count(tally, done.endings)
  tally.sent += done.told.filter(({ outcome }) => outcome.what === 'sent').length
  return true
}

/** The limits as another runner used them up, and whether it stopped in the middle of something. */
async function asItWasLeft({ db, clock, random }: DeliveryDeps): Promise<{ pace: Pace; doubt: Doubt }> {
  const pace = createPace(random)
  const [tried, [last]] = await lookUp(db, [triedSince(db, new Date(clock().getTime() - LONGEST_WINDOW_MS)), lastTry(db)])
  for (const { recipient, at } of tried) pace.went(recipient, at)
  return { pace, doubt: createDoubt(pace, last?.isUnsure === 1) }
}

async function end({ db, admins }: DeliveryDeps, endings: readonly Ending[], now: Date, tally: Delivered) {
  const on = { db, now, hearers: await hearersOf(db, admins, endings) }
  await together(
    db,
    endings.flatMap((ending) => finished(ending, on)),
  )
  count(tally, endings)
}

function count(tally: Delivered, endings: readonly Ending[]) {
  for (const { state } of endings) if (state === 'moot' || state === 'dead') tally[state]++
}

/** Short, unless nothing at all may be sent before. */
const napUntil = (wakeAt: number, pace: Pace, now: number) => {
  const isHeld = pace.appFreeAt() > now
  return Math.max(1, Math.min(wakeAt - now, isHeld ? Math.min(LONG_NAP_MS, pace.appFreeAt() - now) : NAP_MS))
}

/** A row added while we were about to stop found us still at work, and left it to us. */
async function hasMissedSome({ db, clock }: DeliveryDeps, { seen }: Choice) {
  const [due] = await lookUp(db, [waitingRows(db, clock(), ROWS_READ)])
  return due.some((row) => !seen.has(keyOf(row)))
}
