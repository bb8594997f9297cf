import { type SQL, sql } from 'drizzle-orm'
import { type Day, day, quarter } from '../../src/calendar.ts'
import { Refusal, refuse } from '../../src/refusal.ts'
import { leftBy, noteGoesOn } from '../../src/rules/talks/retention.ts'
import { counts } from '../../src/rules/talks/state.ts'
import { LONGEST_NOTE, wordsFrom } from '../../src/rules/talks/words.ts'
import type { Actor } from '../branches/members.ts'
import { branches } from '../branches/tables.ts'
import { type Db, deleting, lookUp, type Statement, statementOf, together } from '../client.ts'
import { failIf } from '../guard.ts'
import { CLOCK, record } from '../ledgers/audit.ts'
import { audit } from '../ledgers/tables.ts'
import { refuseUnlessUsed } from '../rulebook/used.ts'
import { rulebookFor, rulebooksAbove } from '../rulebook/versions.ts'
import { keyColumns, sealing, withKeyOrRefuse } from '../vault/keys.ts'
import { vaultKeys } from '../vault/tables.ts'
import type { Cell, Vault } from '../vault/vault.ts'
import { isOfPair, type TalkAsItStands } from './state.ts'
import { talkNotes } from './tables.ts'

export interface Note {
  words: string
  isShared: boolean
  writtenAt: Date
  goesOn: Day
}

/** A member's notes of a talk: the own one, and whether the other has shared one. */
export interface NotesSeen {
  own: Note | null
  isOtherShared: boolean
}

const cellOf = ({ id, branch }: Pick<TalkAsItStands, 'id' | 'branch'>, writer: string, version: number): Cell => ({
  table: 'talk_notes',
  row: `${id} ${writer}`,
  branch,
  version,
})

/** Notes of a talk that one of the two may read, by that alone: nobody else's id finds any. */
const readable = (db: Db, talk: string, reader: string, on: Day) =>
  statementOf(
    db
      .select({ note: talkNotes, key: keyColumns })
      .from(talkNotes)
      .innerJoin(vaultKeys, sql`${vaultKeys.kid} = ${talkNotes.kid}`)
      .where(
        sql`${talkNotes.talk} = ${talk} and ${talkNotes.goesOn} > ${on} and (${talkNotes.writer} = ${reader} or ${talkNotes.isShared})
          and exists (select 1 from talks t where t.id = ${talk} and ${reader} in (t.a, t.b) and t.confirmed_at is not null and t.withdrawn_at is null)`,
      ),
  )

type Readable = { note: typeof talkNotes.$inferSelect; key: Parameters<Vault['open']>[0] }

const opened = (vault: Vault, it: TalkAsItStands, { note, key }: Readable): Note => ({
  words: withKeyOrRefuse(() => vault.open(key, cellOf(it, note.writer, note.version), note.sealed)),
  isShared: note.isShared,
  writtenAt: note.writtenAt,
  goesOn: note.goesOn,
})

export async function notesSeen(db: Db, vault: Vault, it: TalkAsItStands, actor: Actor, now: Date): Promise<NotesSeen> {
  const [found] = await lookUp(db, [readable(db, it.id, actor.id, day(now))])
  const own = found.find(({ note }) => note.writer === actor.id)
  return { own: own ? opened(vault, it, own) : null, isOtherShared: found.some(({ note }) => note.writer !== actor.id) }
}

/** The other's shared note. That it was read is an audit entry, which stands before anything is shown. */
export async function readShared(db: Db, vault: Vault, it: TalkAsItStands, actor: Actor, now: Date): Promise<Note> {
  const [found] = await lookUp(db, [readable(db, it.id, actor.id, day(now))])
  const other = found.find(({ note }) => note.writer !== actor.id)
  if (!other) refuse('对方没有共享的记录，或者已经删了。', 'The other has shared no note, or has deleted it.')
  const note = opened(vault, it, other)
  await together(db, [record(db, { at: now, unit: it.unit, actor: actor.id, deed: 'note.read', subject: it.id })])
  return note
}

