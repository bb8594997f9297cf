import { sql } from 'drizzle-orm'
import { addDays, type Day, day } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { RECORD_DAYS, type Topic } from '../../src/rules/papers/topics.ts'
import { notByNight } from '../../src/rules/time/courtesy.ts'
import type { Actor } from '../branches/members.ts'
import { branches, members } from '../branches/tables.ts'
import { lineage } from '../branches/units.ts'
import { type Db, inList, lookUp, onDuplicate, statementOf, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record as audited } from '../ledgers/audit.ts'
import { creditRecord } from '../ledgers/credits.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refresh } from '../ledgers/refresh.ts'
import { refreshScores } from '../ledgers/refresh-scores.ts'
import * as messages from './messages.ts'
import { recordSubject } from './messages.ts'
import { records } from './tables.ts'

const nameOf = (column: 'by' | 'asked') => sql<string>`(select m.name from members m where m.id = "records".${sql.raw(`"${column}"`)})`

export const recordById = (db: Db, record: string) =>
  db
    .select({
      id: records.id,
      branch: records.branch,
      branchName: branches.name,
      unit: branches.unit,
      lineage,
      topic: records.topic,
      on: records.onDay,
      words: records.words,
      by: records.by,
      byName: nameOf('by'),
      asked: records.asked,
      askedName: nameOf('asked'),
      confirmedAt: records.confirmedAt,
      declinedAt: records.declinedAt,
      withdrawnAt: records.withdrawnAt,
    })
    .from(records)
    .innerJoin(branches, sql`${branches.id} = ${records.branch}`)
    .where(sql`${records.id} = ${record}`)

export type ShortRecord = Awaited<ReturnType<typeof recordById>>[number]

const MOST_ASKED = 3

/** The oldest records that wait for somebody's word. A request is sent once, and is found here when it was lost in the chat. */
export const recordsAsked = (db: Db, member: string) =>
  db
    .select({ id: records.id, topic: records.topic, on: records.onDay, words: records.words, byName: nameOf('by') })
    .from(records)
    .where(
      sql`${records.asked} = ${member} and ${records.confirmedAt} is null and ${records.declinedAt} is null and ${records.withdrawnAt} is null`,
    )
    .orderBy(records.at, records.id)
    .limit(MOST_ASKED)

/** The same for a person, by open_id, as far as they were asked before a moment. */
export const recordsLeftLying = (db: Db, person: string, before: Date) =>
  db
    .select({
      id: records.id,
      branch: records.branch,
      topic: records.topic,
      on: records.onDay,
      words: records.words,
      byName: nameOf('by'),
    })
    .from(records)
    .where(
      sql`${records.asked} in (select m.id from members m where m.open_id = ${person} and m.left_on is null) and ${records.at} < ${before.getTime()}
        and ${records.confirmedAt} is null and ${records.declinedAt} is null and ${records.withdrawnAt} is null`,
    )
    .orderBy(records.at, records.id)
    .limit(MOST_ASKED)

/** The records of some branches that were sent before a moment and have no answer, each with the person asked. */
export const recordsLyingIn = (db: Db, among: readonly string[], before: Date) =>
  db
    .select({ id: records.id, branch: records.branch, on: records.onDay, person: sql<string>`${members.openId}` })
    .from(records)
    .innerJoin(members, sql`${members.id} = ${records.asked} and ${members.leftOn} is null and ${members.openId} is not null`)
    .where(
      sql`${records.branch} in ${inList(among)} and ${records.at} < ${before.getTime()}
        and ${records.confirmedAt} is null and ${records.declinedAt} is null and ${records.withdrawnAt} is null`,
    )

export type RecordAsked = Awaited<ReturnType<typeof recordsAsked>>[number]

/** The members of a branch whom a writer may ask: all who are in Feishu, but the writer. */
export const witnessesFor = (db: Db, branch: string, writer: string) =>
  db
    .select({ id: members.id, name: members.name, openId: sql<string>`${members.openId}` })
    .from(members)
    .where(
      sql`${members.branch} = ${branch} and ${members.id} <> ${writer} and ${members.leftOn} is null and ${members.openId} is not null
        and ${members.stage} in ('full', 'probationer')`,
    )
    .orderBy(members.addedAt, members.id)

