import { sql } from 'drizzle-orm'
import { type Db, lookUp, statementOf, together } from '../client.ts'
import { keyColumns } from './keys.ts'
import { vaultKeys } from './tables.ts'
import type { Vault } from './vault.ts'

const LOT = 100

/**
 * Wraps keys anew that an earlier DATA_KEY wrapped, in lots. Nothing that they sealed changes, and a run that was killed goes on where it
 * stopped.
 * @returns how many keys were wrapped anew
 * @throws WrongDataKey when a key was wrapped with neither DATA_KEY; those before it are done
 */
export async function rewrapKeys(db: Db, vault: Vault, breathe: () => Promise<unknown>): Promise<number> {
  for (let done = 0; ; await breathe()) {
    const [keys] = await lookUp(db, [
      statementOf(db.select(keyColumns).from(vaultKeys).where(sql`${vaultKeys.wrappedBy} <> ${vault.fingerprint}`).limit(LOT)),
    ])
    if (keys.length === 0) return done
    await together(
      db,
      keys.map((key) => {
        const { wrapped, wrappedBy } = vault.rewrapped(key)
        return db
          .update(vaultKeys)
          .set({ wrapped, wrappedBy })
          .where(sql`${vaultKeys.kid} = ${key.kid} and ${vaultKeys.wrapped} = ${key.wrapped}`)
      }),
    )
    done += keys.length
  }
}
