import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import { overThird } from '../../src/rules/ballots/marks.ts'
import type { Grade } from '../../src/rules/ballots/uses.ts'
import { appealsUntil, betterThan } from '../../src/rules/evaluation/evaluation.ts'
import { courteousFrom } from '../../src/rules/time/courtesy.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, onDuplicate, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refresh } from '../ledgers/refresh.ts'
import { giveWay } from '../ledgers/renew.ts'
import { graded, gradersBesides, ownGradeFor, ownGradeSubject } from './grade.ts'
import * as messages from './messages.ts'
import { evaluationSubject } from './run.ts'
import { type EvaluationAsItStands, gradeOf, type PersonEvaluated } from './state.ts'
import { gradeAppeals } from './tables.ts'

/** Unanswered appeals of the branch’s evaluations under way, each with whether it is this person’s own. */
export const gradeAppealsWaiting = (db: Db, member: string) =>
  db
    .select({ isOwn: sql<boolean>`${gradeAppeals.member} = ${member}`.mapWith(Boolean) })
    .from(gradeAppeals)
    .where(
      sql`${gradeAppeals.answer} is null and ${gradeAppeals.evaluation} in (select id from evaluations
        where closed_at is null and branch = (select branch from members where id = ${member}))`,
    )

export const gradeAppealSubject = (evaluation: string, member: string) => `gradeAppeal ${evaluation} ${member}`

/** True while one’s own grade can still be appealed. */
export const mayAppeal = (it: EvaluationAsItStands, { grade, appeal }: PersonEvaluated, now: Date): boolean =>
  grade?.toldAt != null && appeal === null && it.closedAt === null && now < appealsUntil(grade.toldAt, it.rulebook.appealWorkdays)

/** A member appeals once, within the days that follow the message. The appeal goes to the others who decide. */
export async function appealGrade(db: Db, it: EvaluationAsItStands, own: PersonEvaluated, words: string, actor: Actor, now: Date) {
  if (!own.grade?.toldAt)
    refuse('结果还没有告知，收到结果后可以申诉。', 'You have not been told the result yet; you may appeal after that.')
  if (own.appeal) refuseSecond()
  if (!mayAppeal(it, own, now)) refuseTooLate()
  if (words === '') refuse('请写明理由。', 'Please give your reason.')
  const graders = await gradersBesides(db, it, actor.id)
  const dueAt = courteousFrom(now)
  await together(db, [
    failIf(db, sql`exists (select 1 from evaluations where id = ${it.id} and closed_at is not null)`, refuseTooLate),
    db.insert(gradeAppeals).values({ evaluation: it.id, member: actor.id, words, at: now }),
    record(db, { at: now, unit: it.unit, actor: actor.id, deed: 'evaluation.appeal', subject: it.id }),
    ...graders.map(({ member, openId }) =>
      enqueue(db, {
        occasion: `gradeAppeal ${it.id} ${actor.id} ${member}`,
        to: { person: openId },
        ...messages.gradeAppeal({ subject: gradeAppealSubject(it.id, actor.id), evaluation: it.id, member: actor.id, viewer: member }),
        dueAt,
      }),
    ),
    refresh(db, { subject: evaluationSubject(it.id), at: now, afterPress: true }),
    refresh(db, { subject: ownGradeSubject(it.id, actor.id), at: now, afterPress: true }),
  ]).catch(onDuplicate(gradeAppeals, refuseSecond))
}

function refuseTooLate(): never {
  return refuse('申诉期已过。', 'The time for appeals is over.')
}

function refuseSecond(): never {
  return refuse('你已经申诉过，请等答复。', 'You have appealed already; please wait for the answer.')
}

/** The appeal is upheld with a new grade, or not. The member who appealed is told. */
export async function answerGradeAppeal(
  db: Db,
  it: EvaluationAsItStands,
  person: PersonEvaluated,
  { grade, answer }: { grade: Grade; answer: string },
  actor: Actor,
  now: Date,
) {
  if (!person.appeal) refuse('没有找到这件申诉。', 'There is no such appeal.')
  if (person.appeal.answeredAt) refuseAnswered()
  if (person.member === actor.id) refuse('自己的申诉由其他人答复。', 'Your own appeal is answered by somebody else.')
  if (answer === '') refuse('请写明理由。', 'Please give your reason.')
  const given = person.grade?.grade ?? 'qualified'
  if (grade !== given && !betterThan(given).includes(grade))
    refuse('申诉后等次只能不变或改好，不能改差。', 'An appeal leaves the grade or makes it better, never worse.')
  const all = graded(it).map((one) => (one === person ? grade : gradeOf(one)))
  const wrong =
    grade === 'excellent' && person.grade?.grade !== 'excellent'
      ? overThird(all.filter((one) => one === 'excellent').length, all.length)
      : null
  if (wrong) refuse(wrong.zh, wrong.en)
  const dueAt = courteousFrom(now)
  await together(db, [
    failIf(
      db,
      sql`exists (select 1 from grade_appeals where evaluation = ${it.id} and member = ${person.member} and answered_at is not null)`,
      refuseAnswered,
    ),
    db
      .update(gradeAppeals)
      .set({ grade, answer, answeredBy: actor.id, answeredAt: now })
      .where(sql`${gradeAppeals.evaluation} = ${it.id} and ${gradeAppeals.member} = ${person.member}`),
    record(db, { at: now, unit: it.unit, actor: actor.id, deed: 'evaluation.answer', subject: it.id }),
    ...(person.openId
      ? [
          ...giveWay(db, ownGradeSubject(it.id, person.member), dueAt),
          enqueue(db, {
            ...ownGradeFor(it.id, { member: person.member, openId: person.openId }, `answered ${it.id} ${person.member}`),
            dueAt,
          }),
        ]
      : []),
    refresh(db, { subject: gradeAppealSubject(it.id, person.member), at: now, afterPress: true }),
    refresh(db, { subject: evaluationSubject(it.id), at: now, afterPress: true }),
  ])
}

function refuseAnswered(): never {
  return refuse('这件申诉刚刚已经答复。', 'This appeal has just been answered.')
}
