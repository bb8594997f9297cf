import { sql } from 'drizzle-orm'
import { type Day, day, type Half } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { type Checking, LONGEST_PROBLEM, mayCheck } from '../../src/rules/pledges/integrity.ts'
import { clipped } from '../../src/text.ts'
import type { Actor } from '../branches/members.ts'
import { type Branch, committeesAbove } from '../branches/units.ts'
import { type Db, lookUp, onDuplicate, statementOf, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { refresh } from '../ledgers/refresh.ts'
import { keyColumns, sealing, withKeyOrRefuse } from '../vault/keys.ts'
import { vaultKeys } from '../vault/tables.ts'
import type { Cell, Vault } from '../vault/vault.ts'
import { ownTasksSubject, taskSubject } from '../work/messages.ts'
import { tasks } from '../work/tables.ts'
import { begun, checkId, type Finding, isClosed, refuseClosed, shownAnew } from './checks.ts'
import { isOfficerSeat } from './integrity.ts'
import { integrityFindings } from './tables.ts'

const cellOf = (finding: string, branch: string, version: number): Cell => ({ table: 'integrity_findings', row: finding, branch, version })

/** The words of such a task tell nothing: others of the branch may come across it. */
const TASK_WORDS = '廉政检查整改 · Integrity check: put right'

interface Problem {
  half: Half
  officer: string
  finding: string
  task: string
  words: string
  dueOn: Day | null
  checking: Checking
}

/** A problem is sealed, and becomes a task of the officer whom it is about. */
export async function noteProblem(
  db: Db,
  vault: Vault,
  branch: Branch,
  { half, officer, finding, task, words: typed, dueOn, checking }: Problem,
  actor: Actor,
  now: Date,
): Promise<void> {
  const words = clipped(typed, LONGEST_PROBLEM)
  if (words === '') refuse('请写清是什么问题。', 'Please say what the problem is.')
  if (!dueOn || dueOn < day(now)) refuse('请选整改到哪一天，不早于今天。', 'Please choose a day for putting it right, today or later.')
  if (!mayCheck(officer, checking)) refuse('这个人不由你检查。', 'Another checks that person.')
  const id = checkId(branch.id, half)
  const version = now.getTime()
  const { unit } = branch
  await sealing(db, vault, { unit, branch: branch.id, purpose: 'integrity' }, now, ({ kid, seal, causes }) =>
    together(db, [
      ...causes,
      failIf(db, isClosed(id), refuseClosed),
      failIf(db, sql`not exists (select 1 from seats s where s.member = ${officer} and ${isOfficerSeat(branch.id)})`, () =>
        refuse('这个人现在不任职。', 'That person holds no seat now.'),
      ),
      begun(db, branch, half, actor, now),
      statementOf(
        db.insert(tasks).values({
          id: task,
          unit,
          branch: branch.id,
          origin: 'integrity',
          originId: finding,
          words: TASK_WORDS,
          owner: officer,
          dueOn,
          by: actor.id,
          at: now,
        }),
      ),
      statementOf(
        db.insert(integrityFindings).values({
          id: finding,
          check: id,
          member: officer,
          isPassed: false,
          sealed: seal(cellOf(finding, branch.id, version), words),
          kid,
          version,
          task,
          by: actor.id,
          at: now,
        }),
      ),
      record(db, { at: now, unit, actor: actor.id, deed: 'integrity.problem', subject: finding }),
      shownAnew(db, branch, now),
      refresh(db, { subject: ownTasksSubject(officer), at: now, afterPress: true }),
    ]),
  ).catch(onDuplicate(integrityFindings, () => refuse('这个人这半年已经查过。', 'That person was checked in this half-year already.')))
}

/**
 * A condition on finding `f` of check `c`: that person may read its words. It may be the finder, the officer or the secretary. The assessor reads
 * one about the secretary.
 */
const isReadableBy = (reader: string) => sql`(f."by" = ${reader} or f.member = ${reader}
  or exists (select 1 from seats s where s.member = ${reader} and s.until_at is null and s.branch = c.branch and s.role = 'secretary')
  or exists (select 1 from seats o where o.member = f.member and o.until_at is null and o.branch = c.branch and o.role = 'secretary')
    and exists (select 1 from seats a where a.member = ${reader} and a.until_at is null and a.role = 'assessor' and a.committee in
      (select u.id from ${committeesAbove(sql`(select b.committee from branches b where b.id = c.branch)`)} u)))`

/** The words of a problem. That somebody else read them is an audit entry, which stands before anything is shown. */
export async function readProblem(db: Db, vault: Vault, finding: string, actor: Actor, now: Date): Promise<string> {
  const [[found]] = await lookUp(db, [
    statementOf(
      db
        .select({
          sealed: sql<string>`f.sealed`,
          version: sql<number>`f.version`,
          branch: sql<string>`c.branch`,
          by: sql<string>`f."by"`,
          key: keyColumns,
        })
        .from(sql`integrity_findings f join integrity_checks c on c.id = f.check_id`)
        .innerJoin(vaultKeys, sql`${vaultKeys.kid} = f.kid`)
        .where(sql`f.id = ${finding} and ${isReadableBy(actor.id)}`),
    ),
  ])
  if (!found) refuse('没有这一条，或者不归你看。', 'There is no such entry, or it is not yours to read.')
  const words = withKeyOrRefuse(() => vault.open(found.key, cellOf(finding, found.branch, found.version), found.sealed))
  if (found.by !== actor.id)
    await together(db, [record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'integrity.read', subject: finding })])
  return words
}

/** The finder of a problem looks at how it was put right. */
export async function checkAgain(db: Db, branch: Branch, finding: Finding, actor: Actor, now: Date): Promise<void> {
  if (finding.by !== actor.id) refuse('由查出问题的人复查。', 'Whoever found the problem looks again.')
  const task = finding.task ?? ''
  await together(db, [
    failIf(db, sql`not exists (select 1 from tasks t where t.id = ${task} and t.done_at is not null and t.checked_at is null)`, () =>
      refuse('还没有整改完，或者已经复查过。', 'It is not put right yet, or was looked at already.'),
    ),
    statementOf(db.update(tasks).set({ checkedAt: now, checkedBy: actor.id }).where(sql`${tasks.id} = ${task}`)),
    record(db, { at: now, unit: branch.unit, actor: actor.id, deed: 'integrity.checkAgain', subject: finding.id }),
    shownAnew(db, branch, now),
    refresh(db, { subject: taskSubject(task), at: now, afterPress: true }),
    refresh(db, { subject: ownTasksSubject(finding.member), at: now, afterPress: true }),
  ])
}
