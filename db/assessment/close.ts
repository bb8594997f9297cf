import { sql } from 'drizzle-orm'
import { type Quarter, yearOf } from '../../src/calendar.ts'
import { type Adjustment, adjustmentOf, type Frozen, thawed } from '../../src/rules/assessment/adjustment.ts'
import { spentBy } from '../../src/rules/duties/duties.ts'
import type { Attested, Judged } from '../../src/rules/duties/facts.ts'
import { type Ranked, rankOf } from '../../src/rules/duties/scoring.ts'
import { evidenceSpan } from '../../src/rules/duties/slots.ts'
import { courteousFrom } from '../../src/rules/time/courtesy.ts'
import { assessorsOf, nearest } from '../branches/answering.ts'
import { type Branch, branchesOf } from '../branches/units.ts'
import { type Db, inList, isConstraint, lookUp, type Statement, statementOf, together } from '../client.ts'
import { type Account, accountsIn } from '../duties/account.ts'
import { attestedIn } from '../duties/attestations.ts'
import { findingsIn, judgedIn } from '../duties/judgements.ts'
import { scoreOfAccount } from '../duties/score.ts'
import { spentCredits } from '../duties/tables.ts'
import { CLOCK, record } from '../ledgers/audit.ts'
import { creditsBetween } from '../ledgers/credits.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refresh } from '../ledgers/refresh.ts'
import { orderSubject, scoreSubject } from '../ledgers/refresh-scores.ts'
import { rulebookFor, rulebooksAbove } from '../rulebook/versions.ts'
import { type Assessment, isAssessed, overviewSubject, resultSubject } from './assessments.ts'
import * as messages from './messages.ts'
import { undecidedOf } from './stages.ts'
import { assessments, lastTwice, results } from './tables.ts'

/** A batch of 20 whole accounts stays small. */
const LOT = 20

/**
 * Writes the results of a closing assessment, as they were at that moment, and closes it. Work that is cut off goes on at the next turn.
 * Two turns at once write each result once, and one of them closes.
 */
export async function finishClosing(db: Db, { committee, quarter, closingAt, unit }: Assessment & { unit: string }, now: Date) {
  if (!closingAt) return
  const [own, above, kept, waiting] = await lookUp(db, [
    branchesOf(db, committee),
    rulebooksAbove(db, committee),
    keptOf(db, committee, quarter),
    undecidedOf(db, [committee], quarter),
  ])
  const done = new Set([...kept, ...waiting].map(({ branch }) => branch))
  const left = own.filter((branch) => isAssessed(branch, quarter) && !done.has(branch.id))
  for (let first = 0; first < left.length; first += LOT)
    await keep(db, await accountsIn(db, left.slice(first, first + LOT), [quarter], closingAt), quarter, closingAt)

  const [all] = await lookUp(db, [keptOf(db, committee, quarter)])
  const ranked = rankOf(all, rulebookFor(above, quarter))
  const order = waiting.length > 0 ? ranked.map(nobodyLast) : ranked
  await together(db, [
    rank(order, quarter),
    db
      .update(assessments)
      .set({ closedAt: now })
      .where(sql`${assessments.committee} = ${committee} and ${assessments.quarter} = ${quarter}`),
    record(db, { at: now, unit, actor: CLOCK, deed: 'assessment.closed', subject: `${committee} ${quarter}` }),
    ...[
      overviewSubject(committee, quarter),
      ...own.flatMap(({ id }) => [resultSubject(id, quarter), scoreSubject(id)]),
      ...(own[0]?.lineage ?? []).map(orderSubject),
    ].map((subject) => refresh(db, { subject, at: now, afterPress: false })),
    ...(await lastTwiceOf(db, committee, order, quarter, rulebookFor(above, quarter).lastTimes, now)),
  ]).catch((error) => {
    // Another turn was quicker, and came to the same.
    if (!isConstraint(error) || !/result final|assessment closed/.test(error.message)) throw error
  })
}

/** The last place is nobody's while a branch is still to follow. */
const nobodyLast = <S extends { isLast: boolean }>(one: S): S => ({ ...one, isLast: false })

export const keptOf = (db: Db, committee: string, quarter: Quarter) =>
  db
    .select({ branch: results.branch, tenths: results.tenths })
    .from(results)
    .where(sql`${results.committee} = ${committee} and ${results.quarter} = ${quarter}`)
    .orderBy(results.branch)

const keep = (db: Db, accounts: readonly Account[], quarter: Quarter, at: Date) =>
  together(
    db,
    accounts.flatMap((account) => [
      statementOf(
        db
          .insert(results)
          .values(resultFrom(account, quarter, at))
          .onConflictDoNothing(),
      ),
      ...spending(db, account, quarter),
    ]),
  )

