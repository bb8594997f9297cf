import { sql } from 'drizzle-orm'
import { addQuarters, type Day, type Quarter, quarter } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { countedThemes, MOST_TOPICS } from '../../src/rules/voices/analysis.ts'
import type { Theme } from '../../src/rules/voices/kinds.ts'
import type { Actor } from '../branches/members.ts'
import type { Branch } from '../branches/units.ts'
import { type Db, inList, lookUp, onDuplicate, type Statement, statementOf, together } from '../client.ts'
import { addItem } from '../gatherings/agenda.ts'
import { type GatheringAsItStands, openGatherings } from '../gatherings/state.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { quarterOfDay } from '../ledgers/credits.ts'
import { tasks } from '../work/tables.ts'
import { analyses, analysisTopics } from './tables.ts'

export interface Topic {
  nth: number
  theme: Theme
  words: string
  cause: string | null
  measure: string | null
  owner: string | null
  ownerName: string | null
  dueOn: Day | null
  /** Null where the measure is no task. */
  isDone: boolean | null
}

export interface Analysis {
  id: string
  quarter: Quarter
  version: number
  gathering: string | null
  topics: readonly Topic[]
}

const latest = (db: Db, branch: string, of: Quarter): Statement<(typeof analyses.$inferSelect)[]> =>
  statementOf(
    db
      .select()
      .from(analyses)
      .where(sql`${analyses.branch} = ${branch} and ${analyses.quarter} = ${of}`)
      .orderBy(sql`${analyses.version} desc`)
      .limit(1),
  )

const topicsOf = (db: Db, ids: readonly string[]) =>
  db
    .select({
      analysis: analysisTopics.analysis,
      nth: analysisTopics.nth,
      theme: analysisTopics.theme,
      words: analysisTopics.words,
      cause: analysisTopics.cause,
      measure: analysisTopics.measure,
      owner: analysisTopics.owner,
      ownerName: sql<string | null>`(select m.name from members m where m.id = "analysis_topics"."owner")`,
      dueOn: analysisTopics.dueOn,
      isDone: sql<boolean | null>`(select k.done_at is not null from tasks k where k.id = "analysis_topics"."task")`.mapWith(
        (done: number | null) => (done === null ? null : done === 1),
      ),
    })
    .from(analysisTopics)
    .where(sql`${analysisTopics.analysis} in ${inList(ids)}`)
    .orderBy(analysisTopics.analysis, analysisTopics.nth)

/** A quarter's analysis, the one before with what became of its measures, and how many voices came by theme. */
export async function analysisOf(db: Db, branch: string, now: Date) {
  const of = quarter(now)
  const [[own], [before], counted] = await lookUp(db, [
    latest(db, branch, of),
    latest(db, branch, addQuarters(of, -1)),
    db
      .select({ theme: sql<Theme | null>`v.theme`, voices: sql<number>`count(*)` })
      .from(sql`voices v`)
      .where(sql`v.branch = ${branch} and v.kind <> 'tool' and ${quarterOfDay(sql`v.came_on`)} = ${of}`)
      .groupBy(sql`v.theme`),
  ])
  const [topics] = await lookUp(db, [
    topicsOf(
      db,
      [own, before].flatMap((one) => (one ? [one.id] : [])),
    ),
  ])
  const withTopics = (one: typeof own): Analysis | null =>
    one ? { ...one, topics: topics.filter(({ analysis }) => analysis === one.id) } : null
  return { quarter: of, own: withTopics(own), before: withTopics(before), themes: countedThemes(counted) }
}

/** The analyses that were on the agenda of these meetings. */
export async function analysesHeld(db: Db, gatherings: readonly string[]): Promise<Analysis[]> {
  const [found] = await lookUp(db, [
    db
      .select()
      .from(analyses)
      .where(sql`${analyses.gathering} in ${inList(gatherings)}`)
      .orderBy(analyses.version),
  ])
  const [topics] = await lookUp(db, [
    topicsOf(
      db,
      found.map(({ id }) => id),
    ),
  ])
  return found.map((one) => ({ ...one, topics: topics.filter(({ analysis }) => analysis === one.id) }))
}

type NewTopic = Pick<Topic, 'theme' | 'words' | 'cause' | 'measure' | 'owner' | 'dueOn'>

