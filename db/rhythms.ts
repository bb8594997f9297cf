import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { moment } from '../src/calendar.ts'
import { refuse } from '../src/refusal.ts'
import { type GatheringKind, gatheringKindNames } from '../src/rules/gatherings.ts'
import { type Occurrence, type Rule, rule } from '../src/rules/rhythms.ts'
import { record } from './audit.ts'
import { type Db, onConstraint, onDuplicate, type Statement, statementOf, together } from './client.ts'
import { callGathering } from './conduct.ts'
import { type Actor, members } from './members.ts'
import { refresh } from './outbox.ts'
import { branches, groups, lineage } from './units.ts'

/** When a branch, or one of its groups, holds a kind of meeting again and again. Changed, it is ended and another begins. */
export const rhythms = sqliteTable(
  'rhythms',
  {
    id: text().primaryKey(),
    branch: text()
      .notNull()
      .references(() => branches.id),
    group: text('group_id').references(() => groups.id),
    kind: text({ enum: gatheringKindNames }).$type<GatheringKind>().notNull(),
    place: text().notNull(),
    /** Whoever comes enters a room code. */
    inRoom: integer({ mode: 'boolean' }).notNull(),
    rule: text({ mode: 'json' }).$type<Rule>().notNull(),
    /** Beijing's wall clock, `'15:00'`. */
    time: text().notNull(),
    setBy: text()
      .notNull()
      .references(() => members.id),
    setAt: integer({ mode: 'timestamp_ms' }).notNull(),
    endedBy: text(),
    endedAt: integer({ mode: 'timestamp_ms' }),
  },
  (it) => [
    index('rhythms_by_branch').on(it.branch),
    uniqueIndex('rhythms_one_of_branch').on(it.branch, it.kind).where(sql`ended_at is null and group_id is null`),
    uniqueIndex('rhythms_one_of_group').on(it.branch, it.group, it.kind).where(sql`ended_at is null and group_id is not null`),
  ],
)

/** One time that was put before somebody to be confirmed: its moment, the period that it stands for, and whom it was put before. */
export const rhythmDrafts = sqliteTable(
  'rhythm_drafts',
  {
    rhythm: text()
      .notNull()
      .references(() => rhythms.id),
    /** The day that the rule names, which no holiday moves. */
    on: text().notNull(),
    startsAt: integer({ mode: 'timestamp_ms' }).notNull(),
    from: integer('from_at', { mode: 'timestamp_ms' }).notNull(),
    until: integer('until_at', { mode: 'timestamp_ms' }).notNull(),
    preparedAt: integer({ mode: 'timestamp_ms' }).notNull(),
    to: text('to_person').notNull(),
  },
  (it) => [primaryKey({ columns: [it.rhythm, it.on] }), index('rhythm_drafts_by_start').on(it.startsAt)],
)

export const rhythmAnswers = sqliteTable(
  'rhythm_answers',
  {
    rhythm: text()
      .notNull()
      .references(() => rhythms.id),
    on: text().notNull(),
    answer: text({ enum: ['called', 'skipped'] }).notNull(),
    gathering: text(),
    by: text().notNull(),
    at: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (it) => [primaryKey({ columns: [it.rhythm, it.on] })],
)

const columns = {
  id: rhythms.id,
  branch: rhythms.branch,
  branchName: branches.name,
  unit: branches.unit,
  lineage,
  group: rhythms.group,
  groupName: sql<string | null>`(select gr.name from "groups" gr where gr.id = "rhythms"."group_id")`,
  kind: rhythms.kind,
  place: rhythms.place,
  inRoom: rhythms.inRoom,
  rule: rhythms.rule,
  time: rhythms.time,
  setBy: rhythms.setBy,
  endedAt: rhythms.endedAt,
}

const all = (db: Db) => db.select(columns).from(rhythms).innerJoin(branches, sql`${branches.id} = ${rhythms.branch}`)

export type Rhythm = Awaited<ReturnType<typeof openRhythms>>[number]

export const rhythmById = (db: Db, id: string) => all(db).where(sql`${rhythms.id} = ${id}`)

/** All that are gone by; a group that is dissolved meets no more. */
export const openRhythms = (db: Db) =>
  all(db)
    .where(
      sql`${rhythms.endedAt} is null and not exists (select 1 from "groups" gr where gr.id = ${rhythms.group} and gr.ended_on is not null)`,
    )
    .orderBy(rhythms.branch, rhythms.id)

/** Those that a branch goes by, and those stopped since that nothing has taken the place of: they can be taken up again. */
export const rhythmsOf = (db: Db, branch: string, stoppedSince: Date) =>
  all(db)
    .where(
      sql`${rhythms.branch} = ${branch} and (${rhythms.endedAt} is null or ${rhythms.endedAt} > ${stoppedSince.getTime()} and not exists (
        select 1 from rhythms later where later.branch = ${rhythms.branch} and later.kind = ${rhythms.kind} and later.group_id is ${rhythms.group}
          and later.id <> ${rhythms.id} and (later.ended_at is null or later.ended_at > ${rhythms.endedAt})))`,
    )
    .orderBy(rhythms.group, rhythms.kind, rhythms.setAt)

/** Every time it comes round, as a moment. */
export const startOf = ({ time }: Pick<Rhythm, 'time'>, { on }: Occurrence) => moment(on, time)

/** The list of a branch's rhythms, as a card that is kept up to date. */
export const rhythmList = (branch: string) => `rhythms ${branch}`
const draftCard = (rhythm: string, on: string) => `draft ${rhythm} ${on}`

export interface NewRhythm {
  id: string
  branch: string
  group: string | null
  kind: GatheringKind
  place: string
  inRoom: boolean
  rule: Rule
  time: string
}

/** Sets a rhythm; what the branch went by before for this kind of meeting ends with it. A fortnight goes on counting where it counted. */
export async function setRhythm(db: Db, asked: NewRhythm, actor: Actor, now: Date, causes: readonly Statement[] = []) {
  const { branch, group, kind, rule: said } = asked
  const same = sql`${rhythms.branch} = ${branch} and ${rhythms.group} is ${group} and ${rhythms.kind} = ${kind} and ${rhythms.endedAt} is null`
  const [before] = await db.select({ rule: rhythms.rule }).from(rhythms).where(same)
  const isSameFortnight = said.every === 'two weeks' && before?.rule.every === 'two weeks' && before.rule.weekday === said.weekday
  await together(db, [
    db.update(rhythms).set({ endedBy: actor.id, endedAt: now }).where(same),
    db.insert(rhythms).values({ ...asked, rule: rule.parse(isSameFortnight ? before?.rule : said), setBy: actor.id, setAt: now }),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'rhythm.set', subject: asked.id }),
    refresh(db, { subject: rhythmList(branch), at: now, afterPress: true }),
    ...causes,
  ]).catch(onDuplicate(rhythms, () => refuse('这个例会已经定好了，不用再按。', 'This rhythm is set already; no need to press again.')))
}

