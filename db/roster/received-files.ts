import { sql } from 'drizzle-orm'
import { type Db, statementOf } from '../client.ts'
import { sentFiles } from './tables.ts'

export type SentFile = typeof sentFiles.$inferSelect

/** Whoever took a file up and is not heard of for so long was cut off. */
const CUT_OFF_MS = 2 * 60_000

export const keepFile = (db: Db, file: Omit<SentFile, 'triedAt' | 'tries'>) => db.insert(sentFiles).values(file)

const isWaiting = (now: Date) => sql`(tried_at is null or tried_at <= ${now.getTime() - CUT_OFF_MS})`

/** One row when a file waits that nobody is at, else none. */
export const fileWaiting = (db: Db, now: Date) =>
  db.select({ messageId: sentFiles.messageId }).from(sentFiles).where(isWaiting(now)).limit(1)

/** The oldest file that nobody is at, taken up; no row when there is none. */
export const takeUpFile = (db: Db, now: Date) =>
  statementOf(
    db
      .update(sentFiles)
      .set({ triedAt: now, tries: sql`${sentFiles.tries} + 1` })
      .where(sql`${sentFiles.messageId} = (select message_id from sent_files where ${isWaiting(now)} order by at limit 1)`)
      .returning(),
  )

export const dropFile = (db: Db, messageId: string) => db.delete(sentFiles).where(sql`${sentFiles.messageId} = ${messageId}`)
