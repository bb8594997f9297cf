import type { Client } from '@libsql/client'
import { StoreRefused } from './refused.ts'

/** SQLite's own numbers for FULL and NORMAL. */
const synchronous = { 'power cut': 2, death: 1 } as const

/**
 * The accident that a commit survives. A store that nobody will miss after a power cut need only outlast the death of its process. It
 * waits for no disk.
 */
export type Outlasts = keyof typeof synchronous

/**
 * Keeps acknowledged deeds from being lost. The engine inside (SQLite before 3.51.3) can lose commits in WAL mode when a second
 * connection checkpoints. The file is therefore held exclusively, and a second opener is refused.
 */
export async function makeDurable(client: Client, path: string, outlasts: Outlasts) {
  await client.executeMultiple(
    `PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=${synchronous[outlasts]};
    PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; BEGIN EXCLUSIVE; COMMIT;`,
  )
  await assertDurable(client, path, outlasts)
}

/** An acknowledged deed must survive: a weaker setting than was asked for, or a shared lock, is refused. */
async function assertDurable(client: Client, path: string, outlasts: Outlasts) {
  const value = async (pragma: string) => (await client.execute(`PRAGMA ${pragma}`)).rows[0]?.[0]
  const isAsAsked = (await value('synchronous')) === synchronous[outlasts]
  const isOurs = path === ':memory:' || (await value('locking_mode')) === 'exclusive'
  if (!isAsAsked || !isOurs) throw new StoreRefused('The database file cannot be opened durably (synchronous=FULL, exclusive lock).')
}
