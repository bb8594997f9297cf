import { sql } from 'drizzle-orm'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { members } from '../branches/members.ts'
import { branches } from '../branches/units.ts'
import type { Db } from '../client.ts'

/** What `sent_files` was before other lists than rosters could be sent: it is emptied into that one. */
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
  chatId: text().notNull(),
  at: integer({ mode: 'timestamp_ms' }).notNull(),
  triedAt: integer({ mode: 'timestamp_ms' }),
  tries: integer().notNull().default(0),
})

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

export const askedFor = (db: Db, openId: string, now: Date) =>
  db
    .select({ branch: rosterAsks.branch })
    .from(rosterAsks)
    .where(sql`${rosterAsks.openId} = ${openId} and ${rosterAsks.at} > ${now.getTime() - ASKED_FOR_MS}`)

export const rememberAsk = (db: Db, openId: string, branch: string, at: Date) =>
  db.insert(rosterAsks).values({ openId, branch, at }).onConflictDoUpdate({ target: rosterAsks.openId, set: { branch, at } })

export const forgetAsks = (db: Db, now: Date) => db.delete(rosterAsks).where(sql`${rosterAsks.at} <= ${now.getTime() - ASKED_FOR_MS}`)
