import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { prepared } from '../client.ts'

/** Every deed, with who did it. Triggers in the migration keep it append-only; no personal free text goes in, so erasure stays possible. */
export const audit = sqliteTable(
  'audit',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    unit: text().notNull(),
    /** A member's id; the clock and the platform are named as such. */
    actor: text().notNull(),
    deed: text().notNull(),
    subject: text().notNull(),
  },
  (it) => [index('audit_by_subject').on(it.subject)],
)

export interface Deed {
  at: Date
  unit: string
  actor: string
  deed: string
  subject: string
}

const entry = prepared<unknown, { at: number; unit: string; actor: string; deed: string; subject: string }>((db) =>
  db.insert(audit).values({
    at: sql`${sql.placeholder('at')}`,
    unit: sql.placeholder('unit'),
    actor: sql.placeholder('actor'),
    deed: sql.placeholder('deed'),
    subject: sql.placeholder('subject'),
  }),
)

export const record = (db: Parameters<typeof entry>[0], deed: Deed) => entry(db, { ...deed, at: deed.at.getTime() })

export const CLOCK = 'clock'
export const PLATFORM = 'platform'
