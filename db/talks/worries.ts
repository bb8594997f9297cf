import { sql } from 'drizzle-orm'
import { DAY_MS, day } from '../../src/calendar.ts'
import { Refusal, refuse } from '../../src/refusal.ts'
import { counts } from '../../src/rules/talks/state.ts'
import { LONGEST_WORRY, wordsFrom } from '../../src/rules/talks/words.ts'
import { notByNight } from '../../src/rules/time/courtesy.ts'
import { promisedOn } from '../../src/rules/voices/state.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, deleting, lookUp, type Statement, statementOf, together, unbound } from '../client.ts'
import { failIf } from '../guard.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refresh } from '../ledgers/refresh.ts'
import { outbox, posts } from '../ledgers/tables.ts'
import { refuseUnlessUsed } from '../rulebook/used.ts'
import { keyColumns, sealing, withKeyOrRefuse } from '../vault/keys.ts'
import { vaultKeys } from '../vault/tables.ts'
import type { Cell, Vault } from '../vault/vault.ts'
import { voices } from '../voices/tables.ts'
import * as messages from './messages.ts'
import { worrySubject } from './messages.ts'
import { otherOf, type TalkAsItStands } from './state.ts'
import { worryDrafts } from './tables.ts'

export type WorryAnswer = 'unsigned' | 'signed' | 'no'

export interface Draft {
  askedBy: string
  words: string
  version: number
}

const draftCell = ({ id, branch }: Pick<TalkAsItStands, 'id' | 'branch'>, version: number): Cell => ({
  table: 'worry_drafts',
  row: id,
  branch,
  version,
})

/** A worry is written once. A number of its own would tell the day. */
const WORRY_VERSION = 1
const worryCell = (id: string, branch: string): Cell => ({ table: 'worries', row: id, branch, version: WORRY_VERSION })

const draftOf = (db: Db, talk: string) =>
  statementOf(
    db
      .select({ draft: worryDrafts, key: keyColumns })
      .from(worryDrafts)
      .innerJoin(vaultKeys, sql`${vaultKeys.kid} = ${worryDrafts.kid}`)
      .where(sql`${worryDrafts.talk} = ${talk}`),
  )

/** The words that wait for the other's press; null where none do. */
export async function draftAsked(db: Db, vault: Vault, it: TalkAsItStands): Promise<Draft | null> {
  const [[found]] = await lookUp(db, [draftOf(db, it.id)])
  if (!found) return null
  const { askedBy, version, sealed } = found.draft
  return { askedBy, version, words: withKeyOrRefuse(() => vault.open(found.key, draftCell(it, version), sealed)) }
}

/**
 * Asks the other whether exactly these words may go to the secretary. Neither this nor the answer has an audit entry: by its time it would
 * join the worry to the two.
 */
export async function askToRaise(db: Db, vault: Vault, it: TalkAsItStands, typed: string, actor: Actor, now: Date): Promise<void> {
  await refuseUnlessUsed(db, 'talks', it.branch, now)
  if (!counts(it)) refuse('两人都确认谈过以后才能提出。', 'Something can be raised once both have confirmed the talk.')
  const said = wordsFrom(typed, LONGEST_WORRY)
  if ('wrong' in said) throw new Refusal(said.wrong)
  const other = otherOf(it, actor.id)
  if (!other.openId || !other.isReachable)
    refuse('对方收不到机器人的消息，没法点头，不能提出。', 'The bot cannot reach the other, who would have to agree; nothing was raised.')
  const { openId, id } = other
  const version = now.getTime()
  await sealing(db, vault, { unit: it.unit, branch: it.branch, purpose: 'worries' }, now, ({ kid, seal, causes }) => {
    const asked = { askedBy: actor.id, sealed: seal(draftCell(it, version), said.words), kid, version }
    return together(db, [
      ...causes,
      failIf(db, sql`exists (select 1 from worry_drafts where talk = ${it.id} and asked_by <> ${actor.id})`, () =>
        refuse('对方刚提出一件，请先在那张卡片上答复。', 'The other has just asked you about something; please answer on that card first.'),
      ),
      db
        .insert(worryDrafts)
        .values({ talk: it.id, ...asked })
        .onConflictDoUpdate({ target: worryDrafts.talk, set: asked }),
      enqueue(db, {
        occasion: worrySubject(it.id),
        to: { person: openId },
        ...messages.worryAsked({ subject: worrySubject(it.id), talk: it.id, member: id }),
        dueAt: notByNight(now),
      }),
      refresh(db, { subject: worrySubject(it.id), at: now, afterPress: true }),
    ])
  })
}

