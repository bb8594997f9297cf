import { sql } from 'drizzle-orm'
import { DAY_MS } from '../../src/calendar.ts'
import { type Db, statementOf } from '../client.ts'
import { rulebookAsks, rulebookDrafts } from './tables.ts'

export type RulebookDraft = typeof rulebookDrafts.$inferSelect

export const rulebookDraft = (db: Db, draft: string) =>
  statementOf(db.select().from(rulebookDrafts).where(sql`${rulebookDrafts.id} = ${draft}`))

export const keepRulebookDraft = (db: Db, draft: Omit<RulebookDraft, 'savedAt'>) => db.insert(rulebookDrafts).values(draft)

export const savedDraft = (db: Db, draft: string, at: Date) =>
  db.update(rulebookDrafts).set({ savedAt: at }).where(sql`${rulebookDrafts.id} = ${draft}`)

export const isOutdated = ({ madeAt }: RulebookDraft, now: Date) => now.getTime() - madeAt.getTime() > DAY_MS

export const forgetRulebookDrafts = (db: Db, now: Date) =>
  db.delete(rulebookDrafts).where(sql`${rulebookDrafts.madeAt} < ${now.getTime() - DAY_MS}`)

const ASKED_FOR_MS = 14 * DAY_MS

export const committeeAskedFor = (db: Db, openId: string, now: Date) =>
  db
    .select({ committee: rulebookAsks.committee })
    .from(rulebookAsks)
    .where(sql`${rulebookAsks.openId} = ${openId} and ${rulebookAsks.at} > ${now.getTime() - ASKED_FOR_MS}`)

export const rememberCommittee = (db: Db, openId: string, committee: string, at: Date) =>
  db.insert(rulebookAsks).values({ openId, committee, at }).onConflictDoUpdate({ target: rulebookAsks.openId, set: { committee, at } })

export const forgetRulebookAsks = (db: Db, now: Date) =>
  db.delete(rulebookAsks).where(sql`${rulebookAsks.at} <= ${now.getTime() - ASKED_FOR_MS}`)
