import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Client } from '@libsql/client'
import { type Db, type Gate, gateOver, openDb } from '../client.ts'
import { openEmbedded } from './embedded.ts'
import { groupingCommits } from './group-commit.ts'
import { knownAt } from './known.ts'
import { migrate } from './migrate.ts'
import { StoreRefused } from './refused.ts'
import { standingAt } from './standing.ts'
import { unopenedFile } from './unopened.ts'

export interface Store {
  db: Db
  client: Client
  close(): void
}

/**
 * The embedded store: one process, one connection, every commit on the disk before it is answered. The engine inside (SQLite before
 * 3.51.3) can lose commits in WAL mode when a second connection checkpoints: the file is held exclusively, and a second opener is refused.
 * A store that nobody will miss after a power cut need only outlast the death of its process, and waits for no disk.
 */
export async function openFile(
  url: string,
  now: Date,
  outlasts: keyof typeof synchronous = 'power cut',
  known?: Parameters<typeof knownAt>[1],
): Promise<Store> {
  const path = url.replace(/^file:/, '').replace(/\?.*$/, '')
  const mark = known && path !== ':memory:' ? knownAt(path, known) : null
  mark?.refuseEmpty()
  const client = opened(path)
  try {
    await client.executeMultiple(
      `PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=${synchronous[outlasts]};
      PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; BEGIN EXCLUSIVE; COMMIT;`,
    )
    await assertDurable(client, path, outlasts)
    await mark?.meet(client)
    await migrate(client, now)
    // The file is ours alone, so every holder of a lease is gone.
    await client.execute('delete from leases')
  } catch (error) {
    client.close()
    throw unopenedFile(path, error)
  }
  const stands = path === ':memory:' ? () => {} : standingAt(path)
  const over = gateOver(client)
  const gate: Gate = {
    ...over,
    async write(statements) {
      stands()
      return over.write(statements)
    },
    async wipe(what) {
      if (what === 'whole') await client.executeMultiple('VACUUM')
      const { rows } = await client.execute('PRAGMA wal_checkpoint(TRUNCATE)')
      if (rows[0]?.[0] !== 0) throw new Error('the journal is in use')
    },
  }
  return { client, db: openDb(client, groupingCommits(gate)), close: () => client.close() }
}

function opened(path: string): Client {
  try {
    if (path !== ':memory:') mkdirSync(dirname(path) || '.', { recursive: true })
    return openEmbedded(path)
  } catch (error) {
    throw unopenedFile(path, error)
  }
}

/** SQLite's own numbers for FULL and NORMAL. */
const synchronous = { 'power cut': 2, death: 1 } as const

/** An acknowledged deed must survive: a weaker setting than was asked for, or a shared lock, is refused. */
async function assertDurable(client: Client, path: string, outlasts: keyof typeof synchronous) {
  const value = async (pragma: string) => (await client.execute(`PRAGMA ${pragma}`)).rows[0]?.[0]
  const isAsAsked = (await value('synchronous')) === synchronous[outlasts]
  const isOurs = path === ':memory:' || (await value('locking_mode')) === 'exclusive'
  if (!isAsAsked || !isOurs) throw new StoreRefused('The database file cannot be opened durably (synchronous=FULL, exclusive lock).')
}
