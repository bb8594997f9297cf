import { sql } from 'drizzle-orm'
import type { Db } from '../client.ts'
import { rosterAsks } from './tables.ts'

/** Two weeks are enough to fill in a list and come back to it. */
const ASKED_FOR_MS = 14 * 86_400_000

export const askedFor = (db: Db, openId: string, now: Date) =>
  db
    .select({ branch: rosterAsks.branch })
    .from(rosterAsks)
    .where(sql`${rosterAsks.openId} = ${openId} and ${rosterAsks.at} > ${now.getTime() - ASKED_FOR_MS}`)

export const rememberAsk = (db: Db, openId: string, branch: string, at: Date) =>
  db.insert(rosterAsks).values({ openId, branch, at }).onConflictDoUpdate({ target: rosterAsks.openId, set: { branch, at } })

export const forgetAsks = (db: Db, now: Date) => db.delete(rosterAsks).where(sql`${rosterAsks.at} <= ${now.getTime() - ASKED_FOR_MS}`)
