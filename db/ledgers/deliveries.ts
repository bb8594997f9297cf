import { lt, sql } from 'drizzle-orm'
import { type Db, prepared } from '../client.ts'
import { deliveries } from './tables.ts'

export const claim = prepared<unknown, { eventId: string; messageId: string | null; at: number }>((db) =>
  db.insert(deliveries).values({
    eventId: sql.placeholder('eventId'),
    messageId: sql.placeholder('messageId'),
    at: sql`${sql.placeholder('at')}`,
  }),
)

/** The platform's last copy can come 7 h 5 min late, and signed bodies are taken for 8 h. A week leaves room for doubt. */
export const KEPT_FOR_MS = 7 * 86_400_000

export const forgetDeliveries = (db: Db, before: Date) => db.delete(deliveries).where(lt(deliveries.at, before))
