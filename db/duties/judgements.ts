import { sql } from 'drizzle-orm'
import type { Period, Quarter } from '../../src/calendar.ts'
import type { Db } from '../client.ts'
import { findings, judgements } from './tables.ts'

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
