import { sql } from 'drizzle-orm'
import {
  day,
  firstDayOf,
  isYear,
  type Period,
  periodEnd,
  periodMonths,
  periodStart,
  type Quarter,
  quarter,
  quarterOf,
  quartersOf,
  type Year,
  yearOf,
} from '../../src/calendar.ts'
import type { Duty } from '../../src/rules/duties/duty.ts'
import { planOf } from '../../src/rules/duties/slots.ts'
import type { AgendaTag } from '../../src/rules/gatherings/agenda.ts'
import type { GatheringKind } from '../../src/rules/gatherings/gatherings.ts'
import type { PaperFacts, PlanFacts } from '../../src/rules/papers/facts.ts'
import { spokenRhythm } from '../../src/rules/rhythms/rhythms.ts'
import { isUsed } from '../../src/rules/rulebook/modules.ts'
import { members } from '../branches/tables.ts'
import { type Branch, groupsOf } from '../branches/units.ts'
import { type Db, lookUp } from '../client.ts'
import { accountsIn, type LiveAccount } from '../duties/account.ts'
import { scoreOfAccount } from '../duties/score.ts'
import { agendaItems, closures, gatheringBranches, gatherings } from '../gatherings/tables.ts'
import { stands } from '../gatherings/work/in-force.ts'
import { rhythmsOf } from '../rhythms/rhythms.ts'
import { rulebookFor, rulebooksAbove } from '../rulebook/versions.ts'
import { coverageOf } from '../talks/coverage.ts'
import { decisions } from '../work/tables.ts'
import { records } from './tables.ts'

/** The newest confirmed records that a text names; the others are counted. */
export const MOST_RECORDS = 5

interface Span {
  branch: string
  from: Date
  until: Date
}

const held = ({ branch, from, until }: Span) => sql`${gatheringBranches.branch} = ${branch}
  and coalesce(${gatheringBranches.isQuorate}, ${closures.isQuorate}) and ${gatherings.startsAt} >= ${from.getTime()} and ${gatherings.startsAt} < ${until.getTime()}`

const isStudy = sql`(${gatherings.kind} in ('lecture', 'memberStudy', 'committeeStudy') or exists (select 1 from agenda_items a, json_each(a.tags) tag
  where a.gathering = ${gatherings.id} and a.held_at is not null and tag.value = 'study'))`

/** The gatherings that a branch held with a quorum, by kind. */
const gatheringsHeld = (db: Db, span: Span) =>
  db
    .select({ kind: gatherings.kind, times: sql<number>`count(*)`, studies: sql<number>`sum(${isStudy})` })
    .from(gatherings)
    .innerJoin(closures, sql`${closures.gathering} = ${gatherings.id}`)
    .innerJoin(gatheringBranches, sql`${gatheringBranches.gathering} = ${gatherings.id}`)
    .where(held(span))
    .groupBy(gatherings.kind)
    .orderBy(sql`count(*) desc`, gatherings.kind)

/** The items that were held, by subject; study is told by itself. */
const subjectsHeld = (db: Db, span: Span) =>
  db
    .select({ tag: sql<AgendaTag>`tag.value`, times: sql<number>`count(distinct ${gatherings.id})` })
    .from(agendaItems)
    .innerJoin(gatherings, sql`${gatherings.id} = ${agendaItems.gathering}`)
    .innerJoin(closures, sql`${closures.gathering} = ${gatherings.id}`)
    .innerJoin(gatheringBranches, sql`${gatheringBranches.gathering} = ${gatherings.id}`)
    .innerJoin(sql`json_each(${agendaItems.tags}) tag`, sql`true`)
    .where(sql`${held(span)} and ${agendaItems.heldAt} is not null and tag.value <> 'study'`)
    .groupBy(sql`tag.value`)
    .orderBy(sql`count(distinct ${gatherings.id}) desc`, sql`tag.value`)

/** The people of a branch whose step of development is dated between two days. */
const stepsBetween = (db: Db, branch: string, from: string, to: string) => {
  const dated = (column: 'activist_on' | 'prospect_on' | 'probationer_on' | 'full_on') =>
    sql<number>`count(*) filter (where ${sql.raw(column)} between ${from} and ${to})`
  return db
    .select({
      activist: dated('activist_on'),
      prospect: dated('prospect_on'),
      probationer: dated('probationer_on'),
      full: dated('full_on'),
    })
    .from(members)
    .where(sql`${members.branch} = ${branch}`)
}

/** The decisions of the branch's quorate meetings. A vote that was carried counts once somebody gave it an owner or a day. */
const decisionsMade = (db: Db, span: Span) =>
  db
    .select({ made: sql<number>`count(*)` })
    .from(decisions)
    .innerJoin(gatherings, sql`${gatherings.id} = ${decisions.gathering}`)
    .innerJoin(closures, sql`${closures.gathering} = ${gatherings.id}`)
    .innerJoin(gatheringBranches, sql`${gatheringBranches.gathering} = ${gatherings.id}`)
    .where(sql`${held(span)} and ${decisions.branch} = ${span.branch} and ${decisions.struckAt} is null`)

/** The tasks in force that were given in a period and not dropped. */
const tasksGiven = (db: Db, { branch, from, until }: Span) =>
  db
    .select({ given: sql<number>`count(*)`, done: sql<number>`count(t.done_at)` })
    .from(sql`tasks t`)
    .where(sql`t.branch = ${branch} and t.at >= ${from.getTime()} and t.at < ${until.getTime()} and t.dropped_at is null and ${stands}`)

