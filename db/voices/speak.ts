import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { type Day, day } from '../../src/calendar.ts'
import { refuse } from '../../src/refusal.ts'
import type { VoiceKind } from '../../src/rules/voices/kinds.ts'
import { promisedOn } from '../../src/rules/voices/state.ts'
import type { Actor } from '../branches/members.ts'
import type { Branch } from '../branches/units.ts'
import { type Db, lookUp, onConstraint, type Statement, statementOf, together, unbound } from '../client.ts'
import { record } from '../ledgers/audit.ts'
import { recreditVoices } from '../ledgers/credits.ts'
import { outbox } from '../ledgers/tables.ts'
import { keyColumns, sealing, withKeyOrRefuse } from '../vault/keys.ts'
import { vaultKeys } from '../vault/tables.ts'
import type { Cell, Vault } from '../vault/vault.ts'
import { suggest } from './messages.ts'
import { voices } from './tables.ts'

/** A voice is written once. A number of its own would tell the moment. */
const VERSION = 1

/**
 * The place to which the words are bound. It bears the name of the first table that kept some of them. Words that were sealed there would
 * not open under another.
 */
export const voiceCell = ({ id, branch, version = VERSION }: { id: string; branch: string; version?: number }): Cell => ({
  table: 'worries',
  row: id,
  branch,
  version,
})

/** The hash is all that is kept of a code. Nobody finds sixty random bits by trying. */
export const hashOfCode = (code: string): string => createHash('sha256').update(`voice ${code}`).digest('base64url')

interface Said {
  kind: VoiceKind
  words: string
  /** The one of the answerers whom it is about. */
  meant?: string | null
  about?: { kind: 'gathering' | 'report'; id: string }
}

type Sealed = Parameters<Parameters<typeof sealing>[4]>[0]

/** The statements that bring voices in. They stand in a batch with the sealing's own. */
const bringing = (
  db: Db,
  branch: Branch,
  all: readonly (Said & { id: string; author?: string; code?: string })[],
  on: Day,
  sealed: Sealed,
) =>
  all.map(({ id, kind, words, author, code, meant = null, about }) => {
    const due = promisedOn(kind, on)
    const inserting = db.insert(voices).values({
      id,
      unit: branch.unit,
      branch: branch.id,
      kind,
      sealed: sealed.seal(voiceCell({ id, branch: branch.id }), words),
      kid: sealed.kid,
      version: VERSION,
      author: author ?? null,
      codeHash: code === undefined ? null : hashOfCode(code),
      cameOn: on,
      about: about?.kind ?? null,
      aboutId: about?.id ?? null,
      meant,
      toUpper: kind === 'tool' ? false : sql`${goesUp(branch.id, meant)}`,
      dueOn: due,
      promisedOn: due,
      decidesAbove: false,
      isOpen: true,
      isShuffled: author !== undefined,
    })
    return statementOf(inserting)
  })

/** Nobody answers about themselves. The assessor answers about the secretary, and where no other answerer is left. */
const goesUp = (
  branch: string,
  meant: string | null,
) => sql`(exists (select 1 from seats s where s.member = ${meant} and s.branch = ${branch}
    and s.role = 'secretary' and s.until_at is null)
  or not exists (select 1 from seats s join members m on m.id = s.member and m.left_on is null where s.branch = ${branch}
    and s.role in ('secretary', 'deputy', 'publicity') and s.until_at is null and s.member is not ${meant}))`

/** Written out, for the index holds these rows alone. */
const isForm = sql`${outbox.view} = ${sql.raw(`'${suggest.view}'`)}`

/**
 * The rows that brought the form to people. They all go at each press on one: those of others who only opened it would tell who else spoke. The
 * form is no card that is kept up to date, so no other row knows of it.
 */
const forgettingForms = (db: Db): Statement => statementOf(db.delete(outbox).where(sql`${isForm} and ${outbox.state} <> 'waiting'`))

