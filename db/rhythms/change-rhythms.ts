import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import type { GatheringKind } from '../../src/rules/gatherings/gatherings.ts'
import { type Rule, rule } from '../../src/rules/rhythms/rhythms.ts'
import type { Actor } from '../branches/members.ts'
import { type Db, lookUp, onDuplicate, type Statement, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { refresh } from '../ledgers/refresh.ts'
import { cardOf, draftSubject } from './drafts.ts'
import { type Rhythm, rhythmList } from './rhythms.ts'
import { rhythmDrafts, rhythms } from './tables.ts'

interface NewRhythm {
  id: string
  branch: string
  group: string | null
  kind: GatheringKind
  place: string
  inRoom: boolean
  rule: Rule
  time: string
}

/** The cards on which the coming meetings stand: they say so when the rhythm is stopped or changed. */
const openCards = (db: Db, which: ReturnType<typeof sql>, now: Date) =>
  db
    .selectDistinct({ card: cardOf })
    .from(rhythmDrafts)
    .where(
      sql`${rhythmDrafts.rhythm} in (select "rhythms"."id" from rhythms where ${which}) and ${rhythmDrafts.startsAt} > ${now.getTime()}`,
    )

/** Sets a rhythm; the branch's former rhythm for this kind of meeting ends with it. A fortnight on the same weekday goes on counting. */
export async function setRhythm(db: Db, asked: NewRhythm, actor: Actor, now: Date, causes: readonly Statement[] = []) {
  const { branch, group, kind, rule: said } = asked
  const same = sql`${rhythms.branch} = ${branch} and ${rhythms.group} is ${group} and ${rhythms.kind} = ${kind} and ${rhythms.endedAt} is null`
  const [[before], open] = await lookUp(db, [db.select({ rule: rhythms.rule }).from(rhythms).where(same), openCards(db, same, now)])
  const isSameFortnight = said.every === 'two weeks' && before?.rule.every === 'two weeks' && before.rule.weekday === said.weekday
  await together(db, [
    db.update(rhythms).set({ endedBy: actor.id, endedAt: now }).where(same),
    db.insert(rhythms).values({ ...asked, rule: rule.parse(isSameFortnight ? before?.rule : said), setBy: actor.id, setAt: now }),
    ...consequences(db, asked, open, actor, 'rhythm.set', now),
    ...causes,
  ]).catch(onDuplicate(rhythms, () => refuse('这个例会已经定好了，不用再按。', 'This rhythm is set already; no need to press again.')))
}

/** The entry of a change, and the cards that show it: the branch's list and those of the coming meetings. */
const consequences = (
  db: Db,
  it: { id: string; branch: string },
  open: readonly { card: string }[],
  actor: Actor,
  deed: string,
  at: Date,
) => [
  record(db, { at, unit: actor.unit, actor: actor.id, deed, subject: it.id }),
  refresh(db, { subject: rhythmList(it.branch), at, afterPress: true }),
  ...open.map(({ card }) => refresh(db, { subject: draftSubject(card), at, afterPress: true })),
]

export async function stopRhythm(db: Db, it: Rhythm, actor: Actor, now: Date) {
  const isStopped = () => refuse('这个例会已经停了。', 'This rhythm is stopped already.')
  if (it.endedAt) isStopped()
  const [open] = await lookUp(db, [openCards(db, sql`${rhythms.id} = ${it.id}`, now)])
  await together(db, [
    failIf(db, sql`not exists (select 1 from rhythms where id = ${it.id} and ended_at is null)`, isStopped),
    db.update(rhythms).set({ endedBy: actor.id, endedAt: now }).where(sql`${rhythms.id} = ${it.id} and ${rhythms.endedAt} is null`),
    ...consequences(db, it, open, actor, 'rhythm.stop', now),
  ])
}

export async function resumeRhythm(db: Db, it: Rhythm, actor: Actor, now: Date) {
  const isInUse = () => refuse('这个例会正在用，不用恢复。', 'This rhythm is in use; there is nothing to resume.')
  if (!it.endedAt) isInUse()
  const [open] = await lookUp(db, [openCards(db, sql`${rhythms.id} = ${it.id}`, now)])
  await together(db, [
    failIf(db, sql`not exists (select 1 from rhythms where id = ${it.id} and ended_at is not null)`, isInUse),
    db.update(rhythms).set({ endedBy: null, endedAt: null }).where(sql`${rhythms.id} = ${it.id}`),
    ...consequences(db, it, open, actor, 'rhythm.resume', now),
  ]).catch(
    onDuplicate(rhythms, () =>
      refuse('这种会已经另定了例会，不能再恢复旧的。', 'Another rhythm is set for this meeting now; the old one stays stopped.'),
    ),
  )
}
