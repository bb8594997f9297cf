import { sql } from 'drizzle-orm'
import { type Db, statementOf } from '../client.ts'
import { rosterFiles, sentFiles } from './tables.ts'

export type SentFile = typeof sentFiles.$inferSelect

/** Whoever took a file up and is not heard of for so long was cut off. */
const CUT_OFF_MS = 2 * 60_000

export const keepFile = (db: Db, file: Omit<SentFile, 'triedAt' | 'tries'>) => db.insert(sentFiles).values(file)

/** Files that the version before noted in a table of its own. */
export const moveOldFiles = (db: Db) => [
  statementOf(
    db
      .insert(sentFiles)
      .select(sql`select message_id, file_key, name, branch, by, chat_id, at, tried_at, tries from roster_files where true`),
  ),
  statementOf(db.delete(rosterFiles)),
]

/** The oldest file that nobody is at, taken up; no row when there is none. */
export const takeUpFile = (db: Db, now: Date) =>
  statementOf(
    db
      .update(sentFiles)
      .set({ triedAt: now, tries: sql`${sentFiles.tries} + 1` })
      .where(
        sql`${sentFiles.messageId} = (select message_id from sent_files where tried_at is null or tried_at <= ${now.getTime() - CUT_OFF_MS} order by at limit 1)`,
      )
      .returning(),
  )

export const dropFile = (db: Db, messageId: string) => db.delete(sentFiles).where(sql`${sentFiles.messageId} = ${messageId}`)
