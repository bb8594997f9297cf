import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Client } from '@libsql/client'
import { StoreRefused } from './refused.ts'

/** The setting with which an operator says that another database than the known one is meant. */
const ANEW = 'DATABASE_ANEW'

/**
 * The mark beside a database file, `<file>.known`: it holds the number that the database carries as its `user_version`. An empty file, or
 * another database, where one was known is an accident. A volume is not mounted, or the folder is wrong: a start must not go on with it.
 */
export function knownAt(path: string, { isAnew, random }: { isAnew: boolean; random(bytes: number): Uint8Array }) {
  const mark = `${path}.known`
  const known = !isAnew && existsSync(mark) ? Number(readFileSync(mark, 'utf8').trim()) : null

  return {
    /** Before the file is opened, which would make an empty one. */
    refuseEmpty() {
      if (known !== null && !statSync(path, { throwIfNoEntry: false })?.size) refuseAnother(path, ['没有数据库', 'There is no database'])
    },
    /** Compares the number, or gives the database one and writes the mark. */
    async meet(client: Client) {
      const carried = Number((await client.execute('PRAGMA user_version')).rows[0]?.[0] ?? 0)
      if (known !== null && carried !== known) refuseAnother(path, ['是另一个数据库', 'Another database stands'])
      if (known !== null) return
      const number = carried || numberFrom(random(4))
      if (carried === 0) await client.executeMultiple(`PRAGMA user_version=${number}`)
      writeFileSync(mark, `${number}\n`)
    },
  }
}

/** From 1 to 2³¹ − 1: SQLite keeps a signed number, and 0 for none. */
const numberFrom = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) >>> 1 || 1

function refuseAnother(path: string, [zh, en]: readonly [string, string]): never {
  const [file, mark] = [basename(path), `${basename(path)}.known`]
  throw new StoreRefused(
    `${file} ${zh}，而旁边的 ${mark} 记着原来的那个：请放回原来的文件；确实要换，用 ${ANEW}=yes 启动一次。` +
      ` · ${en} at ${file}, but ${mark} beside it remembers the one that was here: put that file back, or start once with ${ANEW}=yes if you mean it.`,
  )
}
