import { sql } from 'drizzle-orm'
import { type Day, day, type Period, type Quarter, quarter } from '../../src/calendar.ts'
import type { BreachFact, BreachKind } from '../../src/rules/duties/breaches.ts'
import type { Sat } from '../../src/rules/duties/committee.ts'
import type { CommitteeExcuse } from '../../src/rules/duties/duty.ts'
import type { Attested, Evidence, Judged, SourceKind, Spent, Subject } from '../../src/rules/duties/facts.ts'
import type { Finding } from '../../src/rules/duties/scoring.ts'
import { committeeRoles } from '../../src/rules/gatherings/gatherings.ts'
import { unpledgedFrom } from '../../src/rules/pledges/integrity.ts'
import type { PartId } from '../../src/rules/standards/standards.ts'
import { minutesLateFrom } from '../../src/rules/work/minutes-state.ts'
import { inList, prepared } from '../client.ts'
import { breachesOfBranch } from './breaches.ts'

/** The facts from which a branch's duties are reckoned. */
export interface DutyFactsRow {
  branch: string
  evidence: Evidence[]
  /** Evidence from before the quarter: for parts of longer periods, and for debts of quarters that are not closed. */
  before: Evidence[]
  closedThrough: Quarter | null
  spent: Spent[]
  attested: Attested[]
  judged: Judged[]
  findings: (Finding & { reason: string })[]
  /** The members of the branch's committee, with the time of each seat. */
  sat: Sat[]
  /** The breaches of what must hold, but for those of the seats. */
  breaches: BreachFact[]
  groups: Subject[]
  /** Upper items that the published assessment leaves out for all branches. */
  leftOut: string[]
  /**
   * The people as they were: full members on the quarter's last day, people under development during it, activists. `since` are the days
   * on which those who were full members in it became so.
   */
  people: { full: number; growing: number; steps: number; activists: Subject[]; since: Day[] }
  termYears: number
  /** The assessor lets the branch be without a committee until a day. */
  excuse: CommitteeExcuse | null
}

interface Asking extends Record<string, unknown> {
  branches: string
  quarter: Quarter
  periods: string
  /** The start of the quarter; parts of longer periods look further back. */
  from: number
  until: number
  long: string
  longFrom: number
  /** The long parts with those of quarters, and the parts of months. Debts of open quarters matter for both. */
  wide: string
  monthly: string
  monthlyFrom: number
  owing: string
  /** The quarters before, each with its end. */
  ends: string
  /** The periods before, for which a person may have judged such a debt away. */
  earlier: string
  /** The quarter's first day. */
  firstDay: Day
  lastDay: Day
  /** The same days of the year before: whose probation began between them ends it in the quarter. */
  firstDayBefore: Day
  lastDayBefore: Day
}

const list = (select: ReturnType<typeof sql>) => sql`(select json_group_array(json_array(${select})`
const rowsOf = <T, R>(read: (row: R) => T) => ({ mapFromDriverValue: (json: string) => (JSON.parse(json) as R[]).map(read) })

/** Breaches whose beginning asks for working days, which SQL does not know. */
type RawBreach = BreachKind | 'minutesUnbegun' | 'officerSeated'

type Credited = [PartId, string, string, SourceKind, number, Period | null, number]
const evidenceOf = ([part, subject, source, sourceKind, at, period, late]: Credited): Evidence => ({
  part,
  subject,
  source,
  sourceKind,
  at: new Date(at),
  period,
  ...(late === 1 ? { isLate: true } : {}),
})
const credited = sql`c.part, c.subject, c.gathering, c.source_kind, c.at, c.period, c.is_late`
const isThereAfter = (on: 'firstDay' | 'lastDay') => sql`(m.left_on is null or m.left_on > ${sql.placeholder(on)})`
/** A condition: under development at some time in the quarter, by the dates of the steps. A step without a date counts as always. */
const isGrowing = sql`(m.stage in ('prospect', 'probationer') or m.stage = 'full' and m.full_on > ${sql.placeholder('firstDay')}
    and coalesce(m.probationer_on, m.prospect_on) is not null)
  and coalesce(m.prospect_on, m.probationer_on, '') <= ${sql.placeholder('lastDay')}`
