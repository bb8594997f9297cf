import { sql } from 'drizzle-orm'
import { type Day, moment } from '../../src/calendar.ts'
import type { PartId } from '../../src/rules/standards/standards.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, inList, together } from '../client.ts'
import { record } from '../ledgers/audit.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { outbox } from '../ledgers/tables.ts'
import * as messages from './messages.ts'
import { mutes, snoozes } from './tables.ts'

export const mutedBy = (db: Db, people: readonly string[]) =>
  db
    .select({ person: mutes.person, kind: mutes.kind })
    .from(mutes)
    .where(sql`${mutes.person} in ${inList(people)}`)

/** The people who hear later, or who have heard today because they asked for it. */
export const snoozedOn = (db: Db, today: Day) =>
  db
    .select({ person: snoozes.person, until: snoozes.until, at: snoozes.at })
    .from(snoozes)
    .where(sql`${snoozes.until} >= ${moment(today).getTime()}`)

/** Sends the same digest once more, at the time that was asked for last. */
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
      ...messages.digest({ person: actor.openId }),
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