/** Seals a note in the place of the writer's last one, if there was one. */
export async function writeNote(
  db: Db,
  vault: Vault,
  it: TalkAsItStands,
  typed: { words: string; isShared: boolean },
  actor: Actor,
  now: Date,
): Promise<Note> {
  await refuseUnlessUsed(db, 'talks', it.branch, now)
  if (!counts(it)) refuseUnconfirmed()
  const said = wordsFrom(typed.words, LONGEST_NOTE)
  if ('wrong' in said) throw new Refusal(said.wrong)
  const goesOn = noteGoesOn(it.onDay, await noteYears(db, it.branch, now))
  if (goesOn <= day(now)) refuse('这次谈心太久了，不能再记。', 'The talk is too long ago for a note.')
  const version = now.getTime()
  const { isShared } = typed
  await sealing(db, vault, { unit: it.unit, branch: it.branch, purpose: 'notes' }, now, ({ kid, seal, causes }) => {
    const written = { sealed: seal(cellOf(it, actor.id, version), said.words), kid, version, isShared, writtenAt: now, goesOn }
    return together(db, [
      ...causes,
      failIf(
        db,
        sql`not exists (select 1 from talks t where t.id = ${it.id} and ${actor.id} in (t.a, t.b) and t.confirmed_at is not null and t.withdrawn_at is null)`,
        refuseUnconfirmed,
      ),
      db
        .insert(talkNotes)
        .values({ talk: it.id, writer: actor.id, ...written })
        .onConflictDoUpdate({ target: [talkNotes.talk, talkNotes.writer], set: written }),
      record(db, { at: now, unit: it.unit, actor: actor.id, deed: 'note.write', subject: it.id }),
    ])
  })
  return { words: said.words, isShared, writtenAt: now, goesOn }
}

function refuseUnconfirmed(): never {
  return refuse('两人都确认谈过以后才能记。', 'A note can be written once both have confirmed the talk.')
}

/** The writer takes the own note away at once. */
export async function deleteNote(db: Db, it: TalkAsItStands, actor: Actor, now: Date): Promise<void> {
  const own = sql`talk = ${it.id} and writer = ${actor.id}`
  await together(db, [
    failIf(db, sql`not exists (select 1 from talk_notes where ${own})`, () => refuse('这条记录已经没有了。', 'That note is gone already.')),
    db.delete(talkNotes).where(own),
    record(db, { at: now, unit: it.unit, actor: actor.id, deed: 'note.delete', subject: it.id }),
  ])
}

/** For one of the two; everybody else's id finds nothing, as if there were no such talk. */
export function ofPairOrRefuse(it: TalkAsItStands | undefined, member: string): TalkAsItStands {
  if (!it || !isOfPair(it, member)) refuse('没有找到这次谈心。', 'There is no such talk.')
  return it
}

async function noteYears(db: Db, branch: string, now: Date): Promise<number> {
  const [[own]] = await lookUp(db, [db.select({ committee: branches.committee }).from(branches).where(sql`${branches.id} = ${branch}`)])
  const [above] = await lookUp(db, [rulebooksAbove(db, own?.committee ?? '')])
  return rulebookFor(above, quarter(now)).noteYears
}

/**
 * Forgets notes whose night has come. They are past their day, private ones of people who left, or of talks that were taken back.
 * The audit keeps a line for each unit, and no more.
 */
export function forgetNotes(db: Db, now: Date): Statement[] {
  // Each reason has an index of its own. Joined by "or" they would read every note.
  const gone = sql`(select n.rowid from talk_notes n where n.goes_on <= ${day(now)}
    union select n.rowid from members m cross join talk_notes n on n.writer = m.id
      where m.left_on <= ${leftBy(day(now))} and not n.is_shared
    union select n.rowid from talks t cross join talk_notes n on n.talk = t.id where t.withdrawn_at is not null)`
  return [
    recordEach(
      db,
      'note.forget',
      sql`select distinct t.unit from talk_notes n cross join talks t on t.id = n.talk where n.rowid in ${gone}`,
      now,
    ),
    deleting(db.delete(talkNotes).where(sql`rowid in ${gone}`)),
  ]
}

/** An entry of the clock for each unit that `units` selects. */
export const recordEach = (db: Db, deed: string, units: SQL, now: Date): Statement =>
  statementOf(db.insert(audit).select(sql`select null, ${now.getTime()}, u.unit, ${CLOCK}, ${deed}, u.unit from (${units}) u`))
