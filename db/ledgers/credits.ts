import { type SQL, sql } from 'drizzle-orm'
import { gatheringKindNames } from '../../src/rules/gatherings/gatherings.ts'
import { partOfTopic } from '../../src/rules/papers/topics.ts'
import { parts } from '../../src/rules/standards/standards.ts'
import { type Db, inList, type Statement, statementOf } from '../client.ts'
import { credits } from './tables.ts'

/** The standards' table for SQL: a part and the kind of gathering that can credit it. An item must bear the tag unless it is empty. */
const ways = parts.flatMap(({ id, per, credits = [] }) =>
  credits.flatMap(({ kind, tag = '', among = gatheringKindNames }) =>
    (kind ? [kind] : among).map((one) => [id, per === 'group' ? 1 : 0, one, tag] as const),
  ),
)
const waysTable = sql.raw(`(values ${ways.map(([part, group, kind, tag]) => `('${part}', ${group}, '${kind}', '${tag}')`).join(', ')})`)

/** A row for each branch that was quorate, each part, and each gathering that was closed. */
const creditsOfGatherings = (only: SQL) => sql`
  with ways(part, per_group, kind, tag) as ${waysTable}
  select distinct gb.branch, w.part, case when w.per_group then coalesce(g.group_id, '') else '' end, g.id, 'gathering', g.starts_at, null, 0
  from gatherings g join closures c on c.gathering = g.id join gathering_branches gb on gb.gathering = g.id join ways w on w.kind = g.kind
  where ${only} and coalesce(gb.is_quorate, c.is_quorate) and not (w.part = '28.suggestions' and ${hasSuggestions(sql`gb.branch`, sql`g.starts_at`)})
    and (w.tag = '' or exists (select 1 from agenda_items a, json_each(a.tags) tag where a.gathering = g.id and a.held_at is not null and tag.value = w.tag))`

/** A row for each evaluation whose steps are all done, dated when the last person was told; only appeals follow. */
const creditsOfEvaluations = (only: SQL) => sql`
  select v.branch, '14.review', '', v.id, 'evaluation', coalesce((select max(g.told_at) from member_grades g where g.evaluation = v.id), v.closed_at), v.period, 0
  from evaluations v where ${only} and v.closed_at is not null`

const startOf = (on: SQL) => sql`(unixepoch(${on}) - 28800) * 1000`

export const quarterOfDay = (on: SQL) => sql`substr(${on}, 1, 4) || 'Q' || ((substr(${on}, 6, 2) + 2) / 3)`

/**
 * A row for each activist and quarter in which a talk was confirmed and an opinion filed. Both in time date it on the day of the talk,
 * also when they came after the quarter. Later ones date it when the last of them came. The best talk of a quarter counts.
 *
 * SQL cannot count working days: the day stands on the talk, as it was promised when the talk was registered.
 */
const creditsOfTalks = (only: SQL) => sql`
  select branch, '24.talk', activist, id, 'talk', case when is_late then done_at else talked_at end, quarter, is_late from (
    select *, row_number() over (partition by branch, activist, quarter order by is_late, talked_at, done_at, id) as nth from (
      select t.branch, t.activist, t.id, ${startOf(sql`t.on_day`)} as talked_at, max(t.confirmed_at, t.opinion_at) as done_at,
        ${quarterOfDay(sql`t.on_day`)} as quarter,
        coalesce(max(t.confirmed_at, t.opinion_at) >= ${startOf(sql`t.opinion_due_on`)} + 86400000, 0) as is_late
      from talks t where ${only} and t.activist is not null and t.confirmed_at is not null and t.opinion_at is not null and t.withdrawn_at is null))
  where nth = 1`

/** A row for each plan or summary that was adopted; a registered one counts from the day that it bears. */
const creditsOfPapers = (only: SQL) => sql`
  select p.branch, '29.' || p.kind, '', p.id, 'paper', p.adopted_at, p.year, 0 from papers p
  where ${only} and p.kind in ('plan', 'summary') and p.adopted_at is not null and p.withdrawn_at is null`

