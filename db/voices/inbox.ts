import { sql } from 'drizzle-orm'
import { may, rights } from '../../src/rules/branches/rights.ts'
import type { Actor } from '../branches/members.ts'
import { branches, members } from '../branches/tables.ts'
import { branchesUnder, lineage } from '../branches/units.ts'
import { type Db, inList, lookUp, type Statement, statementOf, together } from '../client.ts'
import { record } from '../ledgers/audit.ts'
import { keyColumns, withKeyOrRefuse } from '../vault/keys.ts'
import { vaultKeys } from '../vault/tables.ts'
import type { Vault } from '../vault/vault.ts'
import { voiceCell } from './speak.ts'
import { voiceAnswers, voiceFeelings, voices } from './tables.ts'

type Row = typeof voices.$inferSelect

export interface Answer {
  nth: number
  outcome: (typeof voiceAnswers.$inferSelect)['outcome']
  words: string
  at: Date
  by: string
  solved: boolean | null
}

/** A voice with the place where it is answered; its words are still sealed. */
export type Voice = Omit<Row, 'sealed' | 'kid'> & {
  branchName: string
  lineage: readonly string[]
  authorName: string | null
  takenByName: string | null
}

const nameOf = (member: unknown) => sql<string | null>`(select m.name from members m where m.id = ${member})`

const columns = {
  id: voices.id,
  unit: voices.unit,
  branch: voices.branch,
  kind: voices.kind,
  version: voices.version,
  author: voices.author,
  codeHash: voices.codeHash,
  cameOn: voices.cameOn,
  about: voices.about,
  aboutId: voices.aboutId,
  meant: voices.meant,
  toUpper: voices.toUpper,
  theme: voices.theme,
  dueOn: voices.dueOn,
  promisedOn: voices.promisedOn,
  decidesAbove: voices.decidesAbove,
  takenBy: voices.takenBy,
  takenAt: voices.takenAt,
  isOpen: voices.isOpen,
  isShuffled: voices.isShuffled,
  branchName: branches.name,
  lineage,
  authorName: nameOf(sql`"voices"."author"`),
  takenByName: nameOf(sql`"voices"."taken_by"`),
}

export const voiceById = (db: Db, voice: string): Statement<Voice[]> =>
  statementOf(
    db.select(columns).from(voices).innerJoin(branches, sql`${branches.id} = ${voices.branch}`).where(sql`${voices.id} = ${voice}`),
  )

export const voiceByCode = (db: Db, codeHash: string): Statement<Voice[]> =>
  statementOf(
    db
      .select(columns)
      .from(voices)
      .innerJoin(branches, sql`${branches.id} = ${voices.branch}`)
      .where(sql`${voices.codeHash} = ${codeHash}`),
  )

/** True for whoever answers this voice now. It is hidden from the one whom it is about. */
export function answers(actor: Actor, it: Pick<Voice, 'meant' | 'takenBy' | 'kind' | 'toUpper' | 'unit' | 'branch' | 'lineage'>): boolean {
  if (it.meant === actor.id) return false
  if (it.takenBy === actor.id) return true
  const place = { unit: it.unit, branch: it.branch, lineage: it.lineage }
  if (it.kind === 'tool') return may(actor, 'answerToolVoices', { unit: it.unit })
  return may(actor, it.toUpper ? 'answerUpperVoices' : 'answerVoices', place)
}

/** The voices that wait for this person, the oldest promise first. Between equals the random id decides. */
export async function inboxOf(db: Db, actor: Actor): Promise<Voice[]> {
  const committees = actor.seats.flatMap(({ role, committee }) => (role === 'assessor' && committee ? [committee] : []))
  const under = await lookUp(
    db,
    committees.map((committee) => statementOf(branchesUnder(db, committee))),
  )
  const own = actor.seats.flatMap(({ role, branch }) => (branch && answering.includes(role) ? [branch] : []))
  const isAdmin = actor.seats.some(({ role }) => role === 'admin')
  const above = under.flat().map(({ id }) => id)
  const [found] = await lookUp(db, [
    db
      .select(columns)
      .from(voices)
      .innerJoin(branches, sql`${branches.id} = ${voices.branch}`)
      .where(
        sql`${voices.isOpen} and ${voices.unit} = ${actor.unit} and ${voices.meant} is not ${actor.id} and (${voices.takenBy} = ${actor.id}
          or ${voices.kind} = 'tool' and ${isAdmin ? 1 : 0}
          or ${voices.kind} <> 'tool' and (${voices.toUpper} and ${voices.branch} in ${inList(above)}
            or not ${voices.toUpper} and ${voices.branch} in ${inList(own)}))`,
      )
      .orderBy(voices.promisedOn, voices.id)
      .limit(MOST_SHOWN + 1),
  ])
  return found
}

export const MOST_SHOWN = 30

const answering: readonly string[] = rights.answerVoices

/** The people who could take a voice of this branch, besides the one whom it is about. */
export const takersOf = (db: Db, { branch, meant }: Pick<Voice, 'branch' | 'meant'>) =>
  db
    .selectDistinct({ id: members.id, name: members.name, openId: members.openId })
    .from(members)
    .innerJoin(sql`seats s`, sql`s.member = ${members.id} and s.until_at is null and s.branch = ${branch} and s.role <> 'leader'`)
    .where(sql`${members.leftOn} is null and ${members.openId} is not null and ${members.id} is not ${meant}`)
    .orderBy(members.name, members.id)
    .limit(MOST_TAKERS)

const MOST_TAKERS = 12

/** The words and the answers in the clear. */
export async function opened(db: Db, vault: Vault, it: Voice): Promise<{ words: string; answers: Answer[] }> {
  const [[own], given] = await lookUp(db, [
    db
      .select({ sealed: voices.sealed, key: keyColumns })
      .from(voices)
      .innerJoin(vaultKeys, sql`${vaultKeys.kid} = ${voices.kid}`)
      .where(sql`${voices.id} = ${it.id}`),
    answersOf(db, it.id),
  ])
  const open = <T>(work: () => T) => withKeyOrRefuse(work)
  return {
    words: own ? open(() => vault.open(own.key, voiceCell(it), own.sealed)) : '',
    answers: given.map(({ key, sealed, ...one }) => ({
      ...one,
      words: open(() => vault.open(key, answerCell(it, one.nth), sealed)),
    })),
  }
}

export const answerCell = ({ id, branch }: Pick<Voice, 'id' | 'branch'>, nth: number) =>
  ({ table: 'voice_answers', row: `${id} ${nth}`, branch, version: 1 }) as const

const answersOf = (db: Db, voice: string) =>
  db
    .select({
      nth: voiceAnswers.nth,
      outcome: voiceAnswers.outcome,
      sealed: voiceAnswers.sealed,
      at: voiceAnswers.at,
      by: voiceAnswers.by,
      solved: voiceFeelings.solved,
      key: keyColumns,
    })
    .from(voiceAnswers)
    .innerJoin(vaultKeys, sql`${vaultKeys.kid} = ${voiceAnswers.kid}`)
    .leftJoin(voiceFeelings, sql`${voiceFeelings.voice} = ${voiceAnswers.voice} and ${voiceFeelings.nth} = ${voiceAnswers.nth}`)
    .where(sql`${voiceAnswers.voice} = ${voice}`)
    .orderBy(voiceAnswers.nth)

/** Somebody opens the words of another. The entry tells who read them. */
export const noteReading = (db: Db, it: Voice, reader: Actor, now: Date) =>
  together(db, [record(db, { at: now, unit: it.unit, actor: reader.id, deed: 'voice.read', subject: it.id })])
