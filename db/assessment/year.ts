import { sql } from 'drizzle-orm'
import type { Day, Period, Year } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { courteousFrom } from '../../src/rules/time/courtesy.ts'
import type { Actor } from '../branches/members.ts'
import { branches, committees, members, seats } from '../branches/tables.ts'
import type { Branch } from '../branches/units.ts'
import { type Db, inList, onConstraint, onDuplicate, type Statement, statementOf, together } from '../client.ts'
import { record } from '../ledgers/audit.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refresh } from '../ledgers/refresh.ts'
import { lastTwiceSubject } from './close.ts'
import * as messages from './messages.ts'
import type { supportOutcomes } from './tables.ts'
import { assessments, lastTwice, results, supports, workReports } from './tables.ts'

/** The subject by which the card of a branch’s year is refreshed. */
export const yearSubject = (branch: string) => `year ${branch}`

export const resultsOfYear = (db: Db, ids: readonly string[], year: Year) =>
  db
    .select({ branch: results.branch, quarter: results.quarter, tenths: results.tenths, place: results.place, isLast: results.isLast })
    .from(results)
    .innerJoin(assessments, sql`${assessments.committee} = ${results.committee} and ${assessments.quarter} = ${results.quarter}`)
    .where(sql`${results.branch} in ${inList(ids)} and ${results.quarter} like ${`${year}Q%`} and ${assessments.closedAt} is not null`)
    .orderBy(results.branch, results.quarter)

export const lastTwiceIn = (db: Db, ids: readonly string[], year: Year) =>
  db
    .select()
    .from(lastTwice)
    .where(sql`${lastTwice.branch} in ${inList(ids)} and ${lastTwice.year} = ${year}`)

interface Conclusion {
  isAdjusted: boolean
  reason: string
  on: Day
}

/** The committee says whether the leadership was adjusted, and why. The bot only keeps the answer. */
export async function concludeLastTwice(db: Db, branch: Branch, year: Year, conclusion: Conclusion, actor: Actor, now: Date) {
  await together(db, [
    db
      .update(lastTwice)
      .set({ ...conclusion, closedBy: actor.id, closedAt: now })
      .where(sql`${lastTwice.branch} = ${branch.id} and ${lastTwice.year} = ${year}`),
    record(db, { at: now, unit: branch.unit, actor: actor.id, deed: 'lastTwice.close', subject: `${branch.id} ${year}` }),
    ...[lastTwiceSubject(branch.id, year), yearSubject(branch.id)].map((subject) => refresh(db, { subject, at: now, afterPress: true })),
  ]).catch(onConstraint('item closed', () => refuse('这一项刚刚已经办结。', 'This item was closed just now.')))
}

interface NewSupport {
  id: string
  helper: string
  from: Day
  until: Day
}

/** The helper is told, by day. */
export async function support(db: Db, branch: Branch, given: NewSupport, helper: string | null, actor: Actor, now: Date) {
  await together(db, [
    ...beginning(db, branch, given, helper, actor, now),
    record(db, { at: now, unit: branch.unit, actor: actor.id, deed: 'support.begin', subject: given.id }),
    refresh(db, { subject: yearSubject(branch.id), at: now, afterPress: true }),
  ])
}

const beginning = (db: Db, branch: Branch, given: NewSupport, helper: string | null, actor: Actor, at: Date): Statement[] => [
  statementOf(db.insert(supports).values({ ...given, branch: branch.id, by: actor.id, at })),
  ...(helper
    ? [
        statementOf(
          enqueue(db, {
            occasion: `support ${given.id} ${helper}`,
            to: { person: helper },
            ...messages.helping({ support: given.id }),
            dueAt: courteousFrom(at),
          }),
        ),
      ]
    : []),
]

/** A support ends as recovered, or with the leadership to be adjusted. An extended one ends too, and another begins up to the new day. */
export async function endSupport(
  db: Db,
  branch: Branch,
  ended: { id: string; outcome: (typeof supportOutcomes)[number]; next: NewSupport | null },
  helper: string | null,
  actor: Actor,
  now: Date,
) {
  await together(db, [
    db
      .update(supports)
      .set({ outcome: ended.outcome, outcomeBy: actor.id, outcomeAt: now })
      .where(sql`${supports.id} = ${ended.id} and ${supports.branch} = ${branch.id}`),
    ...(ended.next ? beginning(db, branch, ended.next, helper, actor, now) : []),
    record(db, { at: now, unit: branch.unit, actor: actor.id, deed: 'support.end', subject: ended.id }),
    refresh(db, { subject: yearSubject(branch.id), at: now, afterPress: true }),
  ]).catch(onConstraint('support ended', () => refuse('这项帮扶刚刚已经有了结果。', 'This support has its outcome already.')))
}