const partsOfTopics = sql.raw(
  `(${Object.entries(partOfTopic)
    .map(([topic, part]) => `select '${topic}' as topic, '${part}' as part`)
    .join(' union all ')})`,
)

/** A row for each short record that another one confirmed. It is gathered for what people judge, and never counts by its number. */
const creditsOfRecords = (only: SQL) => sql`
  select r.branch, w.part, '', r.id, 'record', ${startOf(sql`r.on_day`)}, null, 0 from records r join ${partsOfTopics} w on w.topic = r.topic
  where ${only} and r.confirmed_at is not null and r.withdrawn_at is null`

const dayAt = (at: SQL) => sql`date(${at} / 1000 + 28800, 'unixepoch')`

/** True where suggestions were promised an answer in the quarter of a moment. No item of a meeting proves it then. */
const hasSuggestions = (branch: SQL, at: SQL) => sql`exists (select 1 from voices v where v.branch = ${branch} and v.kind = 'suggestion'
  and ${quarterOfDay(sql`v.due_on`)} = ${quarterOfDay(dayAt(at))})`

const answered = sql`voices v left join voice_answers a on a.voice = v.id and a.nth = 1`
const ofQuarter = (quarter: SQL) => sql`v.branch, ${quarter}`

/**
 * A row for each quarter whose suggestions are all answered, by the day that was promised first. The last answer dates it, and a late one makes
 * it late. Worries and observations that were answered in a quarter are gathered for the person who judges.
 */
const creditsOfVoices = (only: SQL) => sql`
  select v.branch, '28.suggestions', '', v.branch || ' ' || ${quarterOfDay(sql`v.due_on`)}, 'voice', max(a.at), ${quarterOfDay(sql`v.due_on`)},
    max(a.at >= ${startOf(sql`v.due_on`)} + 86400000)
  from ${answered} where ${only} and v.kind = 'suggestion' group by ${ofQuarter(quarterOfDay(sql`v.due_on`))} having count(*) = count(a.at)
  union all
  select v.branch, case v.kind when 'worry' then '17.judged' else '13.judged' end, '', v.branch || ' ' || ${quarterOfDay(dayAt(sql`a.at`))}, 'voice',
    max(a.at), ${quarterOfDay(dayAt(sql`a.at`))}, 0
  from ${answered} where ${only} and v.kind in ('worry', 'observation') and a.at is not null and a.outcome <> 'aside'
  group by ${ofQuarter(quarterOfDay(dayAt(sql`a.at`)))}, v.kind`

/** A row for each quarter in which the duty areas were checked, gathered for the person who judges. */
const creditsOfAreas = (only: SQL) => sql`
  select k.branch, '13.judged', '', k.branch || ' ' || k.quarter, 'area', k.at, k.quarter, 0 from area_checks k where ${only}`

/** A row for each half-year's check of the officers that is closed. */
const creditsOfChecks = (only: SQL) => sql`
  select k.branch, '23.check', '', k.id, 'integrity', k.closed_at, k.half, 0 from integrity_checks k where ${only} and k.closed_at is not null`

/** The credits that the facts give a branch. */
const creditsFromFacts = (branch: string) =>
  sql`${creditsOfGatherings(sql`gb.branch = ${branch}`)} union all ${creditsOfEvaluations(sql`v.branch = ${branch}`)}
    union all ${creditsOfTalks(sql`t.branch = ${branch}`)} union all ${creditsOfPapers(sql`p.branch = ${branch}`)}
    union all ${creditsOfRecords(sql`r.branch = ${branch}`)} union all ${creditsOfVoices(sql`v.branch = ${branch}`)}
    union all ${creditsOfAreas(sql`k.branch = ${branch}`)}
    union all ${creditsOfChecks(sql`k.branch = ${branch}`)}`

/** Stands at the end of every batch that closes a gathering, or corrects, re-opens or re-tags a closed one. */
export const recredit = (db: Db, gathering: string): Statement[] => [
  statementOf(db.delete(credits).where(sql`${credits.source} = ${gathering}`)),
  statementOf(db.insert(credits).select(creditsOfGatherings(sql`g.id = ${gathering}`))),
]