/** Two presses at once: what one of them has settled fails the other’s whole batch on a key, so that no deed is recorded that never was. */
const still = (db: Db, what: ReturnType<typeof sql>) =>
  db.insert(rhythmAnswers).select(sql`select null, null, null, null, null, null where not exists (${what})`)
const NO_LONGER = 'rhythm_answers.'

export async function stopRhythm(db: Db, { id, branch, endedAt }: Rhythm, actor: Actor, now: Date) {
  const isStopped = () => refuse('这个例会已经停了。', 'This rhythm is stopped already.')
  if (endedAt) isStopped()
  await together(db, [
    still(db, sql`select 1 from rhythms where id = ${id} and ended_at is null`),
    db.update(rhythms).set({ endedBy: actor.id, endedAt: now }).where(sql`${rhythms.id} = ${id} and ${rhythms.endedAt} is null`),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'rhythm.stop', subject: id }),
    refresh(db, { subject: rhythmList(branch), at: now, afterPress: true }),
  ]).catch(onConstraint(NO_LONGER, isStopped))
}

export async function resumeRhythm(db: Db, { id, branch, endedAt }: Rhythm, actor: Actor, now: Date) {
  const isInUse = () => refuse('这个例会正在用，不用恢复。', 'This rhythm is in use; there is nothing to resume.')
  if (!endedAt) isInUse()
  await together(db, [
    still(db, sql`select 1 from rhythms where id = ${id} and ended_at is not null`),
    db.update(rhythms).set({ endedBy: null, endedAt: null }).where(sql`${rhythms.id} = ${id}`),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'rhythm.resume', subject: id }),
    refresh(db, { subject: rhythmList(branch), at: now, afterPress: true }),
  ])
    .catch(onConstraint(NO_LONGER, isInUse))
    .catch(
      onDuplicate(rhythms, () =>
        refuse('这种会已经另定了例会，不能再恢复旧的。', 'Another rhythm is set for this meeting now; the old one stays stopped.'),
      ),
    )
}

/** What was called for the period of a draft: from the draft itself, from its form, or by hand. */
interface Called {
  id: string
  startsAt: number
  isCancelled: boolean
}

/** The id of the gathering that a draft makes, by its button or its form: pressed twice, it makes one. */
export const gatheringOf = ({ rhythm, on }: { rhythm: string; on: string }) => `${rhythm}-${on}`

const called =
  sql<Called | null>`(select json_object('id', g.id, 'startsAt', g.starts_at, 'isCancelled', json(iif(c.gathering is null, 'false', 'true')))
  from gatherings g left join cancellations c on c.gathering = g.id
  where g.id = "rhythm_drafts"."rhythm" || '-' || "rhythm_drafts"."on"
    or (exists (select 1 from gathering_branches gb where gb.gathering = g.id and gb.branch = "rhythms"."branch") and g.kind = "rhythms"."kind" and g.group_id is "rhythms"."group_id" and c.gathering is null
      and g.starts_at >= "rhythm_drafts"."from_at" and g.starts_at < "rhythm_drafts"."until_at"
      and not exists (select 1 from rhythm_drafts other where g.id = other.rhythm || '-' || other."on" and other.rhythm = "rhythms"."id"))
  order by c.gathering is not null, g.starts_at limit 1)`.mapWith((json: string | null) =>
    json === null ? null : (JSON.parse(json) as Called),
  )

