import { sql } from 'drizzle-orm'
import type { Grade } from '../../src/rules/ballots/uses.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, type Statement, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { refresh, refreshOthers } from '../ledgers/refresh.ts'
import { evaluationSubject, groupViewSubject, isGraded, isOver, refuseGraded, selfViewSubject } from './run.ts'
import type { EvaluationAsItStands } from './state.ts'
import { groupViews, selfViews } from './tables.ts'

/** The last word counts, until the committee sets the grades. */
export async function saveSelfView(
  db: Db,
  it: EvaluationAsItStands,
  { words, grade }: { words: string; grade: Grade },
  actor: Actor,
  now: Date,
  messageId?: string,
  /** The statements of the same form about another feature's facts: the points that were pledged. */
  also: readonly Statement[] = [],
) {
  const own = it.people.find(({ member }) => member === actor.id)
  const group = it.people.filter((one) => one.group === own?.group && !one.isGone)
  const isLast = group.every((one) => one === own || one.self) && group.some(({ view }) => view === null)
  await together(db, [
    failIf(db, sql`${isGraded(it.id)} or ${isOver(it.id)}`, refuseGraded),
    db
      .insert(selfViews)
      .values({ evaluation: it.id, member: actor.id, words, grade, at: now })
      .onConflictDoUpdate({ target: [selfViews.evaluation, selfViews.member], set: { words, grade, at: now } }),
    record(db, { at: now, unit: it.unit, actor: actor.id, deed: 'evaluation.self', subject: it.id }),
    refresh(db, { subject: evaluationSubject(it.id), at: now, afterPress: true }),
    refreshOthers(db, { subject: selfViewSubject(it.id, actor.id), but: messageId ?? '', at: now }),
    ...also,
    // Only the last one refreshes the group's form: its leader would have to begin again at each.
    ...(isLast && !own?.self ? [refresh(db, { subject: groupViewSubject(it.id, own?.group ?? null), at: now, afterPress: true })] : []),
  ])
}

export interface View {
  member: string
  grade: Grade
  words: string
}

/**
 * The group's word on its members. Nobody enters their own: it stands at qualified until somebody else enters it. A group is thus heard
 * even where one person could enter everything.
 */
export async function saveGroupViews(db: Db, it: EvaluationAsItStands, views: readonly View[], hasOwn: boolean, actor: Actor, now: Date) {
  const rowsOf = (rows: readonly View[]) =>
    rows.map(({ member, grade, words }) => ({ evaluation: it.id, member, grade, words, at: now, by: actor.id }))
  const own: View = { member: actor.id, grade: 'qualified', words: '' }
  await together(db, [
    failIf(db, sql`${isGraded(it.id)} or ${isOver(it.id)}`, refuseGraded),
    ...(views.length > 0
      ? [
          db
            .insert(groupViews)
            .values(rowsOf(views))
            .onConflictDoUpdate({
              target: [groupViews.evaluation, groupViews.member],
              set: { grade: sql`excluded.grade`, words: sql`excluded.words`, at: sql`excluded.at`, by: sql`excluded."by"` },
            }),
        ]
      : []),
    ...(hasOwn
      ? [
          db
            .insert(groupViews)
            .values(rowsOf([own]))
            .onConflictDoNothing(),
        ]
      : []),
    record(db, { at: now, unit: it.unit, actor: actor.id, deed: 'evaluation.group', subject: it.id }),
    refresh(db, { subject: evaluationSubject(it.id), at: now, afterPress: true }),
  ])
}
