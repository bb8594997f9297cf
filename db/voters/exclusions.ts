import { type SQL, sql } from 'drizzle-orm'
import { type Day, day } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { notByNight } from '../../src/rules/time/courtesy.ts'
import type { ExclusionReason, ExclusionScope } from '../../src/rules/voters/exclusions.ts'
import { assessorsOf, nearest } from '../branches/answering.ts'
import type { Actor } from '../branches/members.ts'
import { branches, members } from '../branches/tables.ts'
import { lineage } from '../branches/units.ts'
import { type Db, lookUp, onConstraint, onDuplicate, together } from '../client.ts'
import { record } from '../ledgers/audit.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refresh } from '../ledgers/refresh.ts'
import * as messages from './messages.ts'
import { exclusions } from './tables.ts'

/** An exclusion with the names that its card shows. */
export interface Exclusion {
  id: string
  unit: string
  branch: string
  branchName: string
  lineage: string[]
  member: string
  memberName: string
  memberOpenId: string | null
  scope: ExclusionScope
  reason: ExclusionReason
  fromOn: Day
  untilOn: Day | null
  requestedBy: string
  requesterName: string
  requesterOpenId: string | null
  requestedAt: Date
  confirmedAt: Date | null
  refusedAt: Date | null
  answeredBy: string | null
  endedAt: Date | null
}

const personWas = (column: SQL, of: SQL) => sql`(select ${column} from members p where p.id = ${of})`

export const exclusionById = (db: Db, exclusion: string) =>
  db
    .select({
      id: exclusions.id,
      unit: branches.unit,
      branch: exclusions.branch,
      branchName: branches.name,
      lineage,
      member: exclusions.member,
      memberName: members.name,
      memberOpenId: members.openId,
      scope: exclusions.scope,
      reason: exclusions.reason,
      fromOn: exclusions.fromOn,
      untilOn: exclusions.untilOn,
      requestedBy: exclusions.requestedBy,
      requesterName: personWas(sql`p.name`, sql`${exclusions.requestedBy}`) as SQL<string>,
      requesterOpenId: personWas(sql`p.open_id`, sql`${exclusions.requestedBy}`) as SQL<string | null>,
      requestedAt: exclusions.requestedAt,
      confirmedAt: exclusions.confirmedAt,
      refusedAt: exclusions.refusedAt,
      answeredBy: personWas(sql`p.name`, sql`coalesce(${exclusions.confirmedBy}, ${exclusions.refusedBy})`) as SQL<string | null>,
      endedAt: exclusions.endedAt,
    })
    .from(exclusions)
    .innerJoin(branches, sql`${branches.id} = ${exclusions.branch}`)
    .innerJoin(members, sql`${members.id} = ${exclusions.member}`)
    .where(sql`${exclusions.id} = ${exclusion}`)

const exclusionSubject = (exclusion: string) => `exclusion ${exclusion}`

interface Asked {
  id: string
  branch: string
  lineage: readonly string[]
  member: string
  scope: ExclusionScope
  reason: ExclusionReason
  fromOn: Day
  untilOn: Day | null
}

