import { createHash } from 'node:crypto'
import { together } from '../../../db/client.ts'
import { markTried, unchanged } from '../../../db/ledgers/attempts.ts'
import { isHeld, type Lease, takeLease } from '../../../db/ledgers/leases.ts'
import type { OutboxRow } from '../../../db/ledgers/outbox.ts'
import type { Outcome } from '../api/outcome.ts'
import {
  type Attempted,
  type Ending,
  endingOf,
  finished,
  type Hearers,
  hearersOf,
  notMadeOf,
  settled,
  subjectOf,
} from './record-outcome.ts'
import type { DeliveryDeps } from './world.ts'

export const LEASE_MS = 15_000

interface Made {
  row: OutboxRow
  card: object
}

/** Renders, marks, sends and settles; null when the lease is lost and another runner is at work. */
export async function deliverLot(
  world: DeliveryDeps,
  lot: readonly OutboxRow[],
  lease: Lease,
): Promise<{ told: Attempted[]; endings: Ending[] } | null> {
  const drawn = await Promise.all(lot.map((row) => draw(world, row)))
  const made = drawn.filter((one) => 'card' in one)
  const unmade = drawn.filter((one) => 'state' in one)

  const marked = await mark(world, made, unmade, lease)
  if (!marked) return null
  const told = await Promise.all(marked.map(async ({ row, card }) => ({ row, outcome: await send(world, row, card) })))
  await settle(world, told)
  await lookAgainAt(world, marked, told)
  return { told, endings: [...unmade, ...told.flatMap((one) => endingOf(one) ?? [])] }
}

/** At the moment of sending, so it says what is so now; null is nothing left to say. */
async function draw({ render, clock, log }: DeliveryDeps, row: OutboxRow): Promise<Made | Ending> {
  try {
    const card = await render(row.view, row.args, clock())
    return card ? { row, card } : { row, state: 'moot', code: 'nothing to say' }
  } catch (error) {
    log?.({ event: 'outbox', view: row.view, code: 'render', fault: error instanceof Error ? error.name : typeof error })
    return notMadeOf(row)
  }
}

/** Durable before the call; together with the lease, so that a runner who was replaced marks and sends nothing. */
async function mark(world: DeliveryDeps, made: readonly Made[], unmade: readonly Ending[], lease: Lease): Promise<Made[] | null> {
  const { db, clock } = world
  const now = clock()
  const hearers = await hearersFor(world, unmade)
  const [held, taken] = await together(db, [
    takeLease(db, lease, now, LEASE_MS),
    markTried(
      db,
      made.map(({ row }) => row),
      now,
      isHeld(lease),
    ),
    ...unmade.flatMap((ending) => finished(ending, { db, now, hearers })),
  ])
  if (held.length === 0) return null
  const ids = new Set(taken.map(({ id }) => id))
  return made.filter(({ row }) => ids.has(row.id))
}

async function send({ mouth, log }: DeliveryDeps, { occasion, toKind, toId, view }: OutboxRow, card: object): Promise<Outcome> {
  try {
    return await mouth.send({ kind: toKind, id: toId }, card, uuidOf(occasion))
  } catch (error) {
    log?.({ event: 'outbox', view, code: 'fault', fault: error instanceof Error ? error.name : typeof error })
    return { what: 'unsure', code: 'fault' }
  }
}

/** The platform takes 50 characters, and one success an hour for each. */
const uuidOf = (occasion: string) => createHash('sha256').update(occasion).digest('hex').slice(0, 50)

async function settle(world: DeliveryDeps, told: readonly Attempted[]) {
  if (told.length === 0) return
  const { db, clock } = world
  const on = {
    db,
    now: clock(),
    hearers: await hearersFor(
      world,
      told.flatMap((one) => endingOf(one) ?? []),
    ),
  }
  await together(
    db,
    told.flatMap((one) => settled(one, on)),
  )
}

const hearersFor = ({ db, admins }: DeliveryDeps, endings: readonly Ending[]): Promise<Hearers> => hearersOf(db, admins, endings)

/** Only now are posted cards known to `refresh`: what still looks the same needs no second look. */
async function lookAgainAt({ db, render, clock }: DeliveryDeps, marked: readonly Made[], told: readonly Attempted[]) {
  const posted = told.flatMap(({ row, outcome }) =>
    outcome.what === 'sent' && outcome.messageId && row.toKind !== 'card' && !row.unsureSince && subjectOf(row)
      ? [{ row, messageId: outcome.messageId }]
      : [],
  )
  const same = await Promise.all(
    posted.map(async ({ row, messageId }) => {
      const before = marked.find((one) => one.row.id === row.id)?.card
      const after = await render(row.view, row.args, clock()).catch(() => null)
      return after && JSON.stringify(after) === JSON.stringify(before) ? messageId : []
    }),
  )
  if (same.flat().length > 0) await together(db, [unchanged(db, same.flat())])
}