/** A condition: the roster dates a step of theirs in the quarter, or their year of probation ends in it. */
const isStepping = sql`${sql.join(
  ['m.prospect_on', 'm.probationer_on', 'm.full_on'].map(
    (on) => sql`${sql.raw(on)} between ${sql.placeholder('firstDay')} and ${sql.placeholder('lastDay')}`,
  ),
  sql` or `,
)} or m.probationer_on between ${sql.placeholder('firstDayBefore')} and ${sql.placeholder('lastDayBefore')}`
const isActivist = sql`(m.stage = 'activist' or m.activist_on is not null and m.prospect_on > ${sql.placeholder('firstDay')})`
const noActivistFrom = sql`case when m.stage = 'activist' then m.left_on else min(m.prospect_on, coalesce(m.left_on, m.prospect_on)) end`
const groupsIn = (json: string) =>
  (JSON.parse(json) as [string, number | null, Day | null][])
    .map(([id, madeAt, until]): Subject => ({ id, since: madeAt === null ? '' : day(new Date(madeAt)), until }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
const roles = sql.raw([...committeeRoles].map((role) => `'${role}'`).join(', '))

const [CONFIRMED, WAITS, LATE] = [2, 1, 0]
const publishedAt = sql`case when exists (select 1 from undecided u where u.branch = b.id and u.quarter = s.quarter) then null else s.published_at end`
/** A word is in time until the last day of the self-assessment, or until the branch is published. Before an assessment begins all is in time. */
const howSure = sql`case when a.confirmed_at is not null then ${sql.raw(String(CONFIRMED))}
  when a.at >= (select min((unixepoch(s.self_until, '+1 day') - 28800) * 1000, coalesce(${publishedAt}, 9e15)) from assessments s where s.committee = b.committee and s.quarter = ${sql.placeholder('quarter')})
    or exists (select 1 from attestations r where r.branch = a.branch and r.period = a.period and r.part = a.part and r.subject = a.subject and r.refused_at is not null)
  then ${sql.raw(String(LATE))} else ${sql.raw(String(WAITS))} end`

/**
 * One row a branch, its facts as lists within. A committee's facts are thousands of small rows, and handing each over takes longer than
 * the reckoning.
 */
export const dutyFacts = prepared<DutyFactsRow[], Asking>((db) =>
  db
    .select({
      branch: sql<string>`b.id`,
      evidence: sql<Evidence[]>`${list(credited)}) from credits c where c.branch = b.id and c.at >= ${sql.placeholder('from')}
        and c.at < ${sql.placeholder('until')})`.mapWith(rowsOf(evidenceOf)),
      before: sql<Evidence[]>`${list(credited)}) from credits c where c.branch = b.id and c.at >= ${sql.placeholder('longFrom')}
        and c.at < ${sql.placeholder('from')} and (c.part in ${inList(sql.placeholder('wide'))}
            and (c.at >= coalesce(b.closed_end, 0) or c.part in ${inList(sql.placeholder('long'))})
          or c.at >= ${sql.placeholder('monthlyFrom')} and c.at >= coalesce(b.closed_end, 0) and c.part in ${inList(sql.placeholder('monthly'))}))`.mapWith(
        rowsOf(evidenceOf),
      ),
      closedThrough: sql<Quarter | null>`b.closed_end`.mapWith((end: number | null) => (end === null ? null : quarter(new Date(end - 1)))),
      spent: sql<Spent[]>`${list(sql`s.part, s.subject, s.gathering, s.period`)}) from spent_credits s
        where s.branch = b.id and s.quarter < ${sql.placeholder('quarter')})`.mapWith(
        rowsOf(([part, subject, source, period]: [PartId, string, string, Period]): Spent => ({ part, subject, source, period })),
      ),
      attested: sql<Attested[]>`${list(sql`a.id, a.part, a.subject, a.period, a.on_day, ${howSure}, a.says_none`)}) from attestations a
        where a.branch = b.id and (a.period in ${inList(sql.placeholder('periods'))} or a.part = '4.term' and a.confirmed_at is not null) and a.refused_at is null and a.withdrawn_at is null)`.mapWith(
        rowsOf(
          ([id, part, subject, period, on, sure, none]: [string, PartId, string, Period, Day, number, number]): Attested => ({
            id,
            part,
            subject,
            period,
            on,
            isConfirmed: sure === CONFIRMED,
            ...(sure === LATE ? { isLate: true } : {}),
            ...(none === 1 ? { saysNone: true as const } : {}),
          }),
        ),
      ),
      judged: sql<Judged[]>`${list(sql`j.part, j.subject, j.period, j.verdict, j.permille, j.by_upper, j.reason, j.at`)}) from judgements j
        where j.branch = b.id and (j.period in ${inList(sql.placeholder('periods'))} or j.part in ${inList(sql.placeholder('owing'))}
          and j.period in ${inList(sql.placeholder('earlier'))}))`.mapWith(
        rowsOf(
          ([part, subject, period, verdict, permille, upper, reason, at]: [
            PartId,
            string,
            Period,
            Judged['verdict'],
            number,
            number,
            string,
            number,
          ]): Judged => ({ part, subject, period, verdict, permille, byUpper: upper === 1, reason, at: new Date(at) }),
        ),
      ),
      findings: sql<DutyFactsRow['findings']>`${list(sql`f.kind, f.standard, f.reason`)}) from findings f
        where f.branch = b.id and f.quarter = ${sql.placeholder('quarter')} and f.withdrawn_at is null)`.mapWith(
        rowsOf(([kind, standard, reason]: [Finding['kind'], number | null, string]) => ({ kind, standard, reason })),
      ),
      sat: sql<
        DutyFactsRow['sat']
      >`${list(sql`s.member, s.role, s.from_at, s.until_at`)}) from seats s where s.branch = b.id and s.role in (${roles}))`.mapWith(
        rowsOf(([member, role, from, until]: [string, string, number, number | null]) => ({ member, role, from, until })),
      ),
      breaches: sql<BreachFact[]>`${list(sql`f.part, f.from_at, f.until_at, f.what`)}) from (${breachesOfBranch}) f)`.mapWith(
        rowsOf(([part, from, until, what]: [PartId, number, number | null, RawBreach | null]): BreachFact => {
          if (what === 'minutesUnbegun') return { part, from: minutesLateFrom(new Date(from)), until, what: 'minutesLate' }
          if (what === 'officerSeated') return { part, from: unpledgedFrom(new Date(from)).getTime(), until, what: 'officerUnpledged' }
          return { part, from, until, what }
        }),
      ),
      // The row of a group has no day of its making: the audit has it. A group that came with the branch has none there.
      groups: sql<
        Subject[]
      >`${list(sql`g.id, (select min(u.at) from audit u where u.subject = g.id and u.deed = 'group.make'), g.ended_on`)})
        from groups g where g.branch = b.id and (g.ended_on is null or g.ended_on > ${sql.placeholder('firstDay')}))`.mapWith(groupsIn),
      people: sql<DutyFactsRow['people']>`(select json_object(
        'full', count(*) filter (where m.stage = 'full' and ${isThereAfter('lastDay')} and coalesce(m.full_on, m.joined_on) <= ${sql.placeholder('lastDay')}),
        'steps', count(*) filter (where ${isStepping}),
        'growing', count(*) filter (where ${isGrowing} and ${isThereAfter('firstDay')}),
        'since', json_group_array(coalesce(m.full_on, m.joined_on)) filter (where m.stage = 'full' and ${isThereAfter('firstDay')}),
        'activists', json_group_array(json_object('id', m.id, 'since', coalesce(m.activist_on, m.joined_on), 'until', ${noActivistFrom}))
          filter (where ${isActivist} and ${isThereAfter('firstDay')}))
        from members m where m.branch = b.id)`.mapWith((json: string) => JSON.parse(json) as DutyFactsRow['people']),
      leftOut: sql<
        string[]
      >`(select s.left_out from assessments s where s.committee = b.committee and s.quarter = ${sql.placeholder('quarter')})`.mapWith({
        mapFromDriverValue: (json: string | null) => (json === null ? [] : (JSON.parse(json) as string[])),
      }),
      termYears: sql<number>`b.term_years`,
      excuse: sql<CommitteeExcuse | null>`(select json_object('until', x.until_day, 'reason', x.reason) from committee_excuses x
        where x.branch = b.id order by x.until_day desc, x.at desc limit 1)`.mapWith({
        mapFromDriverValue: (json: string | null) => (json === null ? null : (JSON.parse(json) as CommitteeExcuse)),
      }),
    })
    // The limit, with the condition, makes it a table of its own. The last close is then looked up once a branch, not once a credit.
    .from(
      sql`(select id, committee, term_started_on, term_years, (select max(e.value ->> 1) from json_each(${sql.placeholder('ends')}) e
        join results r on r.branch = branches.id and r.quarter = e.value ->> 0) as closed_end
        from branches where id in ${inList(sql.placeholder('branches'))} limit -1) b`,
    )
    .where(sql`b.id is not null`),
)
