import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Day, Period } from '../../src/calendar.ts'
import type { PartId } from '../../src/rules/standards/standards.ts'
import { members } from '../branches/members.ts'
import { branches } from '../branches/units.ts'
import type { Db } from '../client.ts'

/** What a branch says of a duty that our own records do not prove: a date and where it can be looked up. The assessor confirms it, or says why not. */
export const attestations = sqliteTable(
  'attestations',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    part: text().$type<PartId>().notNull(),
    /** The activist or group it is about; empty for the branch. */
    subject: text().notNull(),
    period: text().$type<Period>().notNull(),
    on: text('on_day').$type<Day>().notNull(),
    reference: text().notNull(),
    by: text()
      .notNull()
      .references(() => members.id),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    confirmedBy: text().references(() => members.id),
    confirmedAt: integer({ mode: 'timestamp_ms' }),
    refusedBy: text().references(() => members.id),
    refusedAt: integer({ mode: 'timestamp_ms' }),
    refusedBecause: text(),
    withdrawnAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [
    index('attestations_by_branch').on(it.branch, it.period),
    // One form sent twice says it once.
    uniqueIndex('attestations_once')
      .on(it.branch, it.part, it.subject, it.period, it.on)
      .where(sql`refused_at is null and withdrawn_at is null`),
  ],
)

/** What stands of it: neither refused nor taken back. */
export const attestedIn = (db: Db, among: readonly string[], periods: readonly Period[]) =>
  db
    .select({
      id: attestations.id,
      branch: attestations.branch,
      part: attestations.part,
      subject: attestations.subject,
      period: attestations.period,
      on: attestations.on,
      isConfirmed: sql<boolean>`${attestations.confirmedAt} is not null`.mapWith((is: number) => is === 1),
    })
    .from(attestations)
    .where(
      sql`${attestations.branch} in (select value from json_each(${JSON.stringify(among)}))
        and ${attestations.period} in (select value from json_each(${JSON.stringify(periods)}))
        and ${attestations.refusedAt} is null and ${attestations.withdrawnAt} is null`,
    )
