import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { DAY_MS, type Period, type Quarter } from '../../src/calendar.ts'
import type { PartId } from '../../src/rules/standards/standards.ts'
import type { Text } from '../../src/text.ts'
import { type Db, statementOf } from '../client.ts'

/** One branch of a file: what is judged anew, as it was previewed. */
export interface SheetChange {
  branch: string
  name: string
  reason: string
  items: { part: PartId; period: Period; name: Text; before: string; after: string; permille: number; isOwn: boolean }[]
}
export interface WrongInSheet {
  row: number
  name: string
  why: Text
}

/** What an assessor's file comes to, exactly as it was previewed, until somebody presses or a day has gone by. */
export const assessmentDrafts = sqliteTable(
  'assessment_drafts',
  {
    id: text().primaryKey(),
    /** The message that brought the file: read twice, it is previewed once. */
    file: text().notNull().unique(),
    by: text().notNull(),
    madeAt: integer({ mode: 'timestamp_ms' }).notNull(),
    quarter: text().$type<Quarter>().notNull(),
    changes: text({ mode: 'json' }).$type<SheetChange[]>().notNull(),
    wrong: text({ mode: 'json' }).$type<WrongInSheet[]>().notNull(),
    /** How many judgements these branches had then. */
    judged: integer().notNull(),
    savedAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [index('assessment_drafts_by_time').on(it.madeAt)],
)

export type AssessmentDraft = typeof assessmentDrafts.$inferSelect

export const assessmentDraft = (db: Db, draft: string) =>
  statementOf(db.select().from(assessmentDrafts).where(sql`${assessmentDrafts.id} = ${draft}`))

export const keepAssessmentDraft = (db: Db, draft: Omit<AssessmentDraft, 'savedAt'>) => db.insert(assessmentDrafts).values(draft)

export const savedAssessmentDraft = (db: Db, draft: string, at: Date) =>
  statementOf(db.update(assessmentDrafts).set({ savedAt: at }).where(sql`${assessmentDrafts.id} = ${draft}`))

export const isOutdated = ({ madeAt }: Pick<AssessmentDraft, 'madeAt'>, now: Date) => now.getTime() - madeAt.getTime() > DAY_MS

export const forgetAssessmentDrafts = (db: Db, now: Date) =>
  db.delete(assessmentDrafts).where(sql`${assessmentDrafts.madeAt} < ${now.getTime() - DAY_MS}`)
