import { sql } from 'drizzle-orm'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Db } from './client.ts'
import { members } from './members.ts'
import { branches } from './units.ts'

/** Lists that people sent and that are yet to be read: an event must be answered before a file can be fetched. The row goes when it is done. */
export const rosterFiles = sqliteTable('roster_files', {
  messageId: text().primaryKey(),
  fileKey: text().notNull(),
  name: text().notNull(),
  branch: text()
    .notNull()
    .references(() => branches.id),
  by: text()
    .notNull()
    .references(() => members.id),
  /** Where the preview is sent: the direct chat that the file came in. */
  chatId: text().notNull(),
  at: integer({ mode: 'timestamp_ms' }).notNull(),
  triedAt: integer({ mode: 'timestamp_ms' }),
  tries: integer().notNull().default(0),
})

export type RosterFile = typeof rosterFiles.$inferSelect

/** Whose list a person means to send: the branch in whose chat the template was last asked for. A file itself cannot say it. */
export const rosterAsks = sqliteTable('roster_asks', {
  openId: text().primaryKey(),
  branch: text()
    .notNull()
    .references(() => branches.id),
  at: integer({ mode: 'timestamp_ms' }).notNull(),
})

/** Long enough to fill in a list and come back to it. */
const ASKED_FOR_MS = 14 * 86_400_000
/** Whoever took a file up and is not heard of for so long was cut off. */
const CUT_OFF_MS = 2 * 60_000

export const askedFor = (db: Db, openId: string, now: Date) =>
  db
    .select({ branch: rosterAsks.branch })
    .from(rosterAsks)
    .where(sql`${rosterAsks.openId} = ${openId} and ${rosterAsks.at} > ${now.getTime() - ASKED_FOR_MS}`)

export const rememberAsk = (db: Db, openId: string, branch: string, at: Date) =>
  db.insert(rosterAsks).values({ openId, branch, at }).onConflictDoUpdate({ target: rosterAsks.openId, set: { branch, at } })

export const keepFile = (db: Db, file: Omit<RosterFile, 'triedAt' | 'tries'>) => db.insert(rosterFiles).values(file)

/** The oldest file that nobody is at, taken up; no row when there is none. */
export const takeUpFile = (db: Db, now: Date) =>
  db
    .update(rosterFiles)
    .set({ triedAt: now, tries: sql`${rosterFiles.tries} + 1` })
    .where(
      sql`${rosterFiles.messageId} = (select message_id from roster_files where tried_at is null or tried_at <= ${now.getTime() - CUT_OFF_MS} order by at limit 1)`,
    )
    .returning()

export const dropFile = (db: Db, messageId: string) => db.delete(rosterFiles).where(sql`${rosterFiles.messageId} = ${messageId}`)

export const forgetAsks = (db: Db, now: Date) => db.delete(rosterAsks).where(sql`${rosterAsks.at} <= ${now.getTime() - ASKED_FOR_MS}`)
