import { sql } from 'drizzle-orm'
import type { Day, Period, Quarter } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { type Answer, judgementOf } from '../../src/rules/assessment/assessment.ts'
import type { PartId } from '../../src/rules/standards/standards.ts'
import type { Actor } from '../branches/members.ts'
import { groups, members } from '../branches/tables.ts'
import type { Branch } from '../branches/units.ts'
import { type Db, inList, onConstraint, onDuplicate, prepared, type Statement, statementOf, together } from '../client.ts'
import { attestations, judgements } from '../duties/tables.ts'
import { record } from '../ledgers/audit.ts'
import { refreshAssessed } from './assessments.ts'
import { sayPublished } from './open-and-close.ts'
import { selfAssessments } from './tables.ts'

/** The duty about which somebody says something. */
interface About {
  part: PartId
  subject: string
  period: Period
}

export interface Answered extends About {
  id: string
  answer: Answer
}

export interface Given extends About {
  id: string
  on: Day
  reference: string
  saysNone?: boolean
  /** The id of an earlier entry for it that is not confirmed yet. */
  replaces: string | null
}

interface SentUp {
  branch: Branch
  quarter: Quarter
  answers: readonly Answered[]
  given: readonly Given[]
}

/** The branch sends its assessment up. Until it is published, the branch may send it again, and the last one counts. */
export async function submitSelf(db: Db, { branch, quarter, answers, given }: SentUp, actor: Actor, now: Date) {
  const submission = { submittedBy: actor.id, submittedAt: now }
  await together(db, [
    db
      .insert(selfAssessments)
      .values({ branch: branch.id, quarter, ...submission })
      .onConflictDoUpdate({ target: [selfAssessments.branch, selfAssessments.quarter], set: submission }),
    ...(answers.length > 0 ? [statementOf(db.insert(judgements).values(answers.map((one) => answered(branch, one, actor, now))))] : []),
    ...attesting(db, branch, given, actor, now),
    record(db, { at: now, unit: branch.unit, actor: actor.id, deed: 'assessment.submit', subject: `${branch.id} ${quarter}` }),
    ...refreshAssessed(db, branch, quarter, now),
  ])
    .catch(onConstraint('assessment published', sayPublished))
    .catch(onDuplicate(attestations, sayEntered))
    .catch(onConstraint('attestation settled', saySettled))
}

const answered = (branch: Branch, { id, part, subject, period, answer }: Answered, { id: by }: Actor, at: Date) => ({
  id,
  branch: branch.id,
  part,
  subject,
  period,
  ...judgementOf(answer),
  byUpper: false,
  reason: '',
  by,
  at,
})

function attesting(db: Db, branch: Branch, given: readonly Given[], { id: by }: Actor, at: Date): Statement[] {
  if (given.length === 0) return []
  const replaced = given.flatMap(({ replaces }) => replaces ?? [])
  return [
    ...(replaced.length > 0 ? [statementOf(withdrawing(db, branch, replaced, at))] : []),
    statementOf(db.insert(attestations).values(given.map(({ replaces: _, ...one }) => ({ ...one, branch: branch.id, by, at })))),
  ]
}

const withdrawing = (db: Db, branch: Branch, ids: readonly string[], at: Date) =>
  db
    .update(attestations)
    .set({ withdrawnAt: at })
    .where(sql`${attestations.branch} = ${branch.id} and ${attestations.id} in ${inList(ids)}`)

/** A branch enters a date and a reference for a duty that our own records do not prove. */
export async function attest(db: Db, branch: Branch, quarter: Quarter, given: readonly Given[], actor: Actor, now: Date) {
  await together(db, [
    ...attesting(db, branch, given, actor, now),
    record(db, { at: now, unit: branch.unit, actor: actor.id, deed: 'attestation.give', subject: branch.id }),
    ...refreshAssessed(db, branch, quarter, now),
  ])
    .catch(onDuplicate(attestations, sayEntered))
    .catch(onConstraint('attestation settled', saySettled))
}

export async function withdrawAttestation(db: Db, branch: Branch, quarter: Quarter, attestation: string, actor: Actor, now: Date) {
  await together(db, [
    withdrawing(db, branch, [attestation], now),
    record(db, { at: now, unit: branch.unit, actor: actor.id, deed: 'attestation.withdraw', subject: attestation }),
    ...refreshAssessed(db, branch, quarter, now),
  ]).catch(onConstraint('attestation settled', saySettled))
}

const sayEntered = (): never => refuse('这一条刚刚已经登记过了。', 'That is entered already.')
export const saySettled = (): never =>
  refuse(
    '其中有的刚刚已确认、退回或撤回，请看最新的卡片。',
    'Some of it was just confirmed, refused or taken back; please look at the latest card.',
  )

/** The attestations of a branch for some periods, with who entered them. Refusals are among them, for they say what to do. */
export const attestationsOf = (db: Db, branch: string, periods: readonly Period[]) =>
  attested(db, { branch, periods: JSON.stringify(periods) })

const attested = prepared((db) =>
  db
    .select({
      id: attestations.id,
      branch: attestations.branch,
      part: attestations.part,
      subject: attestations.subject,
      period: attestations.period,
      on: attestations.on,
      reference: attestations.reference,
      by: members.name,
      byId: attestations.by,
      confirmedAt: attestations.confirmedAt,
      refusedAt: attestations.refusedAt,
      refusedBecause: attestations.refusedBecause,
    })
    .from(attestations)
    .innerJoin(members, sql`${members.id} = ${attestations.by}`)
    .where(
      sql`${attestations.branch} = ${sql.placeholder('branch')} and ${attestations.withdrawnAt} is null
        and ${attestations.period} in ${inList(sql.placeholder('periods'))}`,
    )
    .orderBy(attestations.part, attestations.period, attestations.at),
)

export type AttestedAsItStands = ReturnType<ReturnType<typeof attestationsOf>['map']>[number]

/** The names of the activists and groups that owe duties. Only the secretary sees them. */
export const namesOf = (db: Db, branch: string) => names(db, { branch })

const names = prepared((db) =>
  db
    .select({ id: members.id, name: members.name })
    .from(members)
    .where(sql`${members.branch} = ${sql.placeholder('branch')} and (${members.stage} = 'activist' or ${members.activistOn} is not null)`)
    .unionAll(
      db
        .select({ id: groups.id, name: groups.name })
        .from(groups)
        .where(sql`${groups.branch} = ${sql.placeholder('branch')}`),
    ),
)
