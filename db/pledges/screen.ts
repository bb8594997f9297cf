import { type SQL, sql } from 'drizzle-orm'
import { type Day, day, daysBetween } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { LONGEST_LINE_DAYS, MOST_LINE } from '../../src/rules/pledges/showing.ts'
import { nameFrom } from '../../src/text.ts'
import type { Actor } from '../branches/members.ts'
import { branches } from '../branches/tables.ts'
import { type Branch, lineage } from '../branches/units.ts'
import { type Db, lookUp, type Statement, statementOf, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { refresh } from '../ledgers/refresh.ts'
import { screenSubject } from './board-messages.ts'
import { screenLines } from './tables.ts'

const columns = {
  id: screenLines.id,
  branch: screenLines.branch,
  branchName: branches.name,
  unit: branches.unit,
  lineage,
  words: screenLines.words,
  fromOn: screenLines.fromOn,
  untilOn: screenLines.untilOn,
  by: screenLines.by,
  byName: sql<string>`(select m.name from members m where m.id = "screen_lines"."by")`,
  approvedAt: screenLines.approvedAt,
}

const standing = (db: Db, which: SQL) =>
  db
    .select(columns)
    .from(screenLines)
    .innerJoin(branches, sql`${branches.id} = ${screenLines.branch}`)
    .where(sql`${screenLines.pulledAt} is null and ${which}`)

/** The lines of a branch that are not over, the waiting ones first. */
export const linesOf = (db: Db, branch: string, today: Day) =>
  standing(db, sql`${screenLines.branch} = ${branch} and ${screenLines.untilOn} >= ${today}`).orderBy(
    sql`${screenLines.approvedAt} is not null`,
    screenLines.fromOn,
    screenLines.id,
  )

export const lineById = (db: Db, line: string) => standing(db, sql`${screenLines.id} = ${line}`)

export type ScreenLine = Awaited<ReturnType<typeof linesOf>>[number]

const keepers = sql.raw(`('secretary', 'deputy', 'publicity')`)

/** A condition: somebody besides `but` keeps the screen of the branch. */
const isKept = (branch: string, but: string) => sql`exists (select 1 from seats s join members k on k.id = s.member and k.left_on is null
  where s.branch = ${branch} and s.until_at is null and s.role in ${keepers} and k.id <> ${but})`

const keeps = (branch: string, who: string) =>
  sql`exists (select 1 from seats s where s.branch = ${branch} and s.until_at is null and s.role in ${keepers} and s.member = ${who})`

const seen = (db: Db, branch: Pick<Branch, 'id' | 'unit'>, deed: string, subject: string, actor: Actor, now: Date): Statement[] => [
  statementOf(record(db, { at: now, unit: branch.unit, actor: actor.id, deed, subject })),
  statementOf(refresh(db, { subject: screenSubject(branch.id), at: now, afterPress: true })),
]

interface NewLine {
  id: string
  words: string
  fromOn: Day | null
  untilOn: Day | null
}

/** The members whose names stand in the words, who have to be asked. Names of one character are not looked for. */
export async function namedIn(db: Db, branch: string, words: string): Promise<string[]> {
  const [found] = await lookUp(db, [
    db
      .select({ name: sql<string>`m.name` })
      .from(sql`members m`)
      .where(sql`m.branch = ${branch} and m.left_on is null and length(m.name) > 1 and instr(${words}, m.name) > 0`)
      .limit(10),
  ])
  return found.map(({ name }) => name)
}

export async function submitLine(db: Db, branch: Branch, { id, words: typed, fromOn, untilOn }: NewLine, actor: Actor, now: Date) {
  const words = nameFrom(typed, MOST_LINE)
  if (words === '') refuse('请写明要显示的话。', 'Please write what is to be shown.')
  if (!fromOn || !untilOn || untilOn < fromOn || untilOn < day(now))
    refuse(
      '请选开始和结束的日期，结束不能早于开始和今天。',
      'Please choose the first and the last day; the last is not before the first or today.',
    )
  if (daysBetween(fromOn, untilOn) > LONGEST_LINE_DAYS)
    refuse(
      `一条最多显示 ${LONGEST_LINE_DAYS} 天，请把结束日期提前。`,
      `A line stands for ${LONGEST_LINE_DAYS} days at most; please choose an earlier last day.`,
    )
  await together(db, [
    failIf(
      db,
      sql`exists (select 1 from screen_lines l where l.branch = ${branch.id} and l.words = ${words} and l.from_on = ${fromOn} and l.until_on = ${untilOn}
        and l.pulled_at is null)`,
      () => refuse('这一条已经提交了。', 'This line has been handed in already.'),
    ),
    db.insert(screenLines).values({ id, branch: branch.id, words, fromOn, untilOn, by: actor.id, at: now }),
    ...seen(db, branch, 'screen.submit', id, actor, now),
  ])
}

const isWaiting = (line: string) =>
  sql`exists (select 1 from screen_lines l where l.id = ${line} and l.approved_at is null and l.pulled_at is null)`

/** Another hand lets it onto the board. Two who approve at once do it once. */
export async function approveLine(db: Db, it: ScreenLine, actor: Actor, now: Date) {
  if (actor.id === it.by) refuse('自己提交的，请另一位同意。', 'You handed it in yourself; somebody else has to approve it.')
  await together(db, [
    failIf(db, sql`not ${isWaiting(it.id)}`, () => refuse('已经有人同意或撤下了。', 'It has been approved or taken down already.')),
    failIf(db, sql`not ${keeps(it.branch, actor.id)} and ${isKept(it.branch, it.by)}`, () =>
      refuse('由书记、副书记或宣传委员同意。', 'The secretary, the deputy or the publicity member approves it.'),
    ),
    failIf(
      db,
      sql`not ${keeps(it.branch, actor.id)} and not exists (select 1 from members f where f.id = ${actor.id} and f.branch = ${it.branch} and f.stage = 'full')`,
      () => refuse('由另一位正式党员同意。', 'Another full member approves it.'),
    ),
    statementOf(db.update(screenLines).set({ approvedBy: actor.id, approvedAt: now }).where(sql`${screenLines.id} = ${it.id}`)),
    ...seen(db, { id: it.branch, unit: it.unit }, 'screen.approve', it.id, actor, now),
  ])
}

export async function pullLine(db: Db, it: ScreenLine, actor: Actor, now: Date) {
  await together(db, [
    db
      .update(screenLines)
      .set({ pulledAt: now, pulledBy: actor.id })
      .where(sql`${screenLines.id} = ${it.id} and ${screenLines.pulledAt} is null`),
    ...seen(db, { id: it.branch, unit: it.unit }, 'screen.pull', it.id, actor, now),
  ])
}
