import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { DAY_MS, type Quarter } from '../../src/calendar.ts'
import type { WrongRow } from '../../src/rules/rulebook/file.ts'
import type { OwnRulebook } from '../../src/rules/rulebook/rulebook.ts'
import type { PartId } from '../../src/rules/standards/standards.ts'
import type { Text } from '../../src/text.ts'
import { committees } from '../branches/units.ts'
import { type Db, statementOf } from '../client.ts'

/** What a list of weights, cadences and switches comes to, exactly as it was previewed, until somebody presses or a day has gone by. */
export const rulebookDrafts = sqliteTable(
  'rulebook_drafts',
  {
    id: text().primaryKey(),
    /** The message that brought the file: read twice, it is previewed once. */
    file: text().notNull().unique(),
    committee: text()
      .notNull()
      .references(() => committees.id),
    by: text().notNull(),
    madeAt: integer({ mode: 'timestamp_ms' }).notNull(),
    /** The quarter whose rules it was compared with, and the version that was then the last. */
    quarter: text().$type<Quarter>().notNull(),
    after: integer().notNull(),
    said: text({ mode: 'json' }).$type<OwnRulebook>().notNull(),
    changes: text({ mode: 'json' }).$type<{ part: PartId; what: Text }[]>().notNull(),
    wrong: text({ mode: 'json' }).$type<WrongRow[]>().notNull(),
    sum: integer().notNull(),
    savedAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [index('rulebook_drafts_by_time').on(it.madeAt)],
)

export type RulebookDraft = typeof rulebookDrafts.$inferSelect

export const rulebookDraft = (db: Db, draft: string) =>
  statementOf(db.select().from(rulebookDrafts).where(sql`${rulebookDrafts.id} = ${draft}`))

export const keepRulebookDraft = (db: Db, draft: Omit<RulebookDraft, 'savedAt'>) => db.insert(rulebookDrafts).values(draft)

export const savedDraft = (db: Db, draft: string, at: Date) =>
  db.update(rulebookDrafts).set({ savedAt: at }).where(sql`${rulebookDrafts.id} = ${draft}`)

export const isOutdated = ({ madeAt }: RulebookDraft, now: Date) => now.getTime() - madeAt.getTime() > DAY_MS

export const forgetRulebookDrafts = (db: Db, now: Date) =>
  db.delete(rulebookDrafts).where(sql`${rulebookDrafts.madeAt} < ${now.getTime() - DAY_MS}`)

/** Whose rules a person means to send: the committee whose list was handed out last. A file itself cannot say it. */
export const rulebookAsks = sqliteTable('rulebook_asks', {
  openId: text().primaryKey(),
  committee: text()
    .notNull()
    .references(() => committees.id),
  at: integer({ mode: 'timestamp_ms' }).notNull(),
})

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
