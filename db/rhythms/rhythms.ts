import { sql } from 'drizzle-orm'
import { moment } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import type { SeatRole } from '../../src/rules/branches/rights.ts'
import type { GatheringKind } from '../../src/rules/gatherings/gatherings.ts'
import { type Occurrence, type Rule, rule } from '../../src/rules/rhythms/rhythms.ts'
import type { Actor } from '../branches/members.ts'
import { branches } from '../branches/tables.ts'
import { lineage } from '../branches/units.ts'
import { type Db, lookUp, onDuplicate, type Statement, statementOf, together } from '../client.ts'
import { callGathering } from '../gatherings/close.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { refresh } from '../ledgers/outbox.ts'
import { rhythmAnswers, rhythmDrafts, rhythms } from './tables.ts'

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

/** What a card of prepared meetings is known by: the first of them. */
export const draftKey = (rhythm: string, on: string) => `${rhythm} ${on}`
export const draftSubject = (card: string) => `draft ${card}`
const cardOf = sql<string>`coalesce("rhythm_drafts"."card", "rhythm_drafts"."rhythm" || ' ' || "rhythm_drafts"."on")`

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

/** The cards on which its coming meetings stand: they say so when it is stopped or changed. */
const openCards = (db: Db, which: ReturnType<typeof sql>, now: Date) =>
  db
    .selectDistinct({ card: cardOf })
    .from(rhythmDrafts)
    .where(
      sql`${rhythmDrafts.rhythm} in (select "rhythms"."id" from rhythms where ${which}) and ${rhythmDrafts.startsAt} > ${now.getTime()}`,
    )
const refreshCards = (db: Db, cards: readonly { card: string }[], at: Date) =>
  cards.map(({ card }) => refresh(db, { subject: draftSubject(card), at, afterPress: true }))

/** Sets a rhythm; what the branch went by before for this kind of meeting ends with it. A fortnight goes on counting where it counted. */
export async function setRhythm(db: Db, asked: NewRhythm, actor: Actor, now: Date, causes: readonly Statement[] = []) {
  const { branch, group, kind, rule: said } = asked
  const same = sql`${rhythms.branch} = ${branch} and ${rhythms.group} is ${group} and ${rhythms.kind} = ${kind} and ${rhythms.endedAt} is null`
  const [[before], open] = await lookUp(db, [db.select({ rule: rhythms.rule }).from(rhythms).where(same), openCards(db, same, now)])
  const isSameFortnight = said.every === 'two weeks' && before?.rule.every === 'two weeks' && before.rule.weekday === said.weekday
  await together(db, [
    db.update(rhythms).set({ endedBy: actor.id, endedAt: now }).where(same),
    db.insert(rhythms).values({ ...asked, rule: rule.parse(isSameFortnight ? before?.rule : said), setBy: actor.id, setAt: now }),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'rhythm.set', subject: asked.id }),
    refresh(db, { subject: rhythmList(branch), at: now, afterPress: true }),
    ...refreshCards(db, open, now),
    ...causes,
  ]).catch(onDuplicate(rhythms, () => refuse('这个例会已经定好了，不用再按。', 'This rhythm is set already; no need to press again.')))
}

export async function stopRhythm(db: Db, { id, branch, endedAt }: Rhythm, actor: Actor, now: Date) {
  const isStopped = () => refuse('这个例会已经停了。', 'This rhythm is stopped already.')
  if (endedAt) isStopped()
  const [open] = await lookUp(db, [openCards(db, sql`${rhythms.id} = ${id}`, now)])
  await together(db, [
    failIf(db, sql`not exists (select 1 from rhythms where id = ${id} and ended_at is null)`, isStopped),
    db.update(rhythms).set({ endedBy: actor.id, endedAt: now }).where(sql`${rhythms.id} = ${id} and ${rhythms.endedAt} is null`),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'rhythm.stop', subject: id }),
    refresh(db, { subject: rhythmList(branch), at: now, afterPress: true }),
    ...refreshCards(db, open, now),
  ])
}