interface NewRecord {
  id: string
  topic: Topic
  on: Day
  words: string
  asked: string
}

/** Writes a record down and asks one other member, once. */
export async function writeRecord(
  db: Db,
  branch: string,
  { id, topic, on, words, asked }: NewRecord,
  actor: Actor,
  now: Date,
): Promise<ShortRecord> {
  const today = day(now)
  if (words === '') refuse('请写一句做了什么。', 'Please write in a line what was done.')
  if (on > today) refuse('这一天还没有到，办了以后再记。', 'That day is still to come; note it down afterwards.')
  if (on < addDays(today, -RECORD_DAYS)) refuse('已过三个月，不再补记。', 'That is more than three months ago and is no longer noted down.')
  if (asked === actor.id) refuse('自己不能证明自己，请另选一位党员。', 'Nobody confirms their own record; please choose another member.')
  const [witnesses] = await lookUp(db, [witnessesFor(db, branch, actor.id)])
  const witness = witnesses.find((one) => one.id === asked)
  if (!witness) refuse('请选本支部的一位党员来确认。', 'Please choose a member of the branch who confirms it.')
  const written = await together(db, [
    db.insert(records).values({ id, branch, topic, onDay: on, words, by: actor.id, at: now, asked }),
    audited(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'record.write', subject: id }),
    enqueue(db, {
      occasion: `record ${id}`,
      to: { person: witness.openId },
      ...messages.record({ subject: recordSubject(id), record: id, member: asked }),
      dueAt: notByNight(now),
    }),
    recordById(db, id),
  ]).catch(onDuplicate(records, () => refuse('这一笔已经有人登记，请另记一笔。', 'This form was used already; please begin another.')))
  return foundIn(written.at(-1))
}

const foundIn = (rows: unknown): ShortRecord => (rows as ShortRecord[])[0] as ShortRecord

const isOpen = ({ id }: Pick<ShortRecord, 'id'>) =>
  sql`exists (select 1 from records r where r.id = ${id} and r.confirmed_at is null and r.declined_at is null and r.withdrawn_at is null)`

const refuseAnswered = (): never => refuse('这一笔刚刚已经有了结果。', 'This record was settled just now.')

/** The one who was asked says whether it is so. Only a yes is gathered. */
export async function answerRecord(db: Db, it: ShortRecord, isTrue: boolean, actor: Actor, now: Date): Promise<ShortRecord> {
  if (it.asked !== actor.id) refuse('由被请的那位党员来确认。', 'The member who was asked confirms it.')
  const written = await together(db, [
    failIf(db, sql`not ${isOpen(it)}`, refuseAnswered),
    statementOf(
      db
        .update(records)
        .set(isTrue ? { confirmedAt: now } : { declinedAt: now })
        .where(sql`${records.id} = ${it.id}`),
    ),
    audited(db, { at: now, unit: it.unit, actor: actor.id, deed: isTrue ? 'record.confirm' : 'record.decline', subject: it.id }),
    ...creditRecord(db, it.id),
    refresh(db, { subject: recordSubject(it.id), at: now, afterPress: true }),
    ...refreshScores(db, { branch: it.branch, lineage: it.lineage }, now),
    recordById(db, it.id),
  ])
  return foundIn(written.at(-1))
}

/** The writer takes it back, whatever the answer was. */
export async function withdrawRecord(db: Db, it: ShortRecord, actor: Actor, now: Date): Promise<ShortRecord> {
  if (it.by !== actor.id) refuse('由登记的人来撤回。', 'Whoever wrote it down takes it back.')
  const written = await together(db, [
    failIf(db, sql`exists (select 1 from records r where r.id = ${it.id} and r.withdrawn_at is not null)`, refuseAnswered),
    statementOf(db.update(records).set({ withdrawnAt: now }).where(sql`${records.id} = ${it.id}`)),
    audited(db, { at: now, unit: it.unit, actor: actor.id, deed: 'record.withdraw', subject: it.id }),
    ...creditRecord(db, it.id),
    refresh(db, { subject: recordSubject(it.id), at: now, afterPress: true }),
    ...refreshScores(db, { branch: it.branch, lineage: it.lineage }, now),
    recordById(db, it.id),
  ])
  return foundIn(written.at(-1))
}
