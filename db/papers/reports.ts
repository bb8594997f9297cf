import { type SQL, sql } from 'drizzle-orm'
import type { Period } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { agendaTagNames } from '../../src/rules/gatherings/agenda.ts'
import { notByNight } from '../../src/rules/time/courtesy.ts'
import { workReports } from '../assessment/tables.ts'
import { chatsOfBranch } from '../branches/chats.ts'
import type { Actor } from '../branches/members.ts'
import { branches, members } from '../branches/tables.ts'
import { type Branch, lineage } from '../branches/units.ts'
import { type Db, lookUp, type Statement, statementOf, together } from '../client.ts'
import { addItem } from '../gatherings/agenda.ts'
import type { GatheringAsItStands } from '../gatherings/state.ts'
import { failIf } from '../guard.ts'
import { CLOCK, record } from '../ledgers/audit.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refresh } from '../ledgers/refresh.ts'
import { isReportHeard } from './heard.ts'
import * as messages from './messages.ts'
import { reportSubject } from './messages.ts'
import { reports } from './tables.ts'

export type ReportKind = 'toMembers' | 'upward'

const ofMeeting = (column: SQL) => sql`(select ${column} from gatherings g left join closures c on c.gathering = g.id
  left join cancellations x on x.gathering = g.id where g.id = "reports"."gathering")`

const columns = {
  id: reports.id,
  branch: reports.branch,
  branchName: branches.name,
  unit: branches.unit,
  lineage,
  period: reports.period,
  kind: reports.kind,
  words: reports.words,
  deliveredAt: reports.deliveredAt,
  byName: members.name,
  /** The meeting that is to hear it, while it can still do that. */
  heardAt: ofMeeting(sql`g.starts_at`).mapWith((at: number | null) => (at === null ? null : new Date(at))) as SQL<Date | null>,
  /** The meeting is over or off, and did not hear it. */
  wasMissed: ofMeeting(sql`c.gathering is not null or x.gathering is not null`).mapWith(Boolean) as SQL<boolean>,
}

const all = (db: Db) =>
  db
    .select(columns)
    .from(reports)
    .innerJoin(branches, sql`${branches.id} = ${reports.branch}`)
    .innerJoin(members, sql`${members.id} = ${reports.by}`)

export const reportById = (db: Db, report: string) => all(db).where(sql`${reports.id} = ${report}`)

export const reportFor = (db: Db, branch: string, kind: ReportKind, period: Period) =>
  all(db).where(sql`${reports.branch} = ${branch} and ${reports.kind} = ${kind} and ${reports.period} = ${period}`)

export type Report = Awaited<ReturnType<typeof reportById>>[number]

/** The assessor's commentary on the work of a period. */
export const commentaryOn = (db: Db, branch: string, period: Period) =>
  db.select().from(workReports).where(sql`${workReports.branch} = ${branch} and ${workReports.period} = ${period}`)

const isDelivered = (branch: string, kind: ReportKind, period: Period) =>
  sql`exists (select 1 from reports r where r.branch = ${branch} and r.kind = ${kind} and r.period = ${period} and r.delivered_at is not null)`

const isCommented = (branch: string, period: Period) =>
  sql`exists (select 1 from work_reports w where w.branch = ${branch} and w.period = ${period})`

function refuseSettled(kind: ReportKind): never {
  return kind === 'toMembers'
    ? refuse('这一期已经向党员大会报告过，不能再改。', 'This report was given to the general meeting and stays as it is.')
    : refuse('上级已经点评这一期述职，不能再改。', 'The level above has commented on this report; it stays as it is.')
}

interface Written {
  id: string
  kind: ReportKind
  period: Period
  words: readonly string[]
}

