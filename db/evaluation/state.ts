import { sql } from 'drizzle-orm'
import { type Period, quarter } from '../../src/calendar.ts'
import { type Grade, uses } from '../../src/rules/ballots/uses.ts'
import { type Progress, progressOf, type Step, selfUntil, type Vote, voteOf } from '../../src/rules/evaluation/evaluation.ts'
import type { Rulebook } from '../../src/rules/rulebook/rulebook.ts'
import { type BallotAsItStands, ballotAsItStands } from '../ballots/state.ts'
import { branches } from '../branches/tables.ts'
import { lineage } from '../branches/units.ts'
import { type Db, lookUp } from '../client.ts'
import { rulebookFor, rulebooksAbove } from '../rulebook/versions.ts'
import { evaluations } from './tables.ts'

/** A person who is evaluated, with everything that was said of them. */
export interface PersonEvaluated {
  /** The person's place in the frozen list; forms know them by it. */
  key: string
  member: string
  name: string
  openId: string | null
  /** The person's group at the opening. */
  group: string | null
  groupName: string | null
  /** The person has left the branch, and is waited for no more. */
  isGone: boolean
  self: { words: string; grade: Grade } | null
  view: { words: string; grade: Grade } | null
  grade: { grade: Grade; reason: string; by: string; at: Date; toldAt: Date | null } | null
  appeal: { words: string; at: Date; grade: Grade | null; answer: string | null; answeredAt: Date | null } | null
}

interface EvaluationRow {
  id: string
  unit: string
  branch: string
  branchName: string
  committee: string
  lineage: readonly string[]
  period: Period
  openedAt: Date
  closedAt: Date | null
  ballotId: string | null
  people: PersonEvaluated[]
  /** The branch's voters now, by stage. */
  full: number
  probationers: number
}

/** An evaluation with its vote, by the rulebook of the time at which it was opened. */
export interface EvaluationAsItStands extends EvaluationRow {
  ballot: BallotAsItStands | undefined
  vote: Vote
  rulebook: Rulebook
  /** The end of the days in which everybody is asked to write. */
  selfUntil: Date
}

type WithMillis<T, K extends string> = Omit<T, K> & { [key in K]: number | null }
type PersonJson = Omit<PersonEvaluated, 'key' | 'isGone' | 'grade' | 'appeal'> & {
  isGone: number
  grade: WithMillis<NonNullable<PersonEvaluated['grade']>, 'at' | 'toldAt'> | null
  appeal: WithMillis<NonNullable<PersonEvaluated['appeal']>, 'at' | 'answeredAt'> | null
}

const date = (ms: number | null) => (ms === null ? null : new Date(ms))
const of = sql`evaluation = x.evaluation and member = x.member`

const people = sql<
  PersonEvaluated[]
>`(select json_group_array(json_object('member', p.id, 'name', p.name, 'openId', p.open_id, 'group', p."group",
  'groupName', p.group_name, 'isGone', p.is_gone, 'self', json(p.self), 'view', json(p.view), 'grade', json(p.grade), 'appeal', json(p.appeal))) from (
    select m.id, m.name, m.open_id, x.group_id as "group", (select g.name from "groups" g where g.id = x.group_id) as group_name,
      m.left_on is not null or m.branch is not "evaluations"."branch" as is_gone,
      (select json_object('words', words, 'grade', grade) from self_views where ${of}) as self,
      (select json_object('words', words, 'grade', grade) from group_views where ${of}) as view,
      (select json_object('grade', grade, 'reason', reason, 'by', "by", 'at', at, 'toldAt', told_at) from member_grades where ${of}) as grade,
      (select json_object('words', words, 'at', at, 'grade', grade, 'answer', answer, 'answeredAt', answered_at) from grade_appeals where ${of}) as appeal
    from evaluated x join members m on m.id = x.member where x.evaluation = "evaluations"."id" order by m.added_at, m.id) p)`.mapWith(
  (json: string) => (JSON.parse(json) as PersonJson[]).map(personOf),
)

const personOf = ({ isGone, grade, appeal, ...rest }: PersonJson, nth: number): PersonEvaluated => ({
  ...rest,
  key: String(nth + 1),
  isGone: isGone === 1,
  grade: grade && { ...grade, at: new Date(grade.at ?? 0), toldAt: date(grade.toldAt) },
  appeal: appeal && { ...appeal, at: new Date(appeal.at ?? 0), answeredAt: date(appeal.answeredAt) },
})

