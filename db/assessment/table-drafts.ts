import { sql } from 'drizzle-orm'
import { DAY_MS } from '../../src/calendar.ts'
import { type Db, statementOf } from '../client.ts'
import { assessmentDrafts } from './tables.ts'

export type AssessmentDraft = typeof assessmentDrafts.$inferSelect

export const assessmentDraft = (db: Db, draft: string) =>
  statementOf(db.select().from(assessmentDrafts).where(sql`${assessmentDrafts.id} = ${draft}`))

export const keepAssessmentDraft = (db: Db, draft: Omit<AssessmentDraft, 'savedAt'>) => db.insert(assessmentDrafts).values(draft)

export const savedAssessmentDraft = (db: Db, draft: string, at: Date) =>
  statementOf(db.update(assessmentDrafts).set({ savedAt: at }).where(sql`${assessmentDrafts.id} = ${draft}`))

export const isOutdated = ({ madeAt }: Pick<AssessmentDraft, 'madeAt'>, now: Date) => now.getTime() - madeAt.getTime() > DAY_MS

export const forgetAssessmentDrafts = (db: Db, now: Date) =>
  db.delete(assessmentDrafts).where(sql`${assessmentDrafts.madeAt} < ${now.getTime() - DAY_MS}`)