/** The confirmed records of a branch between two days, the newest first. */
export const confirmedRecords = (db: Db, branch: string, from: string, to: string) =>
  db
    .select({ id: records.id, topic: records.topic, on: records.onDay, words: records.words })
    .from(records)
    .where(
      sql`${records.branch} = ${branch} and ${records.onDay} between ${from} and ${to} and ${records.confirmedAt} is not null and ${records.withdrawnAt} is null`,
    )
    .orderBy(sql`${records.onDay} desc`, records.id)

const quartersIn = (period: Period): Quarter[] => {
  if (isYear(period)) return quartersOf(period)
  return [...new Set(periodMonths(period).map(quarterOf))]
}

const isProvable = ({ basis }: Duty) => basis === 'record' || basis === 'attested' || basis === 'roster'
const isOpen = ({ state }: Duty) => state === 'upcoming' || state === 'due soon' || state === 'overdue'

/** The account of a branch for a period, as of this moment. */
export async function paperFacts(db: Db, branch: Branch, period: Period, now: Date): Promise<PaperFacts> {
  const [from, until] = [periodStart(period), periodEnd(period)]
  const [firstOn, lastOn] = [firstDayOf(period), day(new Date(until.getTime() - 1))]
  const span = { branch: branch.id, from, until }
  const running = quarter(now)
  const asked = quartersIn(period).filter((one) => one <= running)
  const [accounts, [kinds, subjects, [steps], [talks], confirmed, [decided], [given]]] = await Promise.all([
    accountsIn(db, [branch], asked.includes(running) ? asked : [...asked, running], now),
    lookUp(db, [
      gatheringsHeld(db, span),
      subjectsHeld(db, span),
      stepsBetween(db, branch.id, firstOn, lastOn),
      coverageOf(db, [branch.id], {
        quarterFrom: firstOn,
        quarterTo: lastOn,
        year: yearOf(period),
        today: day(now) < lastOn ? day(now) : lastOn,
      }),
      confirmedRecords(db, branch.id, firstOn, lastOn),
      decisionsMade(db, span),
      tasksGiven(db, span),
    ]),
  ])
  const ofPeriod = accounts.slice(0, asked.length)
  const duties = ofPeriod.flatMap((account) => account.duties.filter((duty) => !duty.kept && isProvable(duty)))
  const inState = (state: Duty['state']) => duties.filter((duty) => duty.state === state)
  const next = accounts.at(-1)
  const usesTalks = next !== undefined && isUsed('talks', next.rulebook)
  return {
    period,
    gatherings: kinds.map(({ kind, times }) => ({ kind: kind as GatheringKind, times })),
    studies: kinds.reduce((sum, one) => sum + one.studies, 0),
    subjects,
    decisions: decided?.made ?? 0,
    tasks: given ?? { given: 0, done: 0 },
    steps: steps ?? { activist: 0, prospect: 0, probationer: 0, full: 0 },
    talks: talks && usesTalks ? talks : null,
    duties: { met: inState('met').length, late: inState('met late').length, missed: inState('missed').length },
    late: inState('met late').map(({ part }) => part),
    missed: inState('missed').map(({ part }) => part),
    open: openOf(next),
    scores: ofPeriod.flatMap((account, nth) => {
      const { tenths } = scoreOfAccount(account)
      return tenths === null ? [] : [{ quarter: asked[nth] as Quarter, tenths }]
    }),
    records: confirmed.slice(0, MOST_RECORDS).map(({ topic, on, words }) => ({ topic, on, words })),
    moreRecords: Math.max(0, confirmed.length - MOST_RECORDS),
  }
}

/** The duties that the running quarter still asks for, each part once with its last day. */
function openOf(account: LiveAccount | undefined): PaperFacts['open'] {
  const open = account?.duties.filter((duty) => !duty.kept && isProvable(duty) && isOpen(duty)) ?? []
  return [...Map.groupBy(open, ({ part, dueOn }) => `${part} ${dueOn}`).values()]
    .flatMap(([first]) => (first ? [{ part: first.part, dueOn: first.state === 'overdue' ? first.graceEndsOn : first.dueOn }] : []))
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : Number(a.dueOn > b.dueOn)))
}

/** The regular meetings of a branch, and what each quarter of a year asks of it. */
export async function planFacts(db: Db, branch: Branch, year: Year, now: Date): Promise<PlanFacts> {
  const [rhythms, above, groups] = await lookUp(db, [
    rhythmsOf(db, branch.id, now),
    rulebooksAbove(db, branch.committee),
    groupsOf(db, branch.id),
  ])
  return {
    regular: rhythms.map((one) => ({ kind: one.kind, group: one.groupName, when: spokenRhythm(one), place: one.place })),
    duties: quartersOf(year).flatMap((of) =>
      planOf(of, rulebookFor(above, of))
        .filter(({ part, slots, isKept }) => !isKept && !slots[0]?.mustHold && part.proof !== 'upper' && part.onlyWith !== 'development')
        .filter(({ part }) => (part.proof !== 'confirmed' || part.isGathered) && (part.per !== 'group' || groups.length > 0))
        .map(({ part, slots }) => ({
          quarter: of,
          part: part.id,
          times: slots.reduce((sum, { asked }) => sum + asked, 0),
          dueOn: slots.at(-1)?.dueOn ?? '',
        })),
    ),
  }
}
