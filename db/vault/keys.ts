import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import type { Purpose } from '../../src/rules/vault/purposes.ts'
import { type Db, lookUp, prepared, type Statement, statementOf } from '../client.ts'
import { failIf, preparedFailIf } from '../guard.ts'
import { vaultKeys } from './tables.ts'
import type { Vault, VaultKey } from './vault.ts'
import { WrongDataKey } from './wrapping.ts'

/** A key stops at 2^32 uses: beyond them two random nonces of 96 bits might meet. */
export const MOST_USES = 2 ** 32

export const keyColumns = {
  kid: vaultKeys.kid,
  branch: vaultKeys.branch,
  purpose: vaultKeys.purpose,
  wrapped: vaultKeys.wrapped,
  wrappedBy: vaultKeys.wrappedBy,
}

const sealingNow = prepared<(VaultKey & { uses: number })[], { branch: string; purpose: string }>((db) =>
  db
    .select({ ...keyColumns, uses: vaultKeys.uses })
    .from(vaultKeys)
    .where(
      sql`${vaultKeys.branch} = ${sql.placeholder('branch')} and ${vaultKeys.purpose} = ${sql.placeholder('purpose')} and ${vaultKeys.retiredAt} is null`,
    )
    .orderBy(vaultKeys.madeAt, vaultKeys.kid)
    .limit(1),
)

/** Thrown where a key was retired between the reading and the writing; the caller seals again. */
class KeyRetired extends Error {
  override name = 'KeyRetired'
}

const failIfRetired = (db: Db, kid: string) =>
  failIf(db, sql`exists (select 1 from vault_keys where kid = ${kid} and retired_at is not null)`, () => {
    throw new KeyRetired('the key was retired meanwhile')
  })

/** A condition on `fingerprint`: this database knows another DATA_KEY, and not this one. */
export const isForeignKey = sql`exists (select 1 from data_keys where is_ours)
  and not exists (select 1 from data_keys where is_ours and fingerprint = ${sql.placeholder('fingerprint')})`

/** Words that were sealed with another DATA_KEY could not be read once the right one is back. */
const refuseForeignKey = preparedFailIf<{ fingerprint: string }>(isForeignKey, refuseSealing)

function refuseSealing(): never {
  return refuse(
    '服务器上的 DATA_KEY 不是这个数据库原来的那一把，文字暂时不能保存，也打不开；谈心照常登记，请告诉管理员。',
    'The server’s DATA_KEY is not the one that this database knows, so words can be neither saved nor opened now; talks are recorded as ever. Please tell an administrator.',
  )
}

/** For the opening and sealing of words: a key of another DATA_KEY is a sentence for people, no fault. */
export function withKeyOrRefuse<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof WrongDataKey) refuseSealing()
    throw error
  }
}

interface Sealed {
  kid: string
  seal(cell: Parameters<Vault['seal']>[1], words: string): string
  /** They stand before the row that bears the kid, in the same batch. Two of them are guards. */
  causes: readonly Statement[]
}

interface Sealing {
  unit: string
  branch: string
  purpose: Purpose
  /** How many cells are sealed in this batch. */
  times?: number
}

/**
 * The key that seals for a branch and purpose, made where there is none, and how its use is counted. `write` is tried again where the key was
 * retired meanwhile.
 */
export async function sealing<T>(
  db: Db,
  vault: Vault,
  { unit, branch, purpose, times = 1 }: Sealing,
  now: Date,
  write: (sealed: Sealed) => Promise<T>,
): Promise<T> {
  const [[found]] = await lookUp(db, [sealingNow(db, { branch, purpose })])
  const key = found ?? vault.newKey(branch, purpose)
  const causes = [
    refuseForeignKey(db, { fingerprint: vault.fingerprint }),
    failIfRetired(db, key.kid),
    found
      ? used(db, { kid: key.kid, times, at: now.getTime() })
      : statementOf(db.insert(vaultKeys).values({ ...key, unit, madeAt: madeAt(purpose, now), retiredAt: null, uses: times })),
  ]
  return write({ kid: key.kid, seal: (cell, words) => withKeyOrRefuse(() => vault.seal(key, cell, words)), causes }).catch((error) => {
    if (error instanceof KeyRetired) return sealing(db, vault, { unit, branch, purpose, times }, now, write)
    throw error
  })
}

/** The time of the first worry's key would tell the day of a talk. */
const madeAt = (purpose: Purpose, now: Date) => (purpose === 'worries' ? new Date(0) : now)

const used = prepared<unknown, { kid: string; times: number; at: number }>((db) =>
  db
    .update(vaultKeys)
    .set({
      uses: sql`${vaultKeys.uses} + ${sql.placeholder('times')}`,
      retiredAt: sql`case when ${vaultKeys.uses} + ${sql.placeholder('times')} >= ${MOST_USES} then ${sql.placeholder('at')} else ${vaultKeys.retiredAt} end`,
    })
    .where(sql`${vaultKeys.kid} = ${sql.placeholder('kid')}`),
)