const ofStage = (stage: string) =>
  sql<number>`(select count(*) from members m where m.branch = "evaluations"."branch" and m.left_on is null and m.stage = ${sql.raw(`'${stage}'`)})`

const columns = {
  id: evaluations.id,
  unit: branches.unit,
  branch: evaluations.branch,
  branchName: branches.name,
  committee: branches.committee,
  lineage,
  period: evaluations.period,
  openedAt: evaluations.openedAt,
  closedAt: evaluations.closedAt,
  ballotId: evaluations.ballot,
  people,
  full: ofStage('full'),
  probationers: ofStage('probationer'),
}

const rows = (db: Db) => db.select(columns).from(evaluations).innerJoin(branches, sql`${branches.id} = ${evaluations.branch}`)

export async function evaluationById(db: Db, evaluation: string): Promise<EvaluationAsItStands | undefined> {
  const [[row]] = await lookUp(db, [rows(db).where(sql`${evaluations.id} = ${evaluation}`)])
  if (!row) return undefined
  const [ballot, above] = await lookUp(db, [ballotAsItStands(db, row.ballotId ?? ''), rulebooksAbove(db, row.committee)])
  const rulebook = rulebookFor(above, quarter(row.openedAt))
  const voters = row.full + (rulebook.probationersVote ? row.probationers : 0)
  return {
    ...row,
    ballot,
    rulebook,
    vote: voteOf(row.period, ballot, voters, uses.evaluation.least),
    selfUntil: selfUntil(row.openedAt, rulebook.selfWorkdays),
  }
}

export const progressIn = (it: EvaluationAsItStands, now: Date): Record<Step, Progress> =>
  progressOf(
    {
      ...it,
      turnout: { voted: it.ballot?.voted ?? 0, electors: it.ballot?.electors ?? 0 },
      appealWorkdays: it.rulebook.appealWorkdays,
    },
    now,
  )

/** The grade in force, an upheld appeal included. */
export const gradeOf = ({ grade, appeal }: Pick<PersonEvaluated, 'grade' | 'appeal'>): Grade | null => appeal?.grade ?? grade?.grade ?? null

/** All evaluations of a branch: the open ones first, then the latest. */
export const evaluationsOf = (db: Db, branch: string) =>
  db
    .select({ id: evaluations.id, period: evaluations.period, closedAt: evaluations.closedAt })
    .from(evaluations)
    .where(sql`${evaluations.branch} = ${branch}`)
    .orderBy(sql`${evaluations.closedAt} is not null, ${evaluations.openedAt} desc, ${evaluations.id}`)

export const openEvaluations = (db: Db) =>
  db
    .select({ id: evaluations.id })
    .from(evaluations)
    .where(sql`${evaluations.closedAt} is null`)
    .orderBy(evaluations.openedAt, evaluations.id)

/** The evaluations in which a member is graded, the latest first. */
export const evaluationsOfMember = (db: Db, member: string) =>
  db
    .select({ id: evaluations.id, period: evaluations.period, branch: evaluations.branch, closedAt: evaluations.closedAt })
    .from(evaluations)
    .where(sql`exists (select 1 from evaluated x where x.evaluation = ${evaluations.id} and x.member = ${member})`)
    .orderBy(sql`${evaluations.closedAt} is not null, ${evaluations.openedAt} desc, ${evaluations.id}`)
    .limit(4)

/** The forms that a member still has to fill in: their own, or that of the group they lead. */
export const evaluationsWaiting = (db: Db, member: string) =>
  db
    .select({
      period: evaluations.period,
      self: sql<boolean>`exists (select 1 from evaluated x join members m on m.id = x.member where x.evaluation = "evaluations"."id" and x.member = ${member}
        and m.left_on is null and m.branch = "evaluations"."branch"
        and not exists (select 1 from self_views s where s.evaluation = x.evaluation and s.member = x.member))`.mapWith(Boolean),
      group: sql<boolean>`exists (select 1 from evaluated x join members m on m.id = x.member join seats l on l.group_id = x.group_id
        where x.evaluation = "evaluations"."id" and l.member = ${member} and l.role = 'leader' and l.until_at is null
        and m.left_on is null and m.branch = "evaluations"."branch"
        and not exists (select 1 from group_views g where g.evaluation = x.evaluation and g.member = x.member))`.mapWith(Boolean),
    })
    .from(evaluations)
    .where(
      sql`${evaluations.closedAt} is null and not exists (select 1 from member_grades where evaluation = "evaluations"."id")
        and "evaluations"."branch" = (select branch from members where id = ${member})`,
    )
    .orderBy(evaluations.openedAt, evaluations.id)
