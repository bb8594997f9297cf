import { sql } from 'drizzle-orm'
import { type Db, statementOf } from '../client.ts'
import { sentFiles } from './tables.ts'

export type SentFile = typeof sentFiles.$inferSelect

/** A runner that took a file and is silent for two minutes was cut off. */
const CUT_OFF_MS = 2 * 60_000

export const keepFile = (db: Db, file: Omit<SentFile, 'triedAt' | 'tries'>) => db.insert(sentFiles).values(file)

const isWaiting = (now: Date) => sql`(tried_at is null or tried_at <= ${now.getTime() - CUT_OFF_MS})`

/** One row when a file waits that nobody has taken, else none. */
export const fileWaiting = (db: Db, now: Date) =>
  db.select({ messageId: sentFiles.messageId }).from(sentFiles).where(isWaiting(now)).limit(1)

/** Takes the oldest file that nobody has taken; no row when there is none. */
export const takeUpFile = (db: Db, now: Date) =>
  statementOf(
    db
      .update(sentFiles)
      .set({ triedAt: now, tries: sql`${sentFiles.tries} + 1` })
      .where(sql`${sentFiles.messageId} = (select message_id from sent_files where ${isWaiting(now)} order by at limit 1)`)
      .returning(),
  )

export const dropFile = (db: Db, messageId: string) => db.delete(sentFiles).where(sql`${sentFiles.messageId} = ${messageId}`)
