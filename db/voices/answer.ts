import { sql } from 'drizzle-orm'
import { type Day, day } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import type { Outcome, Theme } from '../../src/rules/voices/kinds.ts'
import { promisedOn, reopens } from '../../src/rules/voices/state.ts'
import { type Actor, actorById } from '../branches/members.ts'
import { type Db, lookUp, onDuplicate, statementOf, together, unbound } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { recreditVoices } from '../ledgers/credits.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { sealing } from '../vault/keys.ts'
import type { Vault } from '../vault/vault.ts'
import { tasks } from '../work/tables.ts'
import { type Answer, answerCell, type Voice } from './inbox.ts'
import * as messages from './messages.ts'
import { voiceSubject } from './messages.ts'
import { voiceAnswers, voiceFeelings, voices } from './tables.ts'

const isOpen = (id: string) => sql`exists (select 1 from voices where id = ${id} and is_open)`

function refuseOver(): never {
  return refuse('这一条已经答复了。', 'This one has its answer already.')
}

const failUnlessOpen = (db: Db, it: Voice) => failIf(db, sql`not ${isOpen(it.id)}`, refuseOver)

const change = (db: Db, it: Voice, set: Partial<typeof voices.$inferInsert>) =>
  statementOf(db.update(voices).set(set).where(sql`${voices.id} = ${it.id}`))

const entry = (db: Db, it: Voice, actor: Actor, deed: string, now: Date) =>
  record(db, { at: now, unit: it.unit, actor: actor.id, deed, subject: it.id })

/** Somebody takes a voice, or hands it to another, who then answers it whatever their seat. */
export async function take(db: Db, it: Voice, by: string, actor: Actor, now: Date): Promise<void> {
  if (it.takenBy === by) return
  await together(db, [
    failUnlessOpen(db, it),
    change(db, it, { takenBy: by, takenAt: now }),
    entry(db, it, actor, by === actor.id ? 'voice.take' : 'voice.hand', now),
  ])
}

/** The level above has to decide: the promise is longer, once, and while it is kept. */
export async function leaveToUpper(db: Db, it: Voice, actor: Actor, now: Date): Promise<void> {
  if (it.decidesAbove) refuse('已经改为等上级定了。', 'It already waits for the level above.')
  if (day(now) > it.promisedOn) refuse('答复的日子已经过了，请先答复。', 'The promised day is over; please answer first.')
  // A second promise, after the author said that it was not solved, leaves the first as it was.
  const isFirst = it.dueOn === it.promisedOn
  const due = promisedOn(it.kind, isFirst ? it.cameOn : day(now), true)
  await together(db, [
    failUnlessOpen(db, it),
    change(db, it, { decidesAbove: true, promisedOn: due, ...(isFirst ? { dueOn: due } : {}) }),
    entry(db, it, actor, 'voice.leaveToUpper', now),
    ...recreditVoices(db, it.branch),
  ])
}

export interface Answering {
  outcome: Outcome
  words: string
  theme: Theme | null
  published: string | null
}

/** Something to do that a voice was taken up as. */
interface TakenUp {
  id: string
  words: string
  owner: string
  dueOn: Day
}

/** The owner hears of it by their list and digest, as of every task that is no decision. */
const making = (db: Db, it: Voice, nth: number, { id, ...task }: TakenUp, actor: Actor, now: Date) =>
  statementOf(
    db
      .insert(tasks)
      .values({ id, ...task, unit: it.unit, branch: it.branch, origin: 'voice', originId: it.id, nth, by: actor.id, at: now }),
  )

/** Answers a voice, and makes the task that it is taken up as. */
export async function answerVoice(
  db: Db,
  vault: Vault,
  it: Voice,
  { outcome, words, theme, published }: Answering,
  nth: number,
  actor: Actor,
  now: Date,
  task: TakenUp | null = null,
): Promise<void> {
  const author = it.author === null ? undefined : (await lookUp(db, [actorById(db, it.author)]))[0][0]
  await sealing(db, vault, { unit: it.unit, branch: it.branch, purpose: 'worries' }, now, ({ kid, seal, causes: keys }) =>
    together(db, [
      ...keys,
      failUnlessOpen(db, it),
      statementOf(
        db.insert(voiceAnswers).values({
          voice: it.id,
          nth,
          branch: it.branch,
          outcome,
          sealed: seal(answerCell(it, nth), words),
          kid,
          version: 1,
          published,
          by: actor.id,
          at: now,
          task: task?.id ?? null,
        }),
      ),
      change(db, it, { isOpen: false, ...(theme ? { theme } : {}) }),
      entry(db, it, actor, outcome === 'aside' ? 'voice.setAside' : 'voice.answer', now),
      ...recreditVoices(db, it.branch),
      ...(task ? [making(db, it, nth, task, actor, now)] : []),
      ...(author
        ? [
            statementOf(
              enqueue(db, {
                occasion: `voice ${it.id} ${nth}`,
                to: { person: author.openId },
                ...messages.voiceAnswered({ subject: voiceSubject(it.id), voice: it.id, member: author.id }),
                dueAt: now,
              }),
            ),
          ]
        : []),
    ]),
  ).catch(onDuplicate(voiceAnswers, refuseOver))
}

/**
 * The author's word on the last answer. The first “not solved” opens the matter again with a new promise. For an unsigned one it is written past
 * the delivery's claim, and the night writes its entry.
 */
export async function feel(
  bound: Db,
  it: Voice,
  last: Answer | undefined,
  solved: boolean,
  author: Actor | null,
  now: Date,
): Promise<{ isOpenAgain: boolean }> {
  if (!last) refuse('还没有答复，请再等等。', 'There is no answer yet; please wait a little.')
  if (last.outcome === 'aside')
    refuse(
      '这一条没有办，理由写在答复里；要再提请重新写。',
      'It was set aside, for the reason in the answer; please write anew to raise it again.',
    )
  if (it.isOpen) refuseFelt()
  const isOpenAgain = reopens({ outcome: last.outcome, solved }, last.nth)
  const db = author ? bound : unbound(bound)
  const again = { isOpen: true, takenBy: null, takenAt: null, decidesAbove: false, promisedOn: promisedOn(it.kind, day(now)) }
  await together(db, [
    statementOf(db.insert(voiceFeelings).values({ voice: it.id, nth: last.nth, solved, onDay: day(now) })),
    ...(isOpenAgain ? [change(db, it, again)] : []),
    ...(author ? [entry(db, it, author, 'voice.feel', now)] : []),
  ]).catch(onDuplicate(voiceFeelings, refuseFelt))
  return { isOpenAgain }
}

function refuseFelt(): never {
  return refuse('你已经说过了。', 'You have said so already.')
}
