import { type SQL, sql } from 'drizzle-orm'
import { DAY_MS, type Day } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import { opinionDueOn } from '../../src/rules/talks/due.ts'
import { branchOfTalk, kindsOf } from '../../src/rules/talks/kind-of.ts'
import type { TalkKind } from '../../src/rules/talks/kinds.ts'
import { pairOf } from '../../src/rules/talks/pair.ts'
import { LAPSES_AFTER_MS, stateOfTalk } from '../../src/rules/talks/state.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, lookUp, onDuplicate, type Statement, statementOf, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { refuseUnlessUsed } from '../rulebook/used.ts'
import { asking, papering, shownAnew } from './asking.ts'
import { creditTalks } from './credit.ts'
import type { TalkPerson } from './people.ts'
import { liveTalk, otherOf, type TalkAsItStands, talkAsItStands } from './state.ts'
import { talks } from './tables.ts'
import { refuseWrongDay } from './wrong-day.ts'

/** Another hand was quicker. Nothing has happened; the present state answers. */
export class TalkMoved extends Error {
  override name = 'TalkMoved'
}

const moved = (): never => {
  throw new TalkMoved()
}

export interface Claim {
  /** The id that the talk gets, unless the other has registered it already. */
  id: string
  own: TalkPerson
  other: TalkPerson
  kind: TalkKind
  on: Day
}

/** Refuses what cannot be registered, each in one sentence. */
function refuseClaim({ own, other, kind, on }: Claim) {
  if (own.id === other.id) refuse('不能和自己谈心。', 'Nobody talks to themself.')
  const kinds = kindsOf(own, other, on)
  if (kinds.length === 0) refuse('谈心至少有一方是党员。', 'At least one of the two has to be a member.')
  if (!kinds.includes(kind)) refuse('这一类不适合你们两位，请另选一类。', 'This kind does not fit the two of you; please choose another.')
  if (kind === 'care' && !other.openId)
    refuse(
      '关怀谈心只有两个人知道，对方没有飞书就不登记。',
      'A care talk is known to the two alone; with somebody who is not in Feishu it is not registered.',
    )
}

/**
 * One of the two says that they talked. The second claim of the same pair and day is its confirmation, whoever is first. `causes` get the
 * id of the talk that is written.
 * @returns the talk as it then stands
 */
export async function claimTalk(
  db: Db,
  claim: Claim,
  actor: Actor,
  now: Date,
  causes: (talk: string) => readonly Statement[] = () => [],
): Promise<TalkAsItStands> {
  refuseClaim(claim)
  const { id, own, other, kind, on } = claim
  const pair = pairOf(own.id, other.id)
  const branch = branchOfTalk(own, other, on)
  if (branch === null) refuse('你们两位都不在支部的名单上。', 'Neither of you is on a branch’s roster.')
  refuseWrongDay(on, now, (await refuseUnlessUsed(db, 'talks', branch, now)).talkDays)
  for (let tries = 3; tries > 0; tries--) {
    const [live, known] = await lookUp(db, [liveTalk(db, pair, on), talkAsItStands(db, id)])
    const standing = live ?? known
    if (standing) {
      const isAnswer = stateOfTalk(standing, now) === 'claimed' && standing.claimedBy !== actor.id
      const after = isAnswer ? await confirmTalk(db, standing, actor, now, causes(standing.id)).catch(unlessMoved) : standing
      if (after) return after
      continue
    }
    const written = await together(db, [
      failIf(db, isDeniedOf(pair, on, actor.id), refuseDenied),
      statementOf(
        db.insert(talks).values({
          id,
          unit: actor.unit,
          branch,
          ...pair,
          kind,
          onDay: on,
          claimedBy: actor.id,
          claimedAt: now,
          opinionDueOn: kind === 'activist' ? opinionDueOn(on) : null,
        }),
      ),
      record(db, { at: now, unit: actor.unit, actor: actor.id, deed: 'talk.claim', subject: id }),
      ...(other.openId ? asking(db, { id: other.id, openId: other.openId }, now) : []),
      ...shownAnew(db, id, pair, now),
      ...causes(id),
      talkAsItStands(db, id),
    ])
      .catch(onDuplicate(talks, moved))
      .catch(unlessMoved)
    if (written) return written.at(-1) as TalkAsItStands
  }
  return moved()
}

function unlessMoved(error: unknown): null {
  if (error instanceof TalkMoved) return null
  throw error
}

/** A no is an answer: whoever got it does not ask again about the same day. The other may still correct themself. */
const isDeniedOf = ({ a, b }: { a: string; b: string }, on: Day, by: string): SQL =>
  sql`exists (select 1 from talks t where t.a = ${a} and t.b = ${b} and t.on_day = ${on} and t.claimed_by = ${by} and t.denied_at is not null)`

function refuseDenied(): never {
  return refuse(
    '对方说这天没有谈过，有出入请当面说。',
    'The other says that there was no talk on that day; please speak about it in person.',
  )
}

