import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '../refusal.ts'
import type { ThreadAnswer, ThreadData } from './in-thread.ts'
import { sheetsOf } from './read.ts'

/** The thread in which a file is read. It answers each message with a piece that the other side takes in at once. */
const ROWS_AT_ONCE = 250

async function* pieces({ bytes, mostRows }: ThreadData): AsyncGenerator<ThreadAnswer, ThreadAnswer> {
  try {
    for await (const { name, rows, is1904 } of sheetsOf(bytes, mostRows)) {
      yield { what: 'sheet', name, is1904 }
      for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) yield { what: 'rows', rows: rows.slice(from, from + ROWS_AT_ONCE) }
    }
    return { what: 'end' }
  } catch (error) {
    if (error instanceof Refusal) return { what: 'refused', says: error.says }
    throw error
  }
}

const answers = pieces(workerData as ThreadData)
parentPort?.on('message', async () => parentPort?.postMessage((await answers.next()).value))
