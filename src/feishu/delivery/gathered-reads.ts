import type { ResultSet } from '@libsql/client'
import type { Db, Gate, Statement } from '../../../db/client.ts'
import { turn } from '../../turn.ts'

interface Asked {
  statements: readonly Statement[]
  done(results: ResultSet[]): void
  failed(error: unknown): void
}

/**
 * Reads that are asked for at the same time go to the store in one round trip. Many cards that are made at once ask in step, so all of them
 * take as many trips as one. A read that fails is asked again by itself, so that it spoils no other.
 */
export function gatheringReads(db: Db): Db {
  const { gate } = db
  let waiting: Asked[] = []

  async function readAll() {
    await turn()
    const [group, statements] = [waiting, waiting.flatMap((one) => one.statements)]
    waiting = []
    const [only] = group
    if (only && group.length === 1) return gate.read(only.statements).then(only.done, only.failed)
    const results = await gate.read(statements).catch(() => null)
    for (const one of group)
      if (results) one.done(results.splice(0, one.statements.length))
      else await gate.read(one.statements).then(one.done, one.failed)
  }

  const read: Gate['read'] = (statements) =>
    new Promise((done, failed) => {
      waiting.push({ statements, done, failed })
      if (waiting.length === 1) void readAll()
    })
  return Object.create(db, { gate: { value: { ...gate, read } } })
}
