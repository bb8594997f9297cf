import { type SQL, sql } from 'drizzle-orm'
import { type Day, day } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { MOST_PROBLEMS, MOST_TASK_WORDS } from '../../src/rules/work/tasks.ts'
import { clipped } from '../../src/text.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, type Statement, statementOf, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { refresh } from '../ledgers/refresh.ts'
import { failIfSettled, isStranger, type Part, refuseEarlyOrOff, refusePastDay, refuseStranger } from './decisions.ts'
import { branchTasksSubject, ownTasksSubject, problemsSubject } from './messages.ts'
import { lifeProblems, tasks } from './tables.ts'

const columns = {
  id: sql<string>`p.id`,
  nth: sql<number>`p.nth`,
  words: sql<string>`p.words`,
  /** The member whose problem it is; null where it is the committee's. */
  member: sql<string | null>`p.member`,
  memberName: sql<string | null>`(select m.name from members m where m.id = p.member)`,
  ownerName: sql<string>`o.name`,
  dueOn: sql<Day>`t.due_on`,
  isPutRight: sql`t.done_at is not null`.mapWith(Boolean) as SQL<boolean>,
}

const selected = (db: Db) =>
  db
    .select(columns)
    .from(sql`life_problems p join tasks t on t.origin = 'lifeProblem' and t.origin_id = p.id join members o on o.id = t.owner`)

export type ProblemThere = Awaited<ReturnType<typeof selected>>[number]

/** The problems that a life meeting found in a branch, without those struck. */
export const problemsOf = (db: Db, gathering: string, branch: string): Statement<ProblemThere[]> =>
  statementOf(selected(db).where(sql`p.gathering = ${gathering} and p.branch = ${branch} and p.struck_at is null`).orderBy(sql`p.nth`))

/** The problems that a branch's life meetings of a day found, and how many are put right. */
export const problemsOn = (db: Db, branch: string, on: Day) =>
  db
    .select({ found: sql<number>`count(*)`, putRight: sql<number>`coalesce(sum(t.done_at is not null), 0)` })
    .from(sql`life_problems p join gatherings g on g.id = p.gathering join tasks t on t.origin = 'lifeProblem' and t.origin_id = p.id`)
    .where(sql`p.branch = ${branch} and p.struck_at is null and date(g.starts_at / 1000 + 28800, 'unixepoch') = ${on}`)

export interface NewProblem {
  id: string
  task: string
  words: string
  member: string | null
  owner: string | null
  dueOn: Day | null
}

/** A problem is written with who puts it right, and by when. A member's own is theirs to put right unless it is said otherwise. */
export async function noteProblem(db: Db, part: Part, problem: NewProblem, actor: Actor, now: Date): Promise<ProblemThere[]> {
  const { it, branch } = part
  if (it.kind !== 'life') refuse('问题清单记在组织生活会上。', 'Problems are noted at a life meeting.')
  refuseEarlyOrOff(it, now)
  const words = clipped(problem.words, MOST_TASK_WORDS)
  const owner = problem.owner ?? problem.member
  if (words === '') refuse('请写明查摆出的问题。', 'Please write what the problem is.')
  if (!owner || !problem.dueOn) refuse('请选由谁整改、哪天前改好。', 'Please choose who puts it right, and by when.')
  if (problem.dueOn < day(now)) refusePastDay()
  const isOf = sql`p.gathering = ${it.id} and p.branch = ${branch} and p.struck_at is null`
  const written = await together(db, [
    failIfSettled(db, part),
    failIf(db, sql`(select count(*) from life_problems p where ${isOf} and p.member is ${problem.member}) >= ${MOST_PROBLEMS}`, () =>
      refuse(
        `一次会议每人、每个班子最多 ${MOST_PROBLEMS} 个问题，请合并几个。`,
        `At most ${MOST_PROBLEMS} problems for each person, and for the committee; please join some of them.`,
      ),
    ),
    failIf(db, sql`exists (select 1 from life_problems p where ${isOf} and p.member is ${problem.member} and p.words = ${words})`, () =>
      refuse('这个问题已经记下了。', 'This problem is written down already.'),
    ),
    failIf(db, sql`(${isStranger(it.id, owner)} or ${isStranger(it.id, problem.member ?? owner)})`, refuseStranger),
    statementOf(
      db.insert(lifeProblems).select(
        sql`select ${problem.id}, ${it.id}, ${branch}, (select coalesce(max(p.nth), 0) + 1 from life_problems p where p.gathering = ${it.id}
            and p.branch = ${branch}), ${words}, ${problem.member}, ${actor.id}, ${now.getTime()}, null`,
      ),
    ),
    statementOf(
      db.insert(tasks).values({
        id: problem.task,
        unit: it.unit,
        branch,
        origin: 'lifeProblem',
        originId: problem.id,
        words,
        owner,
        dueOn: problem.dueOn,
        by: actor.id,
        at: now,
      }),
    ),
    ...seen(db, part, 'problem.note', problem.id, actor, now, owner),
    problemsOf(db, it.id, branch),
  ])
  return written.at(-1) as ProblemThere[]
}

export async function strikeProblem(db: Db, part: Part, problem: string, actor: Actor, now: Date): Promise<ProblemThere[]> {
  const written = await together(db, [
    failIfSettled(db, part),
    statementOf(
      db
        .update(lifeProblems)
        .set({ struckAt: now })
        .where(
          sql`${lifeProblems.id} = ${problem} and ${lifeProblems.gathering} = ${part.it.id} and ${lifeProblems.branch} = ${part.branch}
            and ${lifeProblems.struckAt} is null`,
        ),
    ),
    ...seen(db, part, 'problem.strike', problem, actor, now, null),
    problemsOf(db, part.it.id, part.branch),
  ])
  return written.at(-1) as ProblemThere[]
}

function seen(db: Db, { it, branch }: Part, deed: string, subject: string, actor: Actor, now: Date, owner: string | null): Statement[] {
  const subjects = [it.id, problemsSubject(it.id, branch), branchTasksSubject(branch), ...(owner ? [ownTasksSubject(owner)] : [])]
  return [
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed, subject }),
    ...subjects.map((one) => refresh(db, { subject: one, at: now, afterPress: true })),
  ]
}