export const supportsOf = (db: Db, branch: string) =>
  db
    .select({
      id: supports.id,
      helper: supports.helper,
      name: members.name,
      openId: members.openId,
      from: supports.from,
      until: supports.until,
      outcome: supports.outcome,
    })
    .from(supports)
    .innerJoin(members, sql`${members.id} = ${supports.helper}`)
    .where(sql`${supports.branch} = ${branch}`)
    .orderBy(supports.from, supports.at)

const withBranch = (db: Db) =>
  db
    .select({ from: supports.from, until: supports.until, name: members.name, branchName: branches.name, committeeName: committees.name })
    .from(supports)
    .innerJoin(members, sql`${members.id} = ${supports.helper}`)
    .innerJoin(branches, sql`${branches.id} = ${supports.branch}`)
    .innerJoin(committees, sql`${committees.id} = ${branches.committee}`)

export const supportById = (db: Db, id: string) => withBranch(db).where(sql`${supports.id} = ${id}`)

/** The branches that somebody helps at present. */
export const helpedBy = (db: Db, member: string) =>
  withBranch(db).where(sql`${supports.helper} = ${member} and ${supports.outcome} is null`).orderBy(supports.until, branches.name)

/** The supports of some committees whose time is over: the committees have to settle them. */
export const supportsOver = (db: Db, ids: readonly string[], today: Day) =>
  withBranch(db)
    .where(sql`${branches.committee} in ${inList(ids)} and ${supports.outcome} is null and ${supports.until} < ${today}`)
    .orderBy(supports.until, branches.name)

export const lastTwiceOpen = (db: Db, ids: readonly string[]) =>
  db
    .select({ year: lastTwice.year, branchName: branches.name })
    .from(lastTwice)
    .innerJoin(branches, sql`${branches.id} = ${lastTwice.branch}`)
    .where(sql`${branches.committee} in ${inList(ids)} and ${lastTwice.closedAt} is null`)
    .orderBy(lastTwice.year, branches.name)

/** A helper sits in a committee above, or leads another branch of the committee. */
export const helpersFor = (db: Db, branch: Branch) =>
  db
    .selectDistinct({ id: members.id, name: members.name, openId: members.openId })
    .from(seats)
    .innerJoin(members, sql`${members.id} = ${seats.member}`)
    .where(
      sql`${seats.until} is null and ${members.leftOn} is null and (${seats.committee} in ${inList(branch.lineage)}
        or (${seats.role} in ('secretary', 'deputy') and ${seats.branch} <> ${branch.id}
          and ${seats.branch} in (select id from branches where committee = ${branch.committee})))`,
    )
    .orderBy(members.name, members.id)
    .limit(MOST_HELPERS)
const MOST_HELPERS = 40

interface NewReport {
  id: string
  period: Period
  heardOn: Day
  commentary: string
}

/** The commentary goes to the secretary alone. */
export async function hearReport(
  db: Db,
  branch: Branch,
  heard: NewReport,
  toTell: readonly { openId: string; dueAt: Date }[],
  actor: Actor,
  now: Date,
) {
  await together(db, [
    db.insert(workReports).values({ ...heard, branch: branch.id, by: actor.id, at: now }),
    record(db, { at: now, unit: branch.unit, actor: actor.id, deed: 'report.hear', subject: heard.id }),
    refresh(db, { subject: yearSubject(branch.id), at: now, afterPress: true }),
    ...toTell.map(({ openId, dueAt }) =>
      enqueue(db, {
        occasion: `report ${heard.id} ${openId}`,
        to: { person: openId },
        ...messages.workReport({ report: heard.id }),
        dueAt,
      }),
    ),
  ]).catch(onDuplicate(workReports, () => refuse('这一次述职已经点评过。', 'That work report was commented on already.')))
}

export const reportsOf = (db: Db, branch: string, year: Year) =>
  db
    .select()
    .from(workReports)
    .where(sql`${workReports.branch} = ${branch} and ${workReports.period} like ${`${year}%`}`)
    .orderBy(workReports.heardOn)

export const reportById = (db: Db, report: string) => db.select().from(workReports).where(sql`${workReports.id} = ${report}`)
