import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Gate } from '../../db/client.ts'
import { openFile, type Store } from '../../db/store/file.ts'

export type TestStore = Store & {
  path: string
  /** Round trips to the database so far. */
  trips: { reads: number; writes: number }
}

const paths: string[] = []
const stores: Store[] = []

/** A real, migrated database in a file of its own, which counts its round trips. */
export async function aStore(path = join(tmpdir(), `zhibu-${randomUUID()}.db`)): Promise<TestStore> {
  const store = await openFile(`file:${path}`, new Date('2026-01-01T00:00:00+08:00'))
  const trips = { reads: 0, writes: 0 }
  Object.assign(store.db, { gate: counting(store.db.gate, trips) })
  paths.push(path)
  stores.push(store)
  return { ...store, path, trips }
}

function counting(gate: Gate, trips: { reads: number; writes: number }): Gate {
  return {
    ...gate,
    read: (statements) => {
      trips.reads++
      return gate.read(statements)
    },
    write: (statements) => {
      trips.writes++
      return gate.write(statements)
    },
  }
}

/** Closed and gone with the file of tests that opened them: files share a process, and this module with it. */
export function forgetStores() {
  for (const store of stores.splice(0)) store.close()
  for (const path of paths.splice(0)) for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true })
}
