import { sql } from 'drizzle-orm'
import { day, type Period } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { MOST_GRADED } from '../../src/rules/ballots/marks.ts'
import { periodsOn } from '../../src/rules/evaluation/evaluation.ts'
import { notByNight } from '../../src/rules/time/courtesy.ts'
import { secretariesOfBranches } from '../branches/answering.ts'
import type { Actor } from '../branches/members.ts'
import { members, seats } from '../branches/tables.ts'
import type { Branch } from '../branches/units.ts'
import { type Db, lookUp, onDuplicate, statementOf, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refresh, refreshAll } from '../ledgers/refresh.ts'
import * as messages from './messages.ts'
import type { EvaluationAsItStands } from './state.ts'
import { evaluated, evaluations, groupViews, selfViews } from './tables.ts'

export const evaluationSubject = (evaluation: string) => `evaluation ${evaluation}`

export const selfViewSubject = (evaluation: string, member: string) => `selfView ${evaluation} ${member}`

export const groupViewSubject = (evaluation: string, group: string | null) => `lot ${evaluation} ${group ?? ''}`

const exists = (table: string, evaluation: string) => sql`exists (select 1 from ${sql.raw(table)} where evaluation = ${evaluation})`

export const isGraded = (evaluation: string) => exists('member_grades', evaluation)

/** A cancelled evaluation has no row any more. */
export const isOver = (evaluation: string) => sql`not exists (select 1 from evaluations where id = ${evaluation} and closed_at is null)`

/** Full members alone are graded; probationers take part in the vote. */
const toEvaluate = (db: Db, branch: string) =>
  db
    .select({ member: members.id, openId: members.openId, group: members.group })
    .from(members)
    .where(sql`${members.branch} = ${branch} and ${members.leftOn} is null and ${members.stage} = 'full'`)
    .orderBy(members.addedAt, members.id)

const leadersOf = (db: Db, branch: string) =>
  db
    .select({ group: sql<string>`${seats.group}`, member: members.id, openId: sql<string>`${members.openId}` })
    .from(seats)
    .innerJoin(members, sql`${members.id} = ${seats.member}`)
    .where(
      sql`${seats.group} in (select id from groups where branch = ${branch}) and ${seats.role} = 'leader' and ${seats.until} is null
        and ${members.leftOn} is null and ${members.openId} is not null`,
    )

interface NewEvaluation {
  id: string
  branch: Branch
  period: Period
}

/** The people and their groups are frozen. Everybody is asked for a word of their own, each group’s leader for the group’s. */
export async function openEvaluation(db: Db, { id, branch, period }: NewEvaluation, actor: Actor, now: Date) {
  if (!periodsOn(day(now)).includes(period))
    refuse('这一期现在不能评议，请重新选择。', 'That time cannot be evaluated now; please choose again.')
  const [people, leaders, secretaries] = await lookUp(db, [
    toEvaluate(db, branch.id),
    leadersOf(db, branch.id),
    secretariesOfBranches(db, [branch.id]),
  ])
  if (people.length === 0)
    refuse('支部还没有正式党员，没有可以评议的人。', 'The branch has no full members yet, so there is nobody to evaluate.')
  if (people.length > MOST_GRADED)
    refuse(
      `一次最多评议 ${MOST_GRADED} 人，支部有 ${people.length} 名正式党员，请先分设支部。`,
      `At most ${MOST_GRADED} are evaluated at once, and the branch has ${people.length} full members; please divide it first.`,
    )
  const dueAt = notByNight(now)
  const lots = [...new Set(people.map(({ group }) => group))]
  await together(db, [
    db.insert(evaluations).values({ id, branch: branch.id, period, openedBy: actor.id, openedAt: now }),
    db
      .insert(evaluated)
      .select(sql`select ${id}, m.id, m.group_id from members m where m.branch = ${branch.id} and m.left_on is null and m.stage = 'full'`),
    record(db, { at: now, unit: branch.unit, actor: actor.id, deed: 'evaluation.open', subject: id }),
    ...people.flatMap(({ member, openId }) => (openId ? [enqueue(db, { ...selfViewFor(id, { member, openId }), dueAt })] : [])),
    ...lots.flatMap((group) => {
      const led = leaders.filter((leader) => leader.group === group)
      return (led.length > 0 ? led : secretaries).map((leader) => enqueue(db, { ...groupViewFor(id, group, leader), dueAt }))
    }),
    enqueue(db, {
      occasion: `evaluation ${id} ${actor.id}`,
      to: { person: actor.openId },
      ...messages.evaluation({ subject: evaluationSubject(id), evaluation: id, viewer: actor.id }),
      dueAt: now,
      lane: 'answer',
    }),
  ]).catch(
    onDuplicate(evaluations, () =>
      refuse('这一期的评议已经开始了，说「/评议」查看。', 'That evaluation is open already; say “/evaluation” to see it.'),
    ),
  )
}

/** The message of somebody’s own form. */
export const selfViewFor = (evaluation: string, { member, openId }: { member: string; openId: string }, more: object = {}) => ({
  occasion: `selfView ${evaluation} ${member}`,
  to: { person: openId },
  ...messages.selfView({ subject: selfViewSubject(evaluation, member), evaluation, member, ...more }),
})

const groupViewFor = (evaluation: string, group: string | null, { member, openId }: { member: string; openId: string }) => ({
  occasion: `lot ${evaluation} ${group ?? ''} ${member}`,
  to: { person: openId },
  ...messages.groupView({ subject: groupViewSubject(evaluation, group), evaluation, group, viewer: member }),
})

/** An evaluation opened by mistake is removed with its texts, as long as nobody has voted or been graded. */
export async function cancelEvaluation(db: Db, it: EvaluationAsItStands, actor: Actor, now: Date) {
  const hasGone = sql`exists (select 1 from evaluations where id = ${it.id} and ballot is not null) or ${isGraded(it.id)} or ${isOver(it.id)}`
  await together(db, [
    failIf(db, hasGone, () =>
      refuse('投票已经发起或等次已经评定，不能再取消。', 'The vote is open or grades are set; it can no longer be cancelled.'),
    ),
    ...[selfViews, groupViews, evaluated].map((table) => statementOf(db.delete(table).where(sql`evaluation = ${it.id}`))),
    db.delete(evaluations).where(sql`${evaluations.id} = ${it.id}`),
    record(db, { at: now, unit: it.unit, actor: actor.id, deed: 'evaluation.cancel', subject: it.id }),
    refresh(db, { subject: evaluationSubject(it.id), at: now, afterPress: true }),
    ...[selfViewSubject(it.id, ''), groupViewSubject(it.id, null)].map((beginning) => refreshAll(db, { beginning, at: now })),
  ])
}

export function refuseGraded(): never {
  return refuse(
    '支委已经评定等次，现在不能再改；对结果有异议可以申诉。',
    'The committee has set the grades, so this can no longer be changed; against the result you may appeal.',
  )
}