/** The words as they were edited, kept in the place of those before. A report that was heard or commented on stays. */
function keeping(
  db: Db,
  branch: Branch,
  { id, kind, period, words }: Written,
  actor: Actor,
  now: Date,
  more: { deliveredAt?: Date } = {},
): Statement[] {
  if (words.every((part) => part === '')) refuse('报告还没有内容，请至少写一部分。', 'The report is empty; please write at least one part.')
  const set = { words: [...words], by: actor.id, at: now, ...more }
  const isSettled = kind === 'toMembers' ? isDelivered(branch.id, kind, period) : isCommented(branch.id, period)
  return [
    failIf(db, isSettled, () => refuseSettled(kind)),
    statementOf(
      db
        .insert(reports)
        .values({ id, branch: branch.id, kind, period, ...set })
        .onConflictDoUpdate({ target: [reports.branch, reports.kind, reports.period], set }),
    ),
    ...seen(db, branch, more.deliveredAt ? 'report.send' : 'report.write', `${branch.id} ${period}`, actor, now),
  ]
}

const seen = (db: Db, { id, unit }: Pick<Branch, 'id' | 'unit'>, deed: string, subject: string, actor: Actor, now: Date): Statement[] => [
  statementOf(record(db, { at: now, unit, actor: actor.id, deed, subject })),
  statementOf(refresh(db, { subject: reportSubject(id), at: now, afterPress: true })),
]

export async function keepReport(db: Db, branch: Branch, written: Written, actor: Actor, now: Date) {
  await together(db, keeping(db, branch, written, actor, now))
}

/** The secretary's work report goes up; until the commentary it can be sent again. */
export async function sendReportUp(db: Db, branch: Branch, written: Written, actor: Actor, now: Date) {
  await together(db, keeping(db, branch, written, actor, now, { deliveredAt: now }))
}

/**
 * Puts the report before the next general meeting, with the words that were just edited or those that are kept. An item of that kind which
 * stands already is the one.
 */
export async function listReport(
  db: Db,
  branch: Branch,
  { period, words }: { period: Period; words: Written | null },
  meeting: GatheringAsItStands,
  actor: Actor,
  now: Date,
) {
  const listing: Statement[] = [
    ...(words
      ? keeping(db, branch, words, actor, now)
      : [failIf(db, isDelivered(branch.id, 'toMembers', period), () => refuseSettled('toMembers'))]),
    statementOf(
      db
        .update(reports)
        .set({ gathering: meeting.id })
        .where(sql`${reports.branch} = ${branch.id} and ${reports.kind} = 'toMembers' and ${reports.period} = ${period}`),
    ),
    ...seen(db, branch, 'report.list', `${branch.id} ${period}`, actor, now),
  ]
  const { zh } = agendaTagNames.report
  if (meeting.agenda.some(({ tags, wasHeld }) => tags.includes('report') && wasHeld !== false)) await together(db, listing)
  else await addItem(db, meeting, { words: zh, tags: ['report'] }, actor, now, listing)
}

/** The reports whose meeting is closed with a quorum and the item held, and which nobody has got yet. */
export const heardReports = (db: Db) =>
  db
    .select({ id: reports.id, branch: reports.branch, unit: branches.unit })
    .from(reports)
    .innerJoin(branches, sql`${branches.id} = ${reports.branch}`)
    .where(isReportHeard)
    .limit(50)

/** Posts a report that was heard in the branch's chats, once. */
export async function deliverReport(db: Db, { id, branch, unit }: Awaited<ReturnType<typeof heardReports>>[number], now: Date) {
  const [chats] = await lookUp(db, [chatsOfBranch(db, branch)])
  await together(db, [
    statementOf(db.update(reports).set({ deliveredAt: now }).where(sql`${reports.id} = ${id} and ${reports.deliveredAt} is null`)),
    record(db, { at: now, unit, actor: CLOCK, deed: 'report.deliver', subject: id }),
    ...chats.map(({ chatId }) =>
      enqueue(db, {
        occasion: `reportRead ${id} ${chatId}`,
        to: { chat: chatId },
        ...messages.reportRead({ report: id }),
        dueAt: notByNight(now),
      }),
    ),
    refresh(db, { subject: reportSubject(branch), at: now, afterPress: false }),
  ])
}
