import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { DAY_MS } from '../../src/calendar.ts'
import type { Wrong } from '../../src/rules/roster/roster-file.ts'
import type { Planned } from '../../src/rules/roster/roster-plan.ts'
import type { Text } from '../../src/text.ts'
import { members } from '../branches/members.ts'
import { branches } from '../branches/units.ts'
import { type Db, statementOf } from '../client.ts'

/** Somebody as an import will write them: new people have their ids already, so that whatever is done twice is done to the same rows. */
export type Draftee = Planned & { id: string }

/** What a list comes to, exactly as it was previewed. */
export interface Plan {
  people: Draftee[]
  wrong: Wrong[]
  notes: Text[]
}

export interface Tally {
  added: number
  changed: number
  same: number
  wrong: number
  /** Could not be written when it came to that. */
  failed: number
}

/** A list that was read and previewed, until somebody presses or a day has gone by. */
export const rosterDrafts = sqliteTable(
  'roster_drafts',
  {
    id: text().primaryKey(),
    /** The message that brought the file: read twice, it is previewed once. */
    file: text().notNull().unique(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    by: text()
      .notNull()
      .references(() => members.id),
    madeAt: integer({ mode: 'timestamp_ms' }).notNull(),
    tally: text({ mode: 'json' }).$type<Tally>().notNull(),
    /** Emptied when it has been applied, or forgotten. */
    rows: text({ mode: 'json' }).$type<Plan>(),
    importedAt: integer({ mode: 'timestamp_ms' }),
    importedBy: text(),
    /** So many of its people are written. */
    done: integer().notNull().default(0),
  },
  (it) => [index('roster_drafts_by_branch').on(it.branch)],
)

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

/** Pressed, and not written to the end. */
export const unfinishedDrafts = (db: Db) =>
  db.select().from(rosterDrafts).where(sql`${rosterDrafts.importedAt} is not null and ${rosterDrafts.rows} is not null`)

/** How far it has come; at the end its rows go. */
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

/** Previews that nobody pressed in time say no more whom they were about. */
export const forgetDrafts = (db: Db, now: Date) =>
  db
    .update(rosterDrafts)
    .set({ rows: null })
    .where(
      sql`${rosterDrafts.importedAt} is null and ${rosterDrafts.rows} is not null and ${rosterDrafts.madeAt} < ${now.getTime() - DAY_MS}`,
    )
