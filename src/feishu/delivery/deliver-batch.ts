import { createHash } from 'node:crypto'
import { statementOf, together } from '../../../db/client.ts'
import { heldBack, markTried, unchanged } from '../../../db/ledgers/attempts.ts'
import { type Lease, takeLease } from '../../../db/ledgers/leases.ts'
import type { OutboxRow } from '../../../db/ledgers/outbox.ts'
import type { Outcome } from '../api/outcome.ts'
import type { DeliveryDeps } from './deps.ts'
import type { RateLimits } from './rate-limits.ts'
import {
  type Attempted,
  type Ending,
  endingOf,
  endingOfUnrendered,
  type NoticeRecipients,
  noticeRecipientsOf,
  statementsOf,
  statementsOfEnding,
  subjectOf,
} from './record-outcome.ts'

export const LEASE_MS = 15_000

/** This many calls are under way at a time. */
export const IN_FLIGHT = 8

interface Rendered {
  row: OutboxRow
  card: object
}

/** Renders a batch, marks it as tried, sends it and records the outcomes. Null when the lease is lost and another runner is at work. */
export async function deliverBatch(
  deps: DeliveryDeps,
  batch: readonly OutboxRow[],
  lease: Lease,
  limits: RateLimits,
): Promise<{ attempts: Attempted[]; endings: Ending[] } | null> {
  const tried = await Promise.all(batch.map((row) => renderRow(deps, row)))
  const rendered = tried.filter((one) => 'card' in one)
  const notRendered = tried.filter((one) => 'state' in one)

  const marked = await markTriedRows(deps, rendered, notRendered, lease)
  if (!marked) return null
  const attempts = await sendInWaves(deps, marked, limits)
  await recordOutcomes(deps, attempts, marked.slice(attempts.length))
  await spareSecondLook(deps, marked, attempts)
  return { attempts, endings: [...notRendered, ...attempts.flatMap((one) => endingOf(one) ?? [])] }
}

/** Renders at the moment of sending, so that the card says what is so now. Null from a view means that nothing is left to say. */
async function renderRow({ render, clock, log }: DeliveryDeps, row: OutboxRow): Promise<Rendered | Ending> {
  try {
    const card = await render(row.view, row.args, clock())
    return card ? { row, card } : { row, state: 'moot', code: 'nothing to say' }
  } catch (error) {
    log?.({ event: 'outbox', view: row.view, code: 'render', fault: error instanceof Error ? error.name : typeof error })
    return endingOfUnrendered(row)
  }
}

/** Marks the rows durably before the call, together with the lease: a runner that was replaced marks and sends nothing. */
async function markTriedRows(
  deps: DeliveryDeps,
  rendered: readonly Rendered[],
  notRendered: readonly Ending[],
  lease: Lease,
): Promise<Rendered[] | null> {
  const { db, clock } = deps
  const now = clock()
  const noticeTo = await recipientsFor(deps, notRendered)
  const [held, taken] = await together(db, [
    takeLease(db, lease, now, LEASE_MS),
    markTried(
      db,
      rendered.map(({ row }) => row),
      now,
      lease,
    ),
    ...notRendered.flatMap((ending) => statementsOfEnding(ending, { db, now, noticeTo })),
  ])
  if (held.length === 0) return null
  const ids = new Set(taken.map(({ id }) => id))
  return rendered.filter(({ row }) => ids.has(row.id))
}

/**
 * A wave goes when the app’s limits have room for it. One that was told to wait, or met only silence, is the last. The same goes once a
 * third of the lease is over.
 */
async function sendInWaves(deps: DeliveryDeps, marked: readonly Rendered[], limits: RateLimits): Promise<Attempted[]> {
  const { clock, sleep } = deps
  const until = clock().getTime() + LEASE_MS / 3
  const attempts: Attempted[] = []
  while (attempts.length < marked.length) {
    const now = clock().getTime()
    const room = limits.room(now)
    if (room < 1) {
      if (limits.appFreeAt() >= until) return attempts
      await sleep(Math.max(1, limits.appFreeAt() - now))
      continue
    }
    const wave = marked.slice(attempts.length, attempts.length + Math.min(IN_FLIGHT, room))
    const answers = await Promise.all(wave.map(async ({ row, card }) => ({ row, outcome: await send(deps, row, card) })))
    for (const { row } of answers) limits.countSent(row.recipient, clock().getTime())
    attempts.push(...answers)
    if (isTroubled(answers) || deps.clock().getTime() >= until) return attempts
  }
  return attempts
}

const isTroubled = (answers: readonly Attempted[]) =>
  answers.some(({ outcome }) => outcome.what === 'wait' && outcome.whose === 'app') ||
  answers.every(({ outcome }) => outcome.what === 'unsure')

async function send({ feishuClient, log }: DeliveryDeps, { occasion, toKind, toId, view }: OutboxRow, card: object): Promise<Outcome> {
  try {
    return await feishuClient.send({ kind: toKind, id: toId }, card, uuidOf(occasion))
  } catch (error) {
    log?.({ event: 'outbox', view, code: 'fault', fault: error instanceof Error ? error.name : typeof error })
    return { what: 'unsure', code: 'fault' }
  }
}

/** The platform takes 50 characters, and one success an hour for each `uuid`. */
const uuidOf = (occasion: string) => createHash('sha256').update(occasion).digest('hex').slice(0, 50)

/** Rows that were marked, and then not tried, wait on as they were. */
async function recordOutcomes(deps: DeliveryDeps, attempts: readonly Attempted[], untried: readonly Rendered[]) {
  if (attempts.length + untried.length === 0) return
  const { db, clock } = deps
  const on = {
    db,
    now: clock(),
    noticeTo: await recipientsFor(
      deps,
      attempts.flatMap((one) => endingOf(one) ?? []),
    ),
  }
  await together(db, [
    ...attempts.flatMap((one) => statementsOf(one, on)),
    ...untried.map(({ row }) => statementOf(heldBack(db, row, 'not tried', false))),
  ])
}

const recipientsFor = ({ db, admins }: DeliveryDeps, endings: readonly Ending[]): Promise<NoticeRecipients> =>
  noticeRecipientsOf(db, admins, endings)

/** Posted cards are known to `refresh` only from here on. A card that still looks the same needs no second look. */
async function spareSecondLook({ db, render, clock }: DeliveryDeps, marked: readonly Rendered[], attempts: readonly Attempted[]) {
  const posted = attempts.flatMap(({ row, outcome }) =>
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
