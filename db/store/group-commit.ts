import type { ResultSet } from '@libsql/client'
import { turn } from '../../src/turn.ts'
import type { Gate, Statement } from '../client.ts'

interface Waiting {
  statements: readonly Statement[]
  done(results: ResultSet[]): void
  failed(error: unknown): void
}

/** About twenty presses: a commit and the answers to its writes hold the event loop for less than ten milliseconds. */
const MOST_STATEMENTS = 128

/**
 * Writes that arrive in the same turn of the event loop share one commit: the disk is waited for once. A lone write goes at the end of its
 * turn, and between two commits everything else that is ready runs. If the shared commit fails, nothing of it has happened, and each write
 * is tried alone. One that breaks a key fails by itself.
 */
export function groupingCommits(gate: Gate): Gate {
  const queue: Waiting[] = []
  let running = false

  async function pump() {
    do {
      await turn()
      await commit(nextGroup(queue))
    } while (queue.length > 0)
    running = false
  }

  async function commit(group: readonly Waiting[]) {
    const [first] = group
    if (first && group.length === 1) return gate.write(first.statements).then(first.done, first.failed)
    try {
      deal(group, await gate.write(group.flatMap((one) => one.statements)))
    } catch {
      for (const one of group) {
        await gate.write(one.statements).then(one.done, one.failed)
        await turn()
      }
    }
  }

  return {
    ...gate,
    write: (statements) =>
      new Promise((done, failed) => {
        queue.push({ statements, done, failed })
        if (running) return
        running = true
        void pump()
      }),
  }
}

function nextGroup(queue: Waiting[]): Waiting[] {
  let statements = 0
  const fits = queue.findIndex((one) => {
    statements += one.statements.length
    return statements > MOST_STATEMENTS
  })
  return queue.splice(0, fits === -1 ? queue.length : Math.max(1, fits))
}

function deal(group: readonly Waiting[], results: readonly ResultSet[]) {
  let from = 0
  for (const one of group) {
    one.done(results.slice(from, from + one.statements.length))
    from += one.statements.length
  }
}
