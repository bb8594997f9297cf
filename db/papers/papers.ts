import { type SQL, sql } from 'drizzle-orm'
import { type Day, day, moment, type Year } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { type AdoptedKind, itemOf, type SystemKind } from '../../src/rules/papers/kinds.ts'
import type { Actor } from '../branches/members.ts'
import { branches } from '../branches/tables.ts'
import { type Branch, lineage } from '../branches/units.ts'
import { type Db, inList, type Statement, statementOf, together } from '../client.ts'
import { addItem } from '../gatherings/agenda.ts'
import type { GatheringAsItStands } from '../gatherings/state.ts'
import { failIf } from '../guard.ts'
import { CLOCK, record } from '../ledgers/audit.ts'
import { creditPapers } from '../ledgers/credits.ts'
import { refresh } from '../ledgers/refresh.ts'
import { refreshScores } from '../ledgers/refresh-scores.ts'
import { isPaperHeard } from './heard.ts'
import { paperSubject } from './messages.ts'
import { papers } from './tables.ts'

const ofMeeting = (column: SQL) => sql`(select ${column} from gatherings g left join closures c on c.gathering = g.id
  left join cancellations x on x.gathering = g.id where g.id = "papers"."gathering")`

const columns = {
  id: papers.id,
  branch: papers.branch,
  branchName: branches.name,
  unit: branches.unit,
  lineage,
  kind: papers.kind,
  year: papers.year,
  title: papers.title,
  place: papers.place,
  words: papers.words,
  on: papers.onDay,
  adoptedAt: papers.adoptedAt,
  byName: sql<string>`(select m.name from members m where m.id = "papers"."by")`,
  /** The meeting that is to adopt it, and whether it is over or off. */
  heardAt: ofMeeting(sql`g.starts_at`).mapWith((at: number | null) => (at === null ? null : new Date(at))) as SQL<Date | null>,
  wasMissed: ofMeeting(sql`c.gathering is not null or x.gathering is not null`).mapWith(Boolean) as SQL<boolean>,
}

const standing = (db: Db, which: SQL) =>
  db
    .select(columns)
    .from(papers)
    .innerJoin(branches, sql`${branches.id} = ${papers.branch}`)
    .where(sql`${papers.withdrawnAt} is null and ${which}`)

export const paperById = (db: Db, paper: string) => standing(db, sql`${papers.id} = ${paper}`)

export type Paper = Awaited<ReturnType<typeof paperById>>[number]

export const paperOf = (db: Db, branch: string, kind: AdoptedKind, year: Year) =>
  standing(db, sql`${papers.branch} = ${branch} and ${papers.kind} = ${kind} and ${papers.year} = ${year}`)

/** The systems and standards of a branch, those that nobody has looked at for the longest first. */
export const systemsOf = (db: Db, branch: string) =>
  standing(db, sql`${papers.branch} = ${branch} and ${papers.kind} in ('system', 'standard')`).orderBy(papers.onDay, papers.id)

const isAdopted = (branch: string, kind: AdoptedKind, year: Year) => sql`exists (select 1 from papers p where p.branch = ${branch}
  and p.kind = ${kind} and p.year = ${year} and p.withdrawn_at is null and p.adopted_at is not null)`

const refuseAdopted = (): never =>
  refuse('已经通过或登记；要改请先撤回。', 'It is adopted or registered already; take it back first to change it.')

type Place = Pick<Branch, 'id' | 'unit' | 'lineage'>

const seen = (db: Db, branch: Place, deed: string, subject: string, actor: string, now: Date): Statement[] => [
  statementOf(record(db, { at: now, unit: branch.unit, actor, deed, subject })),
  statementOf(refresh(db, { subject: paperSubject(branch.id), at: now, afterPress: actor !== CLOCK })),
]

/** All papers of the branch are counted anew when one is adopted or taken back. */
const counted = (db: Db, branch: Place, now: Date): Statement[] => [
  ...creditPapers(db, branch.id),
  ...refreshScores(db, { branch: branch.id, lineage: branch.lineage }, now).map((one) => statementOf(one)),
]

interface OfYear {
  id: string
  kind: AdoptedKind
  year: Year
}

/** A year has one plan and one summary. A draft is written over; an adopted one is refused. */
const putting = (
  db: Db,
  branch: Place,
  { id, kind, year }: OfYear,
  set: Partial<typeof papers.$inferInsert> & { title: string },
  actor: Actor,
  now: Date,
) => [
  failIf(db, isAdopted(branch.id, kind, year), refuseAdopted),
  statementOf(
    db
      .insert(papers)
      .values({ id, branch: branch.id, kind, year, by: actor.id, at: now, ...set })
      .onConflictDoUpdate({
        target: [papers.branch, papers.kind, papers.year],
        targetWhere: sql`year is not null and withdrawn_at is null`,
        set: { ...set, by: actor.id, at: now },
      }),
  ),
]

/** Keeps a plan or a summary as it was edited; `isAdopted` adopts it with the same press. */
export async function keepPaper(
  db: Db,
  branch: Branch,
  one: OfYear & { title: string; words: readonly string[] },
  isAdopted: boolean,
  actor: Actor,
  now: Date,
) {
  const { title, words, kind, year } = one
  if (words.every((part) => part === '')) refuse('还没有内容，请至少写一部分。', 'It is empty; please write at least one part.')
  const set = { title, words: [...words], place: '', onDay: null, ...(isAdopted ? { adoptedAt: now, adoptedBy: actor.id } : {}) }
  await together(db, [
    ...putting(db, branch, one, set, actor, now),
    ...seen(db, branch, isAdopted ? 'paper.adopt' : 'paper.write', `${branch.id} ${kind} ${year}`, actor.id, now),
    ...(isAdopted ? counted(db, branch, now) : []),
  ])
}

