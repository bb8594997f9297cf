import { sql } from 'drizzle-orm'
import type { Quarter } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import type { Actor } from '../branches/members.ts'
import { branches, members } from '../branches/tables.ts'
import { type Branch, lineage } from '../branches/units.ts'
import { type Db, inList, onConstraint, onDuplicate, prepared, together } from '../client.ts'
import { record } from '../ledgers/audit.ts'
import { enqueue } from '../ledgers/outbox.ts'
import { refreshAssessed } from './assessments.ts'
import * as messages from './messages.ts'
import { type Judgement, judging, sayWithdrawn, withdrawing } from './review.ts'
import { appeals } from './tables.ts'

/** How many appeals of a branch wait for the upper level. */
export const appealsOpen = (db: Db, branch: string) =>
  db.select({ appeals: sql<number>`count(*)` }).from(appeals).where(sql`${appeals.branch} = ${branch} and ${appeals.answer} is null`)

interface NewAppeal {
  id: string
  branch: Branch
  quarter: Quarter
  standard: number
  words: string
}

/** A branch objects to one standard once, within the window. */
export async function appeal(
  db: Db,
  { branch, ...words }: NewAppeal,
  toTell: readonly { openId: string; dueAt: Date }[],
  actor: Actor,
  now: Date,
) {
  await together(db, [
    db.insert(appeals).values({ ...words, branch: branch.id, by: actor.id, at: now }),
    record(db, { at: now, unit: branch.unit, actor: actor.id, deed: 'appeal.make', subject: words.id }),
    ...refreshAssessed(db, branch, words.quarter, now),
    ...toTell.map(({ openId, dueAt }) =>
      enqueue(db, {
        occasion: `appeal ${words.id} ${openId}`,
        to: { person: openId },
        ...messages.appeal({ subject: appealSubject(words.id), appeal: words.id }),
        dueAt,
      }),
    ),
  ])
    .catch(
      onDuplicate(appeals, () => refuse('这一项已经申诉过，请等答复。', 'This standard was appealed already; please wait for the answer.')),
    )
    .catch(onConstraint('appeals closed', sayOver))
}

export const appealSubject = (appeal: string) => `appeal ${appeal}`
export const sayOver = (): never => refuse('申诉期已过。', 'The time for appeals is over.')

interface AppealAnswer {
  isUpheld: boolean
  answer: string
  /** The judgement that an upheld appeal leads to. */
  correction: Judgement | null
  /** The ids of findings that an upheld appeal takes back. */
  withdrawn: readonly string[]
}

/** The branch hears by a message, the assessor by the card. */
export async function answerAppeal(
  db: Db,
  asked: AppealAsItStands,
  { isUpheld, answer, correction, withdrawn }: AppealAnswer,
  toTell: readonly { openId: string; dueAt: Date }[],
  actor: Actor,
  now: Date,
) {
  const branch = { id: asked.branch, lineage: asked.lineage }
  await together(db, [
    db.update(appeals).set({ isUpheld, answer, answeredBy: actor.id, answeredAt: now }).where(sql`${appeals.id} = ${asked.id}`),
    record(db, { at: now, unit: asked.unit, actor: actor.id, deed: 'appeal.answer', subject: asked.id }),
    ...(correction ? [judging(db, branch, [correction], actor, now)] : []),
    ...withdrawn.flatMap((finding) => withdrawing(db, { id: asked.branch, unit: asked.unit }, finding, actor, now)),
    ...refreshAssessed(db, branch, asked.quarter, now),
    ...toTell.map(({ openId, dueAt }) =>
      enqueue(db, {
        occasion: `answered ${asked.id} ${openId}`,
        to: { person: openId },
        ...messages.appeal({ subject: appealSubject(asked.id), appeal: asked.id }),
        dueAt,
      }),
    ),
  ])
    .catch(onConstraint('finding withdrawn', sayWithdrawn))
    .catch(onConstraint('appeal answered', () => refuse('这件申诉刚刚已经答复。', 'This appeal was answered just now.')))
}

const columns = {
  id: appeals.id,
  branch: appeals.branch,
  branchName: branches.name,
  committee: branches.committee,
  unit: branches.unit,
  lineage,
  quarter: appeals.quarter,
  standard: appeals.standard,
  words: appeals.words,
  by: members.name,
  byOpenId: sql<string | null>`${members.openId}`,
  at: appeals.at,
  isUpheld: appeals.isUpheld,
  answer: appeals.answer,
  answeredAt: appeals.answeredAt,
}

const asTheyStand = (db: Db) =>
  db
    .select(columns)
    .from(appeals)
    .innerJoin(branches, sql`${branches.id} = ${appeals.branch}`)
    .innerJoin(members, sql`${members.id} = ${appeals.by}`)

export const appealById = (db: Db, id: string) => asTheyStand(db).where(sql`${appeals.id} = ${id}`)
export const appealsOf = (db: Db, ids: readonly string[], quarter: Quarter) => ofBranches(db, { ids: JSON.stringify(ids), quarter })

const ofBranches = prepared((db) =>
  asTheyStand(db)
    .where(sql`${appeals.branch} in ${inList(sql.placeholder('ids'))} and ${appeals.quarter} = ${sql.placeholder('quarter')}`)
    .orderBy(appeals.at, appeals.id),
)

export type AppealAsItStands = Awaited<ReturnType<typeof appealById>>[number]
