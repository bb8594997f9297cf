import { sql } from 'drizzle-orm'
import { type Db, statementOf } from '../client.ts'
import { sentFiles } from './tables.ts'

export type SentFile = typeof sentFiles.$inferSelect

/** A runner that took a file and is silent for two minutes was cut off. */
const CUT_OFF_MS = 2 * 60_000

export const keepFile = (db: Db, file: Omit<SentFile, 'triedAt' | 'tries'>) => db.insert(sentFiles).values(file)

/** A file of several lists is read once more, for another of its sheets. */
export const sheetAsked = (db: Db, file: Omit<SentFile, 'triedAt' | 'tries'>, sheet: number) =>
  keepFile(db, { ...file, name: `${file.name}\t${sheet}` })

/** The file's own name, and the sheet that is asked for; null for the first list in it. */
export function sheetIn({ name }: Pick<SentFile, 'name'>): { name: string; sheet: number | null } {
  const [own = '', sheet] = name.split('\t')
  return { name: own, sheet: sheet === undefined ? null : Number(sheet) }
}

/** A file is answered once, and once more each time that another of its sheets is asked for. */
export const readingOf = (file: SentFile) =>
  sheetIn(file).sheet === null ? file.messageId : `${file.messageId} ${sheetIn(file).sheet} ${file.at.getTime()}`
export const messageOf = (reading: string) => reading.split(' ')[0] ?? ''

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