/** The same for an evaluation. */
export const creditEvaluation = (db: Db, evaluation: string): Statement[] => [
  statementOf(db.delete(credits).where(sql`${credits.source} = ${evaluation}`)),
  statementOf(db.insert(credits).select(creditsOfEvaluations(sql`v.id = ${evaluation}`))),
]

/** The same for the talks of an activist, whose quarters each have one. */
export const recreditTalks = (db: Db, activists: readonly string[]): Statement[] => [
  statementOf(db.delete(credits).where(sql`${credits.source} in (select t.id from talks t where t.activist in ${inList(activists)})`)),
  statementOf(db.insert(credits).select(creditsOfTalks(sql`t.activist in ${inList(activists)}`))),
]

/** The same for the plans and summaries of a branch. */
export const creditPapers = (db: Db, branch: string): Statement[] => [
  statementOf(db.delete(credits).where(sql`${credits.branch} = ${branch} and ${credits.sourceKind} = 'paper'`)),
  statementOf(db.insert(credits).select(creditsOfPapers(sql`p.branch = ${branch}`))),
]

/** The same for a short record. */
export const creditRecord = (db: Db, record: string): Statement[] => [
  statementOf(db.delete(credits).where(sql`${credits.source} = ${record}`)),
  statementOf(db.insert(credits).select(creditsOfRecords(sql`r.id = ${record}`))),
]

/** The same for the checks of the duty areas. */
export const creditAreas = (db: Db, branch: string): Statement[] => [
  statementOf(db.delete(credits).where(sql`${credits.branch} = ${branch} and ${credits.sourceKind} = 'area'`)),
  statementOf(db.insert(credits).select(creditsOfAreas(sql`k.branch = ${branch}`))),
]

/** The same for a check of the officers. */
export const creditCheck = (db: Db, check: string): Statement[] => [
  statementOf(db.delete(credits).where(sql`${credits.source} = ${check}`)),
  statementOf(db.insert(credits).select(creditsOfChecks(sql`k.id = ${check}`))),
]

/** The same for the voices of a branch. A suggestion that comes takes a meeting's item away as proof, hence both are counted anew. */
export const recreditVoices = (db: Db, branch: string): Statement[] => [
  statementOf(
    db
      .delete(credits)
      .where(sql`${credits.branch} = ${branch} and (${credits.sourceKind} = 'voice' or ${credits.part} = '28.suggestions')`),
  ),
  statementOf(db.insert(credits).select(creditsOfVoices(sql`v.branch = ${branch}`))),
  statementOf(
    db
      .insert(credits)
      .select(sql`with held(branch, part, subject, source, kind, at, period, late) as (${creditsOfGatherings(sql`gb.branch = ${branch}
      and exists (select 1 from agenda_items i, json_each(i.tags) t where i.gathering = g.id and t.value = 'suggestions')`)})
      select * from held where part = '28.suggestions'`),
  ),
]

/** The whole tally of a branch, made again from the facts. */
export const recountCredits = (db: Db, branch: string): Statement[] => [
  statementOf(db.delete(credits).where(sql`${credits.branch} = ${branch}`)),
  statementOf(db.insert(credits).select(creditsFromFacts(branch))),
]

/** Rows that differ between tally and facts. There are none, unless a change went past the deeds. */
export const miscredited = (db: Db, branch: string) => {
  const facts = sql`select * from (${creditsFromFacts(branch)})`
  const tally = sql`select branch, part, subject, gathering, source_kind, at, period, is_late from credits where branch = ${branch}`
  return db
    .select({ rows: sql<number>`count(*)` })
    .from(sql`(select * from (${facts} except ${tally}) union all select * from (${tally} except ${facts}))`)
}

/** The credits of some branches between two moments. */
export const creditsBetween = (db: Db, among: readonly string[], from: Date, until: Date) =>
  db
    .select({
      branch: credits.branch,
      part: credits.part,
      subject: credits.subject,
      source: credits.source,
      sourceKind: credits.sourceKind,
      at: credits.at,
      period: credits.period,
    })
    .from(credits)
    .where(sql`${credits.branch} in ${inList(among)} and ${credits.at} >= ${from.getTime()} and ${credits.at} < ${until.getTime()}`)
