import { sql } from 'drizzle-orm'
import type { Period, Quarter } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import type { PartId } from '../../src/rules/standards/standards.ts'
import { assessorsOf } from '../branches/answering.ts'
import type { Actor } from '../branches/members.ts'
import { branches } from '../branches/tables.ts'
import type { Branch } from '../branches/units.ts'
import { type Db, inList, lookUp, onConstraint, prepared, type Statement, statementOf, together } from '../client.ts'
import * as messages from '../duties/messages.ts'
import type { findingKinds, verdicts } from '../duties/tables.ts'
import { attestations, findings, judgements } from '../duties/tables.ts'
import { record } from '../ledgers/audit.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refreshAssessed } from './assessments.ts'
import { saySettled } from './self-assessment.ts'

export interface Judgement {
  id: string
  part: PartId
  subject: string
  period: Period
  verdict: (typeof verdicts)[number]
  permille: number
  reason: string
}

/** The judgement of the upper level stands over the branch's own word. */
export async function judge(db: Db, branch: Branch, quarter: Quarter, judged: readonly Judgement[], actor: Actor, now: Date) {
  await together(db, [
    judging(db, branch, judged, actor, now),
    record(db, { at: now, unit: branch.unit, actor: actor.id, deed: 'assessment.judge', subject: `${branch.id} ${quarter}` }),
    ...refreshAssessed(db, branch, quarter, now),
  ])
}

export const judging = (db: Db, branch: Pick<Branch, 'id'>, judged: readonly Judgement[], { id: by }: Actor, at: Date): Statement =>
  statementOf(db.insert(judgements).values(judged.map((one) => ({ ...one, branch: branch.id, byUpper: true, by, at }))))

const settling = (db: Db, branch: Branch, ids: readonly string[], set: Partial<typeof attestations.$inferInsert>) =>
  db
    .update(attestations)
    .set(set)
    .where(sql`${attestations.branch} = ${branch.id} and ${attestations.id} in ${inList(ids)}`)

/** Nobody confirms an entry of their own, as long as somebody else can do it. */
export async function confirmableBy<A extends { byId: string }>(db: Db, branch: Branch, entries: readonly A[], actor: Actor): Promise<A[]> {
  const [assessors] = await lookUp(db, [assessorsOf(db, branch.committee)])
  const isAlone = assessors.every(({ member }) => member === actor.id)
  return entries.filter(({ byId }) => isAlone || byId !== actor.id)
}

export const sayOwnEntry = (): never =>
  refuse('自己登记的请由另一位考核人确认。', 'What you entered yourself is for another assessor to confirm.')

/** Two assessors may confirm at once: the trigger lets one through. */
export async function confirmAttestations(db: Db, branch: Branch, quarter: Quarter, ids: readonly string[], actor: Actor, now: Date) {
  await together(db, [
    settling(db, branch, ids, { confirmedBy: actor.id, confirmedAt: now }),
    record(db, { at: now, unit: branch.unit, actor: actor.id, deed: 'attestation.confirm', subject: branch.id }),
    ...refreshAssessed(db, branch, quarter, now),
  ]).catch(onConstraint('attestation settled', saySettled))
}

/** The branch is told once, with the reason, and may enter the attestation again. */
export async function refuseAttestation(
  db: Db,
  { branch, quarter, attestation, reason }: { branch: Branch; quarter: Quarter; attestation: string; reason: string },
  toTell: readonly { openId: string; dueAt: Date }[],
  actor: Actor,
  now: Date,
) {
  await together(db, [
    settling(db, branch, [attestation], { refusedBy: actor.id, refusedAt: now, refusedBecause: reason }),
    record(db, { at: now, unit: branch.unit, actor: actor.id, deed: 'attestation.refuse', subject: attestation }),
    ...refreshAssessed(db, branch, quarter, now),
    ...toTell.map(({ openId, dueAt }) =>
      enqueue(db, { occasion: `refused ${attestation} ${openId}`, to: { person: openId }, ...messages.refused({ attestation }), dueAt }),
    ),
  ]).catch(onConstraint('attestation settled', saySettled))
}

interface NewFinding {
  id: string
  kind: (typeof findingKinds)[number]
  standard: number | null
  reason: string
}

export async function find(db: Db, branch: Branch, quarter: Quarter, found: NewFinding, actor: Actor, now: Date) {
  await together(db, [
    db.insert(findings).values({ ...found, branch: branch.id, quarter, by: actor.id, at: now }),
    record(db, { at: now, unit: branch.unit, actor: actor.id, deed: 'finding.make', subject: found.id }),
    ...refreshAssessed(db, branch, quarter, now),
  ])
}

export const withdrawFinding = (db: Db, branch: Branch, quarter: Quarter, finding: string, actor: Actor, now: Date) =>
  together(db, [...withdrawing(db, branch, finding, actor, now), ...refreshAssessed(db, branch, quarter, now)]).catch(
    onConstraint('finding withdrawn', sayWithdrawn),
  )

export const withdrawing = (db: Db, { id, unit }: Pick<Branch, 'id' | 'unit'>, finding: string, actor: Actor, at: Date): Statement[] => [
  statementOf(
    db
      .update(findings)
      .set({ withdrawnBy: actor.id, withdrawnAt: at })
      .where(sql`${findings.id} = ${finding} and ${findings.branch} = ${id}`),
  ),
  record(db, { at, unit, actor: actor.id, deed: 'finding.withdraw', subject: finding }),
]

export const sayWithdrawn = (): never => refuse('这条记录刚刚已经撤销。', 'That finding was withdrawn just now.')

export const findingsInForce = (db: Db, branch: string, quarter: Quarter) => inForce(db, { branch, quarter })

const inForce = prepared((db) =>
  db
    .select({ id: findings.id, kind: findings.kind, standard: findings.standard, reason: findings.reason })
    .from(findings)
    .where(
      sql`${findings.branch} = ${sql.placeholder('branch')} and ${findings.quarter} = ${sql.placeholder('quarter')}
        and ${findings.withdrawnAt} is null`,
    )
    .orderBy(findings.at, findings.id),
)

/** The attestation and its branch, for the message that it was refused. */
export const refusedAttestation = (db: Db, attestation: string) =>
  db
    .select({
      part: attestations.part,
      period: attestations.period,
      on: attestations.on,
      because: attestations.refusedBecause,
      branch: attestations.branch,
      branchName: branches.name,
    })
    .from(attestations)
    .innerJoin(branches, sql`${branches.id} = ${attestations.branch}`)
    .where(sql`${attestations.id} = ${attestation} and ${attestations.refusedAt} is not null`)