const drafts = (db: Db) =>
  db
    .select({
      ...columns,
      on: rhythmDrafts.on,
      startsAt: rhythmDrafts.startsAt,
      to: rhythmDrafts.to,
      answer: rhythmAnswers.answer,
      called,
      chats: sql<number>`(select count(*) from chats c where c.group_id = "rhythms"."group_id" or (c.branch = "rhythms"."branch"
        and not exists (select 1 from chats own where own.group_id = "rhythms"."group_id")))`,
    })
    .from(rhythmDrafts)
    .innerJoin(rhythms, sql`${rhythms.id} = ${rhythmDrafts.rhythm}`)
    .innerJoin(branches, sql`${branches.id} = ${rhythms.branch}`)
    .leftJoin(rhythmAnswers, sql`${rhythmAnswers.rhythm} = ${rhythmDrafts.rhythm} and ${rhythmAnswers.on} = ${rhythmDrafts.on}`)

export type Draft = Awaited<ReturnType<typeof draftOf>>[number]

export const draftOf = (db: Db, { rhythm, on }: { rhythm: string; on: string }) =>
  drafts(db).where(sql`${rhythmDrafts.rhythm} = ${rhythm} and ${rhythmDrafts.on} = ${on}`)

/** Drafts of meetings still ahead. */
export const draftsAhead = (db: Db, now: Date) => drafts(db).where(sql`${rhythmDrafts.startsAt} > ${now.getTime()}`)

/** Whether something of this kind is called already in a period. */
export const calledWithin = (
  db: Db,
  { id, branch, kind, group }: Pick<Rhythm, 'id' | 'branch' | 'kind' | 'group'>,
  from: Date,
  until: Date,
) =>
  db
    .select({ id: sql<string>`g.id` })
    .from(sql`gatherings g`)
    .where(
      sql`exists (select 1 from gathering_branches gb where gb.gathering = g.id and gb.branch = ${branch}) and g.kind = ${kind} and g.group_id is ${group} and g.starts_at >= ${from.getTime()} and g.starts_at < ${until.getTime()}
        and not exists (select 1 from cancellations c where c.gathering = g.id)
        and not exists (select 1 from rhythm_drafts other where other.rhythm = ${id} and g.id = other.rhythm || '-' || other."on")`,
    )
    .limit(1)

export const keepDraft = (db: Db, draft: typeof rhythmDrafts.$inferInsert) => db.insert(rhythmDrafts).values(draft)

const refuseAnswered = () => refuse('这次已经办过了，请看更新后的卡片。', 'This one is settled already; please look at the updated card.')

/** The one press that calls a prepared meeting; nothing is ever called by itself. */
export async function callDraft(db: Db, draft: Draft, roomSecret: string | null, actor: Actor, now: Date) {
  const { branch, group, kind, place, startsAt } = draft
  const key = { rhythm: draft.id, on: draft.on }
  const gathering = gatheringOf(key)
  return callGathering(db, { id: gathering, branch, group, kind, place, startsAt, roomSecret }, actor, now, () => [
    statementOf(db.insert(rhythmAnswers).values({ ...key, answer: 'called', gathering, by: actor.id, at: now })),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'rhythm.call', subject: draft.id }),
    refresh(db, { subject: draftCard(draft.id, draft.on), at: now, afterPress: true }),
  ]).catch(onDuplicate(rhythmAnswers, refuseAnswered))
}

export async function skipDraft(db: Db, { id, on }: Draft, actor: Actor, now: Date) {
  await together(db, [
    db.insert(rhythmAnswers).values({ rhythm: id, on, answer: 'skipped', by: actor.id, at: now }),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'rhythm.skip', subject: id }),
    refresh(db, { subject: draftCard(id, on), at: now, afterPress: true }),
  ]).catch(onDuplicate(rhythmAnswers, refuseAnswered))
}

/** Skipped by mistake: until its time it can still be held. */
export async function unskipDraft(db: Db, { id, on }: Draft, actor: Actor, now: Date) {
  await together(db, [
    still(db, sql`select 1 from rhythm_answers where rhythm = ${id} and "on" = ${on} and answer = 'skipped'`),
    db
      .delete(rhythmAnswers)
      .where(sql`${rhythmAnswers.rhythm} = ${id} and ${rhythmAnswers.on} = ${on} and ${rhythmAnswers.answer} = 'skipped'`),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'rhythm.unskip', subject: id }),
    refresh(db, { subject: draftCard(id, on), at: now, afterPress: true }),
  ]).catch(onConstraint(NO_LONGER, refuseAnswered))
}