/** The branch asks its assessors to leave a member out of a base. Nothing is in force until one of them has confirmed it. */
export async function requestExclusion(db: Db, asked: Asked, actor: Actor, now: Date) {
  const { lineage, ...row } = asked
  if (row.untilOn !== null && row.untilOn < row.fromOn) refuse('结束的日期早于开始的日期。', 'The last day is before the first.')
  if (row.untilOn !== null && row.untilOn < day(now)) refuse('这段时间已经过了。', 'That time is over already.')
  const [all] = await lookUp(db, [assessorsOf(db, lineage[0] ?? '')])
  const asking = nearest(all.filter(({ member }) => member !== actor.id && member !== row.member))
  if (asking.length === 0)
    refuse(
      '上级还没有别的考核人可以确认，请先请管理员设好考核人。',
      'The committee above has no other assessor to confirm it; please ask an administrator to appoint one.',
    )
  await together(db, [
    // A time that has run out leaves room for a new request.
    db
      .update(exclusions)
      .set({ endedAt: now, endedBy: actor.id })
      .where(
        sql`${exclusions.member} = ${row.member} and ${exclusions.scope} = ${row.scope} and ${exclusions.refusedAt} is null
          and ${exclusions.endedAt} is null and ${exclusions.untilOn} < ${day(now)}`,
      ),
    db.insert(exclusions).values({ ...row, requestedBy: actor.id, requestedAt: now }),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'exclusion.request', subject: row.id }),
    ...asking.map(({ openId, member }) =>
      enqueue(db, {
        occasion: `exclusion ${row.id} ${member}`,
        to: { person: openId },
        ...messages.exclusionAsked({ subject: exclusionSubject(row.id), exclusion: row.id, viewer: member }),
        dueAt: notByNight(now),
      }),
    ),
  ])
    .catch(onConstraint('exclusions_open_once', refuseSame))
    .catch(onDuplicate(exclusions, refuseSame))
}

function refuseSame(): never {
  return refuse('这个人已经有一项同样的登记，等确认或正在生效。', 'The same is on record for this person already, waiting or in force.')
}

/** The assessor's word. It counts in meetings that are called after it. */
export async function answerExclusion(db: Db, it: Exclusion, answer: 'confirm' | 'refuse', actor: Actor, now: Date) {
  if (it.requestedBy === actor.id || it.member === actor.id) refuseOwn()
  if (it.confirmedAt || it.refusedAt || it.endedAt) refuseAnswered()
  const isYes = answer === 'confirm'
  const told = [
    { openId: it.requesterOpenId, isOwn: false },
    ...(isYes && it.member !== it.requestedBy ? [{ openId: it.memberOpenId, isOwn: true }] : []),
  ]
  await together(db, [
    db
      .update(exclusions)
      .set(isYes ? { confirmedAt: now, confirmedBy: actor.id } : { refusedAt: now, refusedBy: actor.id })
      .where(sql`${exclusions.id} = ${it.id}`),
    record(db, {
      at: now,
      unit: actor.unit,
      actor: actor.id,
      deed: isYes ? 'exclusion.confirm' : 'exclusion.refuse',
      subject: it.id,
    }),
    refresh(db, { subject: exclusionSubject(it.id), at: now, afterPress: true }),
    ...told.flatMap(({ openId, isOwn }) =>
      openId === null
        ? []
        : [
            enqueue(db, {
              occasion: `exclusionAnswered ${it.id} ${openId}`,
              to: { person: openId },
              ...messages.exclusionAnswered({ exclusion: it.id, isOwn }),
              dueAt: notByNight(now),
            }),
          ],
    ),
  ])
    .catch(onConstraint('exclusion answered', refuseAnswered))
    .catch(onConstraint('own exclusion', refuseOwn))
}

function refuseOwn(): never {
  return refuse('自己提出的或关于自己的，请另一位考核人来办。', 'What you asked for, or what concerns you, is for another assessor.')
}

function refuseAnswered(): never {
  return refuse('这项申请已经办过了。', 'This request is answered already.')
}

/** The branch takes a person back into the base, or a request back. A meeting that is called already keeps its base. */
export async function endExclusion(db: Db, it: Pick<Exclusion, 'id' | 'endedAt' | 'refusedAt'>, actor: Actor, now: Date) {
  if (it.endedAt || it.refusedAt) refuseEnded()
  await together(db, [
    db.update(exclusions).set({ endedAt: now, endedBy: actor.id }).where(sql`${exclusions.id} = ${it.id}`),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'exclusion.end', subject: it.id }),
    refresh(db, { subject: exclusionSubject(it.id), at: now, afterPress: true }),
  ]).catch(onConstraint('exclusion ended', refuseEnded))
}

function refuseEnded(): never {
  return refuse('这项登记已经结束了。', 'This has ended already.')
}