/** Forms that nobody pressed go in the night. */
export const forgetForms = (db: Db, before: Date): Statement =>
  statementOf(db.delete(outbox).where(sql`${isForm} and ${outbox.dueAt} < ${before.getTime()}`))

/** The same words of the same person on the same day are one voice. */
export async function speakSigned(
  db: Db,
  vault: Vault,
  branch: Branch,
  { id, ...said }: Said & { id: string },
  actor: Actor,
  now: Date,
): Promise<void> {
  const on = day(now)
  const [today] = await lookUp(db, [
    db
      .select({ id: voices.id, branch: voices.branch, version: voices.version, sealed: voices.sealed, key: keyColumns })
      .from(voices)
      .innerJoin(vaultKeys, sql`${vaultKeys.kid} = ${voices.kid}`)
      .where(sql`${voices.author} = ${actor.id} and ${voices.cameOn} = ${on}`),
  ])
  const isSame = today.some((one) => withKeyOrRefuse(() => vault.open(one.key, voiceCell(one), one.sealed)) === said.words)
  if (isSame) refuse('这句话今天已经收到，不用再提。', 'These words came today already; there is no need to send them again.')
  await sealing(db, vault, { unit: branch.unit, branch: branch.id, purpose: 'worries' }, now, (sealed) =>
    together(db, [
      ...sealed.causes,
      ...bringing(db, branch, [{ ...said, id, author: actor.id }], on, sealed),
      record(db, { at: now, unit: branch.unit, actor: actor.id, deed: 'voice.raise', subject: id }),
      ...recreditVoices(db, branch.id),
      forgettingForms(db),
    ]),
  )
}

/**
 * An unsigned voice. It is written past the delivery's claim, so that no delivery stands beside it. The code was drawn with the form, hence a
 * second press finds it there and changes nothing. The night writes its audit entry.
 */
export async function speakUnsigned(
  bound: Db,
  vault: Vault,
  branch: Branch,
  { id, code, ...said }: Said & { id: string; code: string },
  now: Date,
): Promise<void> {
  const db = unbound(bound)
  const [known] = await lookUp(db, [
    db
      .select({ id: voices.id })
      .from(voices)
      .where(sql`${voices.codeHash} = ${hashOfCode(code)}`),
  ])
  if (known.length > 0) return
  await sealing(db, vault, { unit: branch.unit, branch: branch.id, purpose: 'worries' }, now, (sealed) =>
    together(db, [
      ...sealed.causes,
      ...bringing(db, branch, [{ ...said, id, code }], day(now), sealed),
      ...recreditVoices(db, branch.id),
      forgettingForms(db),
    ]),
  )
    .catch(onConstraint('voices.code_hash', () => new CameAlready()))
    .catch((error) => {
      if (!(error instanceof CameAlready)) throw error
    })
}

/** Two presses came at once; the other one brought the voice in. */
class CameAlready extends Error {
  override name = 'CameAlready'
}

/** The lines that the host of a talk gathering noted. They are nobody's own, and the entry names the host. */
export async function harvest(
  db: Db,
  vault: Vault,
  branch: Branch,
  { gathering, lines, ids }: { gathering: string; lines: readonly string[]; ids: readonly string[] },
  actor: Actor,
  now: Date,
): Promise<void> {
  const all = lines.map((words, nth) => ({
    id: ids[nth] ?? '',
    kind: 'worry' as const,
    words,
    about: { kind: 'gathering' as const, id: gathering },
  }))
  await sealing(db, vault, { unit: branch.unit, branch: branch.id, purpose: 'worries', times: all.length }, now, (sealed) =>
    together(db, [
      ...sealed.causes,
      ...bringing(db, branch, all, day(now), sealed),
      record(db, { at: now, unit: branch.unit, actor: actor.id, deed: 'voice.harvest', subject: gathering }),
    ]),
  )
}