/** The committee adopts what is written. */
export async function adoptPaper(db: Db, branch: Branch, it: Paper, actor: Actor, now: Date) {
  const { kind, year } = it
  if ((kind !== 'plan' && kind !== 'summary') || year === null) return
  await together(db, [
    failIf(db, isAdopted(branch.id, kind, year), refuseAdopted),
    ...adopting(db, branch, it.id, { adoptedAt: now, adoptedBy: actor.id }, now),
  ])
}

const adopting = (db: Db, branch: Place, paper: string, set: { adoptedAt: Date; adoptedBy: string }, now: Date): Statement[] => [
  statementOf(db.update(papers).set(set).where(sql`${papers.id} = ${paper} and ${papers.adoptedAt} is null`)),
  ...seen(db, branch, 'paper.adopt', paper, set.adoptedBy, now),
  ...counted(db, branch, now),
]

interface Registered extends OfYear {
  title: string
  place: string
  on: Day
}

/** A paper that lies elsewhere, adopted on the day that it bears. */
export async function registerPaper(db: Db, branch: Branch, one: Registered, actor: Actor, now: Date) {
  const { title, place, on } = one
  if (title === '' || place === '') refuse('请写明标题和放在哪里。', 'Please give the title, and where it lies.')
  if (on > day(now)) refuse('日期不能晚于今天。', 'The day cannot be after today.')
  const set = { title, place, onDay: on, words: null, gathering: null, item: null, adoptedAt: moment(on), adoptedBy: actor.id }
  await together(db, [
    ...putting(db, branch, one, set, actor, now),
    ...seen(db, branch, 'paper.register', `${branch.id} ${one.kind} ${one.year}`, actor.id, now),
    ...counted(db, branch, now),
  ])
}

/** Puts a paper before the next committee or general meeting, which adopts it by holding the item. */
export async function listPaper(db: Db, it: Paper, meeting: GatheringAsItStands, actor: Actor, now: Date) {
  const { kind, year } = it
  if ((kind !== 'plan' && kind !== 'summary') || year === null) return
  const { zh } = itemOf[kind]
  const listing: Statement[] = [
    failIf(db, isAdopted(it.branch, kind, year), refuseAdopted),
    statementOf(
      db
        .update(papers)
        .set({
          gathering: meeting.id,
          item: sql`(select i.position from agenda_items i where i.gathering = ${meeting.id} and i.words = ${zh})`,
        })
        .where(sql`${papers.id} = ${it.id}`),
    ),
    ...seen(db, { id: it.branch, unit: it.unit, lineage: it.lineage }, 'paper.list', it.id, actor.id, now),
  ]
  if (meeting.agenda.some(({ words }) => words === zh)) await together(db, listing)
  else await addItem(db, meeting, { words: zh, tags: [] }, actor, now, listing)
}

/** Takes a plan, a summary or a system out. Another one may be written in its place. */
export async function withdrawPaper(db: Db, it: Paper, actor: Actor, now: Date) {
  const branch = { id: it.branch, unit: it.unit, lineage: it.lineage }
  await together(db, [
    statementOf(db.update(papers).set({ withdrawnAt: now }).where(sql`${papers.id} = ${it.id} and ${papers.withdrawnAt} is null`)),
    ...seen(db, branch, 'paper.withdraw', it.id, actor.id, now),
    ...counted(db, branch, now),
  ])
}

export async function addSystem(
  db: Db,
  branch: Branch,
  { id, kind, title, place, on }: { id: string; kind: SystemKind; title: string; place: string; on: Day },
  actor: Actor,
  now: Date,
) {
  if (title === '' || place === '') refuse('请写明标题和放在哪里。', 'Please give the title, and where it lies.')
  if (on > day(now)) refuse('日期不能晚于今天。', 'The day cannot be after today.')
  await together(db, [
    db.insert(papers).values({ id, branch: branch.id, kind, title, place, onDay: on, by: actor.id, at: now }),
    ...seen(db, branch, 'system.add', id, actor.id, now),
  ])
}

/** Somebody of the committee has looked at systems today, and left them as they are. */
export async function lookAtSystems(db: Db, branch: Branch, ids: readonly string[], actor: Actor, now: Date) {
  if (ids.length === 0) refuse('请先选看过的是哪几项。', 'Please choose first which ones were looked at.')
  await together(db, [
    db
      .update(papers)
      .set({ onDay: day(now) })
      .where(sql`${papers.id} in ${inList(ids)} and ${papers.branch} = ${branch.id} and ${papers.kind} in ('system', 'standard')`),
    ...seen(db, branch, 'system.look', branch.id, actor.id, now),
  ])
}

/** The papers whose item was held in a meeting that was closed with a quorum. */
export const heardPapers = (db: Db) =>
  db
    .select({
      id: papers.id,
      branch: papers.branch,
      unit: branches.unit,
      lineage,
      heldAt: sql<number>`(select g.starts_at from gatherings g where g.id = "papers"."gathering")`,
    })
    .from(papers)
    .innerJoin(branches, sql`${branches.id} = ${papers.branch}`)
    .where(isPaperHeard)
    .limit(50)

/** The meeting held the item: the paper is adopted as of its beginning. */
export async function adoptHeard(db: Db, it: Awaited<ReturnType<typeof heardPapers>>[number], now: Date) {
  const branch = { id: it.branch, unit: it.unit, lineage: it.lineage }
  await together(db, adopting(db, branch, it.id, { adoptedAt: new Date(it.heldAt), adoptedBy: CLOCK }, now))
}