export function resultFrom(account: Account, quarter: Quarter, at: Date) {
  const { tenths, weightAsked } = scoreOfAccount(account)
  const { branch, duties, findings, rulebook, excuse } = account
  const frozen: Frozen = {
    quarter,
    duties,
    findings: findings.map(({ kind, standard }) => ({ kind, standard })),
    rulebook,
    ...(excuse ? { excuse } : {}),
  }
  return { branch: branch.id, quarter, committee: branch.committee, tenths, weightAsked, isLast: false, account: frozen, at }
}

/** The evidence that a closed quarter used is spent for good. */
export function spending(db: Db, { branch, duties }: Account, quarter: Quarter): Statement[] {
  const spent = duties.flatMap((duty) => spentBy(duty) ?? []).map((one) => ({ ...one, branch: branch.id, quarter }))
  return spent.length > 0 ? [statementOf(db.insert(spentCredits).values(spent).onConflictDoNothing())] : []
}

const spentIn = (db: Db, branch: string) =>
  db
    .select({ part: spentCredits.part, subject: spentCredits.subject, source: spentCredits.source, period: spentCredits.period })
    .from(spentCredits)
    .where(sql`${spentCredits.branch} = ${branch}`)

function rank(order: readonly Ranked<{ branch: string; tenths: number | null }>[], quarter: Quarter): Statement {
  const places = JSON.stringify(order.map(({ branch, place, isLast }) => [branch, place, isLast ? 1 : 0]))
  return {
    sql: `update results set place = p.value ->> 1, is_last = p.value ->> 2
      from json_each(?) p where results.branch = p.value ->> 0 and results.quarter = ?`,
    args: [places, quarter],
    map: () => undefined,
  }
}

/** A branch that came last this often in a year is an item that only the assessors see and close. The bot draws no conclusion. */
export async function lastTwiceOf(
  db: Db,
  committee: string,
  order: readonly Ranked<{ branch: string; tenths: number | null }>[],
  quarter: Quarter,
  times: number,
  now: Date,
) {
  const last = order.filter(({ isLast }) => isLast).map(({ branch }) => branch)
  if (last.length === 0) return []
  const [year, before, assessors] = [yearOf(quarter), ...(await lookUp(db, [lastBefore(db, last, quarter), assessorsOf(db, committee)]))]
  const concerned = last.filter((branch) => 1 + (before.find((one) => one.branch === branch)?.times ?? 0) >= times)
  return concerned.flatMap((branch) => [
    db.insert(lastTwice).values({ branch, year, openedAt: now }).onConflictDoNothing(),
    ...nearest(assessors).map(({ openId }) =>
      enqueue(db, {
        occasion: `last twice ${branch} ${year} ${openId}`,
        to: { person: openId },
        ...messages.lastTwice({ subject: lastTwiceSubject(branch, year), branch, year }),
        dueAt: courteousFrom(now),
      }),
    ),
  ])
}

export const lastTwiceSubject = (branch: string, year: string) => `last twice ${branch} ${year}`

const lastBefore = (db: Db, ids: readonly string[], quarter: Quarter) =>
  db
    .select({ branch: results.branch, times: sql<number>`count(*)` })
    .from(results)
    .where(
      sql`${results.branch} in ${inList(ids)} and ${results.quarter} like ${`${yearOf(quarter)}Q%`}
        and ${results.quarter} <> ${quarter} and ${results.isLast}`,
    )
    .groupBy(results.branch)

/** The closed quarter of a branch; nothing while it is open. */
export const resultOf = (db: Db, branch: string, quarter: Quarter) =>
  db
    .select({ result: results, closedAt: assessments.closedAt })
    .from(results)
    .innerJoin(assessments, sql`${assessments.committee} = ${results.committee} and ${assessments.quarter} = ${results.quarter}`)
    .where(sql`${results.branch} = ${branch} and ${results.quarter} = ${quarter} and ${assessments.closedAt} is not null`)

/** The change that came to light since a quarter was closed; null while it is open, or where nothing changed. */
export async function adjustmentSince(db: Db, branch: Branch, quarter: Quarter, now: Date): Promise<Adjustment | null> {
  const [[found]] = await lookUp(db, [resultOf(db, branch.id, quarter)])
  if (!found) return null
  const frozen = thawed(found.result.account)
  const { from, until } = evidenceSpan(quarter, frozen.rulebook)
  const periods = [...new Set(frozen.duties.map(({ period }) => period))]
  const [evidence, attested, judged, findings, spent] = await lookUp(db, [
    creditsBetween(db, [branch.id], from, until),
    attestedIn(db, [branch.id], periods),
    judgedIn(db, [branch.id], periods),
    findingsIn(db, [branch.id], quarter),
    spentIn(db, branch.id),
  ])
  return adjustmentOf(frozen, { evidence, attested: attested as Attested[], judged: judged as Judged[], findings, spent }, now)
}
