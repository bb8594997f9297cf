import { sql } from 'drizzle-orm'
import { type Day, day, halfOf, type Quarter, quarterOf } from '../../src/calendar.ts'
import { Refusal, refuse } from '../../src/refusal.ts'
import type { Verdict } from '../../src/rules/talks/kinds.ts'
import { opinionGoesOn } from '../../src/rules/talks/retention.ts'
import { counts } from '../../src/rules/talks/state.ts'
import { LONGEST_OPINION, wordsFrom } from '../../src/rules/talks/words.ts'
import type { Actor } from '../branches/members.ts'
import { members } from '../branches/tables.ts'
import { type Db, deleting, lookUp, type Statement, statementOf, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { record } from '../ledgers/audit.ts'
import { refuseUnlessUsed } from '../rulebook/used.ts'
import { keyColumns, sealing, withKeyOrRefuse } from '../vault/keys.ts'
import { vaultKeys } from '../vault/tables.ts'
import type { Vault } from '../vault/vault.ts'
import { isLikeAnother, type OpinionRow, opinionCell } from './alike.ts'
import { shownAnew } from './asking.ts'
import { creditTalks } from './credit.ts'
import { recordEach } from './notes.ts'
import { activistOf, type Party, type TalkAsItStands } from './state.ts'
import { opinions } from './tables.ts'

export interface Opinion {
  verdict: Verdict
  words: string
}

/** The contacts of the activist on the day of the talk, and those of now: either's opinion counts. */
const contactsFor = (db: Db, activist: string, on: Day) =>
  statementOf(
    db
      .select({ contact: sql<string>`c.contact` })
      .from(sql`contacts c`)
      .where(sql`c.member = ${activist} and (c.ended_at is null or (c.from_on <= ${on} and coalesce(c.until_on, ${on}) >= ${on}))`),
  )

const standing = (db: Db, activist: string, quarter: Quarter) =>
  statementOf(
    db
      .select()
      .from(opinions)
      .where(sql`${opinions.activist} = ${activist} and ${opinions.quarter} = ${quarter} and ${opinions.replacedBy} is null`)
      .orderBy(opinions.filedAt, opinions.id),
  )

export interface ToFile {
  activist: Party
  quarter: Quarter
  /** The writer's own opinion of this quarter, which a new one replaces. */
  own: OpinionRow | null
}

/** A contact files; where there is none, the secretary or the organisation member does. */
export async function toFileOrRefuse(db: Db, it: TalkAsItStands, actor: Actor, now: Date): Promise<ToFile> {
  await refuseUnlessUsed(db, 'talks', it.branch, now)
  const activist = activistOf(it)
  if (!activist || !counts(it) || actor.id === activist.id || actor.unit !== it.unit) refuseFiling()
  const quarter = quarterOf(it.onDay.slice(0, 7))
  const [found, all] = await lookUp(db, [contactsFor(db, activist.id, it.onDay), standing(db, activist.id, quarter)])
  const isSeated = actor.seats.some(({ role, branch }) => branch === it.branch && (role === 'secretary' || role === 'organisation'))
  if (found.length > 0 ? !found.some(({ contact }) => contact === actor.id) : !isSeated) refuseFiling()
  return { activist, quarter, own: all.find(({ writer }) => writer === actor.id) ?? null }
}

function refuseFiling(): never {
  return refuse(
    '考察意见由培养联系人填；没有联系人的，由书记或组织委员填。',
    'The opinion is filed by the contact; where there is none, by the secretary or the organisation member.',
  )
}

/**
 * Seals an opinion, in the place of the writer's last one of the quarter. Words that nearly are another person's are pointed out to the writer
 * first, unless `isSure`; no mark of it stays.
 */
export async function fileOpinion(
  db: Db,
  vault: Vault,
  it: TalkAsItStands,
  typed: Opinion & { id: string; isSure: boolean },
  actor: Actor,
  now: Date,
): Promise<'filed' | 'alike'> {
  const { activist, quarter, own } = await toFileOrRefuse(db, it, actor, now)
  const said = wordsFrom(typed.words, LONGEST_OPINION)
  if ('wrong' in said) throw new Refusal(said.wrong)
  if (!typed.isSure && (await isLikeAnother(db, vault, { branch: it.branch, activist: activist.id, words: said.words }, now)))
    return 'alike'
  const { id, verdict } = typed
  const version = 1
  await sealing(db, vault, { unit: it.unit, branch: it.branch, purpose: 'opinions' }, now, ({ kid, seal, causes }) =>
    together(db, [
      ...causes,
      failIf(
        db,
        sql`(select id from opinions where activist = ${activist.id} and quarter = ${quarter} and writer = ${actor.id} and replaced_by is null)
          is not ${own?.id ?? null}`,
        () => refuse('刚刚已经填过一次，请重新打开再改。', 'It was filed a moment ago; please open it again to change it.'),
      ),
      ...(own ? [db.update(opinions).set({ replacedBy: id }).where(sql`${opinions.id} = ${own.id}`)] : []),
      db.insert(opinions).values({
        id,
        branch: it.branch,
        activist: activist.id,
        writer: actor.id,
        half: halfOf(quarter),
        quarter,
        verdict,
        sealed: seal(opinionCell({ id, branch: it.branch, version }), said.words),
        kid,
        version,
        filedAt: now,
        talk: it.id,
      }),
      record(db, { at: now, unit: it.unit, actor: actor.id, deed: 'opinion.file', subject: id }),
      ...creditTalks(db, [activist.id]),
      ...shownAnew(db, it.id, { a: it.a.id, b: it.b.id }, now),
    ]),
  )
  return 'filed'
}

const ofId = (db: Db, opinion: string) =>
  statementOf(
    db
      .select({ opinion: opinions, key: keyColumns, unit: vaultKeys.unit, activistName: members.name })
      .from(opinions)
      .innerJoin(vaultKeys, sql`${vaultKeys.kid} = ${opinions.kid}`)
      .innerJoin(members, sql`${members.id} = ${opinions.activist}`)
      .where(sql`${opinions.id} = ${opinion}`),
  )

export async function opinionById(db: Db, opinion: string) {
  const [[found]] = await lookUp(db, [ofId(db, opinion)])
  return found
}

export type OpinionFound = NonNullable<Awaited<ReturnType<typeof opinionById>>>

/** Opens the words. A reader who is not the writer leaves an audit entry, before anything is shown. */
export async function readOpinion(db: Db, vault: Vault, { opinion, key, unit }: OpinionFound, reader: Actor, now: Date): Promise<Opinion> {
  const words = withKeyOrRefuse(() => vault.open(key, opinionCell(opinion), opinion.sealed))
  if (opinion.writer !== reader.id)
    await together(db, [record(db, { at: now, unit, actor: reader.id, deed: 'opinion.read', subject: opinion.id })])
  return { verdict: opinion.verdict, words }
}

/** The opinions of a branch that stand, without their words; the last of a person's half-year is the half-yearly review. */
export const opinionsOfBranch = (db: Db, branch: string, since: Quarter) =>
  statementOf(
    db
      .select({
        id: opinions.id,
        activist: opinions.activist,
        activistName: sql<string>`a.name`,
        writerName: sql<string>`w.name`,
        half: opinions.half,
        quarter: opinions.quarter,
        filedAt: opinions.filedAt,
        isReview: sql<boolean>`not exists (select 1 from opinions l where l.activist = "opinions"."activist" and l.half = "opinions"."half"
          and l.replaced_by is null and (l.quarter, l.filed_at, l.id) > ("opinions"."quarter", "opinions"."filed_at", "opinions"."id"))`.mapWith(
          Boolean,
        ),
      })
      .from(opinions)
      .innerJoin(sql`members a`, sql`a.id = ${opinions.activist}`)
      .innerJoin(sql`members w`, sql`w.id = ${opinions.writer}`)
      .where(sql`${opinions.branch} = ${branch} and ${opinions.replacedBy} is null and ${opinions.quarter} >= ${since}`)
      .orderBy(sql`${opinions.quarter} desc`, sql`${opinions.filedAt} desc`),
  )

interface ToAppraise {
  id: string
  name: string
  hasContact: boolean
  /** The latest confirmed talk with the activist, to which an opinion belongs. */
  talk: string | null
}

/** The people of a branch of whom opinions are asked. */
export const toAppraise = (db: Db, branch: string): Statement<ToAppraise[]> =>
  statementOf(
    db
      .select({
        id: members.id,
        name: members.name,
        hasContact: sql<boolean>`exists (select 1 from contacts c where c.member = "members"."id" and c.ended_at is null)`.mapWith(Boolean),
        talk: sql<
          string | null
        >`(select t.id from talks t where "members"."id" in (t.a, t.b) and t.branch = ${branch} and t.kind = 'activist'
          and t.confirmed_at is not null and t.withdrawn_at is null order by t.on_day desc, t.id limit 1)`,
      })
      .from(members)
      .where(sql`${members.branch} = ${branch} and ${members.leftOn} is null and ${members.stage} in ('activist', 'prospect')`)
      .orderBy(members.activistOn, members.id),
  )

/** A person whose development is over, or who left: the opinions get their last day, and go in its night. */
export function forgetOpinions(db: Db, now: Date): Statement[] {
  const isOver = sql`exists (select 1 from members m where m.id = opinions.activist and (m.left_on is not null or m.stage = 'full'))`
  const isGone = sql`o.goes_on <= ${day(now)}`
  return [
    recordEach(
      db,
      'opinion.date',
      sql`select distinct b.unit from opinions join branches b on b.id = opinions.branch where opinions.goes_on is null and ${isOver}`,
      now,
    ),
    statementOf(
      db
        .update(opinions)
        .set({ goesOn: opinionGoesOn(day(now)) })
        .where(sql`${opinions.goesOn} is null and ${isOver}`),
    ),
    recordEach(db, 'opinion.forget', sql`select distinct b.unit from opinions o join branches b on b.id = o.branch where ${isGone}`, now),
    deleting(db.delete(opinions).where(sql`${opinions.goesOn} <= ${day(now)}`)),
  ]
}
