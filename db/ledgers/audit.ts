import { sql } from 'drizzle-orm'
import { prepared } from '../client.ts'
import { audit } from './tables.ts'

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

/** The author of something unsigned. Its entry is written in the night after, so its time tells nothing. */
export const SOMEBODY = 'somebody'
export const CLOCK = 'clock'
export const PLATFORM = 'platform'
