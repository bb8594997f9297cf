import { lt, sql } from 'drizzle-orm'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { type Db, prepared } from '../client.ts'

/**
 * What has been acted upon. Ids only, never content or an answer: a repeat is answered from the present state.
 * Feishu asks to dedupe messages by `message_id`, everything else by `event_id`.
 */
export const deliveries = sqliteTable('deliveries', {
  eventId: text().primaryKey(),
  messageId: text().unique(),
  at: integer({ mode: 'timestamp_ms' }).notNull(),
})

export const claim = prepared<unknown, { eventId: string; messageId: string | null; at: number }>((db) =>
  db.insert(deliveries).values({
    eventId: sql.placeholder('eventId'),
    messageId: sql.placeholder('messageId'),
    at: sql`${sql.placeholder('at')}`,
  }),
)

/** The platform's last copy can come 7 h 5 min late and signed bodies are taken for 8 h; a week leaves room for doubt. */
export const KEPT_FOR_MS = 7 * 86_400_000

export const forgetDeliveries = (db: Db, before: Date) => db.delete(deliveries).where(lt(deliveries.at, before))
