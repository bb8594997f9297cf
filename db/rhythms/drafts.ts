import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import type { Actor } from '../branches/members.ts'
import { branches } from '../branches/tables.ts'
import { type Db, onDuplicate, statementOf, together } from '../client.ts'
import { callGathering } from '../gatherings/call.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { refresh } from '../ledgers/refresh.ts'
import { rhythmColumns } from './rhythms.ts'
import { rhythmAnswers, rhythmDrafts, rhythms } from './tables.ts'

/** What a card of prepared meetings is known by: the first of them. */
export const draftKey = (rhythm: string, on: string) => `${rhythm} ${on}`

export const draftSubject = (card: string) => `draft ${card}`

export const cardOf = sql<string>`coalesce("rhythm_drafts"."card", "rhythm_drafts"."rhythm" || ' ' || "rhythm_drafts"."on")`

/** What was called for the period of a draft: from the draft itself, from its form, or by hand. */
interface Called {
  id: string
  startsAt: number
  isCancelled: boolean
}

/** The id of the gathering that a draft makes, by its button or its form: pressed twice, it makes one. */
export const gatheringOf = ({ rhythm, on }: { rhythm: string; on: string }) => `${rhythm}-${on}`

/** What was called by hand for a branch in a period, other than from the drafts of a rhythm: begun from the branch, which has few, never from all there are. */
export const calledByHand = (of: Record<'rhythm' | 'branch' | 'kind' | 'group' | 'from' | 'until', ReturnType<typeof sql>>) =>
  sql`gathering_branches gb cross join gatherings g on g.id = gb.gathering
    where gb.branch = ${of.branch} and g.kind = ${of.kind} and g.group_id is ${of.group} and g.starts_at >= ${of.from} and g.starts_at < ${of.until}
      and not exists (select 1 from cancellations c where c.gathering = g.id)
      and not exists (select 1 from rhythm_drafts other where other.rhythm = ${of.rhythm} and g.id = other.rhythm || '-' || other."on")`

const ofDraft = calledByHand({
  rhythm: sql`"rhythms"."id"`,
  branch: sql`"rhythms"."branch"`,
  kind: sql`"rhythms"."kind"`,
  group: sql`"rhythms"."group_id"`,
  from: sql`"rhythm_drafts"."from_at"`,
  until: sql`"rhythm_drafts"."until_at"`,
})

const fromDraft = sql`gatherings g left join cancellations c on c.gathering = g.id where g.id = "rhythm_drafts"."rhythm" || '-' || "rhythm_drafts"."on"`

const called = sql<Called | null>`coalesce(
  (select json_object('id', g.id, 'startsAt', g.starts_at, 'isCancelled', json('false')) from ${fromDraft} and c.gathering is null),
  (select json_object('id', g.id, 'startsAt', g.starts_at, 'isCancelled', json('false')) from ${ofDraft} order by g.starts_at limit 1),
  (select json_object('id', g.id, 'startsAt', g.starts_at, 'isCancelled', json('true')) from ${fromDraft}))`.mapWith(
  (json: string | null) => (json === null ? null : (JSON.parse(json) as Called)),
)

const drafts = (db: Db) =>
  db
    .select({
      ...rhythmColumns,
      on: rhythmDrafts.on,
      startsAt: rhythmDrafts.startsAt,
      to: rhythmDrafts.to,
      card: cardOf,
      answer: rhythmAnswers.answer,
      called,
      chats: sql<number>`(select count(*) from chats c where c.group_id = "rhythms"."group_id" or (c.branch = "rhythms"."branch"
        and not exists (select 1 from chats own where own.group_id = "rhythms"."group_id")))`,
    })
    .from(rhythmDrafts)
    .innerJoin(rhythms, sql`${rhythms.id} = ${rhythmDrafts.rhythm}`)
    .innerJoin(branches, sql`${branches.id} = ${rhythms.branch}`)
    .leftJoin(rhythmAnswers, sql`${rhythmAnswers.rhythm} = ${rhythmDrafts.rhythm} and ${rhythmAnswers.on} = ${rhythmDrafts.on}`)

export type Draft = Awaited<ReturnType<typeof draftsBeside>>[number]

type DraftKey = { rhythm: string; on: string }

/** All that stand on the card of one, that one among them. */
export const draftsBeside = (db: Db, { rhythm, on }: DraftKey) =>
  drafts(db)
    .where(
      sql`(${rhythmDrafts.rhythm} = ${rhythm} and ${rhythmDrafts.on} = ${on})
        or ${rhythmDrafts.card} = (select asked.card from rhythm_drafts asked where asked.rhythm = ${rhythm} and asked."on" = ${on})`,
    )
    .orderBy(rhythmDrafts.startsAt, rhythmDrafts.rhythm)

/** The cards of those drafts for whose period something was called by hand. */
export const overtakenCards = (db: Db, lot: readonly DraftKey[]) =>
  db
    .selectDistinct({ card: cardOf })
    .from(rhythmDrafts)
    .innerJoin(rhythms, sql`${rhythms.id} = ${rhythmDrafts.rhythm}`)
    .where(
      sql`(${rhythmDrafts.rhythm}, ${rhythmDrafts.on}) in (select value ->> 'rhythm', value ->> 'on' from json_each(${JSON.stringify(lot)}))
        and (exists (select 1 from ${fromDraft}) or exists (select 1 from ${ofDraft}))`,
    )

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
    refresh(db, { subject: draftSubject(draft.card), at: now, afterPress: true }),
  ]).catch(onDuplicate(rhythmAnswers, refuseAnswered))
}

export async function skipDraft(db: Db, { id, on, card }: Draft, actor: Actor, now: Date) {
  await together(db, [
    db.insert(rhythmAnswers).values({ rhythm: id, on, answer: 'skipped', by: actor.id, at: now }),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'rhythm.skip', subject: id }),
    refresh(db, { subject: draftSubject(card), at: now, afterPress: true }),
  ]).catch(onDuplicate(rhythmAnswers, refuseAnswered))
}

/** Skipped by mistake: until its time it can still be held. */
export async function unskipDraft(db: Db, { id, on, card }: Draft, actor: Actor, now: Date) {
  await together(db, [
    failIf(db, sql`not exists (select 1 from rhythm_answers where rhythm = ${id} and "on" = ${on} and answer = 'skipped')`, refuseAnswered),
    db
      .delete(rhythmAnswers)
      .where(sql`${rhythmAnswers.rhythm} = ${id} and ${rhythmAnswers.on} = ${on} and ${rhythmAnswers.answer} = 'skipped'`),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'rhythm.unskip', subject: id }),
    refresh(db, { subject: draftSubject(card), at: now, afterPress: true }),
  ])
}
