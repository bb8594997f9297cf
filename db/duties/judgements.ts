import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Period, Quarter } from '../../src/calendar.ts'
import type { PartId } from '../../src/rules/standards/standards.ts'
import { branches } from '../branches/units.ts'
import type { Db } from '../client.ts'

export const verdicts = ['points', 'not applicable', 'excused'] as const

/** What a person decided of a duty: a branch of its own S items, the upper level of any, with its reason. Rows are added, never changed; the last counts. */
export const judgements = sqliteTable(
  'judgements',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    part: text().$type<PartId>().notNull(),
    subject: text().notNull(),
    period: text().$type<Period>().notNull(),
    verdict: text({ enum: verdicts }).notNull(),
    /** Of the duty's points, with the verdict `points`; 1000 is all of them. */
    permille: integer().notNull(),
    byUpper: integer({ mode: 'boolean' }).notNull(),
    reason: text().notNull(),
    by: text().notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [index('judgements_by_branch').on(it.branch, it.period)],
)

export const findingKinds = ['accident', 'false record'] as const

/** What caps or zeroes a quarter: an accident keeps the score below 90, a record proved false zeroes its standard and (30). */
export const findings = sqliteTable(
  'findings',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    quarter: text().$type<Quarter>().notNull(),
    kind: text({ enum: findingKinds }).notNull(),
    /** Of a false record, the standard concerned. */
    standard: integer(),
    reason: text().notNull(),
    by: text().notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
    withdrawnBy: text(),
    withdrawnAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [index('findings_by_branch').on(it.branch, it.quarter)],
)

const among = (ids: readonly string[]) => sql`(select value from json_each(${JSON.stringify(ids)}))`

export const judgedIn = (db: Db, ids: readonly string[], periods: readonly Period[]) =>
  db
    .select({
      branch: judgements.branch,
      part: judgements.part,
      subject: judgements.subject,
      period: judgements.period,
      verdict: judgements.verdict,
      permille: judgements.permille,
      byUpper: judgements.byUpper,
      reason: judgements.reason,
      at: judgements.at,
    })
    .from(judgements)
    .where(sql`${judgements.branch} in ${among(ids)} and ${judgements.period} in ${among(periods)}`)

export const findingsIn = (db: Db, ids: readonly string[], quarter: Quarter) =>
  db
    .select({ branch: findings.branch, kind: findings.kind, standard: findings.standard, reason: findings.reason })
    .from(findings)
    .where(sql`${findings.branch} in ${among(ids)} and ${findings.quarter} = ${quarter} and ${findings.withdrawnAt} is null`)
