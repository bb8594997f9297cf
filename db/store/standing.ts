import { accessSync, constants, statSync } from 'node:fs'
import { LibsqlError } from '@libsql/client/http'

/**
 * Watches over an open database file. The engine goes on writing to a file that was moved away, replaced or made read-only. All of it is
 * gone at the next start. The function it returns throws as long as the file, or its journal, does not stand where it was opened.
 */
export function standingAt(path: string): () => void {
  const opened = placeOf(path)
  let journal = placeOf(`${path}-wal`)
  return () => {
    journal ??= placeOf(`${path}-wal`)
    const isThere = opened !== null && placeOf(path) === opened && (journal === null || placeOf(`${path}-wal`) === journal)
    if (!isThere) throw new LibsqlError('the database file was moved, removed or replaced', 'STORE_MOVED')
    if (!isWritable(path)) throw new LibsqlError('the database file was made read-only', 'SQLITE_READONLY')
  }
}

/** Names the file itself rather than its path. */
function placeOf(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false })
  return found ? `${found.dev} ${found.ino}` : null
}

/** An administrator may write anything, so the mode is asked too: nobody takes its write bits away by chance. */
function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return (statSync(path).mode & 0o222) !== 0
  } catch {
    return false
  }
}
