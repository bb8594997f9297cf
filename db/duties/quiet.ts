import { sql } from 'drizzle-orm'
import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { type Day, moment } from '../../src/calendar.ts'
import type { PartId } from '../../src/rules/standards/standards.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, together } from '../client.ts'
import { record } from '../ledgers/audit.ts'
import { enqueue, outbox } from '../ledgers/outbox.ts'

/** Somebody wants to hear of it later: their digest comes again then, and not before. */
export const snoozes = sqliteTable('snoozes', {
  person: text().primaryKey(),
  until: integer({ mode: 'timestamp_ms' }).notNull(),
  at: integer({ mode: 'timestamp_ms' }).notNull(),
})

/** Parts of the standards that somebody does not want to be reminded of: they stay under 我的, and out of the digest. */
export const mutes = sqliteTable(
  'mutes',
  { person: text().notNull(), kind: text().$type<PartId>().notNull(), at: integer({ mode: 'timestamp_ms' }).notNull() },
  (it) => [primaryKey({ columns: [it.person, it.kind] })],
)

export const mutedBy = (db: Db, people: readonly string[]) =>
  db
    .select({ person: mutes.person, kind: mutes.kind })
    .from(mutes)
    .where(sql`${mutes.person} in (select value from json_each(${JSON.stringify(people)}))`)

/** Who hears later, or has heard today already because they asked for it. */
export const snoozedOn = (db: Db, today: Day) =>
  db
    .select({ person: snoozes.person })
    .from(snoozes)
    .where(sql`${snoozes.until} >= ${moment(today).getTime()}`)

/** The same digest once more, at the time that was asked for last. */
export const snooze = (db: Db, actor: Actor, until: Date, now: Date) =>
  together(db, [
    db
      .insert(snoozes)
      .values({ person: actor.openId, until, at: now })
      .onConflictDoUpdate({ target: snoozes.person, set: { until, at: now } }),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'digest.snooze', subject: actor.id }),
    db
      .delete(outbox)
      .where(
        sql`${outbox.occasion} >= ${`snoozed ${actor.openId} `} and ${outbox.occasion} < ${`snoozed ${actor.openId}!`} and ${outbox.state} = 'waiting'`,
      ),
    enqueue(db, {
      occasion: `snoozed ${actor.openId} ${until.getTime()}`,
      to: { person: actor.openId },
      view: 'digest',
      args: { person: actor.openId },
      dueAt: until,
    }),
  ])

export const mute = (db: Db, actor: Actor, kind: PartId, now: Date) =>
  together(db, [
    db.insert(mutes).values({ person: actor.openId, kind, at: now }).onConflictDoNothing(),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'digest.mute', subject: actor.id }),
  ])

export const unmuteAll = (db: Db, actor: Actor, now: Date) =>
  together(db, [
    db.delete(mutes).where(sql`${mutes.person} = ${actor.openId}`),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'digest.unmute', subject: actor.id }),
  ])
