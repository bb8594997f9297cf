import { sql } from 'drizzle-orm'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Db } from '../client.ts'

/** The one-time code by which the first administrator proves to have started the bot. Only its hash is kept. */
export const claimCodes = sqliteTable('claim_codes', {
  hash: text().primaryKey(),
  madeAt: integer({ mode: 'timestamp_ms' }).notNull(),
})

export const keepClaimCode = (db: Db, hash: string, at: Date) => db.insert(claimCodes).values({ hash, madeAt: at })

export const dropClaimCodes = (db: Db) => db.delete(claimCodes)

export const claimCodeByHash = (db: Db, hash: string) => db.select().from(claimCodes).where(sql`${claimCodes.hash} = ${hash}`)

export const anyClaimCode = (db: Db) => db.select({ madeAt: claimCodes.madeAt }).from(claimCodes).limit(1)
