import { sql } from 'drizzle-orm'
import { type Db, inList, prepared, type Statement, statementOf } from '../client.ts'
import { isHeld, type Lease } from './leases.ts'
import { lanes, type OutboxRow } from './outbox.ts'
import { outbox, posts, unreachable } from './tables.ts'

/** A row as it was taken. A newer wish to refresh the card has another version, and is not ours to settle. */
export type Taken = Pick<OutboxRow, 'id' | 'version' | 'toKind' | 'toId' | 'recipient' | 'view' | 'args' | 'attempts' | 'unsureSince'>

const same = ({ id, version }: Taken) => sql`${outbox.id} = ${id} and ${outbox.version} = ${version} and ${outbox.state} = 'waiting'`

/** A card may be wanted again. Any other row is over, and its ids are not kept. */
const emptied = ({ toKind }: Taken) => (toKind === 'card' ? {} : { args: {} })

/**
 * The mark is written before the call. A runner that finds the row after a crash knows that its outcome is unknown. A row that was settled
 * or put off since the read does not come back, and is not sent.
 */
export const markTried = (db: Db, rows: readonly Taken[], now: Date, by: Lease) =>
  marking(db, { pairs: JSON.stringify(rows.map(({ id, version }) => [id, version])), now: now.getTime(), ...by })

const marking = prepared((db) =>
  db
    .update(outbox)
    .set({
      attempts: sql`attempts + 1`,
      triedAt: sql`${sql.placeholder('now')}`,
      unsureSince: sql`coalesce(unsure_since, ${sql.placeholder('now')})`,
    })
    .where(
      sql`id in (select value ->> 0 from json_each(${sql.placeholder('pairs')}))
        and (id, version) in (select value ->> 0, value ->> 1 from json_each(${sql.placeholder('pairs')}))
        and state = 'waiting' and due_at <= ${sql.placeholder('now')}
        and ${isHeld({ name: sql.placeholder('name'), holder: sql.placeholder('holder') })}`,
    )
    .returning({ id: outbox.id }),
)

export const delivered = (db: Db, { id, version }: Taken, messageId: string | null, now: Date) =>
  delivering(db, { id, version, messageId, now: now.getTime() })

/** A card may be wanted again. Any other row is over, and its ids are not kept. */
const delivering = prepared((db) =>
  db
    .update(outbox)
    .set({
      state: 'sent',
      messageId: sql`${sql.placeholder('messageId')}`,
      sentAt: sql`${sql.placeholder('now')}`,
      outcome: null,
      unsureSince: null,
      args: sql`case to_kind when 'card' then args else '{}' end`,
    })
    .where(
      sql`${outbox.id} = ${sql.placeholder('id')} and ${outbox.version} = ${sql.placeholder('version')} and ${outbox.state} = 'waiting'`,
    ),
)

/** An earlier version whose reply was lost may still reach the platform and win. The card is then shown once more. */
const LATE_ARRIVAL_MS = 10_000

export const refreshed = (db: Db, row: Taken, now: Date): Statement =>
  row.unsureSince
    ? statementOf(
        db
          .update(outbox)
          .set({ dueAt: new Date(now.getTime() + LATE_ARRIVAL_MS), attempts: 0, outcome: null, unsureSince: null })
          .where(same(row)),
      )
    : delivered(db, row, null, now)

/** The platform did not take the message: the attempt does not count, unless the row itself is to blame. */
export const heldBack = (db: Db, row: Taken, code: string, counts: boolean) =>
  db
    .update(outbox)
    .set({ outcome: code, unsureSince: row.unsureSince, attempts: row.attempts + (counts ? 1 : 0) })
    .where(same(row))

/** Nothing was sent, because the card could not be made. */
export const notMade = (db: Db, row: Taken, now: Date) =>
  db
    .update(outbox)
    .set({ outcome: 'render', attempts: row.attempts + 1, triedAt: now })
    .where(same(row))

/** The arrival is unknown: the mark before the call stays true. */
export const unsure = (db: Db, row: Taken, code: string) => db.update(outbox).set({ outcome: code }).where(same(row))

export const ended = (db: Db, row: Taken, state: 'moot' | 'dead', code: string) =>
  db
    .update(outbox)
    .set({ state, outcome: code, unsureSince: null, ...emptied(row) })
    .where(same(row))

export const putOff = (db: Db, row: Taken, until: Date) => db.update(outbox).set({ dueAt: until }).where(same(row))

/** Gives up everything else that waits for a recipient who cannot be reached. */
export const giveUpOn = (db: Db, recipient: string, code: string) =>
  db
    .update(outbox)
    .set({ state: 'dead', outcome: code, unsureSince: null, args: sql`case to_kind when 'card' then args else '{}' end` })
    .where(sql`${outbox.recipient} = ${recipient} and ${outbox.state} = 'waiting'`)

export const foundUnreachable = (db: Db, recipient: string, code: string, now: Date) =>
  db
    .insert(unreachable)
    .values({ recipient, code, since: now })
    .onConflictDoUpdate({ target: unreachable.recipient, set: { code, since: now } })

export const post = (db: Db, { recipient, view, args }: Taken, messageId: string, subject: string, now: Date) =>
  posting(db, { messageId, recipient, view, subject, args: JSON.stringify(args), now: now.getTime() })

const posting = prepared((db) =>
  db
    .insert(posts)
    .values({
      messageId: sql.placeholder('messageId'),
      recipient: sql.placeholder('recipient'),
      view: sql.placeholder('view'),
      subject: sql.placeholder('subject'),
      args: sql`${sql.placeholder('args')}`,
      postedAt: sql`${sql.placeholder('now')}`,
    })
    .onConflictDoNothing(),
)

export const forgetPost = (db: Db, messageId: string) => db.delete(posts).where(sql`${posts.messageId} = ${messageId}`)

const LOOK_AGAIN_MS = 1_500

/**
 * A change while a card was on its way asked for no refresh, because the card was not posted yet. A posted card is therefore looked at
 * once more: version 0, which `unchanged` takes back.
 */
export const lookAgain = (db: Db, { recipient, view, args }: Taken, messageId: string, now: Date) =>
  looking(db, {
    occasion: `refresh ${messageId}`,
    dueAt: now.getTime() + LOOK_AGAIN_MS,
    messageId,
    recipient,
    view,
    args: JSON.stringify(args),
  })

const looking = prepared((db) =>
  db
    .insert(outbox)
    .values({
      occasion: sql.placeholder('occasion'),
      lane: lanes.call,
      dueAt: sql`${sql.placeholder('dueAt')}`,
      toKind: 'card',
      toId: sql.placeholder('messageId'),
      recipient: sql.placeholder('recipient'),
      view: sql.placeholder('view'),
      args: sql`${sql.placeholder('args')}`,
    })
    .onConflictDoNothing(),
)

export const unchanged = (db: Db, messageIds: readonly string[]) =>
  sparing(db, { occasions: JSON.stringify(messageIds.map((id) => `refresh ${id}`)) })

const sparing = prepared((db) =>
  db
    .update(outbox)
    .set({ state: 'moot', outcome: 'unchanged' })
    .where(sql`${outbox.occasion} in ${inList(sql.placeholder('occasions'))} and ${outbox.version} = 0 and ${outbox.state} = 'waiting'`),
)
