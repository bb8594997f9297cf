import { sql } from 'drizzle-orm'
import { day } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { overThird } from '../../src/rules/ballots/marks.ts'
import type { Grade } from '../../src/rules/ballots/uses.ts'
import { beforeGrades, type Proposal, proposalOf, stepLeft } from '../../src/rules/evaluation/evaluation.ts'
import { courteousFrom } from '../../src/rules/time/courtesy.ts'
import { assessorsOf, nearest } from '../branches/answering.ts'
import type { Actor } from '../branches/members.ts'
import { committeeSeats } from '../branches/seats.ts'
import { members, seats } from '../branches/tables.ts'
import { type Db, inList, lookUp, type Statement, statementOf, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { CLOCK, record } from '../ledgers/audit.ts'
import { creditEvaluation } from '../ledgers/credits.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refresh, refreshAll } from '../ledgers/refresh.ts'
import { refreshScores } from '../ledgers/refresh-scores.ts'
import * as messages from './messages.ts'
import { evaluationSubject, selfViewSubject } from './run.ts'
import { type EvaluationAsItStands, gradeOf, type PersonEvaluated, progressIn } from './state.ts'
import { evaluations, memberGrades } from './tables.ts'

export const gradingSubject = (evaluation: string) => `grading ${evaluation}`
export const ownGradeSubject = (evaluation: string, member: string) => `ownGrade ${evaluation} ${member}`

/** What is proposed for somebody: by the vote, where there was one, else by their group. */
export function proposedFor({ vote, ballot }: Pick<EvaluationAsItStands, 'vote' | 'ballot'>, person: PersonEvaluated): Proposal {
  const counts = ballot?.result?.tally.members?.counts[person.key] ?? 'withheld'
  return proposalOf(person.view?.grade ?? null, vote === 'not asked' ? null : counts)
}

/** Those who are graded: whoever left before that is not. */
export const graded = ({ people }: Pick<EvaluationAsItStands, 'people'>) => people.filter(({ isGone, grade }) => !isGone || grade !== null)

/**
 * Whom somebody can decide on: nobody on themself, so that it takes a second hand for those who decide on the others; and nobody on what was
 * told, which an appeal alone can change.
 */
export const gradedBy = (it: Pick<EvaluationAsItStands, 'people'>, member: string) =>
  graded(it).filter((one) => one.member !== member && !one.grade?.toldAt)

/** Changes with each decision: whoever decided on what was there before is told so, instead of undoing it. */
export const seenIn = ({ people }: Pick<EvaluationAsItStands, 'people'>): number =>
  Math.max(0, ...people.map(({ grade }) => grade?.at.getTime() ?? 0))

export interface Decision {
  grade: Grade
  reason: string
}

/** The committee’s decision on everybody but whoever enters it; until it is told, the last counts. */
export async function setGrades(
  db: Db,
  it: EvaluationAsItStands,
  decisions: ReadonlyMap<string, Decision>,
  seen: number,
  actor: Actor,
  now: Date,
) {
  refuseUnready(it, now)
  refuseOverThird(it, (key) => decisions.get(key)?.grade, actor)
  const ours = gradedBy(it, actor.id)
  const changed = ours.flatMap((person) => {
    const decided = decisions.get(person.key)
    const isSame = person.grade?.grade === decided?.grade && person.grade?.reason === decided?.reason
    return decided && !isSame ? [{ person, ...decided }] : []
  })
  const groundless = changed.find(({ person, grade, reason }) => reason === '' && grade !== proposedFor(it, person).grade)
  if (groundless) refuseGroundless(groundless.person.name)
  if (changed.length === 0) refuse('和现在的等次一样，没有改动。', 'These are the grades as they are; nothing has changed.')
  const left = graded(it).filter((one) => !ours.includes(one) && one.grade === null)
  const ask = left.length > 0 ? await gradersBesides(db, it, actor.id) : []
  const moved = sql`(select coalesce(max(at), 0) from member_grades where evaluation = ${it.id}) <> ${seen}
    or ${toldAmong(
      it,
      changed.map(({ person }) => person),
    )}`
  await together(db, [
    failIf(db, moved, refuseMoved),
    db
      .insert(memberGrades)
      .values(
        changed.map(({ person, grade, reason }) => ({ evaluation: it.id, member: person.member, grade, reason, at: now, by: actor.id })),
      )
      .onConflictDoUpdate({
        target: [memberGrades.evaluation, memberGrades.member],
        set: { grade: sql`excluded.grade`, reason: sql`excluded.reason`, at: sql`excluded.at`, by: sql`excluded."by"` },
      }),
    record(db, { at: now, unit: it.unit, actor: actor.id, deed: 'evaluation.grade', subject: it.id }),
    ...askToGrade(db, it, ask, now),
    refresh(db, { subject: evaluationSubject(it.id), at: now, afterPress: true }),
    refresh(db, { subject: gradingSubject(it.id), at: now, afterPress: true }),
    refreshAll(db, { beginning: selfViewSubject(it.id, ''), at: now }),
  ])
  return { asked: ask.length, left: left.map(({ name }) => name) }
}

/** Of all who are graded, whoever decided on them. */
export function refuseOverThird(it: EvaluationAsItStands, decided: (key: string) => Grade | undefined, actor: Pick<Actor, 'id'>) {
  const ours = gradedBy(it, actor.id)
  const all = graded(it).map((person) => (ours.includes(person) ? decided(person.key) : gradeOf(person)))
  const wrong = overThird(all.filter((grade) => grade === 'excellent').length, all.length)
  if (wrong) refuse(wrong.zh, wrong.en)
}

const toldAmong = ({ id }: Pick<EvaluationAsItStands, 'id'>, people: readonly PersonEvaluated[]) =>
  sql`exists (select 1 from member_grades where evaluation = ${id} and told_at is not null
    and member in ${inList(people.map(({ member }) => member))})`

export function refuseUnready(it: EvaluationAsItStands, now: Date) {
  const step = beforeGrades(progressIn(it, now))
  if (step === 'self')
    refuse(
      '自评还没有结束，请等大家写完或到期后再评定。',
      'Self-evaluation is not over; please wait until all have written or its days are over.',
    )
  if (step === 'groups') refuse('还有小组没有提出意见，请先补齐。', 'Some group has not given its view yet; please enter it first.')
  if (step === 'vote') refuse('投票还没有结果，请先投票、计票。', 'There is no result of the vote yet; please hold it first.')
}

export function refuseGroundless(name: string): never {
  return refuse(`${name}的等次和建议的不同，请写明理由。`, `The grade of ${name} differs from what was proposed; please give the reason.`)
}

function refuseMoved(): never {
  return refuse(
    '刚刚另一位支委已经评定或已告知本人，请重新打开看最新的等次。',
    'Somebody else has just set the grades, or they have been told; please open the card again to see them.',
  )
}

export interface Grader {
  member: string
  openId: string
}

const committeeOf = (db: Db, branch: string) =>
  db
    .selectDistinct({ member: members.id, openId: sql<string>`${members.openId}` })
    .from(seats)
    .innerJoin(members, sql`${members.id} = ${seats.member}`)
    .where(
      sql`${seats.branch} = ${branch} and ${seats.role} in ${committeeSeats} and ${seats.until} is null and ${members.leftOn} is null
        and ${members.openId} is not null`,
    )
    .orderBy(members.id)

/** Who decides on a member of the committee: the others who sit on it, and where there is nobody else the assessors above. */
export async function gradersBesides(db: Db, { branch, committee }: Pick<EvaluationAsItStands, 'branch' | 'committee'>, member: string) {
  const [own, above] = await lookUp(db, [committeeOf(db, branch), assessorsOf(db, committee)])
  const others: readonly Grader[] = own.filter((one) => one.member !== member)
  return others.length > 0 ? others : nearest(above.filter((one) => one.member !== member))
}

/** Once a day at most, however often it is wanted. */
export const askToGrade = (db: Db, { id }: Pick<EvaluationAsItStands, 'id'>, graders: readonly Grader[], now: Date): Statement[] =>
  graders.map(({ member, openId }) =>
    enqueue(db, {
      occasion: `grading ${id} ${member} ${day(now)}`,
      to: { person: openId },
      ...messages.grading({ subject: gradingSubject(id), evaluation: id, viewer: member }),
      dueAt: courteousFrom(now),
    }),
  )

/** Each hears their own, alone. The days to appeal begin when the message is due; whoever has no account is told by the committee. */
export async function tellGrades(db: Db, it: EvaluationAsItStands, actor: Actor, now: Date) {
  const progress = progressIn(it, now)
  if (!progress.grades.isDone)
    refuse('还有人没有评定等次，评完再一起告知。', 'Somebody has no grade yet; please finish that first, then all are told together.')
  const dueAt = courteousFrom(now)
  const toTell = it.people.filter(({ grade, isGone }) => grade && !grade.toldAt && !isGone)
  if (toTell.length === 0) refuseTold()
  await together(db, [
    failIf(db, toldAmong(it, toTell), refuseTold),
    statementOf(
      db
        .update(memberGrades)
        .set({ toldAt: dueAt })
        .where(sql`${memberGrades.evaluation} = ${it.id} and ${memberGrades.member} in ${inList(toTell.map(({ member }) => member))}`),
    ),
    record(db, { at: now, unit: it.unit, actor: actor.id, deed: 'evaluation.tell', subject: it.id }),
    ...toTell.flatMap(({ member, openId }) =>
      openId ? [enqueue(db, { ...ownGradeFor(it.id, { member, openId }, `told ${it.id} ${member}`), dueAt })] : [],
    ),
    refresh(db, { subject: evaluationSubject(it.id), at: now, afterPress: true }),
    refresh(db, { subject: gradingSubject(it.id), at: now, afterPress: true }),
  ])
  return { toTell, withoutAccount: toTell.filter(({ openId }) => !openId).map(({ name }) => name) }
}

function refuseTold(): never {
  return refuse('已经都告知了。', 'All have been told already.')
}

export const ownGradeFor = (evaluation: string, { member, openId }: { member: string; openId: string }, occasion: string) => ({
  occasion,
  to: { person: openId },
  ...messages.ownGrade({ subject: ownGradeSubject(evaluation, member), evaluation, member }),
})

/** Over, and so it proves the democratic review of its year: every step is done, and nobody can appeal any more. */
export async function closeEvaluation(db: Db, it: EvaluationAsItStands, by: Actor | typeof CLOCK, now: Date) {
  if (it.closedAt) refuseClosed()
  const left = stepLeft(progressIn(it, now))
  if (left === 'appeals')
    refuse(
      '申诉期还没过，或还有申诉没有答复，现在不能结束。',
      'The time for appeals is not over, or one waits for an answer; it cannot be closed yet.',
    )
  if (left) refuse('还有步骤没有完成，请按卡片上的顺序办完。', 'Some step is not done yet; please follow the card.')
  await together(db, [
    failIf(db, sql`exists (select 1 from evaluations where id = ${it.id} and closed_at is not null)`, refuseClosed),
    db
      .update(evaluations)
      .set({ closedBy: by === CLOCK ? null : by.id, closedAt: now })
      .where(sql`${evaluations.id} = ${it.id}`),
    record(db, { at: now, unit: it.unit, actor: by === CLOCK ? CLOCK : by.id, deed: 'evaluation.close', subject: it.id }),
    ...creditEvaluation(db, it.id),
    ...refreshScores(db, { branch: it.branch, lineage: it.lineage }, now),
    refresh(db, { subject: evaluationSubject(it.id), at: now, afterPress: by !== CLOCK }),
    refreshAll(db, { beginning: ownGradeSubject(it.id, ''), at: now }),
  ])
}

function refuseClosed(): never {
  return refuse('这次评议已经结束了。', 'This evaluation is closed already.')
}