interface Change {
  deed: string
  set: Partial<typeof talks.$inferInsert>
  /** The condition, asked inside the batch, under which the change is made; `t` is the talk. */
  while: SQL
  causes?: readonly Statement[]
}

async function change(db: Db, it: TalkAsItStands, { deed, set, while: still, causes = [] }: Change, actor: Actor, now: Date) {
  const written = await together(db, [
    failIf(
      db,
      sql`not exists (select 1 from talks t where t.id = ${it.id} and t.withdrawn_at is null and t.denied_at is null and ${still})`,
      moved,
    ),
    statementOf(db.update(talks).set(set).where(sql`${talks.id} = ${it.id}`)),
    record(db, { at: now, unit: actor.unit, actor: actor.id, deed, subject: it.id }),
    ...shownAnew(db, it.id, { a: it.a.id, b: it.b.id }, now),
    ...(it.kind === 'activist' ? creditTalks(db, [it.a.id, it.b.id]) : []),
    ...causes,
    talkAsItStands(db, it.id),
  ])
  return written.at(-1) as TalkAsItStands
}

const isUnanswered = (now: Date) => sql`t.confirmed_at is null and t.claimed_at > ${now.getTime() - LAPSES_AFTER_MS}`

/** @throws TalkMoved when it was answered, withdrawn or has lapsed meanwhile */
export async function confirmTalk(db: Db, it: TalkAsItStands, actor: Actor, now: Date, causes: readonly Statement[] = []) {
  await refuseUnlessUsed(db, 'talks', it.branch, now)
  return change(
    db,
    it,
    {
      deed: 'talk.confirm',
      set: { confirmedAt: now },
      while: sql`${isUnanswered(now)} and t.claimed_by <> ${actor.id} and ${actor.id} in (t.a, t.b)`,
      causes,
    },
    actor,
    now,
  )
}

/** The other says that there was no talk. Nobody is told by a message: the card of the one who claimed it changes. */
export const denyTalk = (db: Db, it: TalkAsItStands, actor: Actor, now: Date) =>
  change(
    db,
    it,
    {
      deed: 'talk.deny',
      set: { deniedAt: now },
      while: sql`${isUnanswered(now)} and t.claimed_by <> ${actor.id} and ${actor.id} in (t.a, t.b)`,
    },
    actor,
    now,
  )

/** A committee member who is not of the pair saw the paper that both signed. */
export async function attestTalk(db: Db, it: TalkAsItStands, reference: string, actor: Actor, now: Date) {
  await refuseUnlessUsed(db, 'talks', it.branch, now)
  return change(
    db,
    it,
    {
      deed: 'talk.attest',
      set: { confirmedAt: now, attestedBy: actor.id, attestedReference: reference },
      while: sql`${isUnanswered(now)} and ${actor.id} not in (t.a, t.b) and t.kind <> 'care'`,
    },
    actor,
    now,
  )
}

/**
 * Takes a talk back. An unanswered claim is its claimer's, a confirmed talk either's within 24 hours. Later the first of two presses asks the
 * other.
 */
export async function takeBackTalk(db: Db, it: TalkAsItStands, actor: Actor, now: Date): Promise<TalkAsItStands> {
  const state = stateOfTalk(it, now)
  const gone = { withdrawnAt: now, undoAskedBy: null }
  if (state === 'claimed')
    return change(
      db,
      it,
      { deed: 'talk.withdraw', set: gone, while: sql`t.confirmed_at is null and t.claimed_by = ${actor.id}` },
      actor,
      now,
    )
  if (state === 'confirmed')
    return change(
      db,
      it,
      { deed: 'talk.takeBack', set: gone, while: sql`t.confirmed_at > ${now.getTime() - DAY_MS} and ${actor.id} in (t.a, t.b)` },
      actor,
      now,
    )
  if (state !== 'fixed') return moved()
  const mayUndo = sql`${actor.id} in (t.a, t.b, coalesce(t.attested_by, ''))`
  if (it.undoAskedBy !== null && it.undoAskedBy !== actor.id)
    return change(db, it, { deed: 'talk.takeBack', set: gone, while: sql`t.undo_asked_by <> ${actor.id} and ${mayUndo}` }, actor, now)
  const other = otherOf(it, actor.id)
  const asked = it.attester
    ? [statementOf(papering(db, it, it.attester, 'back', now))]
    : other.openId
      ? asking(db, { id: other.id, openId: other.openId }, now)
      : []
  return change(
    db,
    it,
    { deed: 'talk.askBack', set: { undoAskedBy: actor.id }, while: sql`t.undo_asked_by is null and ${mayUndo}`, causes: asked },
    actor,
    now,
  )
}

/** The other would keep the talk: it stands as it was. */
export const keepTalk = (db: Db, it: TalkAsItStands, actor: Actor, now: Date) =>
  change(
    db,
    it,
    { deed: 'talk.keep', set: { undoAskedBy: null }, while: sql`t.undo_asked_by is not null and ${actor.id} in (t.a, t.b)` },
    actor,
    now,
  )
