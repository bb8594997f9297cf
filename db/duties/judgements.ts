import { sql } from 'drizzle-orm'
import type { Period, Quarter } from '../../src/calendar.ts'
import { type Db, inList } from '../client.ts'
import { findings, judgements } from './tables.ts'

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
    .where(sql`${judgements.branch} in ${inList(ids)} and ${judgements.period} in ${inList(periods)}`)

export const findingsIn = (db: Db, ids: readonly string[], quarter: Quarter) =>
  db
    .select({ branch: findings.branch, kind: findings.kind, standard: findings.standard, reason: findings.reason })
    .from(findings)
    .where(sql`${findings.branch} in ${inList(ids)} and ${findings.quarter} = ${quarter} and ${findings.withdrawnAt} is null`)