/**
 * The other's press on the words that the card shows. The draft goes, and with it every row that would tell of the question. The voice is born
 * without talk or pair. Its day is that of the press, from which the answer is promised.
 */
export async function answerWorry(
  bound: Db,
  vault: Vault,
  it: TalkAsItStands,
  { version, answer }: { version: number; answer: WorryAnswer },
  actor: Actor,
  now: Date,
  random: (bytes: number) => Uint8Array,
): Promise<void> {
  // No delivery stands beside a worry. The draft is gone with the answer, so a repeat finds nothing to answer.
  const db = unbound(bound)
  const draft = await draftAsked(db, vault, it)
  if (!draft || draft.askedBy === actor.id) refuseAnswered()
  const isStill = failIf(
    db,
    sql`not exists (select 1 from worry_drafts where talk = ${it.id} and version = ${version} and asked_by <> ${actor.id})`,
    () => (draft.version === version ? refuseAnswered() : refuseChanged()),
  )
  const gone = [
    statementOf(db.delete(worryDrafts).where(sql`${worryDrafts.talk} = ${it.id}`)),
    statementOf(
      db.delete(outbox).where(sql`${outbox.occasion} = ${worrySubject(it.id)} or (${outbox.toKind} = 'card' and ${outbox.toId} in
        (select message_id from posts where subject = ${worrySubject(it.id)}))`),
    ),
    statementOf(db.delete(posts).where(sql`${posts.subject} = ${worrySubject(it.id)}`)),
  ]
  if (answer === 'no') {
    await together(db, [isStill, ...gone])
    return
  }
  const id = Buffer.from(random(15)).toString('base64url')
  const on = day(now)
  const due = promisedOn('worry', on)
  const signer = answer === 'signed' ? actor.id : null
  await sealing(db, vault, { unit: it.unit, branch: it.branch, purpose: 'worries' }, now, ({ kid, seal, causes }) =>
    together(db, [
      ...causes,
      isStill,
      ...gone,
      db.insert(voices).values({
        id,
        unit: it.unit,
        branch: it.branch,
        kind: 'worry',
        sealed: seal(worryCell(id, it.branch), draft.words),
        kid,
        version: WORRY_VERSION,
        author: signer,
        cameOn: on,
        toUpper: false,
        dueOn: due,
        promisedOn: due,
        decidesAbove: false,
        isOpen: true,
        isShuffled: false,
      }),
    ]),
  )
}

function refuseAnswered(): never {
  return refuse('已经答复过了，或者对方收回了。', 'It was answered already, or is no longer asked.')
}

function refuseChanged(): never {
  return refuse('对方刚改了文字，请看清新的再按。', 'The other has just changed the words; please read the new ones before you press.')
}

/** Forgets drafts that nobody can answer any more. Their card is too old to be pressed, or the talk was taken back. */
export const forgetWorryDrafts = (db: Db, now: Date): Statement<number> =>
  deleting(
    db.delete(worryDrafts).where(sql`${worryDrafts.talk} in (select id from talks where withdrawn_at is not null)
      or (${worryDrafts.version} <= ${now.getTime() - DAY_MS} and not exists (select 1 from posts where subject = ${worrySubject('')} || ${worryDrafts.talk})
        and not exists (select 1 from outbox where occasion = ${worrySubject('')} || ${worryDrafts.talk} and state = 'waiting'))`),
  )
