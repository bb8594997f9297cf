import { sql } from 'drizzle-orm'
import type { Period, Quarter } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { isGrounded, proposedIn } from '../../src/rules/assessment/publication.ts'
import type { Duty } from '../../src/rules/duties/duty.ts'
import type { PartId } from '../../src/rules/standards/standards.ts'
import { assessorsOf } from '../branches/answering.ts'
import type { Actor } from '../branches/members.ts'
import { type Branch, branchesOf } from '../branches/units.ts'
import { type Db, inList, lookUp, type Statement, statementOf, together } from '../client.ts'
import { accountsIn, periodsIn } from '../duties/account.ts'
import { attestations } from '../duties/tables.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { refreshAmong } from '../ledgers/refresh.ts'
import { orderSubject, scoreSubject } from '../ledgers/refresh-scores.ts'
import { isAssessed, overviewSubject, resultSubject, reviewSubject, selfSubject, touching } from './assessments.ts'
import { isWaitingEntry } from './branch-quarter.ts'
import { judgedCount, judgingMany } from './table.ts'

/** The committee whose branches an assessor decides about at once. */
export interface Deciding {
  committee: string
  unit: string
  lineage: readonly string[]
  quarter: Quarter
}

/** The entries of a committee's branches that nobody has confirmed or refused, whenever they came. */
export const entriesWaiting = (db: Db, committee: string, quarter: Quarter) =>
  db
    .select({
      id: attestations.id,
      branch: attestations.branch,
      branchName: sql<string>`b.name`,
      part: attestations.part,
      period: attestations.period,
      on: attestations.on,
      reference: attestations.reference,
      at: attestations.at,
    })
    .from(attestations)
    .innerJoin(sql`branches b`, sql`b.id = ${attestations.branch}`)
    .where(sql`b.committee = ${committee} and ${attestations.period} in ${inList(periodsIn(quarter))} and ${isWaitingEntry}`)
    .orderBy(attestations.part, attestations.period, sql`b.name`, attestations.id)

export type EntryWaiting = Awaited<ReturnType<typeof entriesWaiting>>[number]

/** The parts and periods that the assessor chose; nothing that came after the list was shown is among them. */
export interface Chosen {
  keys: readonly string[]
  until: number
}

export const entryKey = ({ part, period }: { part: PartId; period: Period }) => `${part} ${period}`

/** Confirms a chosen list over many branches by one statement. An entry that was settled meanwhile, or that the actor entered, stays as it is. */
export async function confirmChosen(db: Db, of: Deciding, { keys, until }: Chosen, actor: Actor, now: Date) {
  const [all, assessors] = await lookUp(db, [entriesWaiting(db, of.committee, of.quarter), assessorsOf(db, of.committee)])
  const isAlone = assessors.every(({ member }) => member === actor.id)
  const chosen = all.filter((one) => keys.includes(entryKey(one)) && one.at.getTime() <= until)
  return confirmEntriesOf(db, of, chosen, isAlone, actor, now)
}

async function confirmEntriesOf(
  db: Db,
  of: Deciding,
  entries: readonly { id: string; branch: string }[],
  isAlone: boolean,
  actor: Actor,
  now: Date,
) {
  if (entries.length === 0) return 0
  const branches = [...new Set(entries.map(({ branch }) => branch))]
  const [confirmed] = await together(db, [
    confirming(db, entries, isAlone, actor, now),
    record(db, { at: now, unit: of.unit, actor: actor.id, deed: 'attestation.confirm', subject: `${of.committee} ${of.quarter}` }),
    touching(db, branches, of.quarter, now),
    shown(db, of, branches, now),
  ])
  return confirmed.length
}

const confirming = (db: Db, entries: readonly { id: string }[], isAlone: boolean, { id: by }: Actor, at: Date) =>
  statementOf(
    db
      .update(attestations)
      .set({ confirmedBy: by, confirmedAt: at })
      .where(
        sql`${attestations.id} in ${inList(entries.map(({ id }) => id))} and ${isWaitingEntry} and ${isAlone ? sql`true` : sql`${attestations.by} <> ${by}`}`,
      )
      .returning({ id: attestations.id }),
  )

