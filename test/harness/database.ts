import { randomUUID } from 'node:crypto'
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

const MIGRATED_AT = new Date('2026-01-01T00:00:00+08:00')

let empty: Promise<Buffer> | undefined

/** A migrated file with nothing in it. Each process migrates one, since migrating took most of a small test's time. */
export const emptyFile = (): Promise<Buffer> => {
  empty ??= migrated()
  return empty
}

async function migrated(): Promise<Buffer> {
  const path = freshPath()
  const store = await openFile(`file:${path}`, MIGRATED_AT)
  await store.client.execute('PRAGMA wal_checkpoint(TRUNCATE)')
  store.close()
  const bytes = readFileSync(path)
  remove(path)
  return bytes
}

const freshPath = () => join(tmpdir(), `zhibu-${randomUUID()}.db`)

/** A real, migrated database in a file of its own, which counts its round trips. */
export async function aStore(path = freshPath()): Promise<TestStore> {
  if (!existsSync(path)) writeFileSync(path, await emptyFile())
  const store = await openFile(`file:${path}`, MIGRATED_AT)
  const trips = { reads: 0, writes: 0 }
  Object.assign(store.db, { gate: counting(store.db.gate, trips) })
  paths.push(path)
  stores.push(store)
  return { ...store, path, trips }
}

/**
 * A store of its own with all that another holds, journal included. Work that many cases share is done once, and each goes on from a copy. The
 * first must be at rest.
 */
export function aCopyOf({ path }: Pick<TestStore, 'path'>): Promise<TestStore> {
  const copy = freshPath()
  for (const suffix of ['', '-wal']) if (existsSync(path + suffix)) copyFileSync(path + suffix, copy + suffix)
  return aStore(copy)
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
  for (const path of paths.splice(0)) remove(path)
}

function remove(path: string) {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true })
}
