import { type SQL, sql } from 'drizzle-orm'
import { type Db, prepared } from '../client.ts'
import { chatPresence } from './tables.ts'

export type PresenceEvent = typeof chatPresence.$inferSelect

/** The newest event about the bot in a chat; no row when there was none. */
export const presenceIn = prepared<PresenceEvent[], { chatId: string }>((db) =>
  db
    .select()
    .from(chatPresence)
    .where(sql`${chatPresence.chatId} = ${sql.placeholder('chatId')}`),
)

/** True once a newer event about the chat is known. At the same moment the coming wins, in whatever order the two are told. */
export const overtaken = ({ chatId, isIn, at }: PresenceEvent): SQL =>
  sql`exists (select 1 from chat_presence p where p.chat_id = ${chatId}
    and (p.at > ${at.getTime()} or (p.at = ${at.getTime()} and p.is_in >= ${Number(isIn)})))`

export const notePresence = (db: Db, event: PresenceEvent) =>
  db
    .insert(chatPresence)
    .values(event)
    .onConflictDoUpdate({ target: chatPresence.chatId, set: { isIn: event.isIn, at: event.at } })
