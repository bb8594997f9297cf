import { sql } from 'drizzle-orm'
import { DAY_MS } from '../../src/calendar.ts'
import { type Db, statementOf } from '../client.ts'
import { rosterDrafts } from './tables.ts'

export type Draft = typeof rosterDrafts.$inferSelect

export const draftById = (db: Db, id: string) => db.select().from(rosterDrafts).where(sql`${rosterDrafts.id} = ${id}`)

export const isExpired = ({ madeAt, importedAt }: Draft, now: Date) => !importedAt && now.getTime() - madeAt.getTime() > DAY_MS

/** Whether the branch's roster was imported again since this draft looked at it. */
export const importedSince = (db: Db, { branch, madeAt }: Draft) =>
  db
    .select({ id: rosterDrafts.id })
    .from(rosterDrafts)
    .where(sql`${rosterDrafts.branch} = ${branch} and ${rosterDrafts.importedAt} > ${madeAt.getTime()}`)
    .limit(1)

export const keepDraft = (db: Db, draft: Omit<Draft, 'importedAt' | 'importedBy' | 'done'>) => db.insert(rosterDrafts).values(draft)

/** Drafts that were confirmed, and are not written to the end. */
export const unfinishedDrafts = (db: Db) =>
  db.select().from(rosterDrafts).where(sql`${rosterDrafts.importedAt} is not null and ${rosterDrafts.rows} is not null`)

/** Notes the progress of a draft; at the end its rows go. */
export function advanced(db: Db, { id, rows, tally }: Draft, done: number) {
  const isOver = done >= (rows?.people.length ?? 0)
  return statementOf(
    db
      .update(rosterDrafts)
      .set({ done, tally, ...(isOver ? { rows: null } : {}) })
      .where(sql`${rosterDrafts.id} = ${id}`),
  )
}

export const begun = (db: Db, { id, rows }: Draft, by: string, at: Date) =>
  statementOf(db.update(rosterDrafts).set({ importedAt: at, importedBy: by, rows }).where(sql`${rosterDrafts.id} = ${id}`))

/** A preview that nobody pressed in time forgets its people. */
export const forgetDrafts = (db: Db, now: Date) =>
  db
    .update(rosterDrafts)
    .set({ rows: null })
    .where(
      sql`${rosterDrafts.importedAt} is null and ${rosterDrafts.rows} is not null and ${rosterDrafts.madeAt} < ${now.getTime() - DAY_MS}`,
    )
