import { type SQL, sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { gatheringKindNames } from '../src/rules/gatherings.ts'
import { type PartId, parts } from '../src/rules/standards.ts'
import { type Db, type Statement, statementOf } from './client.ts'
import { branches } from './units.ts'

/**
 * The tally: which part of the standards each quorate gathering credits, for which branch. Written in the batch of whatever changes it and
 * derived from the facts in that same batch, so it can be thrown away and made anew at any time, and comes to the same.
 */
export const credits = sqliteTable(
  'credits',
  {
    branch: text()
      .notNull()
      .references(() => branches.id),
    part: text().$type<PartId>().notNull(),
    /** The group whose meeting it was; empty for what is the branch's. */
    subject: text().notNull(),
    gathering: text().notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [
    primaryKey({ columns: [it.branch, it.part, it.subject, it.gathering] }),
    index('credits_by_branch').on(it.branch, it.at, it.part, it.subject, it.gathering),
    index('credits_by_gathering').on(it.gathering),
  ],
)

/** The standards' table as SQL sees it: a part, the kind of gathering that can credit it, and the tag an item must bear (empty: none). */
const ways = parts.flatMap(({ id, per, credits = [] }) =>
  credits.flatMap(({ kind, tag = '', among = gatheringKindNames }) =>
    (kind ? [kind] : among).map((one) => [id, per === 'group' ? 1 : 0, one, tag] as const),
  ),
)
const waysTable = sql.raw(`(values ${ways.map(([part, group, kind, tag]) => `('${part}', ${group}, '${kind}', '${tag}')`).join(', ')})`)

/** What the facts credit: a row for each branch that was quorate, each part, and each gathering that was closed. */
const creditsFromFacts = (only: SQL) => sql`
  with ways(part, per_group, kind, tag) as ${waysTable}
  select distinct gb.branch, w.part, case when w.per_group then coalesce(g.group_id, '') else '' end, g.id, g.starts_at
  from gatherings g join closures c on c.gathering = g.id join gathering_branches gb on gb.gathering = g.id join ways w on w.kind = g.kind
  where ${only} and coalesce(gb.is_quorate, c.is_quorate)
    and (w.tag = '' or exists (select 1 from agenda_items a, json_each(a.tags) tag where a.gathering = g.id and a.held_at is not null and tag.value = w.tag))`

/** Stands at the end of every batch that closes a gathering, or corrects, re-opens or re-tags a closed one. */
export const recredit = (db: Db, gathering: string): Statement[] => [
  statementOf(db.delete(credits).where(sql`${credits.gathering} = ${gathering}`)),
  statementOf(db.insert(credits).select(creditsFromFacts(sql`g.id = ${gathering}`))),
]

/** The whole tally of a branch, made anew from the facts. */
export const recountCredits = (db: Db, branch: string): Statement[] => [
  statementOf(db.delete(credits).where(sql`${credits.branch} = ${branch}`)),
  statementOf(db.insert(credits).select(creditsFromFacts(sql`gb.branch = ${branch}`))),
]

/** Rows that the tally and the facts do not share: none, or something went past the deeds. */
export const miscredited = (db: Db, branch: string) => {
  const facts = sql`select * from (${creditsFromFacts(sql`gb.branch = ${branch}`)})`
  const tally = sql`select branch, part, subject, gathering, at from credits where branch = ${branch}`
  return db
    .select({ rows: sql<number>`count(*)` })
    .from(sql`(select * from (${facts} except ${tally}) union all select * from (${tally} except ${facts}))`)
}

/** What credits some branches between two moments. */
export const creditsBetween = (db: Db, among: readonly string[], from: Date, until: Date) =>
  db
    .select({ branch: credits.branch, part: credits.part, subject: credits.subject, gathering: credits.gathering, at: credits.at })
    .from(credits)
    .where(
      sql`${credits.branch} in (select value from json_each(${JSON.stringify(among)})) and ${credits.at} >= ${from.getTime()} and ${credits.at} < ${until.getTime()}`,
    )
