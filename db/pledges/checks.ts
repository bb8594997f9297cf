import { type SQL, sql } from 'drizzle-orm'
import type { Day, Half, Year } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { type Checking, mayCheck } from '../../src/rules/pledges/integrity.ts'
import type { Actor } from '../branches/members.ts'
import type { Branch } from '../branches/units.ts'
import { type Db, type Statement, statementOf, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { creditCheck } from '../ledgers/credits.ts'
import { refresh } from '../ledgers/refresh.ts'
import { refreshScores } from '../ledgers/refresh-scores.ts'
import { isOfficerSeat, type Officer } from './integrity.ts'
import { integritySubject } from './messages.ts'
import { integrityChecks, integrityFindings } from './tables.ts'

const moment = (column: SQL) =>
  sql`${column}`.mapWith({ mapFromDriverValue: (ms: number | null) => (ms === null ? null : new Date(ms)) }) as SQL<Date | null>

/** One check a branch and half-year: its id says which. */
export const checkId = (branch: string, half: Half) => `${branch.slice(0, 30)} ${half}`

export const checkOf = (db: Db, branch: string, half: Half) =>
  db
    .select({ id: integrityChecks.id, closedAt: integrityChecks.closedAt })
    .from(integrityChecks)
    .where(sql`${integrityChecks.branch} = ${branch} and ${integrityChecks.half} = ${half}`)

/** The finding of each officer; a problem with how far it is put right. Its words stay sealed. */
export const findingsOf = (db: Db, branch: string, half: Half) =>
  statementOf(
    db
      .select({
        id: sql<string>`f.id`,
        member: sql<string>`f.member`,
        name: sql<string>`m.name`,
        by: sql<string>`f."by"`,
        isPassed: sql<boolean>`f.is_passed`.mapWith(Boolean) as SQL<boolean>,
        task: sql<string | null>`f.task`,
        dueOn: sql<Day | null>`t.due_on`,
        doneAt: moment(sql`t.done_at`),
        checkedAt: moment(sql`t.checked_at`),
        droppedAt: moment(sql`t.dropped_at`),
      })
      .from(
        sql`integrity_checks c join integrity_findings f on f.check_id = c.id join members m on m.id = f.member left join tasks t on t.id = f.task`,
      )
      .where(sql`c.branch = ${branch} and c.half = ${half}`)
      .orderBy(sql`f.at, f.id`),
  )

export type Finding = Awaited<ReturnType<ReturnType<typeof findingsOf>['map']>>[number]

/** A person's own problems of a year that are not looked at again yet. */
export const ownProblems = (db: Db, member: string, year: Year) =>
  db
    .select({ finding: sql<string>`f.id`, half: sql<Half>`c.half` })
    .from(sql`integrity_findings f join integrity_checks c on c.id = f.check_id left join tasks t on t.id = f.task`)
    .where(
      sql`f.member = ${member} and f.is_passed = 0 and substr(c.half, 1, 4) = ${year} and t.checked_at is null and t.dropped_at is null`,
    )
    .orderBy(sql`f.at, f.id`)

/** The part of a person in a branch's check. */
export const checkingOf = (actor: Actor, branch: Branch, officers: readonly Officer[]): Checking => {
  const secretary = officers.find(({ isSecretary }) => isSecretary)?.id ?? null
  const holds = (role: 'discipline' | 'secretary') => actor.seats.some((seat) => seat.role === role && seat.branch === branch.id)
  return {
    checker: {
      id: actor.id,
      isDiscipline: holds('discipline'),
      isSecretary: holds('secretary'),
      isAssessor: actor.seats.some(
        ({ role, committee }) => role === 'assessor' && committee !== null && branch.lineage.includes(committee),
      ),
    },
    discipline: officers.find((one) => one.isDiscipline && one.id !== secretary && one.openId !== null)?.id ?? null,
    secretary,
  }
}

export function refuseClosed(): never {
  return refuse('这半年的检查已经结束。', 'This half-year’s check is closed.')
}

export const isClosed = (id: string) => sql`exists (select 1 from integrity_checks c where c.id = ${id} and c.closed_at is not null)`

export const begun = (db: Db, branch: Branch, half: Half, actor: Actor, at: Date): Statement =>
  statementOf(
    db
      .insert(integrityChecks)
      .values({ id: checkId(branch.id, half), branch: branch.id, half, by: actor.id, at })
      .onConflictDoNothing(),
  )

export const shownAnew = (db: Db, branch: Branch, at: Date) => refresh(db, { subject: integritySubject(branch.id), at, afterPress: true })

/** Officers of the branch of whom nothing was found yet. */
const unchecked = (branch: string, id: string) => sql`select distinct s.member from seats s join members m on m.id = s.member
  where m.left_on is null and ${isOfficerSeat(branch)} and not exists (select 1 from integrity_findings f where f.check_id = ${id} and f.member = s.member)`

/**
 * The checker finds nothing of the officers named, all of whom were on the card. The check closes when nobody is left: of each officer is
 * either nothing or a problem noted.
 */
export async function passOfficers(
  db: Db,
  branch: Branch,
  { half, people, checking }: { half: Half; people: readonly { id: string; finding: string }[]; checking: Checking },
  actor: Actor,
  now: Date,
): Promise<void> {
  const id = checkId(branch.id, half)
  if (people.some((one) => !mayCheck(one.id, checking))) refuse('自己的由别人检查。', 'Another checks your own.')
  await together(db, [
    failIf(db, isClosed(id), refuseClosed),
    begun(db, branch, half, actor, now),
    ...people.map((one) =>
      statementOf(
        db
          .insert(integrityFindings)
          .values({ id: one.finding, check: id, member: one.id, isPassed: true, by: actor.id, at: now })
          .onConflictDoNothing(),
      ),
    ),
    statementOf(
      db
        .update(integrityChecks)
        .set({ closedAt: now })
        .where(sql`${integrityChecks.id} = ${id} and ${integrityChecks.closedAt} is null and not exists (${unchecked(branch.id, id)})`),
    ),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'integrity.check', subject: id }),
    ...creditCheck(db, id),
    shownAnew(db, branch, now),
    ...refreshScores(db, { branch: branch.id, lineage: branch.lineage }, now),
  ])
}