/** The statements that confirm the entries of a file, committee by committee: they go into one batch with its judgements. */
export async function confirmingEach(
  db: Db,
  entries: readonly { id: string; branch: string }[],
  quarter: Quarter,
  branches: readonly Branch[],
  actor: Actor,
  now: Date,
): Promise<Statement[]> {
  const statements: Statement[] = []
  const committeeOf = new Map(branches.map((branch) => [branch.id, branch]))
  for (const [committee, theirs] of Map.groupBy(entries, ({ branch }) => committeeOf.get(branch)?.committee ?? '')) {
    const [assessors] = await lookUp(db, [assessorsOf(db, committee)])
    const isAlone = assessors.every(({ member }) => member === actor.id)
    const ids = [...new Set(theirs.map(({ branch }) => branch))]
    const { unit = '', lineage = [] } = committeeOf.get(ids[0] ?? '') ?? {}
    statements.push(
      confirming(db, theirs, isAlone, actor, now) as Statement,
      record(db, { at: now, unit, actor: actor.id, deed: 'attestation.confirm', subject: `${committee} ${quarter}` }),
      touching(db, ids, quarter, now),
      shown(db, { committee, unit, lineage, quarter }, ids, now),
    )
  }
  return statements
}

const shown = (db: Db, { committee, lineage, quarter }: Deciding, branches: readonly string[], at: Date): Statement =>
  refreshAmong(db, {
    subjects: [
      ...[...new Set([committee, ...lineage])].flatMap((id) => [overviewSubject(id, quarter), orderSubject(id)]),
      ...branches.flatMap((id) => [
        ...[selfSubject, reviewSubject, resultSubject].map((subject) => subject(id, quarter)),
        scoreSubject(id),
      ]),
    ],
    at,
  })

export interface Proposal {
  branch: Branch
  duty: Duty
  isGrounded: boolean
}

/** The branches' answers on S items that no assessor has decided, and the count of judgements when they were read. */
export async function proposalsWaiting(db: Db, committee: string, quarter: Quarter, now: Date) {
  const [all] = await lookUp(db, [branchesOf(db, committee)])
  const assessed = all.filter((branch) => isAssessed(branch, quarter))
  const ids = assessed.map(({ id }) => id)
  const [[counted]] = await lookUp(db, [judgedCount(db, ids)])
  const accounts = await accountsIn(db, assessed, [quarter], now)
  const proposals = accounts.flatMap(({ branch, duties }) =>
    proposedIn(duties, quarter).map((duty): Proposal => ({ branch, duty, isGrounded: isGrounded(duty) })),
  )
  return { proposals, judged: counted?.judged ?? 0, branches: ids }
}

/** Takes over the proposals as they were shown. Nothing is written where somebody has said something since. */
export async function takeOver(
  db: Db,
  of: Deciding,
  { proposals, judged, branches }: Awaited<ReturnType<typeof proposalsWaiting>>,
  newId: () => string,
  actor: Actor,
  now: Date,
) {
  const theirs = [...new Set(proposals.map(({ branch }) => branch.id))]
  await together(db, [
    failIf(db, sql`(select count(*) from judgements where branch in ${inList(branches)}) <> ${judged}`, sayMoved),
    judgingMany(
      proposals.flatMap(({ branch, duty: { part, subject, period, proposed } }) =>
        proposed ? [{ id: newId(), branch: branch.id, part, subject, period, ...proposed, reason: '' }] : [],
      ),
      actor.id,
      now,
    ),
    record(db, { at: now, unit: of.unit, actor: actor.id, deed: 'assessment.takeOver', subject: `${of.committee} ${of.quarter}` }),
    touching(db, theirs, of.quarter, now),
    shown(db, of, theirs, now),
  ])
}

export const sayMoved = (): never =>
  refuse('刚刚又有自评或评定，没有保存，请再看一次。', 'Something was answered or judged just now; nothing was saved, please look again.')