/** Adds a topic. An analysis that is on an agenda already is left as it is, and a new version begins. */
export async function addTopic(
  db: Db,
  branch: Branch,
  own: Analysis | null,
  topic: NewTopic,
  id: string,
  actor: Actor,
  now: Date,
): Promise<void> {
  const goesOn = own && own.gathering === null ? own : null
  const last = goesOn?.topics.at(-1)?.nth ?? 0
  if ((goesOn?.topics.length ?? 0) >= MOST_TOPICS)
    refuse(`一份分析最多 ${MOST_TOPICS} 条。`, `An analysis has at most ${MOST_TOPICS} topics.`)
  const analysis = goesOn?.id ?? id
  await together(db, [
    ...(goesOn
      ? [failIf(db, sql`exists (select 1 from analyses where id = ${goesOn.id} and gathering is not null)`, refuseListed)]
      : [
          statementOf(
            db
              .insert(analyses)
              .values({ id, branch: branch.id, quarter: quarter(now), version: (own?.version ?? 0) + 1, by: actor.id, at: now }),
          ),
        ]),
    statementOf(db.insert(analysisTopics).values({ analysis, nth: last + 1, ...topic })),
    record(db, { at: now, unit: branch.unit, actor: actor.id, deed: 'analysis.add', subject: analysis }),
  ])
    .catch(onDuplicate(analysisTopics, refuseMeanwhile))
    .catch(onDuplicate(analyses, refuseMeanwhile))
}

export async function dropTopic(db: Db, branch: Branch, own: Analysis, nth: number, actor: Actor, now: Date): Promise<void> {
  await together(db, [
    failIf(db, sql`exists (select 1 from analyses where id = ${own.id} and gathering is not null)`, refuseListed),
    statementOf(db.delete(analysisTopics).where(sql`${analysisTopics.analysis} = ${own.id} and ${analysisTopics.nth} = ${nth}`)),
    record(db, { at: now, unit: branch.unit, actor: actor.id, deed: 'analysis.drop', subject: own.id }),
  ])
}

/** Puts the analysis on the agenda of the next committee meeting. A measure with an owner and a day becomes a task. */
export async function listAnalysis(
  db: Db,
  branch: Branch,
  own: Analysis,
  newId: () => string,
  actor: Actor,
  now: Date,
): Promise<GatheringAsItStands> {
  if (own.topics.length === 0) refuse('还没有写。', 'Nothing is written yet.')
  const meeting = (await openGatherings(db, branch.id, now)).find((it) => it.kind === 'committee' && !it.closedAt && !it.cancelledAt)
  if (!meeting)
    refuse(
      '还没有召集支委会，请先说「会议 支委会 周五 15:00」。',
      'No committee meeting is called; please say “/meeting committee Fri 3pm” first.',
    )
  const made = own.topics.flatMap(({ nth, measure, owner, dueOn }) =>
    measure && owner && dueOn ? [{ id: newId(), nth, words: measure, owner, dueOn }] : [],
  )
  const causes = [
    failIf(db, sql`exists (select 1 from analyses where id = ${own.id} and gathering is not null)`, refuseListed),
    statementOf(db.update(analyses).set({ gathering: meeting.id }).where(sql`${analyses.id} = ${own.id}`)),
    record(db, { at: now, unit: branch.unit, actor: actor.id, deed: 'analysis.list', subject: own.id }),
    ...made.flatMap(({ nth, id, ...task }) => [
      statementOf(
        db
          .insert(tasks)
          .values({ id, ...task, nth, unit: branch.unit, branch: branch.id, origin: 'analysis', originId: own.id, by: actor.id, at: now }),
      ),
      statementOf(
        db.update(analysisTopics).set({ task: id }).where(sql`${analysisTopics.analysis} = ${own.id} and ${analysisTopics.nth} = ${nth}`),
      ),
    ]),
  ]
  const isListed = meeting.agenda.some(({ tags }) => tags.includes('opinion'))
  if (isListed) await together(db, causes)
  else await addItem(db, meeting, { words: '思想动态分析', tags: ['opinion'] }, actor, now, causes)
  return meeting
}

function refuseListed(): never {
  return refuse('这份分析已经列入议程，请看最新的卡片。', 'This analysis is on an agenda already; please look at the latest card.')
}

function refuseMeanwhile(): never {
  return refuse('别人刚加了一条，请再看一遍。', 'Somebody has just added one; please look again.')
}