export async function resumeRhythm(db: Db, { id, branch, endedAt }: Rhythm, actor: Actor, now: Date) {
  const isInUse = () => refuse('这个例会正在用，不用恢复。', 'This rhythm is in use; there is nothing to resume.')
  if (!endedAt) isInUse()
  const [open] = await lookUp(db, [openCards(db, sql`${rhythms.id} = ${id}`, now)])
  await together(db, [
    failIf(db, sql`not exists (select 1 from rhythms where id = ${id} and ended_at is not null)`, isInUse),
    db.update(rhythms).set({ endedBy: null, endedAt: null }).where(sql`${rhythms.id} = ${id}`),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'rhythm.resume', subject: id }),
    refresh(db, { subject: rhythmList(branch), at: now, afterPress: true }),
    ...refreshCards(db, open, now),
  ]).catch(
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

/** What was called by hand for a branch in a period, other than from the drafts of a rhythm: begun from the branch, which has few, never from all there are. */
const calledByHand = (of: Record<'rhythm' | 'branch' | 'kind' | 'group' | 'from' | 'until', ReturnType<typeof sql>>) =>
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
      ...columns,
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

/** Of meetings still ahead: what was put before somebody, and is not answered. */
export const preparedAhead = (db: Db, now: Date) =>
  db
    .select({
      rhythm: rhythmDrafts.rhythm,
      on: rhythmDrafts.on,
      isAnswered: sql<boolean>`exists (select 1 from rhythm_answers a where a.rhythm = "rhythm_drafts"."rhythm" and a."on" = "rhythm_drafts"."on")`,
    })
    .from(rhythmDrafts)
    .where(sql`${rhythmDrafts.startsAt} > ${now.getTime()}`)

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

/** A time that comes round, and the period that it stands for. */
export interface Due {
  rhythm: Rhythm
  on: string
  startsAt: Date
  from: Date
  until: Date
}

const asRow = ({ rhythm: { id, branch, kind, group, setBy }, on, from, until }: Due) => ({
  key: draftKey(id, on),
  rhythm: id,
  branch,
  kind,
  group,
  setBy,
  from: from.getTime(),
  until: until.getTime(),
})
const cell = (name: keyof ReturnType<typeof asRow>) => sql.raw(`(j.value ->> '${name}')`)
const rowsOf = (lot: readonly Due[]) => sql`json_each(${JSON.stringify(lot.map(asRow))}) j`

/** Those of a lot that need not be asked: called by hand already, or skipped under the rhythm that this one took the place of. */
export const settledAlready = (db: Db, lot: readonly Due[]) =>
  db
    .select({ key: sql<string>`${cell('key')}` })
    .from(rowsOf(lot))
    .where(
      sql`exists (select 1 from ${calledByHand({
        rhythm: cell('rhythm'),
        branch: cell('branch'),
        kind: cell('kind'),
        group: cell('group'),
        from: cell('from'),
        until: cell('until'),
      })})
      or exists (select 1 from rhythms before cross join rhythm_drafts d on d.rhythm = before.id cross join rhythm_answers a on a.rhythm = d.rhythm and a."on" = d."on"
        where before.branch = ${cell('branch')} and before.kind = ${cell('kind')} and before.group_id is ${cell('group')} and before.id <> ${cell('rhythm')}
          and a.answer = 'skipped' and d.from_at = ${cell('from')} and d.until_at = ${cell('until')})`,
    )

/** The seats that whoever set a rhythm still holds in its branch or group, and those of its secretaries and deputies, the secretaries first. */
export const hostsOf = (db: Db, lot: readonly Due[]) =>
  db
    .select({
      key: sql<string>`${cell('key')}`,
      openId: sql<string>`m.open_id`,
      isSetter: sql<boolean>`m.id = ${cell('setBy')}`.mapWith(Boolean),
      unit: sql<string>`m.unit`,
      role: sql<SeatRole>`s.role`,
      branch: sql<string | null>`s.branch`,
      group: sql<string | null>`s.group_id`,
    })
    .from(rowsOf(lot))
    .crossJoin(
      sql`seats s on s.id in (select own.id from seats own where own.member = ${cell('setBy')} and (own.branch = ${cell('branch')} or own.group_id = ${cell('group')})
        union select of.id from seats of where of.branch = ${cell('branch')} and of.role in ('secretary', 'deputy'))`,
    )
    .innerJoin(sql`members m`, sql`m.id = s.member and m.left_on is null and m.open_id is not null`)
    .where(sql`s.until_at is null`)
    .orderBy(sql`s.role = 'deputy'`, sql`m.id`)

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
