import { sql } from 'drizzle-orm'
import { refuse } from '../../src/refusal.ts'
import { type Db, inList, onDuplicate, prepared, type Statement, statementOf, together } from '../client.ts'
import { preparedFailIf } from '../guard.ts'
import { dataKeys } from '../ledgers/tables.ts'
import { isForeignKey } from '../vault/keys.ts'

const kept = prepared((db) => db.select().from(dataKeys))

/** The fingerprints of the keys that the bot was started with. */
export const knownKeys = (db: Db) => kept(db, {})

/** From now on these are the keys of this database, and every other is foreign. */
export const keepKeys = (db: Db, fingerprints: readonly string[], at: Date) =>
  together(db, [
    db.delete(dataKeys).where(sql`${dataKeys.fingerprint} not in ${inList(fingerprints)}`),
    ...fingerprints.map((fingerprint) =>
      statementOf(
        db
          .insert(dataKeys)
          .values({ fingerprint, isOurs: true, at })
          .onConflictDoUpdate({ target: dataKeys.fingerprint, set: { isOurs: true } }),
      ),
    ),
  ])

class AlreadyTold extends Error {}

/** Remembers a foreign key, with what is said of it; nothing is said of one that was met before. */
export async function noteForeignKey(db: Db, fingerprint: string, at: Date, said: readonly Statement[]): Promise<void> {
  await together(db, [db.insert(dataKeys).values({ fingerprint, isOurs: false, at }), ...said])
    .catch(
      onDuplicate(dataKeys, () => {
        throw new AlreadyTold()
      }),
    )
    .catch((error) => {
      if (!(error instanceof AlreadyTold)) throw error
    })
}

/** A ballot that was locked with a foreign key could not be counted once the right one is back. */
export const refuseForeignKey = preparedFailIf<{ fingerprint: string }>(isForeignKey, () =>
  refuse(
    '服务器上的 DATA_KEY 不是这个数据库原来的那一把，暂时不能发起投票；请告诉管理员。',
    'The server’s DATA_KEY is not the one that this database knows, so no ballot can be opened; please tell an administrator.',
  ),
)
