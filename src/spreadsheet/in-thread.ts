import { Worker } from 'node:worker_threads'
import { Refusal, refuse } from '../refusal.ts'
import type { Row, Sheet } from './sheet.ts'

export interface ThreadData {
  bytes: Uint8Array
  mostRows: number
}

export type ThreadAnswer =
  | { what: 'sheet'; name?: string; is1904?: boolean }
  | { what: 'rows'; rows: Row[] }
  | { what: 'end' }
  | { what: 'refused'; says: Refusal['says'] }
  | { what: 'too slow' }
  | { what: 'too much' }

const LIMIT_MS = 10_000
/** Together with the file itself a thread stays below 128 MB; ten thousand people take a third of it. */
const resourceLimits = { maxOldGenerationSizeMb: 80, maxYoungGenerationSizeMb: 16 }

/** The build puts the thread’s own file beside the product. */
const entry = new URL(import.meta.url.endsWith('.ts') ? './thread.ts' : './file-thread.mjs', import.meta.url)

/** Reads a file in a thread of its own, for at most ten seconds: no file stops the others’ presses. Rows come in lots that take a millisecond. */
export async function* sheetsInThread(bytes: Uint8Array, mostRows: number, limitMs = LIMIT_MS): AsyncGenerator<Sheet, void> {
  const thread = new Worker(entry, { workerData: { bytes, mostRows } satisfies ThreadData, resourceLimits, execArgv: [] })
  let limit: NodeJS.Timeout | undefined
  const stopped = new Promise<ThreadAnswer>((done, fail) => {
    limit = setTimeout(() => done({ what: 'too slow' }), limitMs)
    thread.once('error', (error) => (isOutOfMemory(error) ? done({ what: 'too much' }) : fail(error)))
    thread.once('exit', () => fail(new Error('the thread ended')))
  })
  stopped.catch(() => {})
  const ask = () => {
    const answered = new Promise<ThreadAnswer>((done) => void thread.once('message', done))
    thread.postMessage('more')
    return Promise.race([stopped, answered])
  }
  try {
    yield* sheetsAsked(ask)
  } finally {
    clearTimeout(limit)
    await thread.terminate()
  }
}

async function* sheetsAsked(ask: () => Promise<ThreadAnswer>): AsyncGenerator<Sheet, void> {
  let sheet: Sheet | undefined
  for (;;) {
    const told = await ask()
    if (told.what === 'refused') throw new Refusal(told.says)
    if (told.what === 'too slow')
      refuse(
        '这个文件读了十秒还没读完，没有读取；请只保留名单那几列，另存为 .xlsx 再发。',
        'This file was not read within ten seconds; please keep only the list’s columns, save it as .xlsx again and resend it.',
      )
    if (told.what === 'too much')
      refuse(
        '这个文件展开后太大，没有读取；请只保留名单那几列再发。',
        'Unpacked, this file is too large; please keep only the list’s columns and send it again.',
      )
    if (told.what === 'rows') sheet?.rows.push(...told.rows)
    else {
      if (sheet) yield sheet
      if (told.what === 'end') return
      sheet = { name: told.name, rows: [], merges: [], is1904: told.is1904 }
    }
  }
}

const isOutOfMemory = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
