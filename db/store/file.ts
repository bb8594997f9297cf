import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Client } from '@libsql/client'
import { type Db, type Gate, gateOver, openDb } from '../client.ts'
import { makeDurable, type Outlasts } from './durable.ts'
import { openEmbedded } from './embedded.ts'
import { groupingCommits } from './group-commit.ts'
import { knownAt } from './known.ts'
import { migrate } from './migrate.ts'
import { standingAt } from './standing.ts'
import { unopenedFile } from './unopened.ts'

export interface Store {
  db: Db
  client: Client
  close(): void
}

/** The embedded store: one process, one connection, every commit on the disk before it is answered. */
export async function openFile(
  url: string,
  now: Date,
  outlasts: Outlasts = 'power cut',
  known?: Parameters<typeof knownAt>[1],
): Promise<Store> {
  const path = url.replace(/^file:/, '').replace(/\?.*$/, '')
  const mark = known && path !== ':memory:' ? knownAt(path, known) : null
  mark?.refuseEmpty()
  const client = opened(path)
  try {
    await makeDurable(client, path, outlasts)
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
