import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { claimCodes } from './tables.ts'

export const keepClaimCode = (db: Db, hash: string, at: Date) => db.insert(claimCodes).values({ hash, madeAt: at })

export const dropClaimCodes = (db: Db) => db.delete(claimCodes)

export const claimCodeByHash = (db: Db, hash: string) => db.select().from(claimCodes).where(sql`${claimCodes.hash} = ${hash}`)

export const anyClaimCode = (db: Db) => db.select({ madeAt: claimCodes.madeAt }).from(claimCodes).limit(1)
